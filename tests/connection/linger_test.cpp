// SO_LINGER in its three modes: CLOSE returns at once, throws the connection away, or waits for the peer.

#include <doctest/doctest.h>

#include <memory>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr ConnectionOptions five_seconds{.linger = 5s};
constexpr ConnectionOptions at_once{.linger = 0s};

/// In a state, where the option is set at last: on the way there CLOSE is not ABORT.
test::Endpoint then_at_once(State state)
{
    test::Endpoint endpoint = test::in(state);
    endpoint.connection.set_options(std::make_shared<const ConnectionOptions>(at_once));
    return endpoint;
}

} // namespace

TEST_CASE("SO_LINGER is off: CLOSE does not wait")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.close();
    CHECK(endpoint.state() == "FIN-WAIT-1");
    CHECK_FALSE(endpoint.connection.lingers());
    CHECK_FALSE(endpoint.runs(TimerKind::linger));
}

TEST_CASE("SO_LINGER 5 s: CLOSE waits until its FIN is acknowledged, whatever becomes of the peer's")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, five_seconds, numbers);
        endpoint.send("text");
        endpoint.close();
        CHECK(endpoint.connection.lingers());
        CHECK(endpoint.left(TimerKind::linger) == 5s);
        endpoint.gets("<SEQ=301><ACK=105><CTL=ACK>"); // the text alone
        CHECK(endpoint.connection.lingers());
        endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
        CHECK(endpoint.state() == "FIN-WAIT-2");
        CHECK_FALSE(endpoint.connection.lingers());
        CHECK_FALSE(endpoint.runs(TimerKind::linger));
    }
}

TEST_CASE("SO_LINGER 5 s, no ACK comes: CLOSE returns after 5 s, and the FIN is sent again as before")
{
    test::Endpoint endpoint = test::in(State::Established, five_seconds);
    endpoint.close();
    endpoint.wait(5s - 1ns);
    CHECK(endpoint.connection.lingers());
    endpoint.wait(1ns);
    CHECK_FALSE(endpoint.connection.lingers());
    CHECK(endpoint.state() == "FIN-WAIT-1");
    static_cast<void>(endpoint.sends());
    endpoint.wait(2s);
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=FIN,ACK>"); // at 7 s: 1, 2 and 4 behind one another
}

TEST_CASE("SO_LINGER 5 s, FINs cross, and in LAST-ACK: CLOSE waits for the ACK of its own")
{
    test::Endpoint crossed = test::in(State::Established, five_seconds);
    crossed.close();
    crossed.gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
    CHECK(crossed.state() == "CLOSING");
    CHECK(crossed.connection.lingers());
    crossed.gets("<SEQ=302><ACK=102><CTL=ACK>");
    CHECK(crossed.state() == "TIME-WAIT");
    CHECK_FALSE(crossed.connection.lingers());
    CHECK(crossed.runs(TimerKind::time_wait));

    test::Endpoint last = test::in(State::CloseWait, five_seconds);
    last.close();
    CHECK(last.state() == "LAST-ACK");
    CHECK(last.connection.lingers());
    last.gets("<SEQ=302><ACK=102><CTL=ACK>");
    CHECK(last.state() == "CLOSED");
    CHECK_FALSE(last.connection.lingers());
}

TEST_CASE("SO_LINGER 5 s, CLOSE in SYN-RECEIVED: it waits through ESTABLISHED")
{
    test::Endpoint endpoint = test::in_syn_received_after_active_open(five_seconds);
    endpoint.send("text");
    endpoint.close();
    CHECK(endpoint.connection.lingers());
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK>");
    CHECK(endpoint.state() == "FIN-WAIT-1");
    CHECK(endpoint.connection.lingers());
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
    CHECK_FALSE(endpoint.connection.lingers());
}

TEST_CASE("SO_LINGER 5 s, nothing is open: CLOSE returns at once")
{
    test::Endpoint endpoint = test::in(State::SynSent, five_seconds);
    endpoint.close();
    CHECK(endpoint.state() == "CLOSED");
    CHECK_FALSE(endpoint.connection.lingers());
}

TEST_CASE("SO_LINGER 5 s, a RST comes: CLOSE returns")
{
    test::Endpoint endpoint = test::in(State::Established, five_seconds);
    endpoint.close();
    endpoint.gets("<SEQ=301><CTL=RST>");
    CHECK(endpoint.state() == "CLOSED");
    CHECK_FALSE(endpoint.connection.lingers());
}

TEST_CASE("SO_LINGER 5 s with keep-alive: nobody is asked while CLOSE waits, and again afterwards")
{
    ConnectionOptions options = five_seconds;
    options.keepalive = true;
    options.keepalive_time = 3s;
    test::Endpoint endpoint = test::in(State::Established, options);
    endpoint.close();
    CHECK_FALSE(endpoint.runs(TimerKind::keepalive));
    endpoint.gets("<SEQ=301><ACK=102><CTL=ACK>");
    CHECK(endpoint.runs(TimerKind::keepalive));
}

TEST_CASE("linux, CLOSE waits: until it returns the connection has an owner, and tcp_retries2 counts")
{
    ConnectionOptions options{.user_timeout = 0s, .linger = 1000s, .retries = 4, .orphan_retries = 2};
    options.half_duplex_close = true;
    const auto gives_up_after = [](const ConnectionOptions& chosen) {
        test::Endpoint endpoint = test::in(State::Established, chosen);
        endpoint.close();
        static_cast<void>(endpoint.sends());
        int again = 0;
        while (endpoint.state() != "CLOSED" && endpoint.wait_for_timer()) again += endpoint.sends().empty() ? 0 : 1;
        return again;
    };
    CHECK(gives_up_after(options) == 4);
    options.linger = -1ns;
    CHECK(gives_up_after(options) == 2);
}

TEST_CASE("SO_LINGER 0 s: CLOSE is ABORT, though nothing was unsent")
{
    for (const State state : {State::Established, State::CloseWait, State::FinWait1, State::FinWait2}) {
        CAPTURE(name(state));
        test::Endpoint endpoint = then_at_once(state);
        endpoint.close();
        CHECK(endpoint.state() == "CLOSED");
        CHECK(endpoint.last().segment.has(Flag::RST));
    }
}

TEST_CASE("SO_LINGER 0 s where the peer needs no RST: none is sent, and TIME-WAIT goes on")
{
    for (const State state : {State::SynSent, State::Closing, State::LastAck}) {
        CAPTURE(name(state));
        test::Endpoint endpoint = then_at_once(state);
        endpoint.close();
        CHECK(endpoint.state() == "CLOSED");
        CHECK(endpoint.sends().empty());
    }
    test::Endpoint waiting = then_at_once(State::TimeWait);
    waiting.close();
    CHECK(waiting.state() == "TIME-WAIT");
}

TEST_CASE("SO_LINGER 0 s and the process goes: ABORT, too, with a time, nobody waits")
{
    test::Endpoint aborted = test::in(State::Established, at_once);
    aborted.close_both_ways();
    CHECK(aborted.sends() == "<SEQ=101><CTL=RST>");
    test::Endpoint left = test::in(State::Established, five_seconds);
    left.close_both_ways();
    CHECK(left.sends() == "<SEQ=101><ACK=301><CTL=FIN,ACK>");
    CHECK_FALSE(left.connection.lingers());
}
