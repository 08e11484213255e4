// Deciding a claim by a run: the verdict, its evidence, and files that decide nothing.

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "tcpsm/scenario/simulation.hpp"

using namespace tcpsm;

namespace {

/// A handshake, a SEND that finds no peer's FIN, and a teardown; the client is ESTABLISHED at 1.1 s.
Scenario with_claim(const std::string& verdict, const std::string& if_true, const std::string& if_false)
{
    const std::string text = R"(hosts: { client: { iss: 100 }, server: { iss: 300 } }
network: { delay: 50ms }
msl: 30s
steps:
  - { at: 0s, server: listen 80 }
  - { at: 1s, client: connect server:80 }
  - { at: 2s, client: send 10 }
  - { at: 3s, client: close }
  - { when: server is CLOSE-WAIT, server: close }
claim:
  says: a
  says_zh: b
  verdict: )" + verdict + R"(
  answer: c
  answer_zh: d
  source: e
  if_true: )" + if_true + R"(
  if_false: )" + if_false + "\n";
    auto result = read_scenario(text, "claim.yaml");
    if (const auto* const error = std::get_if<ScenarioError>(&result)) FAIL(error->message());
    return std::get<Scenario>(result);
}

struct Run {
    Scenario scenario;
    Simulation simulation{scenario};
    Decision decision;

    Run(const std::string& verdict, const std::string& if_true, const std::string& if_false)
        : scenario(with_claim(verdict, if_true, if_false))
    {
        simulation.run();
        decision = decide(*scenario.claim, simulation);
    }
    [[nodiscard]] const Record& record(std::size_t evidence = 0) const
    {
        REQUIRE(decision.evidence.size() > evidence);
        REQUIRE(decision.evidence[evidence].record);
        return simulation.network.history().records()[*decision.evidence[evidence].record];
    }
};

const std::string so = "[{ never: { client: CLOSING } }]";
const std::string not_so = "[{ never: { client: TIME-WAIT } }]";

} // namespace

TEST_CASE("a claim whose first list holds: true, whose second does: false, where the file allows both: it depends")
{
    CHECK(Run("true", so, not_so).decision.verdict == Claim::Verdict::is_true);
    CHECK(Run("false", not_so, so).decision.verdict == Claim::Verdict::is_false);
    CHECK(Run("depends", so, so).decision.verdict == Claim::Verdict::depends);
    CHECK(Run("depends", so, not_so).decision.verdict == Claim::Verdict::is_true);
}

TEST_CASE("a claim that says true where the run says false: false, and check() finds it")
{
    const Run run("true", not_so, so);
    CHECK(run.decision.verdict == Claim::Verdict::is_false);
    const std::vector<Failure> failures = check(run.scenario, run.simulation);
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].place.line == 13);
    CHECK(failures[0].expectation == "verdict: true");
    CHECK(failures[0].found == "false");
}

TEST_CASE("a list of which one expectation is not so: it does not hold")
{
    const Run run("true", "[{ never: { client: CLOSING } }, { never: { client: TIME-WAIT } }]", so);
    CHECK(run.decision.verdict == Claim::Verdict::is_false);
}

TEST_CASE("neither list of a claim holds: undecided, and each expectation that is not so is told with its place")
{
    const Run run("true", not_so, "[{ connections: { client: 2 } }]");
    CHECK(run.decision.verdict == Claim::Verdict::undecided);
    CHECK(run.decision.evidence.empty());
    REQUIRE(run.decision.failures.size() == 2);
    CHECK(run.decision.failures[0].place.line == 17);
    CHECK(run.decision.failures[0].expectation == "never: { client: TIME-WAIT }");
    CHECK(run.decision.failures[1].place.line == 18);
    CHECK(run.decision.failures[1].found == "client had 1");
    CHECK(check(run.scenario, run.simulation).size() == 3);
}

TEST_CASE("both lists of a claim hold, and the file does not say that it depends: undecided, and both are told")
{
    const Run run("true", so, "[{ connections: { client: 1 } }]");
    CHECK(run.decision.verdict == Claim::Verdict::undecided);
    REQUIRE(run.decision.failures.size() == 1);
    CHECK(run.decision.failures[0].place.line == 17);
    CHECK(run.decision.failures[0].found == "it is so, and so is connections: { client: 1 }");
}

TEST_CASE("the evidence of a state at a moment: the change that led to it")
{
    const Run run("true", "[{ at: { time: 2.5s, client: ESTABLISHED } }]", not_so);
    CHECK(run.record().kind == RecordKind::state);
    CHECK(run.record().to == State::Established);
    CHECK(run.decision.evidence[0].time == Time{} + 1100ms);
    CHECK(run.decision.evidence[0].place.line == 17);
}

TEST_CASE("the evidence of a state that is entered, of all states, and of a connection: the change that did it")
{
    const Run enters("true", "[{ enters: { time: 3.15s, server: CLOSED } }]", not_so);
    CHECK(enters.record().to == State::Closed);
    CHECK(enters.record().host == 1);
    const Run states("true", "[client: [CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED]]",
                     not_so);
    CHECK(states.record().from == State::TimeWait);
    const Run connections("true", "[{ connections: { server: 1 } }]", not_so);
    CHECK(connections.record().time == Time{} + 1050ms);
}

TEST_CASE("the evidence of a segment: where it left, of its fate or its check: where it ended")
{
    const Run left("true", "[{ segment: { name: client.3, len: 10 } }]", not_so);
    CHECK(left.record().kind == RecordKind::sent);
    CHECK(left.record().time == Time{} + 2s);
    const Run arrived("true", "[{ segment: { name: client.3, fate: delivered } }]", not_so);
    CHECK(arrived.record().kind == RecordKind::arrived);
    CHECK(arrived.record().time == Time{} + 2050ms);
    const Run counted("true", "[{ segments: { from: server, flags: FIN ACK, count: 1 } }]", not_so);
    CHECK(counted.record().kind == RecordKind::sent);
    CHECK(counted.record().time == Time{} + 3050ms);
}

TEST_CASE("the evidence of a call: the call, of a connect: where its user was told, of a delivery: its last octets")
{
    const Run call("true", "[{ call: { host: client, call: close, result: ok } }]", not_so);
    CHECK(call.record().kind == RecordKind::call);
    CHECK(call.record().time == Time{} + 3s);
    const Run connect("true", "[{ call: { host: client, call: connect, result: ok } }]", not_so);
    CHECK(connect.record().kind == RecordKind::state);
    CHECK(connect.record().time == Time{} + 1100ms);
    const Run delivered("true", "[{ delivered: { server: 10 } }]", not_so);
    CHECK(delivered.record().kind == RecordKind::deliver);
    CHECK(delivered.record().count == 10);
}

TEST_CASE("the evidence of a list: its first expectation that a record decides")
{
    const Run run("true", "[{ never: { client: CLOSING } }, { enters: { time: 3.1s, client: FIN-WAIT-2 } }]", not_so);
    CHECK(run.record().to == State::FinWait2);
    CHECK(run.decision.evidence[0].expectation == "enters: { time: 3.1s, client: FIN-WAIT-2 }");
}

TEST_CASE("the evidence where nothing had to happen: none, and the end of the run")
{
    const Run run("true", so, not_so);
    REQUIRE(run.decision.evidence.size() == 1);
    CHECK_FALSE(run.decision.evidence[0].record);
    CHECK(run.decision.evidence[0].time == Time{} + 63100ms);
    CHECK(run.decision.evidence[0].expectation == "never: { client: CLOSING }");
    CHECK(run.decision.evidence[0].found ==
          "[CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED]");
}

TEST_CASE("a claim that is written to a file: the same claim again, without expectations, none")
{
    const Scenario scenario = with_claim("depends", "[{ at: { time: 1s, client: CLOSED, server: LISTEN } }]", so);
    const std::string text = write_scenario(scenario);
    CHECK(text.ends_with(R"(claim:
  says: a
  says_zh: b
  verdict: depends
  answer: c
  answer_zh: d
  source: e
  if_true:
    - at: { time: 1s, client: CLOSED, server: LISTEN }
  if_false:
    - never: { client: CLOSING }
)"));
    const auto again = read_scenario(text, "again.yaml");
    REQUIRE(std::holds_alternative<Scenario>(again));
    REQUIRE(std::get<Scenario>(again).claim);
    CHECK(std::get<Scenario>(again).claim->if_true.size() == 2);
    CHECK(write_scenario(std::get<Scenario>(again)) == text);
    CHECK(write_scenario(scenario, {.expectations = false}).find("claim") == std::string::npos);
}
