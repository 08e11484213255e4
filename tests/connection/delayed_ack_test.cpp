// RFC 9293, 3.8.6.3. Delayed Acknowledgments -- When to Send an ACK Segment.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

test::Endpoint that_waits(test::Numbers numbers = test::plain)
{
    return test::in(State::Established, {.delayed_ack = 200ms}, numbers);
}

} // namespace

TEST_CASE("one segment of text: its ACK waits, and goes when its time is over (SHLD-18, MUST-40)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = that_waits(numbers);
        endpoint.gets("<SEQ=301><ACK=101><DATA=100><CTL=ACK>");
        CHECK(endpoint.runs(TimerKind::delayed_ack));
        endpoint.wait(200ms - 1ns);
        CHECK(endpoint.sends().empty());
        endpoint.wait(1ns);
        CHECK(endpoint.sends() == "<SEQ=101><ACK=401><CTL=ACK>");
        CHECK_FALSE(endpoint.runs(TimerKind::delayed_ack));
    }
}

TEST_CASE("a longer delay than is allowed: the ACK goes before 500 ms all the same (MUST-40)")
{
    test::Endpoint endpoint = test::in(State::Established, {.delayed_ack = 10s});
    endpoint.gets("<SEQ=301><ACK=101><DATA=100><CTL=ACK>");
    endpoint.wait(500ms - 1ns);
    CHECK(endpoint.sends() == "<SEQ=101><ACK=401><CTL=ACK>");
}

TEST_CASE("a second full segment: one ACK for both, at once (SHLD-19, MUST-58)")
{
    test::Endpoint endpoint = that_waits();
    endpoint.gets("<SEQ=301><ACK=101><DATA=1460><CTL=ACK>");
    CHECK(endpoint.sends().empty());
    endpoint.gets("<SEQ=1761><ACK=101><DATA=1460><CTL=ACK>");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=3221><CTL=ACK>");
    CHECK_FALSE(endpoint.runs(TimerKind::delayed_ack));
}

TEST_CASE("text of our own goes while an ACK waits: it rides along (MUST-58)")
{
    test::Endpoint endpoint = that_waits();
    endpoint.gets("<SEQ=301><ACK=101><DATA=100><CTL=ACK>");
    endpoint.send("hi");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=401><DATA=2><CTL=ACK>");
    CHECK_FALSE(endpoint.runs(TimerKind::delayed_ack));
    endpoint.wait(300ms);
    CHECK(endpoint.sends().empty());
}

TEST_CASE("a segment beyond a hole: its ACK does not wait (MAY-13)")
{
    test::Endpoint endpoint = that_waits();
    endpoint.gets("<SEQ=401><ACK=101><DATA=100><CTL=ACK>");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=ACK>");
}

TEST_CASE("a segment that fills a hole: its ACK does not wait")
{
    test::Endpoint endpoint = that_waits();
    endpoint.gets("<SEQ=401><ACK=101><DATA=100><CTL=ACK>");
    endpoint.sends();
    endpoint.gets("<SEQ=301><ACK=101><DATA=100><CTL=ACK>");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=501><CTL=ACK>");
}

TEST_CASE("a FIN: its ACK does not wait, and covers the text whose ACK did")
{
    test::Endpoint endpoint = that_waits();
    endpoint.gets("<SEQ=301><ACK=101><DATA=100><CTL=ACK>");
    endpoint.gets("<SEQ=401><ACK=101><CTL=FIN,ACK>");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=402><CTL=ACK>");
    CHECK_FALSE(endpoint.runs(TimerKind::delayed_ack));
}

TEST_CASE("quick ACKs, as on Linux: so many of the first do not wait")
{
    test::Endpoint endpoint = test::in(State::Established, {.delayed_ack = 40ms, .quick_acks = 2});
    endpoint.gets("<SEQ=301><ACK=101><DATA=100><CTL=ACK>");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=401><CTL=ACK>");
    endpoint.gets("<SEQ=401><ACK=101><DATA=100><CTL=ACK>");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=501><CTL=ACK>");
    endpoint.gets("<SEQ=501><ACK=101><DATA=100><CTL=ACK>");
    CHECK(endpoint.sends().empty());
}

TEST_CASE("delayed ACKs switched off: every ACK goes at once")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.gets("<SEQ=301><ACK=101><DATA=100><CTL=ACK>");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=401><CTL=ACK>");
}
