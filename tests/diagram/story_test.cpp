// A history as a picture needs it.

#include "diagram/story.hpp"

#include <doctest/doctest.h>

#include "diagram/random_run.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

struct TwoHosts : Network {
    TwoHosts() : Network({.seed = 1, .delay = 50ms}) {}
    Host client = host("client", {.iss = {100}});
    Host server = host("server", {.iss = {300}, .accepts = true});
    Story story;

    const Story& read()
    {
        story.read(history());
        return story;
    }
    /// "CLOSED SYN-SENT ..." with each band's lane where it is not the first.
    [[nodiscard]] std::string bands(HostId host, std::uint32_t connection) const
    {
        std::string text;
        for (const std::uint32_t i : story.bands_of(host, connection)) {
            const Band& band = story.bands()[i];
            text += (text.empty() ? "" : " ") + std::string(name(band.state));
            if (band.lane > 0) text += "/" + std::to_string(band.lane);
        }
        return text;
    }
};

bool same(const Story& a, const Story& b)
{
    const auto equal = [](const auto& x, const auto& y, auto fields) {
        if (x.size() != y.size()) return false;
        for (std::size_t i = 0; i < x.size(); ++i)
            if (fields(x[i]) != fields(y[i])) return false;
        return true;
    };
    return equal(a.moments(), b.moments(),
                 [](const Moment& m) { return std::tuple(m.time, m.first, m.end, m.departures, m.rows, m.host); }) &&
           equal(a.flights(), b.flights(),
                 [](const viz::Flight& f) {
                     return std::tuple(f.segment, f.from, f.to, f.sent, f.end, f.sent_moment, f.end_moment, f.fate,
                                       f.check, f.nth, f.retransmission);
                 }) &&
           equal(a.bands(), b.bands(),
                 [](const Band& x) {
                     return std::tuple(x.host, x.connection, x.lane, x.state, x.begin, x.end, x.begin_moment,
                                       x.end_moment, x.record);
                 }) &&
           equal(a.brackets(), b.brackets(),
                 [](const Bracket& x) {
                     return std::tuple(x.host, x.connection, x.timer, x.begin, x.end, x.deadline, x.how, x.anew);
                 }) &&
           equal(a.marks(), b.marks(), [](const Mark& m) { return std::tuple(m.record, m.moment, m.host); });
}

} // namespace

TEST_CASE_FIXTURE(TwoHosts, "a connection's life: a band a state, the child in front of its listener")
{
    server.listen(80);
    const Socket a = client.connect(server, 80);
    run_for(1s);
    a.close();
    server.connection(1).close();
    run();
    read();
    CHECK(bands(0, 0) == "CLOSED");
    CHECK(bands(0, 1) == "SYN-SENT ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT CLOSED");
    CHECK(bands(1, 0) == "CLOSED LISTEN");
    CHECK(bands(1, 1) == "SYN-RECEIVED ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT CLOSED");
    CHECK(story.lanes(1) == 1);
    CHECK(story.bands()[story.bands_of(1, 0).back()].end == never);
    CHECK(story.peer(0, 1).host == 1);
    CHECK(story.peer(1, 1).connection == 1);
    CHECK(story.bands_of(7, 1).empty());
    CHECK(story.bands_of(0, 9).empty());
}

TEST_CASE_FIXTURE(TwoHosts, "connections at the same time: stand in lanes, which are used again")
{
    server.listen(80);
    const Socket first = client.connect(server, 80);
    const Socket second = client.connect(server, 80);
    run_for(1s);
    first.abort();
    run_for(1s);
    client.connect(server, 80);
    run_for(1s);
    read();
    CHECK(bands(0, 1) == "SYN-SENT ESTABLISHED CLOSED");
    CHECK(bands(0, 2) == "SYN-SENT/1 ESTABLISHED/1");
    CHECK(bands(0, 3) == "SYN-SENT ESTABLISHED");
    CHECK(story.lanes(0) == 2);
    CHECK(second.state() == State::Established);
}

TEST_CASE_FIXTURE(TwoHosts, "a host that crashes: its states and timers end, and a reboot begins with CLOSED")
{
    server.listen(80);
    const Socket a = client.connect(server, 80);
    run_for(1s);
    cut(client, server);
    server.connection(1).send("x");
    server.crash();
    read();
    for (const Band& band : story.bands())
        if (band.host == 1) CHECK(band.end != never);
    for (const Bracket& bracket : story.brackets())
        if (bracket.host == 1) CHECK(bracket.how == BracketEnd::cancelled);
    server.reboot();
    read();
    CHECK(story.bands().back().host == 1);
    CHECK(story.bands().back().state == State::Closed);
    CHECK(story.bands().back().end == never);
    CHECK(a.state() == State::Established);
}

TEST_CASE_FIXTURE(TwoHosts, "a segment that meets the listener after the connection's end: LISTEN stands there again")
{
    server.listen(80);
    const Socket a = client.connect(server, 80);
    run_for(1s);
    lose("server.2");
    server.connection(1).abort();
    run_for(1s);
    read();
    const Band& closed = story.bands()[story.bands_of(1, 1).back()];
    CHECK(closed.state == State::Closed);
    CHECK(closed.end == never);
    static_cast<void>(a.send("x"));
    run_for(1s);
    read();
    CHECK(story.bands()[story.bands_of(1, 1).back()].end != never);
}

TEST_CASE_FIXTURE(TwoHosts, "timers: cancelled, fired, or set anew")
{
    server.listen(80);
    lose("client.1");
    client.connect(server, 80);
    run_for(10s);
    read();
    std::vector<BracketEnd> ends;
    for (const Bracket& bracket : story.brackets())
        if (bracket.host == 0 && bracket.timer == TimerKind::retransmission) ends.push_back(bracket.how);
    CHECK(ends == std::vector{BracketEnd::fired, BracketEnd::cancelled});
    CHECK(story.has_timers_to_show());
}

TEST_CASE_FIXTURE(TwoHosts, "a segment that is lost: ends half-way, a retransmission arrives")
{
    server.listen(80);
    lose("client.1");
    client.connect(server, 80);
    run_for(10s);
    read();
    CHECK(story.flights()[0].fate == Fate::lost);
    CHECK(story.flights()[0].end == Time{} + 25ms);
    CHECK(story.flights()[0].end_moment == none);
    CHECK(story.flights()[1].retransmission);
    CHECK(story.flights()[1].fate == Fate::delivered);
    CHECK(story.moments()[story.flights()[1].end_moment].time == story.flights()[1].end);
}

TEST_CASE("a history that began later: the first records tell the states")
{
    Network net({.seed = 1});
    const Pair pair = established(net, "A", "B");
    pair.a.send("x");
    net.run_for(1s);
    Story story;
    story.read(net.history());
    REQUIRE(story.bands_of(0, 1).size() == 1);
    const Band& band = story.bands()[story.bands_of(0, 1)[0]];
    CHECK(band.state == State::Established);
    CHECK(band.record == none);
    CHECK(band.begin_moment == 0);
}

TEST_CASE("any run, read after every event: the same story as read at once")
{
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Network net = test::random_run(seed);
        Story step_by_step;
        step_by_step.read(net.history());
        for (int i = 0; i < 300 && net.step(); ++i) step_by_step.read(net.history());
        Story at_once;
        at_once.read(net.history());
        CHECK(same(step_by_step, at_once));
    }
}

TEST_CASE("any run: every segment, band and bracket lies within the moments, in order of beginning")
{
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        const Network net = test::random_run(seed);
        Story story;
        story.read(net.history());
        CHECK(story.flights().size() == net.history().segments().size());
        const auto in_order = [&](const auto& list) {
            std::uint32_t last = 0;
            for (const auto& item : list) {
                CHECK(item.begin_moment >= last);
                last = item.begin_moment;
                CHECK((item.end_moment == none ? item.end == never : item.end_moment >= item.begin_moment));
            }
        };
        in_order(story.bands());
        in_order(story.brackets());
        std::size_t records = 0;
        for (const Moment& moment : story.moments()) {
            CHECK(moment.first == records);
            CHECK(net.history().records()[moment.first].time == moment.time);
            records = moment.end;
        }
        CHECK(records == net.history().records().size());
    }
}

TEST_CASE("any run: what there is between two moments is what a search through all finds")
{
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        const Network net = test::random_run(seed);
        Story story;
        story.read(net.history());
        const auto count = static_cast<std::uint32_t>(story.moments().size());
        for (std::uint32_t first = 0; first < count; first += 7) {
            const std::uint32_t last = std::min(first + 9, count - 1);
            std::vector<std::uint32_t> found;
            std::vector<std::uint32_t> expected;
            story.bands_between(first, last, [&](std::uint32_t i) { found.push_back(i); });
            for (std::uint32_t i = 0; i < story.bands().size(); ++i)
                if (story.bands()[i].begin_moment <= last && story.bands()[i].end_moment >= first)
                    expected.push_back(i);
            CHECK(found == expected);
            found.clear();
            expected.clear();
            story.flights_between(first, last, [&](std::uint32_t i) { found.push_back(i); });
            for (const viz::Flight& flight : story.flights()) {
                const bool over =
                    flight.end_moment != none ? flight.end_moment < first : flight.end < story.moments()[first].time;
                if (flight.sent_moment <= last && !over) expected.push_back(flight.segment);
            }
            // What is lost ends between two moments; it may be found a little longer, never less long.
            CHECK(std::includes(found.begin(), found.end(), expected.begin(), expected.end()));
            CHECK(found.size() <= expected.size() + 60);
        }
    }
}

TEST_CASE("a delayed ACK or a keep-alive that is stopped soon: is not worth a picture, and one that fires is")
{
    const auto worth = [](TimerKind timer, BracketEnd how, Duration ran) {
        return Story::worth_showing({.timer = timer, .end = Time{} + ran, .deadline = Time{} + 1s, .how = how});
    };
    for (const TimerKind timer : {TimerKind::delayed_ack, TimerKind::keepalive}) {
        CHECK(!worth(timer, BracketEnd::cancelled, 100ms));
        CHECK(worth(timer, BracketEnd::cancelled, 600ms));
        CHECK(worth(timer, BracketEnd::fired, 1s));
    }
    CHECK(worth(TimerKind::persist, BracketEnd::cancelled, 100ms));
}
