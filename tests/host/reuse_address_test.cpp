// SO_REUSEADDR: who may be bound to a port that somebody has.

#include <doctest/doctest.h>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::TwoHosts;

namespace {

/// A server on port 80 whose listener has the option or not; a connection of it goes on after the listener has closed.
struct Server : Network {
    explicit Server(bool reuse, const Profile& profile = linux_profile())
        : Network({.seed = 1, .delay = 10ms}), B(host("B", {.profile = profile}))
    {
        const Socket listener = B.socket();
        listener.set_reuse_address(reuse);
        listener.bind(80);
        listener.listen();
        a = A.connect(B, 80);
        run_for(50ms);
        b = listener.accept();
        listener.close();
    }
    /// What bind to port 80 answers to a new socket.
    std::error_code bind(bool reuse)
    {
        const Socket fresh = B.socket();
        fresh.set_reuse_address(reuse);
        const std::error_code error = fresh.bind(80);
        fresh.close();
        return error;
    }
    void to_time_wait()
    {
        b.close();
        run_for(50ms);
        a.close();
        run_for(50ms);
        REQUIRE(B.netstat().size() == 1);
        REQUIRE(B.netstat().front().state == State::TimeWait);
    }
    Host A = host("A", {.profile = linux_profile()});
    Host B;
    Socket a, b;
};

} // namespace

TEST_CASE("linux, a listener's child has its port: bind succeeds where both have SO_REUSEADDR")
{
    Server both(true);
    CHECK_FALSE(both.bind(true));
    CHECK(both.bind(false) == std::errc::address_in_use);
    Server neither(false);
    CHECK(neither.bind(true) == std::errc::address_in_use);
    CHECK(neither.bind(false) == std::errc::address_in_use);
}

TEST_CASE("linux, a port in TIME-WAIT: taken as by the connection before, until 2 MSL are over")
{
    Server neither(false);
    neither.to_time_wait();
    CHECK(neither.bind(false) == std::errc::address_in_use);
    CHECK(neither.bind(true) == std::errc::address_in_use);
    neither.run_for(61s);
    CHECK_FALSE(neither.bind(false));

    Server both(true);
    both.to_time_wait();
    CHECK_FALSE(both.bind(true));
    CHECK(both.bind(false) == std::errc::address_in_use);
}

TEST_CASE("rfc9293, a port that a connection has: bind and LISTEN succeed without SO_REUSEADDR (MUST-42)")
{
    Server net(false, rfc9293());
    const Socket fresh = net.B.socket();
    CHECK_FALSE(fresh.bind(80));
    CHECK_FALSE(fresh.listen());
}

TEST_CASE("linux, an ephemeral port that a connection has: taken likewise")
{
    Server net(false);
    const Port port = net.a.local().port;
    CHECK(net.A.socket().bind(port) == std::errc::address_in_use);
    net.a.abort();
    net.run_for(50ms);
    CHECK_FALSE(net.A.socket().bind(port));
}

TEST_CASE_FIXTURE(TwoHosts, "two sockets with SO_REUSEADDR on one port: both are bound, and one may listen")
{
    const Socket one = B.socket(), two = B.socket(), three = B.socket();
    for (const Socket& socket : {one, two, three}) socket.set_reuse_address(true);
    CHECK_FALSE(one.bind(81));
    CHECK_FALSE(two.bind(81));
    CHECK(B.socket().bind(81) == std::errc::address_in_use); // without the option
    CHECK_FALSE(one.listen());
    CHECK(two.listen() == std::errc::address_in_use);
    CHECK(three.bind(81) == std::errc::address_in_use);
    one.close();
    CHECK_FALSE(two.listen());
}

TEST_CASE_FIXTURE(TwoHosts, "SO_REUSEADDR is taken back: the next bind meets the socket")
{
    const Socket one = B.socket(), two = B.socket();
    one.set_reuse_address(true);
    two.set_reuse_address(true);
    one.bind(81);
    one.set_reuse_address(false);
    CHECK(two.bind(81) == std::errc::address_in_use);
    one.set_reuse_address(true);
    CHECK_FALSE(two.bind(81));
}

TEST_CASE("so_reuseaddr of a profile: every socket has the option, until it says otherwise")
{
    Profile profile = linux_profile();
    profile.reuse_address = true;
    Network net;
    const Host B = net.host("B", {.profile = profile});
    const Socket one = B.socket(), two = B.socket();
    CHECK_FALSE(one.bind(80));
    CHECK_FALSE(two.bind(80));
    const Socket three = B.socket();
    three.set_reuse_address(false);
    CHECK(three.bind(80) == std::errc::address_in_use);
}

TEST_CASE("a port is given back as often as it was taken: a host that has been through everything is as new")
{
    Server net(true);
    net.to_time_wait();
    net.run_for(61s);
    CHECK_FALSE(net.bind(false));
    Server crashed(false);
    crashed.B.crash();
    crashed.B.reboot();
    CHECK_FALSE(crashed.bind(false));
    Server killed(false);
    killed.B.kill();
    killed.run_for(50ms);
    killed.a.abort();
    killed.run_for(50ms);
    CHECK_FALSE(killed.bind(false));
}

TEST_CASE_FIXTURE(TwoHosts, "an ephemeral port that a socket is bound to: skipped")
{
    A.socket().bind(49152);
    CHECK(A.connect(B, 80).local().port == 49153);
}

TEST_CASE("copies of a world: a port that is taken in one is free in the other")
{
    Network net;
    const Host B = net.host("B");
    Network copy = net;
    B.socket().bind(80);
    CHECK(B.socket().bind(80) == std::errc::address_in_use);
    CHECK_FALSE(copy.at(B).socket().bind(80));
}

TEST_CASE("linux, a listener that was never bound, closed: the port that was chosen for it can be had again, by one")
{
    Profile profile = linux_profile();
    profile.ephemeral_first = profile.ephemeral_last = 41000;
    Network net;
    const Host A = net.host("A", {.profile = profile});
    const Socket listener = A.socket();
    CHECK_FALSE(listener.listen());
    CHECK(listener.local().port == 41000);
    CHECK_FALSE(listener.close());
    const Socket one = A.socket(), two = A.socket();
    CHECK_FALSE(one.bind(41000));
    CHECK(two.bind(41000) == std::errc::address_in_use);
}
