#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "tcpsm/scenario/simulation.hpp"

using namespace tcpsm;

namespace {

const std::string world = R"(
msl: 30s
network: { delay: 50ms }
hosts: { client: { iss: 100 }, server: { iss: 300 } }
steps:
  - { at: 0s, server: listen 80 }
  - { at: 1s, client: connect server:80 }
  - { at: 2s, client: send 1000 }
  - { when: server has received 1000, client: close }
  - { when: server is CLOSE-WAIT, server: close }
)";

/// What check() says of the world above and more; empty where all is as expected.
std::string judged(const std::string& more)
{
    auto read = read_scenario(world + more, "t.yaml");
    if (const auto* const error = std::get_if<ScenarioError>(&read)) FAIL(error->message());
    const auto& scenario = std::get<Scenario>(read);
    Simulation simulation(scenario);
    simulation.run();
    std::string all;
    for (const Failure& failure : check(scenario, simulation)) all += failure.found + '\n';
    return all;
}

std::string expected(const std::string& expectation)
{
    return judged("expect:\n  - " + expectation + '\n');
}

} // namespace

TEST_CASE("states: all of them, in order, or it is no match")
{
    const std::string all = "[CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED]";
    CHECK(expected("client: " + all) == "");
    CHECK(expected("client: [CLOSED, SYN-SENT, ESTABLISHED]") == all + '\n');
    CHECK(expected("client: [CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, TIME-WAIT, CLOSED]") == all + '\n');
    CHECK(expected("server: [LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED]") ==
          "[CLOSED, LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED]\n");
    CHECK(expected("server#1: [LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED]") == "");
    CHECK(expected("client#2: [CLOSED]") == "no connection\n");
}

TEST_CASE("a segment: each field that is given must be so")
{
    const std::string data = "segment: { name: client.3, ";
    CHECK(expected(data + "flags: ACK, seq: 101, ack: 301, len: 1000, wnd: 65535, from: client, because: SEND, "
                          "fate: delivered, sent: 2s, arrives: 2.05s }") == "");
    CHECK(expected(data + "flags: ACK PSH }") == "");
    CHECK(expected("segment: { name: client.2, flags: ACK PSH }") == "flags ACK\n");
    CHECK(expected(data + "flags: FIN }") == "flags ACK\n");
    CHECK(expected(data + "seq: 100 }") == "seq 101\n");
    CHECK(expected(data + "ack: 300 }") == "ack 301\n");
    CHECK(expected("segment: { name: client.1, ack: 0 }") == "no ack\n");
    CHECK(expected(data + "len: 999 }") == "len 1000\n");
    CHECK(expected(data + "wnd: 0 }") == "wnd 65535\n");
    CHECK(expected(data + "from: server }") == "from client\n");
    CHECK(expected(data + "because: CLOSE }") == "because SEND\n");
    CHECK(expected(data + "fate: lost }") == "fate delivered\n");
    CHECK(expected(data + "check: RST bit }") == "no check\n");
    CHECK(expected(data + "sent: 2.000000001s }") == "sent 2 s\n");
    CHECK(expected(data + "arrives: 2.049999999s }") == "arrives 2.05 s\n");
    CHECK(expected(data + "seq: 100, len: 999 }") == "seq 101, len 1000\n");
    CHECK(expected("segment: { name: client.99, seq: 1 }") == "no segment of that name\n");
}

TEST_CASE("segments: how many there are, of all and of a kind")
{
    CHECK(expected("segments: 9") == "");
    CHECK(expected("segments: 8") == "9\n");
    CHECK(expected("segments: { from: client, count: 5 }") == "");
    CHECK(expected("segments: { flags: FIN ACK, count: 2 }") == "");
    CHECK(expected("segments: { flags: RST, count: 1 }") == "0\n");
}

TEST_CASE("calls: what they answered, and of a connect what came of it")
{
    CHECK(expected("call: { host: client, call: connect, result: ok }") == "");
    CHECK(expected("call: { host: client, call: connect, result: connection_refused }") == "ok\n");
    CHECK(expected("call: { host: client, call: connect, result: ok, returns: 1.1s }") == "");
    CHECK(expected("call: { host: client, call: connect, result: ok, returns: 1s }") == "it returned at 1.1 s\n");
    CHECK(expected("call: { host: client, call: send, result: ok, returns: 2s }") == "");
    CHECK(expected("call: { host: client, call: send, nth: 2, result: ok }") == "only 1 such calls\n");
    CHECK(expected("call: { host: client, call: abort, result: ok }") == "no such call\n");
    CHECK(judged("faults:\n  - lose: every segment from server\nexpect:\n"
                 "  - call: { host: client, call: connect, result: timed_out }\n")
              .find("the step never fired") == 0);
}

TEST_CASE("a connect that is still going on: operation_in_progress")
{
    CHECK(judged("until: 1.5s\nfaults:\n  - lose: client.1\nexpect:\n"
                 "  - call: { host: client, call: connect, result: ok }\n")
              .find("operation_in_progress\n") == 0);
}

TEST_CASE("octets: so many, and the very ones that were sent")
{
    CHECK(expected("delivered: { server: 1000, client: 0 }") == "");
    CHECK(expected("delivered: { server: 999 }") == "1000 octets\n");
    CHECK(judged("  - { at: 1.96s, client: 'inject <SEQ=101><ACK=301><DATA=1><CTL=ACK>' }\n"
                 "expect:\n  - delivered: { server: 1000 }\n") == "1000 octets, and number 0 is not what was sent\n");
}

TEST_CASE("moments: exact to the nanosecond")
{
    CHECK(expected("at: { time: 62.149999999s, client: TIME-WAIT, server: CLOSED }") == "");
    CHECK(expected("at: { time: 62.15s, client: CLOSED }") == "");
    CHECK(expected("at: { time: 62.15s, client: TIME-WAIT }") == "client is CLOSED\n");
    CHECK(expected("at: { time: 0s, client: CLOSED, server: LISTEN }") == "");
    CHECK(expected("at: { time: 1.1s, server: SYN-RECEIVED }") == "");
    CHECK(expected("at: { time: 1.1s, server#2: CLOSED }") == "");
    CHECK(expected("enters: { time: 62.15s, client: CLOSED }") == "");
    CHECK(expected("enters: { time: 62.150000001s, client: CLOSED }") == "client enters CLOSED at 62.15 s\n");
    CHECK(expected("enters: { time: 1s, client: CLOSING }") == "client never enters CLOSING\n");
    CHECK(expected("enters: { time: 0s, server: LISTEN }") == "");
}

TEST_CASE("R1 is reached and then an ACK comes: told is what ended the connection, and nothing did")
{
    // Four losses: the user is told at the third repeat that the peer does not answer.
    const std::string losses =
        "faults: [{ lose: client.3 }, { lose: client.4 }, { lose: client.5 }, { lose: client.6 }]\n";
    CHECK(judged(losses + "expect:\n  - told: { client: ok }\n") == "");
    CHECK(judged(losses + "expect:\n  - told: { client: timed_out }\n") == "client was told ok\n");
}

TEST_CASE("connections, states that never come, and what users are told")
{
    CHECK(expected("connections: { client: 1, server: 1 }") == "");
    CHECK(expected("connections: { server: 2 }") == "server had 1\n");
    CHECK(expected("never: { client: CLOSING }") == "");
    CHECK(expected("never: { client: FIN-WAIT-2 }") ==
          "[CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED]\n");
    CHECK(expected("told: { client: ok, server: ok }") == "");
    CHECK(expected("told: { client: connection_reset }") == "client was told ok\n");
}

TEST_CASE("a fault that never applied: a failure at its place")
{
    const auto read = read_scenario(world + "faults:\n  - lose: client.99\n", "t.yaml");
    const auto& scenario = std::get<Scenario>(read);
    Simulation simulation(scenario);
    simulation.run();
    const auto failures = check(scenario, simulation);
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].place == Place{12, 5});
    CHECK(failures[0].expectation == "lose: client.99");
    CHECK(failures[0].found == "the fault never applied");
}

TEST_CASE("a step that never fired: a failure at its place")
{
    CHECK(judged("  - { when: client is CLOSING, client: abort }\n") ==
          "the step never fired: its condition never held\n");
    CHECK(judged("  - { at: 200min, client: abort }\n") == "the step never fired: the run ended before\n");
}

TEST_CASE("a segment that could not be injected, because nobody has been connected: a failure")
{
    CHECK(judged("  - { at: 0.5s, client: inject <SEQ=1><CTL=RST> }\n") ==
          "nothing was injected: there was no connection to take it from\n");
}

TEST_CASE("failures come in the order of the file, with their places")
{
    const auto read = read_scenario(world + "expect:\n  - segments: 1\n  - segments: 9\n  - segments: 2\n", "t.yaml");
    const auto& scenario = std::get<Scenario>(read);
    Simulation simulation(scenario);
    simulation.run();
    const auto failures = check(scenario, simulation);
    REQUIRE(failures.size() == 2);
    CHECK(failures[0].place == Place{12, 5});
    CHECK(failures[0].expectation == "segments: 1");
    CHECK(failures[1].place == Place{14, 5});
}
