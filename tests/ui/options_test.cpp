// tcpsm-viz as it is called: what its options do, and what it says where they are wrong.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "app/platform/png.hpp"
#include "support/file.hpp"
#include "support/places.hpp"
#include "support/text.hpp"
#include "ui/program.hpp"
#include "ui/temporary_folder.hpp"

using namespace tcpsm::viz;
using tcpsm::test::has;
using tcpsm::test::octets_of;

namespace {

const std::string teardown_file = tcpsm::test::in_source("examples/scenarios/lost-final-ack.yaml");

struct Pictures {
    TemporaryFolder folder;

    // The picture that is made with these options; an empty one where there is none.
    [[nodiscard]] Image picture(std::vector<std::string> options) const
    {
        const std::string path = folder.file("picture.png");
        options.insert(options.begin(), {teardown_file, "--screenshot", path, "--at", "2.2s"});
        const Ended ended = run_viz(options);
        CHECK(ended.status == 0);
        CHECK(ended.err == "");
        return read_png(path).value_or(Image{});
    }
};

} // namespace

TEST_CASE_FIXTURE(Pictures, "--screenshot: needs no display, and gives the same octets each time")
{
    const Image first = picture({"--size", "900x600"});
    CHECK(first.width == 900);
    CHECK(first.height == 600);
    CHECK(hash(picture({"--size", "900x600"})) == hash(first));
}

TEST_CASE_FIXTURE(Pictures, "--theme, --lang, --scale, --at and --exact-time: each changes the picture")
{
    const std::vector<std::string> size{"--size", "900x600"};
    const std::uint64_t plain = hash(picture(size));
    for (const std::vector<std::string>& options : {std::vector<std::string>{"--theme", "dark"},
                                                    {"--theme", "projector"},
                                                    {"--lang", "zh"},
                                                    {"--scale", "1.5"},
                                                    {"--exact-time"}}) {
        std::vector<std::string> all = size;
        all.insert(all.end(), options.begin(), options.end());
        CHECK_MESSAGE(hash(picture(all)) != plain, options[0]);
    }
    const std::string path = folder.file("later.png");
    CHECK(run_viz({teardown_file, "--size", "900x600", "--at", "60s", "--screenshot", path}).status == 0);
    CHECK(hash(read_png(path).value_or(Image{})) != plain);
}

TEST_CASE_FIXTURE(Pictures, "a tiny and a large picture: are made")
{
    CHECK(picture({"--size", "1x1"}).width == 1);
    CHECK(picture({"--size", "3840x2160", "--scale", "2"}).height == 2160);
}

TEST_CASE_FIXTURE(Pictures, "an option that is wrong: status 2, and the message names it")
{
    const std::string path = folder.file("picture.png");
    const auto refused = [&](const std::vector<std::string>& options, std::string_view named) {
        std::vector<std::string> all{teardown_file, "--screenshot", path};
        all.insert(all.end(), options.begin(), options.end());
        const Ended ended = run_viz(all);
        CHECK(ended.status == 2);
        CHECK_MESSAGE(has(ended.err, named), ended.err);
    };
    for (const std::string size : {"0x5", "5x0", "900", "900x", "x600", "900x600x", "99999x1", "-5x5", "axb", ""})
        refused({"--size", size}, "--size");
    for (const std::string scale : {"0", "9", "-1", "nan", "big"}) refused({"--scale", scale}, "--scale");
    for (const std::string at : {"5", "soon", "", "1.5parsecs"}) refused({"--at", at}, "--at");
    refused({"--theme", "pink"}, "--theme");
    refused({"--lang", "tlh"}, "--lang");
    refused({"--unheard-of"}, "--unheard-of");
    CHECK(octets_of(path).empty());
}

TEST_CASE_FIXTURE(Pictures, "a picture or video that cannot be made: status 2, says why, and leaves nothing behind")
{
    const Ended nowhere = run_viz({teardown_file, "--screenshot", folder.file("none/picture.png")});
    CHECK(nowhere.status == 2);
    CHECK(has(nowhere.err, "No such file or directory"));
    const Ended without = run_viz({teardown_file, "--video", folder.file("out.mp4"), "--seconds", "1"}, {"PATH=/none"});
    CHECK(without.status == 2);
    CHECK(has(without.err, "ffmpeg was not found"));
    CHECK(folder.count() == 0);
}

TEST_CASE_FIXTURE(Pictures, "a font that is missing: a note on standard error, and the picture is made")
{
    std::filesystem::create_directory(folder.file("fonts"));
    const std::string broken = folder.file("fonts/DejaVuSansMono.ttf", "no font");
    const std::vector<std::string> places{"XDG_DATA_HOME=" + folder.path()};
    const std::string path = folder.file("picture.png");
    const Ended ended = run_viz({teardown_file, "--screenshot", path, "--size", "900x600"}, places);
    CHECK(ended.status == 0);
    CHECK(ended.err.starts_with("tcpsm-viz: note: The font file " + broken + " is broken"));
    CHECK(read_png(path).has_value());
}

TEST_CASE_FIXTURE(Pictures, "no display: status 2, and it says what works without one")
{
    const Ended ended = run_viz({teardown_file});
    CHECK(ended.status == 2);
    CHECK(has(ended.err, "No window can be opened"));
    CHECK(has(ended.err, "--screenshot"));
    CHECK(has(run_viz({teardown_file, "--lang", "zh"}).err, "无法打开窗口"));
}

TEST_CASE_FIXTURE(Pictures, "a file that is missing or no scenario: status 2, and says so")
{
    const Ended missing = run_viz({folder.file("none.yaml"), "--screenshot", folder.file("picture.png")});
    CHECK(missing.status == 2);
    CHECK(has(missing.err, "none.yaml"));
    const std::string broken = folder.file("broken.yaml", "tcpsm: 1\nhosts: 5\n");
    const Ended no_scenario = run_viz({broken, "--screenshot", folder.file("picture.png")});
    CHECK(no_scenario.status == 2);
    CHECK(has(no_scenario.err, "broken.yaml:1:1"));
    CHECK(run_viz({"--screenshot", folder.file("picture.png")}).status == 2);
    const Ended mistyped = run_viz({"lost-fnal-ack", "--screenshot", folder.file("picture.png")});
    CHECK(mistyped.status == 2);
    CHECK(mistyped.err == "tcpsm-viz: found no file and no scenario 'lost-fnal-ack'; did you mean 'lost-final-ack'?\n");
    CHECK(folder.count() == 1);
}

TEST_CASE("--help and --version: say it and succeed")
{
    const Ended help = run_viz({"--help"});
    CHECK(help.status == 0);
    for (const std::string_view option : {"--at", "--screenshot", "--video", "--size", "--scale", "--theme", "--lang"})
        CHECK(has(help.out, option));
    CHECK(has(run_viz({"--version"}).out, "tcpsm-viz 0."));
}
