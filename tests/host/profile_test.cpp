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

// ---- another profile while it runs (docs/decisions/0012) ------------------------------------------------------------

namespace {

/// An ESTABLISHED connection from A to B under rfc9293; then A's profile is changed.
struct Changed : test::TwoHosts {
    Changed()
    {
        a = A.connect(B, 80);
        run();
        b = listener.accept();
    }
    [[nodiscard]] static Profile small_linux()
    {
        Profile profile = linux_profile();
        profile.connection.mss = 536;
        profile.connection.receive_buffer = 1000;
        profile.connection.send_buffer = 10;
        return profile;
    }
    Socket a, b;
};

std::uint16_t mss_of_last_syn(const Network& net, Host host)
{
    std::uint16_t mss = 0;
    for (std::size_t i = 0; i < net.history().segments().size(); ++i) {
        const SentSegment& sent = net.history().segments()[i];
        if (sent.name.host == host.id() && sent.segment.has(Flag::SYN)) mss = sent.segment.options.mss().value_or(0);
    }
    return mss;
}

} // namespace

TEST_CASE_FIXTURE(Changed,
                  "a changed profile, in a connection that exists: MSS and buffers stay, all else is the new one")
{
    A.set_profile(small_linux());
    CHECK(A.profile().name == "linux");
    const ConnectionOptions options = a.connection().options();
    CHECK(options.mss == 1460);
    CHECK(options.receive_buffer == 65535);
    CHECK(options.send_buffer == 1 << 20);
    CHECK(options.two_msl() == 60s);
    CHECK(options.retries == 15);
    CHECK(options.half_duplex_close);
    CHECK(b.connection().options().retries == -1); // of another host
    CHECK(a.send(std::string(100, 'x')).octets == 100);
    b.send("hello");
    run();
    CHECK(a.connection().tcb().rcv.wnd == 65535 - 5);
}

TEST_CASE_FIXTURE(Changed, "a changed profile, in connections opened from then on: all of it, its ports too")
{
    const Socket unused = A.socket();
    A.set_profile(small_linux());
    const Socket next = A.connect(B, 80);
    CHECK(next.connection().options().mss == 536);
    CHECK(next.connection().tcb().rcv.wnd == 536); // whole segments of 1000 octets
    CHECK(mss_of_last_syn(*this, A) == 536);
    CHECK(next.local().port == 32768);
    CHECK_FALSE(unused.connect(B, 80));
    CHECK(unused.connection().options().mss == 536);
    A.set_profile(rfc9293());
    CHECK(A.connect(B, 80).local().port == 49153); // the first one is in use
}

TEST_CASE_FIXTURE(Changed, "a changed profile, on a host that listens: its next children have it")
{
    B.set_profile(small_linux());
    CHECK(A.connect(B, 80).valid());
    run();
    CHECK(mss_of_last_syn(*this, B) == 536);
    CHECK(listener.accept().connection().options().receive_buffer == 1000);
}

TEST_CASE_FIXTURE(Changed, "a changed profile, then a socket used again: the new connection has it whole")
{
    A.set_profile(small_linux());
    b.abort();
    run();
    CHECK(a.state() == State::Closed);
    CHECK_FALSE(a.connect(B, 80));
    CHECK(a.connection().options().mss == 536);
    CHECK(a.connection().tcb().rcv.wnd == 536);
}

TEST_CASE_FIXTURE(Changed, "connections that were opened alike go on sharing their options, and those of a copy stay")
{
    const Socket other = A.connect(B, 80);
    run();
    Network copy = *this;
    A.set_profile(small_linux());
    CHECK(a.connection().shared_options() == other.connection().shared_options());
    CHECK(copy.at(a).connection().options().retries == -1);
    CHECK(copy.at(A).profile().name == "rfc9293");
}

TEST_CASE("a changed profile, where the application reads by itself: it still does, in the old and in new connections")
{
    Network net;
    const Host A = net.host("A"), B = net.host("B", {.accepts = true, .reads = true});
    B.listen(80);
    const Socket a = A.connect(B, 80);
    net.run();
    B.set_profile(linux_profile());
    const Socket second = A.connect(B, 80);
    net.run();
    a.send("hello");
    second.send("hello");
    net.run();
    CHECK(net.at(B).connection(1).connection().delivered() == 5);
    CHECK(net.at(B).connection(2).connection().delivered() == 5);
}

TEST_CASE_FIXTURE(Changed, "a changed profile, while 2 MSL runs: it runs on")
{
    a.close();
    run_for(50ms);
    b.close();
    run_for(50ms);
    REQUIRE(a.state() == State::TimeWait);
    const Time ends = a.connection().next_timer().deadline;
    A.set_profile(linux_profile());
    CHECK(a.connection().next_timer().deadline == ends);
    run_until(ends - 1ns);
    CHECK(a.state() == State::TimeWait);
    run_for(1ns);
    CHECK(a.state() == State::Closed);
}
