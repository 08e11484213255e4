// RFC 9293, 3.8.3. TCP Connection Failures, R1; 3.9.2.2. Processing of ICMP Messages; 3.9.1.8. Asynchronous Reports.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

/// ICMP speaks; what the user is told of it.
std::string icmp(test::Endpoint& endpoint, IcmpError error)
{
    Output out;
    endpoint.connection.icmp(error, endpoint.now(), out);
    std::string told;
    for (const Report& report : out.reports)
        if (report.kind == ReportKind::signal) told += sentence(report.error);
    return told;
}

constexpr std::string_view unreachable = "the peer cannot be reached, says ICMP";

} // namespace

TEST_CASE("the third retransmission: the user is told that the peer does not answer, and nothing ends "
          "(MUST-20 R1, SHLD-9, SHLD-10, MUST-47)")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.send("hello");
    endpoint.wait_for_timer();
    endpoint.wait_for_timer();
    CHECK(endpoint.tells().empty());
    endpoint.wait_for_timer();
    CHECK(endpoint.tells() == "the peer does not answer: retransmitted R1 times");
    CHECK(endpoint.state() == "ESTABLISHED");
    endpoint.wait_for_timer();
    CHECK(endpoint.tells().empty());
}

TEST_CASE("soft errors switched off: the user is not told of R1 (SHLD-20)")
{
    test::Endpoint endpoint = test::in(State::Established, {.soft_errors = false});
    endpoint.send("hello");
    for (int i = 0; i < 4; ++i) endpoint.wait_for_timer();
    CHECK(endpoint.tells().empty());
}

TEST_CASE("ICMP unreachable, codes 0, 1 and 5, time exceeded, parameter problem: the user is told, nothing ends "
          "(MUST-54, MUST-56, SHLD-25)")
{
    for (const State state : {State::SynSent, State::Established}) {
        for (const IcmpError error :
             {IcmpError::net_unreachable, IcmpError::host_unreachable, IcmpError::source_route_failed,
              IcmpError::time_exceeded, IcmpError::parameter_problem}) {
            test::Endpoint endpoint = test::in(state);
            CHECK(icmp(endpoint, error) == unreachable);
            CHECK(endpoint.state() == name(state));
        }
    }
}

TEST_CASE("ICMP unreachable, codes 2 to 4: the connection is over (SHLD-26)")
{
    for (const State state : {State::SynSent, State::Established, State::LastAck}) {
        for (const IcmpError error :
             {IcmpError::protocol_unreachable, IcmpError::port_unreachable, IcmpError::fragmentation_needed}) {
            test::Endpoint endpoint = test::in(state);
            CHECK(icmp(endpoint, error) == unreachable);
            CHECK(endpoint.state() == "CLOSED");
            CHECK(endpoint.send("x").error == std::errc::host_unreachable);
        }
    }
}

TEST_CASE("ICMP source quench: ignored (MUST-55)")
{
    test::Endpoint endpoint = test::in(State::Established);
    CHECK(icmp(endpoint, IcmpError::source_quench).empty());
    CHECK(endpoint.state() == "ESTABLISHED");
}
