// What the window looks like: pictures that were looked at and found good. To take new ones after a change that was
// meant: TCPSM_NEW_PICTURES=tests/ui/pictures build/release/tests/ui_tests --test-case='the window at*'

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "app/platform/png.hpp"
#include "support/places.hpp"
#include "ui/likeness.hpp"
#include "ui/moments.hpp"

using namespace tcpsm::viz;

TEST_CASE("the window at thirteen moments: looks as it was found good")
{
    CHECK(moments_of_window().size() == 13);
    const char* const new_pictures = std::getenv("TCPSM_NEW_PICTURES");
    for (const MomentOfWindow& moment : moments_of_window()) {
        CAPTURE(moment.name);
        const Image drawn = picture_of(moment);
        const std::string name = std::string(moment.name) + ".png";
        if (new_pictures != nullptr) {
            CHECK(write_png(drawn, std::string(new_pictures) + "/" + name) == "");
            continue;
        }
        const auto good = read_png(tcpsm::test::in_source("tests/ui/pictures/") + name);
        REQUIRE(good.has_value());
        REQUIRE(good->width == drawn.width);
        REQUIRE(good->height == drawn.height);
        CHECK(difference(*good, drawn) < looks_different);
    }
}
