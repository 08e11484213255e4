#include "app/platform/png.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "support/file.hpp"
#include "ui/drawing.hpp"
#include "ui/temporary_folder.hpp"

using namespace tcpsm::viz;
using tcpsm::test::octets_of;

namespace {

Image coloured_image()
{
    Image image = blank_image(37, 11, 0);
    for (std::size_t i = 0; i < image.rgba.size(); ++i)
        if (i % 4 != 3) image.rgba[i] = static_cast<std::uint8_t>(i * 7);
    return image;
}

} // namespace

TEST_CASE("a picture that was written as PNG: is read as it was")
{
    const TemporaryFolder folder;
    const Image image = coloured_image();
    REQUIRE(write_png(image, folder.file("picture.png")) == "");
    const auto read = read_png(folder.file("picture.png"));
    REQUIRE(read);
    CHECK(read->width == image.width);
    CHECK(read->height == image.height);
    CHECK(read->rgba == image.rgba);
}

TEST_CASE("a PNG that cannot be written: says why and leaves nothing behind")
{
    const TemporaryFolder folder;
    CHECK(write_png(coloured_image(), folder.file("none/picture.png")) == "No such file or directory");
    CHECK(write_png(coloured_image(), folder.path()) == "Is a directory");
    CHECK(write_png(Image{}, folder.file("picture.png")) == "Invalid argument");
    CHECK(folder.count() == 0);
    if (std::filesystem::exists("/dev/full")) {
        CHECK(write_png(coloured_image(), "/dev/full") == "No space left on device");
        CHECK(std::filesystem::exists("/dev/full"));
    }
}

TEST_CASE("a file that is no PNG: is not read")
{
    const TemporaryFolder folder;
    CHECK_FALSE(read_png(folder.file("none.png")));
    CHECK_FALSE(read_png(folder.file("text.png", "this is text")));
    REQUIRE(write_png(coloured_image(), folder.file("whole.png")) == "");
    const std::string whole = octets_of(folder.file("whole.png"));
    CHECK_FALSE(read_png(folder.file("half.png", whole.substr(0, whole.size() / 2))));
}
