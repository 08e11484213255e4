// What is waited for where a window is closed or small, an ACK may wait, and a silent peer is asked.

#include <doctest/doctest.h>

#include <array>

#include "explain/alone.hpp"
#include "explain/busy_world.hpp"
#include "explain/sayings.hpp"
#include "support/text.hpp"

using namespace tcpsm;
using namespace tcpsm::test;
using viz::Language;

namespace {

constexpr std::string_view closed_window = "<SEQ=301><ACK=101><CTL=ACK><WND=0>";

struct Waits : Alone {
    explicit Waits(const ConnectionOptions& options = {}) : Alone(with(options)) { is_in(State::Established); }

    [[nodiscard]] std::string said() const { return waiting(*this); }
    void send(std::size_t octets) const { socket.send(std::string(octets, 'x')); }
};

std::string last_headline(const Network& world)
{
    const Told told(world);
    const auto last = static_cast<std::uint32_t>(told.story.moments().size() - 1);
    return explain_moment(told.history, told.story, last, Language::english).headline;
}

/// Steps through a run without answers: what is said to follow must follow, until the connection gives up.
/// @return how often something was repeated
int follow(Waits& world, std::string_view again, std::string_view fires)
{
    int repeated = 0;
    for (;;) {
        const std::string said = world.said();
        CAPTURE(said);
        const bool last = has(said, "it gives up in ");
        REQUIRE((last || has(said, again)));
        REQUIRE(world.step());
        const std::string headline = last_headline(world);
        CAPTURE(headline);
        CHECK(has(headline, fires));
        CHECK(has(headline, "the connection is CLOSED") == last);
        if (last) return repeated;
        ++repeated;
    }
}

} // namespace

TEST_CASE("a closed window: is probed, and probed again, after the time that is said")
{
    Waits world;
    world.gets(closed_window);
    world.send(5);
    CHECK(world.said() == "A has 5 octets to send and waits for B's window to open; if it hears nothing of it, it "
                          "probes it in 1 s.\n");
    world.waits();
    CHECK(world.said() == "A has 5 octets to send and has probed B's window, which is 0; if it hears of no larger one, "
                          "it probes it again in 2 s.\n");
}

TEST_CASE("a closed window that nobody speaks of any more: is probed until R2, and then given up")
{
    ConnectionOptions counting;
    counting.retries = 3;
    ConnectionOptions without_octet;
    without_octet.probe_octet = false;
    for (const ConnectionOptions& options : {ConnectionOptions{}, counting, without_octet}) {
        Waits world(options);
        world.gets(closed_window);
        world.send(5);
        CHECK(follow(world, "probes it ", "'s persist timer fires") > 2);
    }
}

TEST_CASE("a closed window whose host answers every probe: is probed until the answers end")
{
    ConnectionOptions counting;
    counting.retries = 3;
    ConnectionOptions timing;
    timing.r2 = 61s; // longer than one wait, shorter than two
    for (const ConnectionOptions& options : {counting, timing}) {
        Waits world(options);
        world.gets(closed_window);
        world.send(5);
        for (int i = 0; i < 10; ++i) {
            CHECK(has(world.said(), "probes it "));
            world.waits();
            world.gets(closed_window);
        }
        CHECK(world.socket.state() == State::Established);
        follow(world, "probes it ", "'s persist timer fires"); // until the answers end
    }
}

TEST_CASE("a window with too little room for a segment: what fits is sent after the override timeout")
{
    Waits world;
    world.gets("<SEQ=301><ACK=101><CTL=ACK><WND=10>");
    world.send(1000);
    CHECK(world.said() == "A has 1000 octets to send and waits until B's window has room for a segment that is worth "
                          "it; else it sends what fits in 0.2 s.\n");
}

TEST_CASE("text that is held back while other text is under way: says by what")
{
    Waits nagle({.nagle = true});
    nagle.send(5);
    nagle.send(7);
    CHECK(has(nagle.said(), "100 s. 7 octets more wait for that ACK (Nagle's algorithm).\n"));

    Waits window;
    window.gets("<SEQ=301><ACK=101><CTL=ACK><WND=536>");
    window.send(600);
    CHECK(has(window.said(), "100 s. 64 octets more wait for room in B's window.\n"));

    Waits silly;
    silly.gets("<SEQ=301><ACK=101><CTL=ACK><WND=600>");
    silly.send(1000);
    CHECK(has(silly.said(), "100 s. 464 octets more wait until B's window has room for a segment that is worth "
                            "it.\n"));

    Waits congestion({.congestion = CongestionControl::reno});
    congestion.send(10'000);
    CHECK(has(congestion.said(), "100 s. 7856 octets more wait, for the congestion window is full.\n"));
}

TEST_CASE("an ACK that may wait: leaves with the next segment, or alone after the time that is said")
{
    Waits world({.delayed_ack = 200ms});
    world.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    CHECK(world.said() == "A waits for its application, or for B. It holds an ACK back, which leaves with the next "
                          "segment, or alone in 0.2 s.\n");
    world.waits();
    CHECK(world.said() == "A owes nothing and waits for its application, or for B; no timer runs.\n");
}

TEST_CASE("a silent peer: is asked, and asked again, and then given up")
{
    Waits world(alive());
    CHECK(world.said() == "A waits for its application, or for B. When it has heard nothing for 10 s, it asks B "
                          "whether it is there.\n");
    world.waits();
    CHECK(world.said() == "A waits for its application, or for B. It has asked B whether it is there (probe 1 of 2); "
                          "if no answer comes, it asks again in 75 s.\n");
    Waits other(alive());
    CHECK(follow(other, "it asks ", "'s keep-alive timer fires") == 2);
}

TEST_CASE("text under way: the silent peer is not asked besides")
{
    Waits world(alive());
    world.send(5);
    CHECK(!has(world.said(), "asks"));
}

namespace {

struct Consequence {
    std::string_view headline;
    std::string_view said; ///< before it
};

constexpr std::array consequences{
    Consequence{"long enough (R2): it gives up", "it gives up in "},
    Consequence{"RTO fires: it has heard no", " again in "},
    Consequence{"so it probes it ", "probes it "},
    Consequence{"persist timer fires: its text has waited", "it sends what fits in "},
    Consequence{"so it asks whether it is there", "When it has heard nothing for "},
    Consequence{"so it asks once more", "it asks again in "},
    Consequence{"so it is taken for dead", "it gives up in "},
    Consequence{"delayed-ACK timer fires", ", or alone in "},
};

/// The line of a host among what is waited for.
std::string line_of(std::string_view host, const std::string& said)
{
    std::string all;
    for (std::size_t at = 0; at < said.size(); at = said.find('\n', at) + 1)
        if (std::string_view(said).substr(at).starts_with(host)) all += said.substr(at, said.find('\n', at) - at);
    return all;
}

} // namespace

TEST_CASE("timers that fire in worlds with all options: each was said before to be what follows")
{
    std::array<int, consequences.size()> seen{};
    for (const ConnectionOptions& options : {everything_on(), linux_profile().connection, ConnectionOptions{}}) {
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
            CAPTURE(seed);
            Network world = busy_world(seed, options);
            for (std::string before; world.now() < Time{} + 60s;) {
                before = waiting(world);
                if (!world.step()) break;
                const std::string headline = last_headline(world);
                for (std::size_t i = 0; i < consequences.size(); ++i) {
                    if (!has(headline, consequences[i].headline)) continue;
                    CAPTURE(headline);
                    CAPTURE(before);
                    ++seen[i];
                    CHECK(has(line_of(headline.substr(0, 6), before), consequences[i].said));
                }
            }
        }
    }
    CHECK(seen[1] > 20);
    CHECK(seen[2] > 3);
    CHECK(seen[4] > 5);
    CHECK(seen[7] > 20);
}

TEST_CASE("linux after close: the limit of what nobody holds any more is its own")
{
    ConnectionOptions options;
    options.retries = 15;
    options.orphan_retries = 0;
    options.half_duplex_close = true;
    Waits world(options);
    world.socket.close();
    CHECK(has(world.said(), "It gives up after 8 repetitions."));
}
