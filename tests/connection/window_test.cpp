// RFC 9293, 3.8.6. Managing the Window: what holds of windows in general, on either side.

#include <doctest/doctest.h>

#include <type_traits>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

TEST_CASE("the windows of both directions: kept in unsigned numbers of 32 bits (REC-1)")
{
    CHECK(std::is_same_v<decltype(SendVariables::wnd), std::uint32_t>);
    CHECK(std::is_same_v<decltype(SendVariables::max_wnd), std::uint32_t>);
    CHECK(std::is_same_v<decltype(ReceiveVariables::wnd), std::uint32_t>);
}

TEST_CASE("a full buffer that nobody reads: each probe is told of a zero window, for a day (MAY-8)")
{
    test::Endpoint endpoint = test::in(State::Established, {.receive_buffer = 10});
    endpoint.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=311><CTL=ACK><WND=0>");
    for (int minute = 0; minute < 24 * 60; ++minute) {
        endpoint.wait(1min);
        endpoint.gets("<SEQ=311><ACK=101><DATA=1><CTL=ACK>");
        CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=311><CTL=ACK><WND=0>");
    }
    CHECK(endpoint.state() == "ESTABLISHED");
    CHECK(endpoint.receive().octets == "abcdefghij");
}

TEST_CASE("a window that shrinks into what is under way: what it still reaches is sent again as ever (SHLD-16)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=4><WND=8>", {}, numbers);
        endpoint.send("abcdefgh");
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=4>"); // the edge recedes from 109 to 105
        endpoint.sends();
        endpoint.wait(1s);
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=4><CTL=ACK>");
        CHECK(endpoint.last().text == "abcd");
        CHECK(endpoint.last().retransmission);
    }
}

TEST_CASE(
    "a window that shrinks within a segment that is under way: it is sent again whole, beyond the edge too (MAY-7)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=5>", {}, numbers);
        endpoint.send("hello");
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=2>"); // the edge recedes from 106 to 103
        endpoint.sends();
        endpoint.wait(1s);
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=5><CTL=ACK>");
    }
}
