// RFC 2018. TCP Selective Acknowledgment Options.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"
#include "support/text.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr ConnectionOptions selective{.sack = true};
constexpr ConnectionOptions reno_with_sack{.initial_window = 10, .congestion = CongestionControl::reno, .sack = true};

test::Endpoint with_sack(const ConnectionOptions& options = selective)
{
    return test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=100><SACKOK>", options);
}

/// Ten segments of 100 octets are in flight: 101, 201, ... 1001.
test::Endpoint with_ten_in_flight(const ConnectionOptions& options = reno_with_sack)
{
    test::Endpoint endpoint = with_sack(options);
    endpoint.send(std::string(1000, 'x'));
    endpoint.sends();
    return endpoint;
}

} // namespace

TEST_CASE("both SYNs permit it: a hole is told by SACK, the block that came last in front (RFC 2018, 4)")
{
    test::Endpoint endpoint = with_sack();
    endpoint.gets("<SEQ=311><ACK=101><DATA=10><CTL=ACK>");
    CHECK(endpoint.sends_with_options() == "<SEQ=101><ACK=301><CTL=ACK><SACK=311-321>");
    endpoint.gets("<SEQ=331><ACK=101><DATA=10><CTL=ACK>");
    CHECK(endpoint.sends_with_options() == "<SEQ=101><ACK=301><CTL=ACK><SACK=331-341,311-321>");
    endpoint.gets("<SEQ=321><ACK=101><DATA=5><CTL=ACK>");
    CHECK(endpoint.sends_with_options() == "<SEQ=101><ACK=301><CTL=ACK><SACK=311-326,331-341>");
    endpoint.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    CHECK(endpoint.sends_with_options() == "<SEQ=101><ACK=326><CTL=ACK><SACK=331-341>");
    endpoint.gets("<SEQ=326><ACK=101><DATA=5><CTL=ACK>");
    CHECK(endpoint.sends_with_options() == "<SEQ=101><ACK=341><CTL=ACK>");
}

TEST_CASE("five blocks: the latest four are told, three beside timestamps (RFC 2018, 3)")
{
    test::Endpoint endpoint = with_sack();
    for (const char* const at : {"311", "331", "351", "371", "391"})
        endpoint.gets("<SEQ=" + std::string(at) + "><ACK=101><DATA=10><CTL=ACK>");
    CHECK(endpoint.sends_with_options().ends_with("<SACK=391-401,371-381,351-361,331-341>"));

    test::Endpoint stamped =
        test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><SACKOK><TS=1,0>", {.timestamps = true, .sack = true});
    for (const char* const at : {"311", "331", "351", "371"})
        stamped.gets("<SEQ=" + std::string(at) + "><ACK=101><DATA=10><CTL=ACK><TS=1,0>");
    CHECK(stamped.sends_with_options().ends_with("<TS=0,1><SACK=371-381,351-361,331-341>"));
}

TEST_CASE("the peer did not permit it: no SACK (RFC 2018, 2)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK>", selective);
    endpoint.gets("<SEQ=311><ACK=101><DATA=10><CTL=ACK>");
    CHECK(endpoint.sends_with_options() == "<SEQ=101><ACK=301><CTL=ACK>");
}

TEST_CASE("the retransmission timer expires: only up to what the peer holds is resent (RFC 2018, 5)")
{
    test::Endpoint endpoint = with_ten_in_flight({.sack = true});
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=151-1101>");
    CHECK(endpoint.sends().empty()); // without congestion control there is no fast retransmit
    endpoint.wait_for_timer();
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=50><CTL=ACK>");
}

TEST_CASE("two holes: fast recovery fills both, and nothing else is resent (RFC 2018, 5)")
{
    test::Endpoint endpoint = with_ten_in_flight();
    // 101 and 501 were lost.
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=201-301>");
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=201-401>");
    CHECK(endpoint.sends().empty());
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=201-501>");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=100><CTL=ACK>");
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=601-701,201-501>");
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=601-801,201-501>");
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=601-1001,201-501>");
    CHECK(endpoint.sends() == "<SEQ=501><ACK=301><DATA=100><CTL=ACK>");
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=601-1101,201-501>");
    endpoint.gets("<SEQ=301><ACK=501><CTL=ACK><SACK=601-1101>");
    CHECK(endpoint.sends().empty());
    endpoint.gets("<SEQ=301><ACK=1101><CTL=ACK>");
    CHECK(endpoint.connection.recovery().phase() == Recovery::Phase::none);
    CHECK(endpoint.connection.recovery().sacked().empty());
}

TEST_CASE("the first duplicate ACK with a block: one new segment, for the one that has left the network (RFC 2018, 5)")
{
    test::Endpoint endpoint = with_ten_in_flight();
    endpoint.send(std::string(1000, 'x'));
    CHECK(endpoint.sends().empty());
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=201-301>");
    CHECK(endpoint.sends() == "<SEQ=1101><ACK=301><DATA=100><CTL=ACK>");
}

TEST_CASE("the peer drops what it had told: after a timeout it is resent all the same (RFC 2018, 8)")
{
    test::Endpoint endpoint = with_ten_in_flight();
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=201-1101>");
    endpoint.gets("<SEQ=301><ACK=201><CTL=ACK>"); // and no block: it has forgotten them
    endpoint.sends();
    endpoint.wait_for_timer();
    CHECK(endpoint.sends() == "<SEQ=201><ACK=301><DATA=100><CTL=ACK>");
}

TEST_CASE("blocks of what was never sent, or of nothing: they tell nothing")
{
    test::Endpoint endpoint = with_ten_in_flight();
    for (const char* const block : {"1101-1201", "1001-1102", "50-90", "301-301", "401-301"})
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=" + std::string(block) + ">");
    CHECK(endpoint.connection.recovery().sacked().empty());
}
