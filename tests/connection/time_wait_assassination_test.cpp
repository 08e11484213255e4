// RFC 1337: an old duplicate in TIME-WAIT draws an ACK, the peer that knows of no connection answers with a RST, and
// that ends TIME-WAIT; or it does not. tests/network/hazards_test.cpp shows what may follow.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

TEST_CASE("an old duplicate in TIME-WAIT and the RST that comes of it: CLOSED before 2 MSL are over")
{
    test::Endpoint endpoint = test::in(State::TimeWait);
    endpoint.wait(1s);
    endpoint.gets("<SEQ=255><ACK=33><CTL=ACK>");
    CHECK(endpoint.sends() == "<SEQ=102><ACK=302><CTL=ACK>");
    endpoint.gets("<SEQ=302><CTL=RST>"); // by a peer in CLOSED, at the acknowledgment number of our ACK
    CHECK(endpoint.state() == "CLOSED");
}

TEST_CASE("rfc1337 and an exact RST in TIME-WAIT: ignored, and 2 MSL end when they would have (RFC 1337, fix-1)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::TimeWait, {.rfc1337 = true}, numbers);
        endpoint.wait(100s);
        endpoint.gets("<SEQ=302><CTL=RST>");
        endpoint.gets("<SEQ=302><CTL=RST>");
        CHECK(endpoint.state() == "TIME-WAIT");
        CHECK(endpoint.sends() == "");
        CHECK(endpoint.left(TimerKind::time_wait) == 140s);
        endpoint.wait(140s - 1ns);
        CHECK(endpoint.state() == "TIME-WAIT");
        endpoint.wait(1ns);
        CHECK(endpoint.state() == "CLOSED");
    }
}

TEST_CASE("rfc1337 and a RST in ESTABLISHED: the connection is reset as ever")
{
    test::Endpoint endpoint = test::in(State::Established, {.rfc1337 = true});
    endpoint.gets("<SEQ=301><CTL=RST>");
    CHECK(endpoint.state() == "CLOSED");
}
