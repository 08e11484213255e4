// RFC 9293, 3.8.2; RFC 5681, 3: slow start, congestion avoidance, fast retransmit and recovery; RFC 6582 (NewReno).

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr ConnectionOptions reno{.congestion = CongestionControl::reno};

/// ESTABLISHED with a peer that takes 100 octets a segment.
test::Endpoint hundreds(ConnectionOptions options = reno)
{
    return test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=100>", options);
}

std::string ack(std::uint32_t number)
{
    return "<SEQ=301><ACK=" + std::to_string(number) + "><CTL=ACK>";
}

std::uint32_t window(const test::Endpoint& endpoint)
{
    return endpoint.connection.congestion().window();
}

std::uint32_t in_flight(const test::Endpoint& endpoint)
{
    return endpoint.snd_nxt() - endpoint.snd_una();
}

/// Ten segments of 100 octets are in flight, and much is queued: 101 to 1101.
test::Endpoint ten_in_flight()
{
    test::Endpoint endpoint = hundreds({.initial_window = 10, .congestion = CongestionControl::reno});
    endpoint.send(std::string(10'000, 'x'));
    REQUIRE(in_flight(endpoint) == 1000);
    endpoint.sends();
    return endpoint;
}

} // namespace

TEST_CASE("the initial window: two to four segments by their size, one after a lost SYN (RFC 5681, 3.1)")
{
    for (const auto& [mss, segments] : {std::pair{1000, 4}, std::pair{1400, 3}, std::pair{4000, 2}}) {
        ConnectionOptions options = reno;
        options.mss = 4000;
        test::Endpoint endpoint =
            test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=" + std::to_string(mss) + ">", options);
        CHECK(window(endpoint) == static_cast<std::uint32_t>(mss * segments));
    }
    test::Endpoint endpoint(reno);
    endpoint.open();
    endpoint.wait_for_timer();
    endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=100>");
    CHECK(window(endpoint) == 100);
}

TEST_CASE("slow start: one segment more for each ACK of a segment (MUST-19)")
{
    test::Endpoint endpoint = hundreds();
    endpoint.send(std::string(10'000, 'x'));
    CHECK(in_flight(endpoint) == 400);
    endpoint.gets(ack(201));
    CHECK(in_flight(endpoint) == 500);
    endpoint.gets(ack(301));
    endpoint.gets(ack(401));
    endpoint.gets(ack(501));
    CHECK(in_flight(endpoint) == 800);
}

TEST_CASE("congestion avoidance: one segment more for each window that is acknowledged (MUST-19)")
{
    test::Endpoint endpoint = ten_in_flight();
    for (int i = 0; i < 3; ++i) endpoint.gets(ack(101)); // halves the window
    endpoint.gets(ack(1301));                            // all that was in flight
    CHECK(endpoint.connection.congestion().threshold() == 500);
    std::uint32_t before = window(endpoint);
    while (window(endpoint) < 500) endpoint.gets(ack(endpoint.snd_una() + 100));
    before = window(endpoint);
    std::uint32_t acknowledged = 0;
    for (; window(endpoint) == before; acknowledged += 100) endpoint.gets(ack(endpoint.snd_una() + 100));
    CHECK(window(endpoint) == before + 100);
    CHECK(acknowledged == before);
}

TEST_CASE("a timeout: one segment at a time again, up to half of what was in flight (MUST-19)")
{
    test::Endpoint endpoint = ten_in_flight();
    endpoint.wait_for_timer();
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=100><CTL=ACK>");
    CHECK(window(endpoint) == 100);
    CHECK(endpoint.connection.congestion().threshold() == 500);
    endpoint.wait_for_timer(); // the same segment again: the threshold stays
    CHECK(endpoint.connection.congestion().threshold() == 500);
}

TEST_CASE("after a timeout all that was in flight counts as lost: it goes again as cwnd grows (RFC 5681, 3.1)")
{
    test::Endpoint endpoint = ten_in_flight();
    endpoint.wait_for_timer();
    endpoint.sends();
    endpoint.gets(ack(201));
    CHECK(endpoint.sends() == "<SEQ=201><ACK=301><DATA=100><CTL=ACK>\n<SEQ=301><ACK=301><DATA=100><CTL=ACK>");
    endpoint.gets(ack(1101)); // the rest had come
    CHECK(endpoint.connection.recovery().phase() == Recovery::Phase::none);
    CHECK(endpoint.sends().starts_with("<SEQ=1101>"));
}

TEST_CASE("two duplicate ACKs: a new segment each, and nothing is resent (RFC 5681, 3.2)")
{
    test::Endpoint endpoint = ten_in_flight();
    endpoint.gets(ack(101));
    CHECK(endpoint.sends() == "<SEQ=1101><ACK=301><DATA=100><CTL=ACK>");
    endpoint.gets(ack(101));
    CHECK(endpoint.sends() == "<SEQ=1201><ACK=301><DATA=100><CTL=ACK>");
}

TEST_CASE("the third duplicate ACK: the segment goes again at once (RFC 5681, 3.2)")
{
    test::Endpoint endpoint = ten_in_flight();
    for (int i = 0; i < 3; ++i) endpoint.gets(ack(101));
    CHECK(endpoint.sends().ends_with("<SEQ=101><ACK=301><DATA=100><CTL=ACK>"));
    CHECK(endpoint.last().retransmission);
    CHECK(endpoint.connection.congestion().threshold() == 500); // half of the ten, limited transmit not counted
    CHECK(window(endpoint) == 800);                             // and three have left the network
}

TEST_CASE("fast recovery, all is acknowledged: cwnd falls to the threshold at most (RFC 6582, 3.2)")
{
    test::Endpoint endpoint = ten_in_flight();
    for (int i = 0; i < 12; ++i) endpoint.gets(ack(101));
    endpoint.gets(ack(endpoint.snd_nxt()));
    CHECK(endpoint.connection.recovery().phase() == Recovery::Phase::none);
    CHECK(window(endpoint) <= 500);
}

TEST_CASE("fast recovery, a part is acknowledged: the next hole goes again at once (RFC 6582, 3.2)")
{
    test::Endpoint endpoint = ten_in_flight();
    for (int i = 0; i < 3; ++i) endpoint.gets(ack(101));
    endpoint.sends();
    endpoint.gets(ack(501));
    CHECK(endpoint.sends().starts_with("<SEQ=501><ACK=301><DATA=100><CTL=ACK>"));
    CHECK(endpoint.connection.recovery().phase() == Recovery::Phase::fast);
}

TEST_CASE("duplicate ACKs of what a timeout has resent: no fast retransmit for it (RFC 6582, 3.2)")
{
    test::Endpoint endpoint = ten_in_flight();
    endpoint.wait_for_timer();
    endpoint.sends();
    for (int i = 0; i < 5; ++i) endpoint.gets(ack(101));
    CHECK(endpoint.sends().empty());
}

TEST_CASE("the same number again with another window, or with text: no duplicate ACK (RFC 5681, 2)")
{
    test::Endpoint endpoint = ten_in_flight();
    for (int i = 0; i < 4; ++i) {
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=" + std::to_string(60'000 + i) + ">");
        endpoint.gets("<SEQ=" + std::to_string(301 + 5 * i) +
                      "><ACK=101><DATA=5><CTL=ACK><WND=" + std::to_string(60'000 + i) + ">");
    }
    CHECK(endpoint.connection.recovery().duplicates() == 0);
}

TEST_CASE("nothing was sent for a whole RTO: cwnd is the initial window again (RFC 5681, 4.1)")
{
    test::Endpoint endpoint = hundreds();
    endpoint.send(std::string(2000, 'x'));
    while (in_flight(endpoint) > 0) endpoint.gets(ack(endpoint.snd_una() + 100));
    CHECK(window(endpoint) > 400);
    endpoint.wait(10s);
    endpoint.send(std::string(2000, 'x'));
    CHECK(in_flight(endpoint) == 400);
}

TEST_CASE("no congestion control: as much as the window allows, and no fast retransmit")
{
    test::Endpoint endpoint = hundreds({.congestion = CongestionControl::none});
    endpoint.send(std::string(10'000, 'x'));
    CHECK(in_flight(endpoint) == 10'000);
    endpoint.sends();
    for (int i = 0; i < 5; ++i) endpoint.gets(ack(101));
    CHECK(endpoint.sends().empty());
}
