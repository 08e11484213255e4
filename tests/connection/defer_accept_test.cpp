// TCP_DEFER_ACCEPT: an ACK without text does not end a handshake, for a time.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view bare = "<SEQ=301><ACK=101><CTL=ACK>";

/// SYN-RECEIVED from LISTEN, where text is waited for so long.
test::Endpoint deferring(Duration time, test::Numbers numbers = test::plain)
{
    return test::in(State::SynReceived, {.defer_accept = time}, numbers);
}

} // namespace

TEST_CASE("TCP_DEFER_ACCEPT: the ACK without text is refused in silence, and text ends the handshake")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = deferring(3s, numbers);
        endpoint.gets(bare);
        CHECK(endpoint.state() == "SYN-RECEIVED");
        CHECK(endpoint.refused() == "deferred accept");
        CHECK(endpoint.sends().empty());
        endpoint.gets("<SEQ=301><ACK=101><DATA=1><CTL=ACK>");
        CHECK(endpoint.state() == "ESTABLISHED");
    }
}

TEST_CASE("TCP_DEFER_ACCEPT, a FIN comes without text: it ends the handshake, too")
{
    test::Endpoint endpoint = deferring(3s);
    endpoint.gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
    CHECK(endpoint.state() == "CLOSE-WAIT");
}

TEST_CASE("TCP_DEFER_ACCEPT, the time is over: the SYN,ACK comes again, and the next ACK ends the handshake")
{
    test::Endpoint endpoint = deferring(3s); // timeouts after 1 s and 3 s: the second is the last
    endpoint.gets(bare);
    endpoint.wait(3s - 1ns);
    CHECK(endpoint.sends().empty()); // the peer has it
    endpoint.wait(1ns);
    CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=SYN,ACK>");
    endpoint.gets(bare);
    CHECK(endpoint.state() == "ESTABLISHED");
}

TEST_CASE("TCP_DEFER_ACCEPT: the time is counted in timeouts of the SYN,ACK that it holds")
{
    const auto again_after = [](Duration time) {
        test::Endpoint endpoint = deferring(time);
        endpoint.gets(bare);
        while (endpoint.sends().empty()) REQUIRE(endpoint.wait_for_timer());
        return endpoint.now();
    };
    CHECK(again_after(1s) == Time{} + 1s);
    CHECK(again_after(2s) == Time{} + 3s);
    CHECK(again_after(4s) == Time{} + 7s);
    CHECK(again_after(7s) == Time{} + 7s);
}

TEST_CASE("TCP_DEFER_ACCEPT, no ACK has come: the SYN,ACK is sent again as ever")
{
    test::Endpoint endpoint = deferring(10s);
    endpoint.wait(1s);
    CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=SYN,ACK>");
    endpoint.gets(bare);
    CHECK(endpoint.state() == "SYN-RECEIVED");
}

TEST_CASE("TCP_DEFER_ACCEPT is longer than tcp_synack_retries: what was acknowledged is not given up before its time")
{
    const auto closed_at = [](bool acknowledged) {
        test::Endpoint endpoint = test::in(State::SynReceived, {.defer_accept = 20s, .synack_retries = 1});
        if (acknowledged) endpoint.gets(bare);
        while (endpoint.state() == "SYN-RECEIVED") REQUIRE(endpoint.wait_for_timer());
        return endpoint.now();
    };
    CHECK(closed_at(false) == Time{} + 3s);
    CHECK(closed_at(true) == Time{} + 63s); // the fifth timeout is the last that is deferred, and then one RTO more
}

TEST_CASE("an active OPEN: TCP_DEFER_ACCEPT is nothing to it")
{
    test::Endpoint endpoint = test::in_syn_received_after_active_open({.defer_accept = 3s});
    endpoint.gets(bare);
    CHECK(endpoint.state() == "ESTABLISHED");
}
