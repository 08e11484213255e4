// The counts by state over time as SVG: what stands in the file.

#include "export/svg_counts.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "export/xml.hpp"
#include "support/text.hpp"
#include "tcpsm/tcpsm.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;
using test::all;
using test::Element;
using test::has;
using test::read;

namespace {

/// A client that has two ports and wants three connections, to a server whose queue has room for one.
struct Scarce : Network {
    Scarce()
    {
        Profile two_ports = rfc9293();
        two_ports.ephemeral_last = static_cast<Port>(two_ports.ephemeral_first + 1);
        const Host client = host("client", {.profile = two_ports});
        const Host server = host("server");
        host("bystander");
        server.listen(80, {.backlog = 1});
        client.connect(server, 80);
        client.connect(server, 80);
        run_until(Time{} + 5s);
        client.connect(server, 80);
        run_until(Time{} + 10s);
        client.connection(1).close();
        run_until(Time{} + 20s);
    }
};

/// All that is written in the picture, each in its own line.
std::string plot_written(const Element& root)
{
    std::string text = "\n";
    for (const Element* line : all(root, "text"))
        for (const Element& run : line->children) text += run.text + "\n";
    return text;
}

std::vector<const Element*> areas(const Element& root, const std::string& look)
{
    std::vector<const Element*> found;
    for (const Element* path : all(root, "path"))
        if (const auto at = path->attributes.find("class"); at != path->attributes.end() && at->second == look)
            found.push_back(path);
    return found;
}

} // namespace

TEST_CASE_FIXTURE(Scarce, "a plot of counts: title, hosts, most at once, states, times and where something ran out")
{
    const Element root = read(counts_svg(history(), {.title = "Scarce", .asks = "What runs out?"}));
    const std::string text = plot_written(root);
    for (const char* part :
         {"\nScarce\n", "\nWhat runs out?\n", "\nclient\n", "\n192.0.2.1, at most 2 at once\n", "\nserver\n",
          "\nLISTEN\n", "\nSYN-SENT\n", "\nESTABLISHED\n", "\nFIN-WAIT-2\n", "\n0 s\n", "\n10 s\n",
          "\nEADDRNOTAVAIL at 5 s: no port is left\n", "\nqueue full at 0.01 s: the listener drops what arrives\n"})
        CHECK_MESSAGE(has(text, part), part);
    CHECK_FALSE(has(text, "bystander")); // nothing happened there
    CHECK_FALSE(has(text, "TIME-WAIT"));
    CHECK(root.children.at(0).text == "Scarce");
}

TEST_CASE("a plot of counts: an area goes from row to row, and back along those below it")
{
    Network net;
    const Host a = net.host("a");
    const Host b = net.host("b");
    b.listen(80);
    const Socket socket = a.connect(b, 80);
    net.run_until(Time{} + 1s);
    socket.abort();
    net.run_until(Time{} + 2s);
    b.listener().close();
    const Element root = read(counts_svg(net.history(), {.width = 200}));
    // Of b, from 60 to 188: the listener from 0 to 2 s; upon it, from 20 ms to 1.01 s, the connection.
    const auto listening = areas(root, "s1");
    REQUIRE(listening.size() == 1);
    const std::string path = listening[0]->attributes.at("d");
    CHECK(path.starts_with("M60 "));
    CHECK(has(path, "H188V"));
    CHECK(areas(root, "s4").size() == 2);
}

TEST_CASE_FIXTURE(Scarce, "a plot of counts: the same bytes each time, in each language and theme")
{
    for (const Language language : {Language::english, Language::chinese})
        for (const SvgTheme theme : {SvgTheme::automatic, SvgTheme::print}) {
            const SvgOptions options{.language = language, .theme = theme};
            CHECK(counts_svg(history(), options) == counts_svg(history(), options));
            CHECK(has(counts_svg(history(), options), "EADDRNOTAVAIL"));
        }
    CHECK(has(counts_svg(history(), {.language = Language::chinese}), "没有空闲的临时端口"));
}

TEST_CASE("a plot of counts of thousands of instants: no larger than its pixels need")
{
    Network net({.delay = 1us});
    const Host a = net.host("a");
    const Host b = net.host("b");
    b.listen(80);
    for (int i = 0; i < 4000; ++i) {
        const Socket socket = a.connect(b, 80);
        net.run_for(1ms);
        socket.abort();
        net.run_for(1ms);
    }
    const std::string svg = counts_svg(net.history());
    CHECK(has(svg, "at most 2 at once")); // the listener, and one connection
    CHECK(svg.size() < 100'000);
}

TEST_CASE("a plot of counts of a history in which nothing happened: a picture all the same")
{
    CHECK(read(counts_svg(Network().history())).children.size() > 2);
}
