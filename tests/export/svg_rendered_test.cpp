// The ladder as SVG, drawn by a renderer that is not ours: what the layout says is what is seen.

#include <doctest/doctest.h>

#include <algorithm>

#include <fmt/format.h>

#include "diagram/label_space.hpp"
#include "export/picture.hpp"
#include "export/runs.hpp"
#include "export/svg.hpp"
#include "export/svg_parts.hpp"
#include "export/svg_text.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

/// A picture with nothing but one line of text.
std::string only(const Label& label)
{
    const std::string body = svg_label(label, "ink");
    return fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" width="700" height="300">)"
                       R"(<style>text{{font-family:"DejaVu Sans","Noto Sans CJK SC"}}.bold{{font-weight:bold}}</style>)"
                       R"(<rect width="700" height="300" fill="white"/>{}</svg>)",
                       body);
}

} // namespace

TEST_CASE("a ladder drawn by librsvg: has its size, and ink where hosts, states and segments stand")
{
    const Network net = test::lost_final_ack();
    for (const SvgTheme theme : {SvgTheme::automatic, SvgTheme::light, SvgTheme::print}) {
        const test::Picture picture = test::draw(ladder_svg(net.history(), {.title = "Title", .theme = theme}));
        CHECK(picture.width == 960);
        CHECK(picture.height > 400);
        REQUIRE(!picture.pixels.empty());
        // The paper is white at the corners, and everything else is well within them.
        for (const std::size_t at : {std::size_t{0}, picture.pixels.size() - 4}) CHECK(picture.pixels[at + 1] == 255);
        const Box ink = picture.ink({0, 0, 1000, 10000});
        CHECK(ink.left >= 10);
        CHECK(ink.right <= 952);
        CHECK(ink.right - ink.left > 700);
        CHECK(ink.bottom - ink.top > static_cast<float>(picture.height) * 0.85F);
        CHECK(picture.ink({0, 0, 200, 40}).height() > 8); // the title
    }
}

TEST_CASE("the dark theme: has dark paper")
{
    const test::Picture picture = test::draw(ladder_svg(test::lost_final_ack().history(), {.theme = SvgTheme::dark}));
    REQUIRE(!picture.pixels.empty());
    CHECK(picture.pixels[1] < 60);
}

TEST_CASE("one label, upright or turned, in both scripts: its ink lies in its box and fills its width")
{
    const SvgTextMeasure measure;
    for (const char* text : {"FIN,ACK seq=101 ack=301 len=5", "SYN-RECEIVED", "gjpqy[]|", "重新计时", "client.4'"})
        for (const float angle : {0.0F, 0.09F, -0.2F})
            for (const Weight weight : {Weight::regular, Weight::bold}) {
                Label label;
                label.text = text;
                label.size = 26;
                label.weight = weight;
                label.width = measure.width(text, label.size, weight);
                place(label, {40, 150}, angle);
                const test::Picture picture = test::draw(only(label));
                REQUIRE(picture.width == 700);
                const Box ink = picture.ink({0, 0, 700, 300});
                CAPTURE(label.text);
                CAPTURE(angle);
                const bool latin = static_cast<unsigned char>(text[0]) < 0x80;
                const float slack = latin ? 1.5F : 3;
                CHECK(ink.left >= label.box.left - slack);
                CHECK(ink.right <= label.box.right + slack);
                CHECK(ink.top >= label.box.top - slack);
                CHECK(ink.bottom <= label.box.bottom + slack);
                CHECK(ink.width() > label.box.width() - 10);
                CHECK(ink.height() > label.size * 0.6F);
            }
}

TEST_CASE("a label with a name: the name is drawn first, and both together are as wide as measured")
{
    const SvgTextMeasure measure;
    Label label;
    label.name = "client.3";
    label.text = "SYN seq=1";
    label.size = 20;
    label.name_width = measure.width(label.name, 20) + 12;
    label.width = label.name_width + measure.width(label.text, 20);
    place(label, {50, 100});
    const test::Picture picture = test::draw(only(label));
    const Box ink = picture.ink({0, 0, 700, 300});
    CHECK(ink.left == doctest::Approx(50).epsilon(0.06));
    CHECK(ink.right == doctest::Approx(50 + label.width).epsilon(0.02));
    CHECK(picture.ink({50 + label.name_width - 11, 0, 50 + label.name_width - 1, 300}).width() == 0);
}
