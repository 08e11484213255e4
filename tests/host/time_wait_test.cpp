// TIME-WAIT as a host has it: how many there may be (tcp_max_tw_buckets), and who may have their four-tuples
// (tcp_tw_reuse).

#include <doctest/doctest.h>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::last_sent_by;

namespace {

/// A connects to B and closes first, so often.
struct Closing : Network {
    explicit Closing(Profile of_a = linux_profile())
        : Network({.seed = 1, .delay = 10ms}), A(host("A", {.profile = of_a}))
    {
    }
    /// The host that connects, from `port` where it is not 0.
    void one_more(Port port = 0)
    {
        const Socket a = A.socket();
        if (port != 0) a.bind(port);
        a.connect(B, 80);
        run_for(30ms);
        a.close();
        run_for(30ms);
        B.accept().close();
        run_for(30ms);
    }
    int time_waits()
    {
        int count = 0;
        for (const NetstatLine& line : A.netstat()) count += line.state == State::TimeWait ? 1 : 0;
        return count;
    }
    Host A;
    Host B = host("B", {.profile = linux_profile()});
    Socket listener = B.listen(80);
};

Profile with(std::int32_t most, std::uint8_t reuse = 2, bool timestamps = true)
{
    Profile profile = linux_profile();
    profile.max_tw_buckets = most;
    profile.tw_reuse = reuse;
    profile.ephemeral_first = profile.ephemeral_last = 41000;
    profile.connection.timestamps = timestamps;
    return profile;
}

} // namespace

TEST_CASE("tcp_max_tw_buckets is reached: the next connection skips TIME-WAIT, by the row of 2 MSL")
{
    Profile profile = linux_profile();
    profile.max_tw_buckets = 2;
    Closing net(profile);
    for (int i = 0; i < 5; ++i) net.one_more();
    CHECK(net.time_waits() == 2);

    int skipped = 0;
    for (std::size_t i = 0; i < net.history().records().size(); ++i) {
        const Record& record = net.history().records()[i];
        if (record.kind == RecordKind::state && record.host == net.A.id() && record.from == State::TimeWait)
            skipped += record.why.event == Event::TimeWaitTimeout ? 1 : 0;
    }
    CHECK(skipped == 3);
    net.run_for(60s);
    net.one_more(); // two have ended, so there is room
    CHECK(net.time_waits() == 1);
}

TEST_CASE("tcp_max_tw_buckets of none: no connection waits, and its last ACK is sent all the same")
{
    Closing net(with(0));
    net.one_more();
    CHECK(net.time_waits() == 0);
    CHECK(net.B.netstat().size() == 1); // LAST-ACK was left by that ACK
}

TEST_CASE("a host in TIME-WAIT crashes: its table is empty, and full again no sooner than before")
{
    Closing net(with(1, 1));
    net.one_more();
    CHECK(net.time_waits() == 1);
    net.A.crash();
    net.A.reboot();
    net.one_more();
    CHECK(net.time_waits() == 1);
}

TEST_CASE("the one ephemeral port is in TIME-WAIT, tcp_tw_reuse on loopback alone: no address is available")
{
    Closing net(with(Profile::most, 2));
    net.one_more();
    net.run_for(5s);
    CHECK(net.A.socket().connect(net.B, 80) == std::errc::address_not_available);
}

TEST_CASE("the one ephemeral port is in TIME-WAIT, tcp_tw_reuse: it is taken over once it is a second old")
{
    Closing net(with(Profile::most, 1));
    net.one_more();
    CHECK(net.A.socket().connect(net.B, 80) == std::errc::address_not_available);
    net.run_for(2s);
    const Socket again = net.A.connect(net.B, 80);
    REQUIRE(again.valid());
    CHECK(net.time_waits() == 0);
    net.run_for(30ms);
    CHECK(again.state() == State::Established);
}

TEST_CASE("tcp_tw_reuse without timestamps: nothing tells old segments from new, so the port stays taken")
{
    Closing net(with(Profile::most, 1, false));
    net.one_more();
    net.run_for(5s);
    CHECK(net.A.socket().connect(net.B, 80) == std::errc::address_not_available);
}

TEST_CASE("linux, a port in TIME-WAIT that was chosen by bind: connect takes it over at once, 65537 beyond")
{
    Profile profile = with(Profile::most, 0);
    profile.reuse_address = true; // else bind would find the port taken
    Closing net(profile);
    net.one_more(40000);
    const Seq before = net.A.connection(1).standing().tcb().snd.nxt;
    const Socket again = net.A.socket();
    CHECK_FALSE(again.bind(40000));
    CHECK_FALSE(again.connect(net.B, 80));
    CHECK(again.standing().tcb().snd.iss == before + 65537);
    net.run_for(30ms);
    CHECK(again.state() == State::Established);
}
