// `workloads:` and what is expected of many connections.

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "scenario/read.hpp"
#include "tcpsm/scenario/simulation.hpp"

using namespace tcpsm;
using test::read;
using namespace std::chrono_literals;

namespace {

const std::string plain_hosts = "hosts: { client: {}, other: {}, server: {} }\n";

std::string error_of(const std::string& text)
{
    const auto result = read_scenario(text, "t.yaml");
    const auto* const error = std::get_if<ScenarioError>(&result);
    return error == nullptr ? "" : error->message();
}

/// The error of one workload's words, without where it stands.
std::string refused_workload(const std::string& workload)
{
    const std::string error = error_of(plain_hosts + "workloads: [{ " + workload + " }]\n");
    return error.substr(std::min(error.find(": ") + 2, error.size()));
}

std::vector<std::string> failures(const std::string& text)
{
    const Scenario scenario = read(text);
    Simulation simulation(scenario);
    simulation.run();
    std::vector<std::string> all;
    for (const Failure& failure : check(scenario, simulation))
        all.push_back(failure.expectation + " | " + failure.found);
    return all;
}

using Failures = std::vector<std::string>;

} // namespace

TEST_CASE("workloads: every key is read")
{
    const Scenario scenario = read(plain_hosts + R"(workloads:
  - clients: 7
    from: [client, other]
    to: server:8080
    rate: 30/min
    begins: 2s
    requests: 3
    pause: 5ms
    request: 11
    response: 12
    closes: nobody
    keep_alive: yes
    keepalive_requests: 4
    keepalive_timeout: 6s
    forgets_to_close: client
    backlog: 9
    accept_every: 10ms
    answers_after: 1ms
  - { flood: server:80, from: other, syns: 50, rate: 20 per s, begins: 1s }
)");
    REQUIRE(scenario.workloads.size() == 2);
    CHECK(scenario.workloads[0].from == std::vector<std::string>{"client", "other"});
    CHECK(scenario.workloads[0].to == "server");
    const auto w = std::get<Workload>(scenario.workloads[0].what);
    CHECK(w.port == 8080);
    CHECK(w.clients == 7);
    CHECK(w.rate == Rate{30, 1min});
    CHECK(w.begins == Time{} + 2s);
    CHECK(w.requests == 3);
    CHECK(w.pause == 5ms);
    CHECK(w.request == 11);
    CHECK(w.response == 12);
    CHECK(w.closes == Side::neither);
    CHECK(w.keep_alive);
    CHECK(w.keepalive_requests == 4);
    CHECK(w.keepalive_timeout == 6s);
    CHECK(w.forgets == Side::client);
    CHECK(w.backlog == 9);
    CHECK(w.accept_every == 10ms);
    CHECK(w.answers_after == 1ms);
    const auto flood = std::get<Flood>(scenario.workloads[1].what);
    CHECK(flood.syns == 50);
    CHECK(flood.rate == Rate{20, 1s});
    CHECK(flood.begins == Time{} + 1s);
}

TEST_CASE("workloads, written: the same text again")
{
    const std::string text =
        R"(tcpsm: 1
recording: states
memory: 500MB
network:
  nat:
    - { box: other, behind: [client] }
hosts:
  client: { ip_local_port_range: 4000 4100 }
  other: {}
  server: {}
workloads:
  - { clients: 7, from: [client, other], to: server:80, rate: 30/min, begins: 2s, requests: 3, pause: 5ms, )"
        R"(request: 11, )"
        R"(response: 12, keep_alive: yes, closes: nobody, forgets_to_close: client, )"
        R"(keepalive_requests: 4, keepalive_timeout: 6s, backlog: 9, accept_every: 10ms, answers_after: 1ms }
  - { flood: server:80, from: other, syns: 50, rate: 20/s, begins: 1s }
expect:
  - count: { host: client, state: TIME-WAIT, at: 3s, is: 4 }
  - count: { host: client, peak: SYN-SENT, least: 2, most: 4 }
  - count: { host: client, failed: address_not_available, least: 1 }
  - count: { host: client, of: segments, most: 7 }
  - clients: { begun: 14, done: 1, failed: 2, opened: 3, answered: 4, )"
        R"(first_failure: 1s, error: timed_out, last_answer: 2s }
)";
    const std::string written = write_scenario(read(text));
    CHECK(written == write_scenario(read(written)));
    CHECK(written == text);
}

TEST_CASE("bad workloads: each error says what is wrong, and what is expected")
{
    CHECK(refused_workload("clients: 1, to: server:80") == "found no 'from', expected clients, from and to");
    CHECK(refused_workload("clients: 0, from: client, to: server:80") ==
          "found '0', expected a number from 1 to 10000000");
    CHECK(refused_workload("clients: 1, from: clint, to: server:80") ==
          "found 'clint', expected the host one of client, other, server; did you mean 'client'?");
    CHECK(refused_workload("clients: 1, from: [], to: server:80") == "found an empty list, expected at least one host");
    CHECK(refused_workload("clients: 1, from: client, to: server") ==
          "found 'server', expected HOST:PORT, such as server:80; did you mean 'server:80'?");
    CHECK(refused_workload("clients: 1, from: client, to: server:80, rate: 5") ==
          "found '5', expected a rate, such as 500/s or 10/min");
    CHECK(refused_workload("clients: 1, from: client, to: server:80, rate: 5/h") ==
          "found '5/h', expected a rate, such as 500/s or 10/min");
    CHECK(refused_workload("clients: 1, from: client, to: server:80, closes: cliente") ==
          "found 'cliente', expected one of client, server, nobody; did you mean 'client'?");
    CHECK(
        refused_workload("clients: 1, from: client, to: server:80, reqests: 4").ends_with("did you mean 'requests'?"));
    CHECK(refused_workload("flood: server:80, from: client") == "found no 'syns', expected flood, from and syns");
    CHECK(error_of(plain_hosts + "workloads: []\n").ends_with("found no workload, expected at least one"));
    CHECK(error_of(plain_hosts).ends_with("found no 'steps', expected hosts and steps"));
}

TEST_CASE("bad expectations in numbers: each error says what is wrong")
{
    const auto of = [](const std::string& expectation) {
        const std::string error =
            error_of(plain_hosts + "workloads: [{ clients: 1, from: client, to: server:80 }]\nexpect: [{ " +
                     expectation + " }]\n");
        return error.substr(std::min(error.find("found"), error.size()));
    };
    CHECK(of("count: { host: client, is: 1 }") == "found nothing to count, expected one of state, peak, failed and of");
    CHECK(of("count: { host: client, state: LISTEN, of: segments, is: 1 }") ==
          "found more than one thing to count, expected one of state, peak, failed and of");
    CHECK(of("count: { host: client, state: LISTEN }") == "found no number, expected is, or least and most");
    CHECK(of("count: { host: client, state: LISTEN, is: 1, most: 2 }") ==
          "found 'is' beside another bound, expected is, or least and most");
    CHECK(of("count: { host: client, state: CLOSED, is: 1 }") ==
          "found 'CLOSED', expected a state in which connections stand");
    CHECK(of("count: { host: client, of: segmets, is: 1 }").ends_with("did you mean 'segments'?"));
    CHECK(of("clients: { workload: 2, done: 1 }") == "found '2', expected a number from 1 to 1");
    CHECK(error_of(plain_hosts + "steps: [{ at: 1s, client: close }]\nexpect: [{ clients: { done: 1 } }]\n")
              .ends_with("found 'clients' in a scenario without any, expected 'workloads:'"));
}

TEST_CASE("a NAT box in a file: the server sees the box, a host stands in one place only")
{
    const std::string nat = "network: { delay: 10ms, nat: [{ box: other, behind: [client] }] }\n";
    CHECK(failures(plain_hosts + nat + R"(workloads: [{ clients: 1, from: client, to: server:80 }]
expect:
  - clients: { answered: 1 }
)") == Failures{});
    CHECK(error_of(plain_hosts +
                   "network: { nat: [{ box: other, behind: [client] }, { box: server, behind: [client] }] }\n" +
                   "steps: [{ at: 1s, client: close }]\n")
              .ends_with("found 'client', expected a host that is named once in 'nat'"));
}

TEST_CASE("counts that are not so: what was counted is said")
{
    const std::string text = plain_hosts + R"(msl: 1s
workloads: [{ clients: 3, from: client, to: server:80, rate: 1/s, closes: client }]
expect:
  - count: { host: client, state: TIME-WAIT, at: 1.5s, is: 5 }
  - count: { host: client, state: TIME-WAIT, at: 1.5s, is: 2 }
  - count: { host: client, peak: TIME-WAIT, most: 1 }
  - count: { host: client, of: time_waits, least: 4 }
  - count: { host: client, state: TIME-WAIT, at: 120min, is: 0 }
  - count: { host: server, failed: address_in_use, is: 1 }
  - clients: { done: 4, error: timed_out, first_failure: 1s }
)";
    CHECK(
        failures(text) ==
        Failures{"count: { host: client, state: TIME-WAIT, at: 1.5s, is: 5 } | 2",
                 "count: { host: client, peak: TIME-WAIT, most: 1 } | 3",
                 "count: { host: client, of: time_waits, least: 4 } | 3",
                 "count: { host: client, state: TIME-WAIT, at: 120min, is: 0 } | the run ended before",
                 "count: { host: server, failed: address_in_use, is: 1 } | 0",
                 "clients: { done: 4, error: timed_out, first_failure: 1s } | done 3, first_failure never, error ok"});
}

TEST_CASE("counts at a moment: after all that happens then, whatever pieces the run is made of")
{
    const Scenario scenario = read(plain_hosts + R"(workloads: [{ clients: 3, from: client, to: server:80, rate: 1/s }]
expect: [{ count: { host: client, state: SYN-SENT, at: 1s, is: 1 } }]
)");
    Simulation whole(scenario);
    whole.run();
    CHECK(check(scenario, whole).empty());
    Simulation pieces(scenario);
    for (int i = 1; i <= 50; ++i) pieces.run_until(Time{} + i * 100ms);
    CHECK(check(scenario, pieces).empty());
}

TEST_CASE("more memory than the limit: the workload is refused before it runs, with what it may need")
{
    const std::string many = "workloads: [{ clients: 5000000, from: client, to: server:80 }]\n";
    const std::string error = error_of(plain_hosts + many);
    CHECK(error.starts_with("t.yaml:2:13: found workloads that may need "));
    CHECK(error.ends_with(" GB of memory, expected at most 4.0 GB: fewer clients or requests, or 'recording: counts'; "
                          "'memory:' sets the limit"));
    CHECK(error_of("memory: 100GB\n" + plain_hosts + many).empty());
    CHECK(error_of("memory: 4\n" + plain_hosts + many).ends_with("found '4', expected a size, such as 500MB or 4GB"));

    Scenario counted =
        read("recording: counts\n" + plain_hosts + "workloads: [{ clients: 1000000, from: client, to: server:80 }]\n");
    const auto refused = apply({.recording = Recording::everything}, counted);
    REQUIRE(refused);
    CHECK(refused->found.starts_with("workloads that may need "));
}

TEST_CASE("what a workload needs: no less than it takes when it has run")
{
    for (const Recording level : {Recording::counts, Recording::states, Recording::everything}) {
        Scenario scenario =
            read(plain_hosts + "until: 20s\nworkloads:\n"
                               "  - { clients: 2000, from: client, to: server:80, rate: 1000/s, requests: 3 }\n");
        scenario.recording = level;
        Simulation simulation(scenario);
        simulation.run();
        const History& history = simulation.network.history();
        std::uint64_t octets = 0;
        for (std::size_t i = 0; i < history.segments().size(); ++i) octets += history.segments()[i].segment.text_len;
        const std::uint64_t taken = simulation.network.memory() + history.records().size() * sizeof(Record) +
                                    history.segments().size() * sizeof(SentSegment) + 2 * octets;
        CAPTURE(static_cast<int>(level));
        CAPTURE(taken);
        CHECK(memory_needed(scenario, scenario.workloads[0]) > taken);
        CHECK(memory_needed(scenario, scenario.workloads[0]) < 6 * taken);
    }
}
