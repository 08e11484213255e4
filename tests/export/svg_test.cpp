// The ladder as SVG: what stands in the file.

#include "export/svg.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "export/runs.hpp"
#include "export/svg_text.hpp"
#include "export/xml.hpp"
#include "support/text.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;
using test::all;
using test::Element;
using test::has;
using test::read;

namespace {

/// All that is written in the picture, a line each.
std::string written(const Element& root)
{
    std::string text;
    for (const Element* line : all(root, "text")) {
        for (const Element& run : line->children) text += run.text + " ";
        text += "\n";
    }
    return text;
}

std::string attribute(const Element& element, const char* name)
{
    const auto found = element.attributes.find(name);
    return found == element.attributes.end() ? "" : found->second;
}

} // namespace

TEST_CASE("a ladder: title, question, hosts, states, segments, timers and times stand in it as text")
{
    const Network net = test::lost_final_ack();
    const Element root = read(ladder_svg(net.history(), {.title = "The last ACK", .asks = "Why wait?"}));
    const std::string text = written(root);
    for (const char* part :
         {"The last ACK \n", "Why wait? \n", "client \n", "192.0.2.2 \n", "FIN-WAIT-2 \n",
          "client.3 FIN,ACK seq=101 ack=301 \n", "RTO 1 s \n", "fires \n", "2 MSL 4 min \n", "close() \n", "1.05 s \n"})
        CHECK_MESSAGE(has(text, part), part);
    CHECK(attribute(root, "role") == "img");
    REQUIRE(root.children.size() > 3);
    CHECK(root.children[0].name == "title");
    CHECK(root.children[0].text == "The last ACK");
    CHECK(root.children[1].text == "Why wait?");
    CHECK(attribute(root, "aria-labelledby") == "title about");
}

TEST_CASE("a segment: where the mouse rests on it, its fields, its way, its fate and its reason are shown")
{
    const Network net = test::lost_final_ack();
    const Element root = read(ladder_svg(net.history()));
    std::vector<std::string> titles;
    for (const Element* group : all(root, "g"))
        if (attribute(*group, "class").starts_with("segment")) titles.push_back(group->children.at(0).text);
    REQUIRE(titles.size() == net.history().segments().size());
    CHECK(titles[0] == "client.1\nSYN seq=100 wnd=65535 len=0\n<mss 1460>\nleaves client at 0 s, in SYN-SENT\n"
                       "arrives at server at 0.05 s\nbecause: active OPEN (RFC 9293, 3.10.1)");
    CHECK(titles[6] == "client.4\nACK seq=102 ack=302 wnd=65534 len=0\nleaves client at 1.11 s, in TIME-WAIT\n"
                       "lost at 1.135 s\nbecause: rcv FIN (RFC 9293, 3.10.7.4)");
    CHECK(has(titles[7], "\nleaves server again at 2.06 s, in LAST-ACK\n"));
    CHECK(has(titles.back(), "inject.1\nRST seq=0 wnd=0 len=0\ninjected at "));
    CHECK(has(titles.back(), "refused: "));
}

TEST_CASE("with state diagrams: one for each host, and the ways that it went are drawn strongly")
{
    const Network net = test::lost_final_ack();
    const std::string without = ladder_svg(net.history());
    const Element root = read(ladder_svg(net.history(), {.states = true}));
    const auto count = [&](std::string_view look) {
        const auto lines = all(root, "polyline");
        return std::count_if(lines.begin(), lines.end(),
                             [&](const Element* e) { return attribute(*e, "class") == look; });
    };
    CHECK(count("way") == 6 + 6);
    CHECK(count("edge") == 2 * 20 - 12);
    CHECK(count("edge rare") == 2 * 8);
    CHECK_FALSE(has(without, "class=\"way\""));
    CHECK(std::stof(attribute(root, "height")) > std::stof(attribute(read(without), "height")) + 300);
}

TEST_CASE("any theme: nothing comes from elsewhere, nothing runs, and every class has its look")
{
    const Network net = test::lost_final_ack();
    for (const SvgTheme theme : {SvgTheme::automatic, SvgTheme::light, SvgTheme::dark, SvgTheme::print}) {
        const std::string svg = ladder_svg(net.history(), {.title = "t", .theme = theme});
        const Element root = read(svg);
        for (const char* part : {"href", "url(", "@import", "<script", "<image", "<use", "data:", "onload"})
            CHECK_FALSE(has(svg, part));
        CHECK(all(root, "script").empty());
        // The one address is the name of the language.
        std::size_t addresses = 0;
        for (std::size_t at = 0; (at = svg.find("://", at)) != std::string::npos; ++at) ++addresses;
        CHECK(addresses == 1);
        CHECK(all(root, "style").size() == 1);
        CHECK(has(svg, "prefers-color-scheme:dark") == (theme == SvgTheme::automatic));
    }
}

TEST_CASE("the same history and options: the same bytes, and others with another theme, width, mode or language")
{
    const Network net = test::lost_final_ack();
    const History& history = net.history();
    const std::string svg = ladder_svg(history);
    CHECK(svg == ladder_svg(Network(net).history()));
    CHECK(svg != ladder_svg(history, {.width = 700}));
    CHECK(svg != ladder_svg(history, {.mode = TimeMode::exact}));
    CHECK(svg != ladder_svg(history, {.theme = SvgTheme::print}));
    const Element chinese = read(ladder_svg(history, {.language = Language::chinese}));
    CHECK(has(written(chinese), "到时"));
    CHECK(attribute(chinese, "xml:lang") == "zh");
}

TEST_CASE("a title or a host with any octets: is written so that it is read back, or marked where XML cannot have it")
{
    Network net({.seed = 1});
    net.host("<a&\"b'>");
    net.host("]]>\x01");
    const std::string svg = ladder_svg(
        net.history(), {.title = "A < B & \"C\" 'D' </title> --> ]]>", .asks = "\xFF\xC0\xAF 中 \x08 \xEF\xBF\xBF"});
    const Element root = read(svg);
    CHECK(root.children[0].text == "A < B & \"C\" 'D' </title> --> ]]>");
    CHECK(root.children[1].text == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD 中 \xEF\xBF\xBD \xEF\xBF\xBD");
    CHECK(has(written(root), "<a&\"b'> "));
}

TEST_CASE("a history without records, without hosts, and a width that is none: a picture all the same")
{
    CHECK(read(ladder_svg(History())).name == "svg");
    Network net;
    net.host("A");
    CHECK(has(written(read(ladder_svg(net.history()))), "A \n"));
    CHECK(attribute(read(ladder_svg(net.history(), {.width = -5})), "width") == "200");
}

TEST_CASE("every run of text: its width is pinned to what was measured")
{
    const Network net = test::lost_final_ack();
    const Element root = read(ladder_svg(net.history(), {.title = "Title"}));
    const SvgTextMeasure measure;
    std::size_t runs = 0;
    for (const Element* line : all(root, "text")) {
        const float size = std::stof(attribute(*line, "font-size"));
        const Weight weight = attribute(*line, "class") == "bold" ? Weight::bold : Weight::regular;
        for (const Element& run : line->children) {
            CHECK(std::stof(attribute(run, "textLength")) ==
                  doctest::Approx(measure.width(run.text, size, weight)).epsilon(0.02));
            ++runs;
        }
    }
    CHECK(runs > 40);
}

TEST_CASE("widths: those of DejaVu Sans, an em for a Chinese letter, none for what cannot be seen")
{
    const SvgTextMeasure measure;
    CHECK(measure.width("", 20) == 0);
    CHECK(measure.width("A", 2048) == 1401);
    CHECK(measure.width("A", 2048, Weight::bold) == 1585);
    CHECK(measure.width("Ai", 2048, Weight::mono) == 2 * 1233);
    CHECK(measure.width("中文", 10) == 20);
    CHECK(measure.width("é", 2048) == 1260);
    CHECK(measure.width("\n", 10) == 0);
}

TEST_CASE("numbers: one decimal where it says something, and no zero below nothing")
{
    CHECK(number(12) == "12");
    CHECK(number(12.34F) == "12.3");
    CHECK(number(-0.04F) == "0");
    CHECK(number(-0.5F) == "-0.5");
    CHECK(number(-12.25F).starts_with("-12."));
}
