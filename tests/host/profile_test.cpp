// The switches that a host starts with.

#include <doctest/doctest.h>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

/// A connection from A to B, both of one profile, closed by A first; how long A stays in TIME-WAIT.
Duration time_wait_of(const Profile& profile)
{
    test::TwoHosts net(profile);
    const Socket a = net.A.connect(net.B, 80);
    net.run();
    const Socket b = net.listener.accept();
    a.close();
    net.run_for(100ms);
    b.close();
    net.run_for(100ms);
    REQUIRE(a.state() == State::TimeWait);
    return a.connection().next_timer().deadline - (net.now() - 90ms); // the FIN arrived 10 ms after b's CLOSE
}

} // namespace

TEST_CASE("profiles by name: rfc9293 and linux, and no other")
{
    REQUIRE(profile("rfc9293").has_value());
    CHECK(profile("rfc9293")->name == "rfc9293");
    REQUIRE(profile("linux").has_value());
    CHECK(profile("linux")->name == "linux");
    CHECK_FALSE(profile("").has_value());
    CHECK_FALSE(profile("Linux").has_value());
    CHECK_FALSE(profile("bsd").has_value());
}

TEST_CASE("rfc9293: the values of the RFCs")
{
    const ConnectionOptions c = rfc9293().connection;
    CHECK(c.msl == 120s);
    CHECK(c.two_msl() == 240s);
    CHECK(c.rto_initial == 1s);
    CHECK(c.rto_min == 1s);
    CHECK(c.rto_max == 60s);
    CHECK(c.rto_after_lost_syn == 3s);
    CHECK(c.r2 == 100s);
    CHECK(c.r2_syn == 180s);
    CHECK(c.user_timeout == 5min);
    CHECK(c.mss == 1460);
    CHECK(c.receive_buffer == 65535);
    CHECK_FALSE(c.half_duplex_close);
}

TEST_CASE("linux: TIME-WAIT of 60 s whatever the MSL, six SYN retries after four linear ones, 15 for text")
{
    Profile linux_like = linux_profile();
    const ConnectionOptions& c = linux_like.connection;
    CHECK(c.two_msl() == 60s);
    CHECK(c.syn_retries == 6);
    CHECK(c.syn_linear_timeouts == 4);
    CHECK(c.synack_retries == 5);
    CHECK(c.retries == 15);
    CHECK(c.rto_max == 120s);
    CHECK(c.user_timeout == 0s);
    CHECK(c.half_duplex_close);
    linux_like.connection.msl = 5s;
    CHECK(linux_like.connection.two_msl() == 60s);
}

TEST_CASE("TIME-WAIT: 2 MSL by rfc9293, 60 s by linux, as long as the host was told")
{
    CHECK(time_wait_of(rfc9293()) == 240s);
    CHECK(time_wait_of(linux_profile()) == 60s);
    Profile short_msl = rfc9293();
    short_msl.connection.msl = 1s;
    CHECK(time_wait_of(short_msl) == 2s);
}

TEST_CASE("linux: a SYN without an answer is sent ten times again and given up after 131 s")
{
    Network net;
    const Host A = net.host("A", {.profile = linux_profile()}), B = net.host("B");
    net.cut(A, B);
    const Socket a = A.connect(B, 80);
    net.run_until(Time{} + 131s - 1ns);
    CHECK(test::sent_by(net, A) == 11); // at 0, 1, 2, 3, 4, 5, 7, 11, 19, 35 and 67 s
    CHECK(a.state() == State::SynSent);
    net.run_for(1ns);
    CHECK(a.state() == State::Closed);
}

TEST_CASE("two hosts of different profiles: they understand each other")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A", {.profile = linux_profile()});
    const Host B = net.host("B", {.profile = rfc9293()});
    const Socket listener = B.listen(80);
    const Socket a = A.connect(B, 80);
    net.run();
    const Socket b = listener.accept();
    CHECK(b.connection().tcb().snd.wnd == 64240);
    a.send("hello");
    net.run();
    CHECK(b.receive().octets == "hello");
    b.close();
    net.run_for(100ms);
    a.close();
    net.run_for(100ms);
    CHECK(b.state() == State::TimeWait);
    CHECK(A.netstat().empty());
}
