// RFC 9293, 3.8.4. TCP Keep-Alives.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr ConnectionOptions kept{
    .keepalive_time = 1800s, .keepalive_interval = 15s, .keepalive_probes = 3, .keepalive = true};

} // namespace

TEST_CASE("keep-alive by default: off, and two hours where it is on (MUST-25, MUST-28)")
{
    CHECK_FALSE(ConnectionOptions().keepalive);
    CHECK(ConnectionOptions().keepalive_time >= 2h);
    test::Endpoint endpoint = test::in(State::Established);
    CHECK_FALSE(endpoint.wait_for_timer());
}

TEST_CASE("a silent peer: a probe without text at SND.NXT - 1 after keepalive_time (MAY-5, MUST-27, SHLD-12)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, kept, numbers);
        endpoint.wait(1800s - 1ns);
        CHECK(endpoint.sends().empty());
        endpoint.wait(1ns);
        CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=ACK>");
    }
}

TEST_CASE("the probe is answered: nothing ends, and the next comes after keepalive_time again (MUST-29)")
{
    test::Endpoint endpoint = test::in(State::Established, kept);
    for (int i = 0; i < 5; ++i) {
        endpoint.wait(1800s);
        CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=ACK>");
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK>");
        CHECK(endpoint.left(TimerKind::keepalive) == 1800s);
    }
    CHECK(endpoint.state() == "ESTABLISHED");
}

TEST_CASE("no probe is answered: after keepalive_probes of them the connection is over (MUST-29)")
{
    test::Endpoint endpoint = test::in(State::Established, kept);
    endpoint.wait(1800s);
    endpoint.wait(15s);
    endpoint.wait(15s);
    CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=ACK>\n<SEQ=100><ACK=301><CTL=ACK>\n<SEQ=100><ACK=301><CTL=ACK>");
    CHECK(endpoint.state() == "ESTABLISHED");
    endpoint.wait(15s);
    CHECK(endpoint.state() == "CLOSED");
    CHECK(endpoint.sends() == "<SEQ=101><CTL=RST>");
    CHECK(endpoint.send("x").error == std::errc::timed_out);
}

TEST_CASE("text comes within the interval: no probe before it was silent for keepalive_time (MUST-26)")
{
    test::Endpoint endpoint = test::in(State::Established, kept);
    endpoint.wait(1000s);
    endpoint.gets("<SEQ=301><ACK=101><DATA=1><CTL=ACK>");
    endpoint.sends();
    endpoint.wait(1800s - 1ns);
    CHECK(endpoint.sends().empty());
    endpoint.wait(1ns);
    CHECK(endpoint.sends() == "<SEQ=100><ACK=302><CTL=ACK>");
}

TEST_CASE("text is outstanding: the RTO asks, not keep-alive (MUST-26)")
{
    ConnectionOptions options = kept;
    options.keepalive_time = 5s;
    test::Endpoint endpoint = test::in(State::Established, options);
    endpoint.send("hello");
    endpoint.sends();
    endpoint.wait(20s);
    CHECK(endpoint.sends().find("<SEQ=100>") == std::string::npos);
}

TEST_CASE("keep-alive is switched while the connection is open: it begins and ends with the switch (MUST-24)")
{
    test::Endpoint endpoint = test::in(State::Established);
    Output out;
    endpoint.connection.set_options(std::make_shared<const ConnectionOptions>(kept));
    endpoint.connection.keep_alive(endpoint.now(), out);
    CHECK(endpoint.left(TimerKind::keepalive) == 1800s);
    endpoint.connection.set_options(std::make_shared<const ConnectionOptions>());
    endpoint.connection.keep_alive(endpoint.now(), out);
    CHECK_FALSE(endpoint.runs(TimerKind::keepalive));
}

TEST_CASE("keepalive_octet: the probe carries an octet, for peers that need one (MAY-6)")
{
    ConnectionOptions options = kept;
    options.keepalive_octet = true;
    test::Endpoint endpoint = test::in(State::Established, options);
    endpoint.wait(1800s);
    CHECK(endpoint.sends() == "<SEQ=100><ACK=301><DATA=1><CTL=ACK>");
}

TEST_CASE("the window stays closed, and every probe of it is answered: keep-alive ends nothing (MUST-37)")
{
    ConnectionOptions options = kept;
    options.keepalive_time = 100s;
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460><WND=0>", options);
    endpoint.send("hello");
    for (int i = 0; i < 40; ++i) {
        endpoint.wait_for_timer();
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
    }
    CHECK(endpoint.state() == "ESTABLISHED");
}
