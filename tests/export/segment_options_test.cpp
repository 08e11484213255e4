#include "export/segment_options.hpp"

#include <doctest/doctest.h>

#include <array>

#include "diagram/story.hpp"
#include "export/json_lines.hpp"
#include "export/svg_parts.hpp"
#include "tcpsm/network/network.hpp"

using namespace tcpsm;

namespace {

/// The history of a connection's opening between two hosts that offer all.
History opening()
{
    HostOptions options;
    options.profile.connection.timestamps = true;
    options.profile.connection.sack = true;
    options.profile.connection.window_scaling = true;
    options.profile.connection.window_shift = 7;
    Network net;
    const Host a = net.host("A", options);
    const Host b = net.host("B", options);
    b.listen(80);
    a.connect(b, 80);
    net.run_for(std::chrono::milliseconds(100));
    return net.history();
}

} // namespace

TEST_CASE("options: one text each, in the order of the header, without those that only fill")
{
    Options options;
    CHECK(option_texts(options).empty());
    options.add_mss(1460);
    options.add_nop();
    options.add_window_scale(7);
    options.add_timestamps({12, 34});
    CHECK(option_texts(options) == std::vector<std::string>{"mss 1460", "window-scale 7", "timestamps 12 34"});

    Options others;
    others.add_sack_permitted();
    others.add_sack(std::array{SackBlock{Seq(100), Seq(200)}, SackBlock{Seq(300), Seq(400)}});
    others.add(30, std::array<std::uint8_t, 2>{1, 2});
    CHECK(option_texts(others) == std::vector<std::string>{"sack-permitted", "sack 100-200 300-400", "kind 30"});
}

TEST_CASE("an option whose length is not that of its kind: is named by its number")
{
    Options options;
    options.add(2, std::array<std::uint8_t, 1>{5});
    CHECK(option_texts(options) == std::vector<std::string>{"kind 2"});
}

TEST_CASE("a trace as JSON: has the options of segments that have some")
{
    const std::string json = json_lines(opening(), {});
    const std::string syn = json.substr(json.find(R"("name":"A1")"));
    CHECK(syn.find(R"(,"options":["mss 1460","sack-permitted","timestamps )") != std::string::npos);
    CHECK(syn.substr(0, syn.find('\n')).find(R"("window-scale 7"])") != std::string::npos);
    Network plain;
    established(plain, "A", "B").a.send("hello");
    CHECK(json_lines(plain.history(), {}).find("options") == std::string::npos);
}

TEST_CASE("the hover text of a segment: has its options in a line of their own")
{
    const History history = opening();
    viz::Story story;
    story.read(history);
    const std::string text = viz::about_segment(history, story.flights().front(), viz::Language::english);
    CHECK(text.find("\n<mss 1460, sack-permitted, timestamps ") != std::string::npos);
    CHECK(text.find(", window-scale 7>\n") != std::string::npos);
}
