// How pictures are compared: what is to be overlooked, and what is not.

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>

#include "ui/likeness.hpp"
#include "ui/ui.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

struct Altered {
    Ui ui{960, 600};
    Image whole;

    Altered()
    {
        ui.open("lost-final-ack", Time{1100ms});
        whole = ui.screen.picture();
    }

    /// With each octet of a widget's colours changed.
    template <class Change>
    [[nodiscard]] Image changed(const char* widget, Change change) const
    {
        Image image = whole;
        const Box& box = ui.app.widgets().find(widget)->box;
        for (int y = static_cast<int>(box.top); y < static_cast<int>(box.bottom); ++y)
            for (int x = static_cast<int>(box.left); x < static_cast<int>(box.right); ++x)
                for (std::size_t k = 0; k < 3; ++k) {
                    auto& octet = image.rgba[static_cast<std::size_t>(y * image.width + x) * 4 + k];
                    octet = static_cast<std::uint8_t>(change(octet));
                }
        return image;
    }
};

} // namespace

TEST_CASE_FIXTURE(Altered, "two pictures: look alike by a shade and by a pixel, and not where a word is missing")
{
    CHECK(difference(whole, whole) == 0);
    CHECK(difference(whole, changed("play", [](int octet) { return octet > 10 ? octet - 10 : octet; })) == 0);
    Image moved = whole;
    moved.rgba.erase(moved.rgba.begin(), moved.rgba.begin() + 4);
    moved.rgba.insert(moved.rgba.end(), {255, 255, 255, 255});
    CHECK(difference(whole, moved) < looks_different);

    const Image without = changed("play", [](int) { return 255; });
    CHECK(difference(whole, without) > looks_different);
    CHECK(difference(without, whole) > looks_different);
    CHECK(difference(whole, changed("play", [](int octet) { return 255 - octet; })) > looks_different);
}

TEST_CASE_FIXTURE(Altered, "a fingerprint: tells a picture from one in which a single word is missing")
{
    const auto good = fingerprint(whole);
    CHECK(difference_of_rows(good, fingerprint(whole)) == 0);
    CHECK(difference_of_rows(good, fingerprint(changed("play", [](int) { return 255; }))) >= rows_look_different);
    CHECK(difference_of_rows(good, {}) == 255);
}
