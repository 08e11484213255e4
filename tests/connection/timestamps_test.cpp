// RFC 7323, 3. TCP Timestamps Option; 4. the RTTM mechanism; 5. PAWS.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr ConnectionOptions stamped{.timestamps = true};

/// ESTABLISHED, TS.Recent 1000.
test::Endpoint with_timestamps(ConnectionOptions options = stamped, test::Numbers numbers = test::plain)
{
    return test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460><TS=1000,0>", options, numbers);
}

} // namespace

TEST_CASE("both SYNs have timestamps: every segment but a RST has them, and echoes the last (RFC 7323, 3.2 tsopt)")
{
    test::Endpoint endpoint(stamped);
    endpoint.wait(5ms);
    endpoint.open();
    CHECK(endpoint.sends_with_options() == "<SEQ=100><CTL=SYN><MSS=1460><TS=5,0>");
    endpoint.wait(10ms);
    endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460><TS=1000,5>");
    CHECK(endpoint.sends_with_options() == "<SEQ=101><ACK=301><CTL=ACK><TS=15,1000>");
    endpoint.send("hello");
    CHECK(endpoint.sends_with_options() == "<SEQ=101><ACK=301><DATA=5><CTL=ACK><TS=15,1000>");
    endpoint.wait(1s);
    CHECK(endpoint.sends_with_options() == "<SEQ=101><ACK=301><DATA=5><CTL=ACK><TS=1015,1000>");
    endpoint.abort();
    CHECK(endpoint.sends_with_options() == "<SEQ=106><CTL=RST>");
}

TEST_CASE("the peer's SYN has no timestamp: nor has the SYN,ACK (RFC 7323, 3.2 tsopt)")
{
    test::Endpoint endpoint(stamped);
    endpoint.listen();
    endpoint.gets("<SEQ=300><CTL=SYN><MSS=1460>");
    CHECK(endpoint.sends_with_options() == "<SEQ=100><ACK=301><CTL=SYN,ACK><MSS=1460>");
}

TEST_CASE("timestamps take room: the text of a full segment is 12 octets shorter (MUST-16)")
{
    test::Endpoint endpoint = with_timestamps();
    endpoint.send(std::string(3000, 'x'));
    CHECK(endpoint.sends().starts_with("<SEQ=101><ACK=301><DATA=1448>"));
}

TEST_CASE("a segment without the timestamp that was agreed on: dropped in silence (RFC 7323, 3.2 drop)")
{
    test::Endpoint endpoint = with_timestamps();
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
    CHECK(endpoint.refused() == "no timestamp");
    CHECK(endpoint.sends().empty());
    CHECK(endpoint.rcv_nxt() == 301);
}

TEST_CASE("a RST without timestamp, or with an old one: judged by its number alone (RFC 7323, 3.2 rst)")
{
    for (const std::string_view rst : {"<SEQ=301><CTL=RST>", "<SEQ=301><CTL=RST><TS=1,0>"}) {
        test::Endpoint endpoint = with_timestamps();
        endpoint.gets(rst);
        CHECK(endpoint.state() == "CLOSED");
    }
}

TEST_CASE("a segment in the window with an older timestamp: an ACK, and it is dropped (RFC 7323, 5.3 paws)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = with_timestamps(stamped, numbers);
        endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK><TS=999,0>");
        CHECK(endpoint.refused() == "timestamp");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=ACK>");
        CHECK(endpoint.rcv_nxt() == 301);
        endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK><TS=1000,0>");
        CHECK(endpoint.rcv_nxt() == 306);
    }
}

TEST_CASE("timestamps whose clock wraps: older and newer as on the ring (RFC 7323, 5.3 paws)")
{
    test::Endpoint endpoint =
        test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460><TS=4294967290,0>", stamped);
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK><TS=3,0>");
    CHECK(endpoint.rcv_nxt() == 306);
    endpoint.gets("<SEQ=306><ACK=101><DATA=5><CTL=ACK><TS=4294967295,0>");
    CHECK(endpoint.refused() == "timestamp");
}

TEST_CASE("PAWS switched off: the old segment is taken, which is what PAWS is for")
{
    ConnectionOptions options = stamped;
    options.paws = false;
    test::Endpoint endpoint = with_timestamps(options);
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK><TS=999,0>");
    CHECK(endpoint.rcv_nxt() == 306);
}

TEST_CASE("TS.Recent: moves with what begins at or before the last ACK sent, not with what lies beyond a hole "
          "(RFC 7323, 4.3 tsrecent)")
{
    test::Endpoint endpoint = with_timestamps();
    endpoint.gets("<SEQ=311><ACK=101><DATA=5><CTL=ACK><TS=1007,0>");
    CHECK(endpoint.connection.tcb().ts.recent == 1000);
    endpoint.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK><TS=1005,0>");
    CHECK(endpoint.connection.tcb().ts.recent == 1005);
}

TEST_CASE("TS.Recent that is 24 days old: it refuses nothing any more (RFC 7323, 5.5 24days)")
{
    test::Endpoint endpoint = with_timestamps();
    endpoint.wait(24 * 24h - 1s);
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK><TS=999,0>");
    CHECK(endpoint.refused() == "timestamp");
    endpoint.wait(1s);
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK><TS=999,0>");
    CHECK(endpoint.rcv_nxt() == 306);
}

TEST_CASE("an ACK of what was sent twice: its echo tells which of the two, and the round trip is measured "
          "(RFC 7323, 4.2 rttm, RFC 6298, 3 karn)")
{
    test::Endpoint endpoint = with_timestamps({.rto_min = 10ms, .timestamps = true});
    endpoint.send("hello");
    endpoint.wait_for_timer(); // resent
    const auto resent = endpoint.last().segment.options.timestamps();
    REQUIRE(resent);
    endpoint.wait(30ms);
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK><TS=1001," + std::to_string(resent->value) + ">");
    CHECK(endpoint.connection.rto().srtt() == 30ms); // of the second copy, not of the first
    CHECK(endpoint.connection.rto().rto() == 90ms);
}

TEST_CASE("the host's offset: added to the clock in TSval (RFC 7323, 7.1 random)")
{
    test::Endpoint endpoint(stamped);
    endpoint.connection.timestamp_offset = 7'000'000;
    endpoint.open();
    CHECK(endpoint.sends_with_options() == "<SEQ=100><CTL=SYN><MSS=1460><TS=7000000,0>");
}
