// RFC 9293, 3.8.6.1. Zero-Window Probing; 3.8.6, a window that shrinks.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"
#include "support/text.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

/// ESTABLISHED, the peer's window closed, and five octets that wait for it.
test::Endpoint before_a_closed_window(const ConnectionOptions& options = {}, test::Numbers numbers = test::plain)
{
    test::Endpoint endpoint =
        test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460><WND=0>", options, numbers);
    endpoint.send("hello");
    CHECK(endpoint.sends().empty());
    return endpoint;
}

} // namespace

TEST_CASE("the window is closed: a probe of one octet after one RTO, then at intervals that double "
          "(MUST-36, SHLD-29, SHLD-30)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = before_a_closed_window({}, numbers);
        CHECK(endpoint.runs(TimerKind::persist));
        CHECK_FALSE(endpoint.runs(TimerKind::retransmission));
        endpoint.wait(1s);
        CHECK(endpoint.sends_text() == "h");
        for (const Duration interval : {2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
            endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
            endpoint.wait(interval - 1ns);
            CHECK(endpoint.sends().empty());
            endpoint.wait(1ns);
            CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=1><CTL=ACK>");
        }
    }
}

TEST_CASE("probes are answered with a closed window for an hour: the connection stays up (MUST-37, MAY-8)")
{
    test::Endpoint endpoint = before_a_closed_window();
    for (int i = 0; i < 60; ++i) {
        REQUIRE(endpoint.wait_for_timer());
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
    }
    CHECK(endpoint.now().time_since_epoch() > 50min);
    CHECK(endpoint.state() == "ESTABLISHED");
}

TEST_CASE("probes go unanswered: R2 ends the connection")
{
    test::Endpoint endpoint = before_a_closed_window();
    while (endpoint.state() == "ESTABLISHED") REQUIRE(endpoint.wait_for_timer());
    CHECK(endpoint.state() == "CLOSED");
    CHECK(endpoint.now() >= Time{} + 100s);
    CHECK(endpoint.tells().ends_with("retransmitted until R2 without an answer"));
}

TEST_CASE("the window opens after a probe that was not taken: its octet goes again, with what follows it")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = before_a_closed_window({}, numbers);
        endpoint.wait(1s);
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
        endpoint.sends();
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK>");
        CHECK(endpoint.sends_text() == "hello");
        CHECK_FALSE(endpoint.runs(TimerKind::persist));
        CHECK(endpoint.runs(TimerKind::retransmission));
        endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
        CHECK_FALSE(endpoint.runs(TimerKind::retransmission));
    }
}

TEST_CASE("the window opens with the ACK of a probe that was taken: what follows goes")
{
    test::Endpoint endpoint = before_a_closed_window();
    endpoint.wait(1s);
    endpoint.sends();
    endpoint.gets("<SEQ=301><ACK=102><CTL=ACK>");
    CHECK(endpoint.sends_text() == "ello");
}

TEST_CASE("the window opens before the first probe: the text goes, and no probe")
{
    test::Endpoint endpoint = before_a_closed_window();
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK>");
    CHECK(endpoint.sends_text() == "hello");
    CHECK_FALSE(endpoint.runs(TimerKind::persist));
}

TEST_CASE("a window that shrinks to zero with text in flight: it is resent as any other, and nothing is given up "
          "(MUST-35, SHLD-17)")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.send("hello");
    endpoint.sends();
    for (int i = 0; i < 40; ++i) {
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
        REQUIRE(endpoint.wait_for_timer());
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=5><CTL=ACK>");
    }
    CHECK(endpoint.state() == "ESTABLISHED");
}

TEST_CASE("a window that shrinks below what is in flight: nothing new is sent, what is unacknowledged is resent "
          "(MUST-34, SHLD-15, SHLD-16)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=4><WND=12>");
    endpoint.send("abcdefghijklmnop");
    CHECK(endpoint.sends_text() == "abcdefghijkl");
    endpoint.gets("<SEQ=301><ACK=105><CTL=ACK><WND=4>"); // its edge was at 113, and is at 109
    CHECK(endpoint.sends().empty());
    endpoint.wait_for_timer();
    CHECK(endpoint.sends() == "<SEQ=105><ACK=301><DATA=4><CTL=ACK>");
    endpoint.gets("<SEQ=301><ACK=113><CTL=ACK><WND=4>");
    CHECK(endpoint.sends_text() == "mnop");
}

TEST_CASE("probe_octet off, as on Linux: the probe lies before SND.UNA and carries nothing")
{
    test::Endpoint endpoint = before_a_closed_window({.probe_octet = false});
    endpoint.wait(1s);
    CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=ACK>");
    endpoint.wait(2s);
    CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=ACK>");
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK>");
    CHECK(endpoint.sends_text() == "hello");
}

TEST_CASE("the window opens after probes that were not answered: the next RTO begins to count anew")
{
    test::Endpoint endpoint = before_a_closed_window({.retries = 3});
    for (int i = 0; i < 3; ++i) endpoint.wait_for_timer();
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=2000>");
    endpoint.wait_for_timer();
    CHECK(endpoint.state() == "ESTABLISHED");
}

// ---- what has no text (docs/decisions/0027) -------------------------------------------------------------------------

TEST_CASE("text comes after a probe was sent: its ACK stands where the closed window is, not behind the probe")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = before_a_closed_window({}, numbers);
        endpoint.wait(1s);
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=1><CTL=ACK>");
        endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK><WND=0>");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=306><CTL=ACK>");
        endpoint.gets("<SEQ=306><ACK=102><DATA=5><CTL=ACK><WND=0>"); // the probe was taken, and there is no more room
        CHECK(endpoint.sends() == "<SEQ=102><ACK=311><CTL=ACK>");
    }
}

TEST_CASE("ABORT after a probe was sent: the RST is exactly the next number that the peer expects")
{
    test::Endpoint endpoint = before_a_closed_window();
    endpoint.wait(1s);
    endpoint.sends();
    endpoint.abort();
    CHECK(endpoint.sends() == "<SEQ=101><CTL=RST>");
}

TEST_CASE("the window has shrunk into what is under way: an ACK stands at its right edge")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460><WND=100>");
    endpoint.send(std::string(100, 'x'));
    endpoint.sends();
    endpoint.gets("<SEQ=301><ACK=131><DATA=5><CTL=ACK><WND=30>"); // the edge recedes from 201 to 161
    CHECK(endpoint.sends() == "<SEQ=161><ACK=306><CTL=ACK>");
    endpoint.gets("<SEQ=306><ACK=201><DATA=5><CTL=ACK><WND=30>");
    CHECK(endpoint.sends() == "<SEQ=201><ACK=311><CTL=ACK>");
}
