// What is recorded at each level, and what is counted.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "network/rich_world.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/trace/ladder.hpp"
#include "tcpsm/trace/trace.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr std::array levels{Recording::counts, Recording::states, Recording::everything};

/// What the hosts do, once: the same in every world that is given it.
using Act = void (*)(Network&);

void open_some(Network& net)
{
    for (const char* const name : {"client", "other"}) {
        const Host client = net.host(name);
        for (int i = 0; i < 20; ++i) client.connect(net.host("server"), i % 5 == 0 ? Port{81} : Port{80});
    }
}
/// Each third connection is closed by one side, by the other, or by ABORT; nobody ever hears of port 81.
void end_some(Network& net)
{
    for (const char* const name : {"client", "other", "server"}) {
        const Host host = net.host(name);
        for (std::uint32_t number = 1; number <= host.connections(); ++number) {
            const Socket socket = host.connection(number);
            if (!socket.valid()) continue;
            socket.send("hello");
            if (number % 3 == (host.id() == 1 ? 1 : 0)) socket.close();
            if (number % 7 == 0) socket.abort();
        }
    }
}
void close_all(Network& net)
{
    for (const Host& host : net.hosts())
        for (std::uint32_t number = 1; number <= host.connections(); ++number)
            if (host.connection(number).valid()) host.connection(number).close();
}
void accept_some(Network& net)
{
    for (int i = 0; i < 12; ++i) static_cast<void>(net.host("server").accept());
}

/// Many connections over a network that loses segments; hosts that crash, reboot and are killed; listeners that close
/// before what they have is accepted.
Network busy_world(std::uint64_t seed, Recording recording, const Profile& profile)
{
    Network net({.seed = seed, .delay = 10ms, .recording = recording});
    Profile reusing = profile;
    reusing.reuse_address = true; // the server listens again beside its connections
    for (const char* const name : {"client", "server", "other"}) net.host(name, {.profile = reusing, .reads = true});
    net.lose_by_chance(150'000);
    net.host("server").listen(80);
    const auto at = [&](Duration when, Act act) { net.schedule(Time{} + when, act); };
    at(0ms, open_some);
    at(25ms, accept_some);
    at(60ms, end_some);
    at(1s, open_some);
    at(1015ms, [](Network& world) { world.host("server").listener().close(); });
    at(1500ms, end_some);
    at(1800ms, close_all);
    at(2s, [](Network& world) { world.host("server").listen(80); });
    at(3s, open_some);
    at(3100ms, accept_some);
    at(4s, [](Network& world) { world.host("other").crash(); });
    at(5s, end_some);
    at(6s, [](Network& world) { world.host("client").kill(); });
    at(7s, [](Network& world) { world.host("other").reboot(); });
    at(8s, open_some);
    at(9s, end_some);
    at(10s, close_all);
    return net;
}
Network busy_world(std::uint64_t seed, Recording recording)
{
    return busy_world(seed, recording, rfc9293());
}

std::array<std::uint32_t, state_count> standing_by_netstat(const Host& host)
{
    std::array<std::uint32_t, state_count> standing{};
    for (const NetstatLine& line : host.netstat()) ++standing[static_cast<std::size_t>(line.state)];
    return standing;
}

bool is_of(const Record& record, HostId host, RecordKind kind)
{
    return record.host == host && record.kind == kind;
}

/// A change of state, as those that stand are counted: only the listener stands in LISTEN, not its children.
void follow(const Record& record, Counts& counts)
{
    const bool child_begins = record.from == State::Listen && record.to == State::SynReceived;
    const bool child_returns = record.from == State::SynReceived && record.to == State::Listen;
    if (record.from != State::Closed && !child_begins) --counts.standing[static_cast<std::size_t>(record.from)];
    if (record.to == State::Closed || child_returns) return;
    const auto to = static_cast<std::size_t>(record.to);
    counts.peak[to] = std::max(counts.peak[to], ++counts.standing[to]);
}

/// What a host counted, from the history of all that happened.
Counts totals_by_history(const History& history, HostId host)
{
    Counts counts;
    for (std::size_t i = 0; i < history.records().size(); ++i) {
        const Record& record = history.records()[i];
        if (is_of(record, host, RecordKind::call) && record.error != Error::none)
            ++counts.failed_calls[static_cast<std::size_t>(record.error)];
        if (record.host == host && stops_host(record)) counts.standing = {};
        if (!is_of(record, host, RecordKind::state)) continue;
        follow(record, counts);
        if (record.to == State::TimeWait) ++counts.time_waits;
        if (record.to == State::SynSent) ++counts.active_opens;
        if (record.from == State::Listen && record.to == State::SynReceived) ++counts.passive_opens;
    }
    for (std::size_t i = 0; i < history.segments().size(); ++i) {
        const SentSegment& sent = history.segments()[i];
        if (sent.name.host != host || !sent.name.sent_by_host()) continue;
        ++counts.segments_sent;
        if (sent.retransmission) ++counts.retransmissions;
    }
    return counts;
}

/// What the level `states` keeps of a history, one record a line.
std::string records_of_states(const History& history)
{
    std::string all;
    for (std::size_t i = 0; i < history.records().size(); ++i) {
        const Record& r = history.records()[i];
        const bool ends = stops_host(r) || ends_process(r);
        const bool fails = r.error != Error::none && r.error != Error::would_block;
        if (r.kind == RecordKind::call
                ? !(ends || fails)
                : r.kind != RecordKind::initial && r.kind != RecordKind::state && r.kind != RecordKind::logged)
            continue;
        for (const std::int64_t value :
             {r.time.time_since_epoch().count(), std::int64_t{r.event}, std::int64_t{r.connection},
              std::int64_t{r.host}, static_cast<std::int64_t>(r.kind), static_cast<std::int64_t>(r.from),
              static_cast<std::int64_t>(r.to), static_cast<std::int64_t>(r.error), static_cast<std::int64_t>(r.call),
              static_cast<std::int64_t>(r.log), std::int64_t{r.process}, static_cast<std::int64_t>(r.why.event),
              std::int64_t{r.why.row}, std::int64_t{r.count}, std::int64_t{r.port}})
            all += std::to_string(value) + " ";
        all += '\n';
    }
    return all;
}

} // namespace

// ---- counts ---------------------------------------------------------------------------------------------------------

TEST_CASE("after every event of a busy world: the counts are what netstat shows")
{
    for (const Profile& profile : {rfc9293(), linux_profile()}) {
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            CAPTURE(profile.name);
            CAPTURE(seed);
            Network net = busy_world(seed, Recording::counts, profile);
            std::array<bool, state_count> seen{};
            do {
                for (const Host& host : net.hosts()) {
                    const Counts counts = host.counts();
                    REQUIRE(counts.standing == standing_by_netstat(host));
                    for (const State state : all_states())
                        if (counts.in(state) > 0) seen[static_cast<std::size_t>(state)] = true;
                }
            } while (net.step());
            for (const State state : {State::Listen, State::SynSent, State::SynReceived, State::Established,
                                      State::FinWait1, State::FinWait2, State::CloseWait, State::TimeWait})
                CHECK(seen[static_cast<std::size_t>(state)]);
        }
    }
}

TEST_CASE("after every event of a busy world: all levels that count have the same counts")
{
    std::vector<Network> worlds;
    worlds.reserve(levels.size());
    for (const Recording level : levels) worlds.push_back(busy_world(3, level));
    bool more = true;
    while (more) {
        for (const Host& host : worlds[0].hosts()) {
            const Counts counts = host.counts();
            REQUIRE(worlds[1].at(host).counts() == counts);
            REQUIRE(worlds[2].at(host).counts() == counts);
        }
        more = worlds[0].step();
        REQUIRE(worlds[1].step() == more);
        REQUIRE(worlds[2].step() == more);
    }
}

TEST_CASE("what has happened in a busy world: the totals, and what stood there at most, are those of its history")
{
    Network net = busy_world(4, Recording::everything);
    net.run();
    Counts all;
    for (const Host& host : net.hosts()) {
        CAPTURE(host.name());
        const Counts counts = host.counts();
        Counts told = totals_by_history(net.history(), host.id());
        told.descriptors = counts.descriptors; // sockets that are no connection leave no record
        told.unconnected = counts.unconnected;
        CHECK(counts == told);
        all.time_waits += counts.time_waits;
        all.active_opens += counts.active_opens;
        all.passive_opens += counts.passive_opens;
        all.retransmissions += counts.retransmissions;
        all.failed_calls[static_cast<std::size_t>(Error::would_block)] += counts.failed(Error::would_block);
    }
    CHECK(all.time_waits > 5);
    CHECK(all.active_opens > 100);
    CHECK(all.passive_opens > 50);
    CHECK(all.retransmissions > 50);
    CHECK(all.failed(Error::would_block) > 0);
}

TEST_CASE("a host crashes: it has no connections any more, and what has happened has happened")
{
    Network net({.recording = Recording::counts});
    const auto [a, b] = established(net, "A", "B");
    const Host A = net.host("A");
    CHECK(A.counts().in(State::Established) == 1);
    A.crash();
    CHECK(A.counts().in(State::Established) == 0);
    CHECK(A.counts().active_opens == 1);
    CHECK(A.counts().segments_sent == 2);
    static_cast<void>(a.send("hello"));
    CHECK(A.counts().failed(Error::host_is_down) == 1);
    CHECK(net.host("B").counts().in(State::Established) == 1);
}

TEST_CASE("linux: a half-open connection whose listener has closed is counted until its ACK draws a RST")
{
    Network net({.seed = 1, .delay = 10ms, .recording = Recording::counts});
    const Host client = net.host("client");
    const Host server = net.host("server", {.profile = linux_profile()});
    const Socket listener = server.listen(80);
    client.connect(server, 80);
    net.run_for(15ms); // the SYN,ACK is on its way
    listener.close();
    CHECK(server.counts().in(State::SynReceived) == 1);
    net.run_for(20ms);
    CHECK(server.netstat().empty());
    CHECK(server.counts().standing == std::array<std::uint32_t, state_count>{});
}

TEST_CASE("a copy of a world: it counts for itself")
{
    Network net({.recording = Recording::counts});
    const auto [a, b] = established(net, "A", "B");
    Network copy = net;
    const Counts before = net.host("A").counts();
    copy.at(a).close();
    copy.run();
    CHECK(net.host("A").counts() == before);
    CHECK(copy.host("A").counts().in(State::FinWait2) == 1);
    CHECK(copy.host("A").counts().segments_sent == before.segments_sent + 1);
}

TEST_CASE("every error has a place among the failed calls")
{
    CHECK(sentence(static_cast<Error>(error_count - 1)) != "unknown error");
    CHECK(sentence(static_cast<Error>(error_count)) == "unknown error");
}

// ---- what is kept ---------------------------------------------------------------------------------------------------

TEST_CASE("recording states: the changes of states that everything has, calls that failed, and hosts that stopped")
{
    Network states = busy_world(2, Recording::states);
    Network everything = busy_world(2, Recording::everything);
    for (Network* const net : {&states, &everything}) {
        net->run_until(Time{} + 1200ms);
        net->clear_history(); // the next history begins with where they stand
        net->run();
    }
    const std::string kept = records_of_states(states.history());
    CHECK(kept.size() > 10'000);
    CHECK(kept == records_of_states(everything.history()));
    CHECK(states.history().segments().empty());
    for (std::size_t i = 0; i < states.history().records().size(); ++i) {
        const RecordKind kind = states.history().records()[i].kind;
        REQUIRE((kind == RecordKind::initial || kind == RecordKind::state || kind == RecordKind::call));
    }
}

TEST_CASE("recording counts or nothing: the history stays empty, and without any recording all counts are zero")
{
    for (const Recording level : {Recording::counts, Recording::nothing}) {
        Network net = busy_world(2, level);
        net.run();
        CHECK(net.history().records().empty());
        CHECK(net.history().segments().empty());
        CHECK((net.host("client").counts() == Counts{}) == (level == Recording::nothing));
    }
}

TEST_CASE("every level: the same future, and the history can be asked and drawn")
{
    Network everything = busy_world(6, Recording::everything);
    everything.run();
    for (const Recording level : {Recording::nothing, Recording::counts, Recording::states}) {
        Network net = busy_world(6, level);
        net.run();
        CHECK(net.now() == everything.now());
        const Trace trace(net.history());
        CHECK_FALSE(trace.find("client.1"));
        CHECK_FALSE(ladder(net).empty());
        if (level == Recording::states) CHECK(trace.states(0, 1) == Trace(everything.history()).states(0, 1));
    }
}
