// A connection in TIME-WAIT that its user has closed is kept as a compact entry. One that the user still holds, having
// called shutdown(), is kept as a whole: so the two are what each other is held against.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "host/two_hosts.hpp"
#include "support/chance.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::Chance;
using test::TwoHosts;

namespace {

Profile random_profile(Chance& chance)
{
    Profile profile = chance.one_in(2) ? linux_profile() : rfc9293();
    if (chance.one_in(3)) profile.max_tw_buckets = static_cast<std::int32_t>(chance.between(0, 5));
    ConnectionOptions& options = profile.connection;
    options.msl = std::chrono::seconds(chance.between(1, 20));
    options.timestamps = chance.one_in(2);
    options.window_scaling = chance.one_in(2);
    options.sack = chance.one_in(2);
    options.rfc1337 = chance.one_in(2);
    options.half_duplex_close = false; // else shutdown() is not what close() is
    options.challenge_acks = static_cast<std::int16_t>(chance.between(1, 10));
    if (chance.one_in(2)) options.congestion = CongestionControl::reno;
    return profile;
}

void check_alike(const Connection& a, const Connection& b)
{
    CHECK(a.tcb() == b.tcb());
    CHECK(a.rto() == b.rto());
    CHECK(a.congestion() == b.congestion());
    CHECK(a.options() == b.options());
    CHECK(a.local() == b.local());
    CHECK(a.remote() == b.remote());
    CHECK(a.next_timer().deadline == b.next_timer().deadline);
    CHECK(a.next_timer().order == b.next_timer().order);
    CHECK(a.timers().next() == b.timers().next());
    CHECK(a.delivered() == b.delivered());
    CHECK(a.signalled() == b.signalled());
    CHECK(a.number == b.number);
    CHECK(a.timestamp_offset == b.timestamp_offset);
    CHECK(a.recovery().phase() == b.recovery().phase());
    CHECK(a.recovery().recover() == b.recovery().recover());
    CHECK(a.recovery().duplicates() == b.recovery().duplicates());
}

/// The same world twice: in `net` the users close their sockets, in `held` they only shut them down.
class Twins {
public:
    explicit Twins(std::uint64_t seed) : chance_(seed)
    {
        const Profile a = random_profile(chance_);
        const Profile b = random_profile(chance_);
        for (Network* world : {&net, &held}) {
            *world = Network({.seed = seed, .delay = 10ms});
            world->host("A", {.profile = a, .accepts = true, .reads = true}).listen(80);
            world->host("B", {.profile = b, .accepts = true, .reads = true}).listen(80);
            world->set_loss(seed % 3 == 0 ? 50'000 : 0);
        }
    }
    void something_happens()
    {
        const std::uint32_t from = chance_.between(0, 1);
        const std::uint32_t what = chance_.between(0, 9);
        const std::uint32_t octets = chance_.one_in(3) ? chance_.between(1, 5000) : 0;
        if (what < 3) {
            for (Network* world : {&net, &held}) {
                const Socket socket = world->hosts()[from].connect(world->hosts()[1 - from], 80);
                if (octets > 0) socket.send(std::string(octets, 'x'));
            }
        } else if (what < 6) {
            close_one(from);
        } else if (what < 9) {
            inject(from);
        } else {
            const Profile other = random_profile(chance_);
            for (Network* world : {&net, &held}) world->hosts()[from].set_profile(other);
        }
        const auto span = std::chrono::milliseconds(chance_.between(0, chance_.one_in(5) ? 9000 : 100));
        for (Network* world : {&net, &held}) world->run_for(span);
    }
    /// All that was recorded but the calls themselves, and all that stands.
    void check()
    {
        const History& a = net.history();
        const History& b = held.history();
        REQUIRE(a.records().size() == b.records().size());
        for (; checked_ < a.records().size(); ++checked_) check_record(a.records()[checked_], b.records()[checked_]);
        for (std::size_t host = 0; host < 2; ++host) {
            const std::vector<NetstatLine> here = net.hosts()[host].netstat();
            for (const NetstatLine& line : here) {
                if (line.state != State::TimeWait) continue;
                ++time_waits;
                check_alike(net.hosts()[host].connection(line.connection).connection(),
                            held.hosts()[host].connection(line.connection).connection());
            }
        }
    }
    Network net;
    Network held;
    int time_waits = 0; ///< looked at
    int injected = 0;   ///< to a connection in TIME-WAIT

private:
    /// Any line of a host's netstat, or any that is in this state where one is.
    NetstatLine any_line(std::uint32_t host, std::optional<State> wanted = {})
    {
        std::vector<NetstatLine> lines = net.hosts()[host].netstat();
        const auto other = [&](const NetstatLine& line) { return wanted && line.state != *wanted; };
        if (!std::all_of(lines.begin(), lines.end(), other)) std::erase_if(lines, other);
        return lines[chance_.between(0, static_cast<std::uint32_t>(lines.size()) - 1)];
    }
    void close_one(std::uint32_t host)
    {
        const NetstatLine line = any_line(host);
        if (line.connection == 0) return;
        net.hosts()[host].connection(line.connection).close();
        held.hosts()[host].connection(line.connection).shutdown();
    }
    /// A segment near what the connection expects, from its peer.
    void inject(std::uint32_t host)
    {
        const NetstatLine line = any_line(host, State::TimeWait);
        if (line.connection == 0) return;
        if (line.state == State::TimeWait) ++injected;
        static constexpr std::array<std::uint8_t, 8> flags{4, 16, 17, 2, 18, 24, 20, 1};
        const Tcb tcb = net.hosts()[host].connection(line.connection).standing().tcb();
        Segment segment;
        segment.flags = Flags(flags[chance_.between(0, 7)]);
        segment.seq = tcb.rcv.nxt + chance_.between(0, 4) - 2;
        segment.ack = tcb.snd.nxt + chance_.between(0, 2) - 1;
        if (tcb.timestamps && !chance_.one_in(4))
            segment.options.add_timestamps({tcb.ts.recent + chance_.between(0, 4) - 2, 0});
        const std::string text(chance_.one_in(4) ? 5 : 0, 'x');
        for (Network* world : {&net, &held})
            world->inject(world->hosts()[1 - host], line.remote.port, world->hosts()[host], line.local.port, segment,
                          text);
    }
    void check_record(const Record& a, const Record& b)
    {
        CHECK(a.kind == b.kind);
        if (a.kind == RecordKind::call) return;
        CHECK(a.time == b.time);
        CHECK(a.event == b.event);
        CHECK(a.connection == b.connection);
        CHECK(a.to == b.to);
        CHECK(a.why == b.why);
        CHECK(a.error == b.error);
        CHECK(a.deadline == b.deadline);
        if (a.kind == RecordKind::sent)
            CHECK(net.history().segments()[a.segment].segment == held.history().segments()[b.segment].segment);
    }

    Chance chance_;
    std::size_t checked_ = 0;
};

/// So many connections that A opens and B closes first.
void lives(Network& net, std::size_t count)
{
    const Host A = net.hosts()[0], B = net.hosts()[1];
    std::vector<Socket> open;
    for (std::size_t i = 0; i < count; ++i) open.push_back(A.connect(B, 80));
    net.run_for(50ms);
    for (Socket socket = B.accept(); socket.valid(); socket = B.accept()) socket.close();
    net.run_for(50ms);
    for (const Socket& socket : open) socket.close();
    net.run_for(50ms);
}

std::size_t time_waits(Host host)
{
    std::size_t count = 0;
    for (const NetstatLine& line : host.netstat()) count += line.state == State::TimeWait ? 1 : 0;
    return count;
}

} // namespace

TEST_CASE("TIME-WAIT closed or still held, whatever comes: the same segments, the same rows, the same variables")
{
    int time_waits = 0;
    int injected = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Twins twins(seed);
        for (int i = 0; i < 60; ++i) {
            twins.something_happens();
            twins.check();
        }
        time_waits += twins.time_waits;
        injected += twins.injected;
    }
    CHECK(time_waits > 5000); // else nothing was compared
    CHECK(injected > 500);
}

TEST_CASE("ten thousand connections in TIME-WAIT: at most 100 octets each, all tables and queues included")
{
    constexpr std::size_t count = 10'000;
    constexpr std::size_t at_once = 100;
    Network net({.seed = 1, .delay = 10ms, .recording = Recording::nothing});
    const Host A = net.host("A"), B = net.host("B");
    B.listen(80, {.backlog = at_once});
    lives(net, at_once);
    const std::size_t before = net.memory();
    for (std::size_t i = 0; i < count / at_once; ++i) lives(net, at_once);
    CHECK(A.netstat().empty());
    REQUIRE(time_waits(B) == count + at_once);
    CHECK((net.memory() - before) / count <= 100);
    CHECK(net.run() == count + at_once); // each is over by an event of its own
    CHECK(time_waits(B) == 0);
}

TEST_CASE("ten thousand connections come to TIME-WAIT at once: the room of the connections is given back")
{
    constexpr std::size_t count = 10'000;
    Network net({.seed = 1, .delay = 10ms, .recording = Recording::nothing});
    const Host A = net.host("A"), B = net.host("B");
    B.listen(80, {.backlog = count});
    std::vector<Socket> open;
    for (std::size_t i = 0; i < count; ++i) open.push_back(A.connect(B, 80));
    net.run_for(2s);
    const std::size_t established = net.memory();
    for (Socket socket = B.accept(); socket.valid(); socket = B.accept()) socket.close();
    net.run_for(50ms);
    for (const Socket& socket : open) socket.close();
    net.run_for(2s);
    REQUIRE(time_waits(B) == count);
    CHECK(net.memory() < established / 4);
}

TEST_CASE("a call on a socket that was closed, in TIME-WAIT: answered as ever, and STATUS tells its variables")
{
    TwoHosts net;
    const Socket a = net.A.connect(net.B, 80);
    net.run_for(50ms);
    const Socket b = net.listener.accept();
    b.send("hello");
    net.run_for(50ms);
    CHECK(a.receive().octets == "hello");
    a.close();
    net.run_for(50ms);
    b.close();
    net.run_for(50ms);
    CHECK(a.state() == State::TimeWait);
    CHECK(a.send("x").error == std::errc::broken_pipe);
    CHECK(a.receive().error == std::errc::broken_pipe);
    CHECK(a.close() == std::errc::broken_pipe);
    CHECK(a.remote().port == 80);
    CHECK(a.connection().delivered() == 5);
    CHECK(a.standing().tcb().snd.iss == Seq(100));
    CHECK(a.standing().tcb().rcv.irs == Seq(300));
    CHECK(a.standing().tcb().rcv.nxt == Seq(307));
    CHECK(net.A.connection(1).id() == a.id());
    CHECK_FALSE(a.abort());
    CHECK_FALSE(a.valid());
}

TEST_CASE("the process is killed while its connections are in TIME-WAIT: they wait on")
{
    Network net({.seed = 1, .delay = 10ms});
    net.host("A");
    const Host B = net.host("B");
    B.listen(80);
    lives(net, 5);
    B.kill();
    CHECK(time_waits(B) == 5);
    CHECK(B.netstat().size() == 5);
    CHECK(net.run() == 5);
    CHECK(B.netstat().empty());
}

TEST_CASE("shut down, then closed in TIME-WAIT: it becomes compact late, and is over when it would have been")
{
    TwoHosts net;
    for (const Duration wait : {Duration(100ms), Duration(5s)}) { // before and after the wake-up for its FIN has come
        CAPTURE(wait.count());
        const Socket a = net.A.connect(net.B, 80);
        net.run_for(50ms);
        a.shutdown();
        net.run_for(50ms);
        net.listener.accept().close();
        net.run_for(wait);
        REQUIRE(a.state() == State::TimeWait);
        const Connection before = a.connection();
        CHECK(a.close() == std::errc::broken_pipe);
        check_alike(before, a.connection());
        net.run_until(before.next_timer().deadline - 1ns);
        CHECK(a.state() == State::TimeWait);
        net.run_for(1ns);
        CHECK_FALSE(a.valid());
    }
}
