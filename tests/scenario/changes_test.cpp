// What is changed for everybody while it runs: docs/decisions/0012.

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "scenario/read.hpp"
#include "support/transcript.hpp"
#include "tcpsm/scenario/simulation.hpp"

using namespace tcpsm;
using test::read;

namespace {

/// A connection that opens at 1 s, sends at 2, 3 and 4 s, and that the client closes at 5 s.
Scenario life(const std::string& changes, const std::string& hosts = "client: { iss: 100 }, server: { iss: 300 }",
              const std::string& switches = "network: { delay: 50ms }\n")
{
    return read(switches + "hosts: { " + hosts + " }\n" + R"(
steps:
  - { at: 0s, server: listen 80 }
  - { at: 1s, client: connect server:80 }
  - { at: 2s, client: send 100 }
  - { at: 3s, client: send 100 }
  - { at: 4s, client: send 100 }
  - { at: 5s, client: close }
  - { when: server is CLOSE-WAIT, server: close }
)" + (changes.empty() ? "" : "changes: [" + changes + "]\n"));
}

Simulation run(const Scenario& scenario)
{
    Simulation simulation(scenario);
    simulation.run();
    return simulation;
}

/// How long a segment was on its way.
Duration on_its_way(const Simulation& simulation, std::string_view segment)
{
    const History& history = simulation.network.history();
    const Trace trace(history);
    const std::size_t index = trace.find(segment).value();
    return trace.outcome(index).time - history.segments()[index].sent;
}

/// How long the client's first connection was in TIME-WAIT.
Duration time_wait(const Simulation& simulation)
{
    const History& history = simulation.network.history();
    Time entered{};
    for (std::size_t i = 0; i < history.records().size(); ++i) {
        const Record& record = history.records()[i];
        if (record.kind != RecordKind::state || record.host != 0) continue;
        if (record.to == State::TimeWait) entered = record.time;
        if (record.from == State::TimeWait) return record.time - entered;
    }
    return {};
}

int lost(const Simulation& simulation, Time from, Time until)
{
    int count = 0;
    const History& history = simulation.network.history();
    for (std::size_t i = 0; i < history.records().size(); ++i) {
        const Record& record = history.records()[i];
        if (record.kind == RecordKind::lost && record.time >= from && record.time < until) ++count;
    }
    return count;
}

/// What a run's transcript says of the time before a moment: what a change at that moment must leave alone.
std::string before(const Simulation& simulation, Time time)
{
    const History& history = simulation.network.history();
    std::istringstream lines(test::transcript(history));
    std::string all;
    std::size_t segments = 0;
    std::size_t records = 0;
    for (std::string line; std::getline(lines, line);) {
        const bool later = line.starts_with("segment ")  ? history.segments()[segments++].sent >= time
                           : line.starts_with("record ") ? history.records()[records++].time >= time
                                                         : false;
        if (!later) all += line + '\n';
    }
    return all;
}

} // namespace

// ---- delay ----------------------------------------------------------------------------------------------------------

TEST_CASE("delay: segments that leave from then on, on every link, and what is in flight keeps its time")
{
    const Simulation simulation =
        run(life("{ at: 2.01s, delay: 200ms }, { at: 4s, delay: 1ms }",
                 "client: , server: ", "network: { links: [{ from: client, to: server, delay: 50ms }] }\n"));
    CHECK(on_its_way(simulation, "client.3") == 50ms);
    CHECK(on_its_way(simulation, "server.2") == 200ms); // its ACK
    CHECK(on_its_way(simulation, "client.4") == 200ms);
    CHECK(on_its_way(simulation, "client.5") == 1ms); // a change comes before the steps of its moment
    CHECK(on_its_way(simulation, "server.4") == 1ms);
}

TEST_CASE("delay, where the link is cut and mended: the new delay holds")
{
    Network net({.delay = 10ms});
    const Host a = net.host("A"), b = net.host("B");
    net.cut(a, b);
    net.set_delay(30ms);
    net.mend(a, b);
    b.listen(80);
    a.connect(b, 80);
    net.run();
    CHECK(Trace(net.history()).outcome(0).time == Time{} + 30ms);
}

// ---- loss -----------------------------------------------------------------------------------------------------------

TEST_CASE("loss: from then on, in place of the earlier one, until 0% ends it")
{
    const Simulation simulation =
        run(life("{ at: 2s, loss: 100% }, { at: 2.5s, loss: 0% }, { at: 3s, loss: 100% }, { at: 3.5s, loss: 0% }"));
    CHECK(lost(simulation, Time{}, Time{} + 2s) == 0);
    CHECK(lost(simulation, Time{} + 2s, Time{} + 2500ms) == 1);
    CHECK(lost(simulation, Time{} + 2500ms, Time{} + 3s) == 0);
    CHECK(lost(simulation, Time{} + 3s, Time{} + 3500ms) >= 1);
    CHECK(lost(simulation, Time{} + 3500ms, never) == 0);
}

TEST_CASE("loss by chance: about as many as were asked for, the same with the same seed")
{
    Scenario scenario = life("{ at: 1.5s, loss: 30% }");
    scenario.steps.resize(2);
    for (int i = 0; i < 200; ++i) {
        Step send;
        send.moment = Time{} + 2s + i * 1s;
        send.host = {"client", 0};
        send.action.verb = Call::send;
        send.action.octets = 10;
        scenario.steps.push_back(send);
    }
    const Simulation simulation = run(scenario);
    const auto sent = static_cast<int>(simulation.network.history().segments().size());
    const int some = lost(simulation, Time{}, never);
    CHECK(some > sent * 20 / 100);
    CHECK(some < sent * 40 / 100);
    CHECK(test::transcript(run(scenario).network.history()) == test::transcript(simulation.network.history()));
    scenario.seed = 2;
    CHECK(test::transcript(run(scenario).network.history()) != test::transcript(simulation.network.history()));
}

TEST_CASE("loss beside a fault by chance: the fault's luck is as it was")
{
    const std::string fault = "network: { delay: 50ms }\nfaults: [{ lose: 50% of segments from server }]\n";
    const auto outcomes = [](const Simulation& simulation) {
        std::vector<Fate> all;
        const Trace trace(simulation.network.history());
        for (const char* const name : {"server.1", "server.2", "server.3", "server.4", "server.5"})
            if (const auto index = trace.find(name)) all.push_back(trace.outcome(*index).fate);
        return all;
    };
    const std::string hosts = "client: { iss: 100 }, server: { iss: 300 }";
    CHECK(outcomes(run(life("{ at: 0s, loss: 0.0001% }", hosts, fault))) == outcomes(run(life("", hosts, fault))));
}

// ---- MSL and profile ------------------------------------------------------------------------------------------------

TEST_CASE("msl: every host, and a connection that exists waits so long when it enters TIME-WAIT")
{
    CHECK(time_wait(run(life(""))) == 240s);
    CHECK(time_wait(run(life("{ at: 3s, msl: 10s }"))) == 20s);
    CHECK(time_wait(run(life("{ at: 3s, msl: 10s }", "client: { msl: 40s }, server: "))) == 20s);
    CHECK(time_wait(run(life("{ at: 3s, msl: 10s }, { at: 2s, msl: 20s }"))) == 20s); // by time, not in file order
    CHECK(time_wait(run(life("{ at: 3s, msl: 20s }, { at: 3s, msl: 10s }"))) == 20s); // at one moment the later one
}

TEST_CASE("msl, while 2 MSL runs: the timer runs on, and the next one is as long as was changed")
{
    CHECK(time_wait(run(life("{ at: 6s, msl: 10s }"))) == 240s);
    Scenario scenario = life("{ at: 5.5s, msl: 10s }");
    Fault lose; // the last ACK: the server repeats its FIN, which starts 2 MSL again
    lose.segment.name = "client.7";
    scenario.faults.push_back(lose);
    CHECK(time_wait(run(scenario)) == 20s + 1s);
}

TEST_CASE("msl, where the profile fixes TIME-WAIT: it does not apply, and the scenario says so")
{
    const Scenario scenario = life("{ at: 3s, msl: 10s }", "client: , server: { time_wait: 5s }",
                                   "profile: linux\nnetwork: { delay: 50ms }\n");
    CHECK(time_wait(run(scenario)) == 60s);
    CHECK(scenario.remarks() ==
          std::vector<std::string>{"msl does not apply to client: the profile linux fixes TIME-WAIT at 60 s; time_wait "
                                   "changes it"});
    CHECK(life("{ at: 3s, msl: 10s }").remarks().empty());
}

TEST_CASE("profile: TIME-WAIT of a connection that exists, under what the scenario and the host set")
{
    CHECK(time_wait(run(life("{ at: 3s, profile: linux }"))) == 60s);
    CHECK(time_wait(run(life("{ at: 3s, profile: linux }", "client: { profile: rfc9293 }, server: "))) == 60s);
    CHECK(time_wait(run(life("{ at: 3s, profile: linux }", "client: { time_wait: 7s }, server: "))) == 7s);
    CHECK(time_wait(run(life("{ at: 2s, profile: linux }, { at: 3s, profile: rfc9293 }"))) == 240s);
    CHECK(time_wait(run(life("{ at: 2s, msl: 10s }, { at: 3s, profile: rfc9293 }"))) == 20s);
    CHECK(time_wait(run(life("{ at: 3s, profile: rfc9293 }", "client: , server: ", "profile: linux\nmsl: 5s\n"))) ==
          10s);
}

TEST_CASE("profile_at: what a host has at a moment")
{
    const Scenario scenario = life("{ at: 2s, profile: linux }, { at: 3s, msl: 10s }, { at: 4s, profile: rfc9293 }",
                                   "client: { mss: 536 }, server: ");
    const auto at = [&](Duration time) { return scenario.profile_at(scenario.hosts[0], Time{} + time); };
    CHECK(at(2s - 1ns).name == "rfc9293");
    CHECK(at(2s).name == "linux");
    CHECK(at(2s).connection.mss == 536);
    CHECK(at(2s).connection.two_msl() == 60s);
    CHECK(at(3s).connection.msl == 10s);
    CHECK(at(4s).connection.two_msl() == 20s);
    CHECK(scenario.options(scenario.hosts[0]).profile.connection.two_msl() == 240s); // what it starts with
}

// ---- the past -------------------------------------------------------------------------------------------------------

TEST_CASE("a change: what happened before it is as without it, and in a copy of the simulation it comes as well")
{
    for (const std::string change : {"delay: 200ms", "loss: 60%", "msl: 10s", "profile: linux"}) {
        CAPTURE(change);
        const Scenario changed = life("{ at: 3s, " + change + " }");
        const Simulation with = run(changed);
        const Simulation without = run(life(""));
        CHECK(before(with, Time{} + 3s) == before(without, Time{} + 3s));
        CHECK(test::transcript(with.network.history()) != test::transcript(without.network.history()));

        Simulation halfway(changed);
        halfway.run_until(Time{} + 2500ms);
        Simulation copy = halfway;
        copy.run();
        CHECK(test::transcript(copy.network.history()) == test::transcript(with.network.history()));
        halfway.run();
        CHECK(test::transcript(halfway.network.history()) == test::transcript(with.network.history()));
    }
}

TEST_CASE("a named fault in front of one by chance: the same history up to that segment, and another one behind it")
{
    Scenario scenario = read(R"(
network: { delay: 50ms }
hosts: { client: { iss: 100 }, server: { iss: 300 } }
steps:
  - { at: 0s, server: listen 80 }
  - { at: 1s, client: connect server:80 }
  - { when: client is ESTABLISHED, client: send 20000 }
  - { when: server has received 20000, server: close }
faults:
  - lose: 20% of segments
  - duplicate: 20% of segments
)");
    const Simulation without = run(scenario);
    CHECK(lost(without, Time{}, never) > 3);
    for (const char* const segment : {"client.5", "client.12", "server.7"}) {
        CAPTURE(segment);
        Scenario changed = scenario;
        REQUIRE_FALSE(apply({.lose = {segment}}, changed));
        const Simulation with = run(changed);
        const std::size_t index = Trace(without.network.history()).find(segment).value();
        const Time sent = without.network.history().segments()[index].sent;
        CHECK(before(with, sent) == before(without, sent));
        CHECK(Trace(with.network.history()).outcome(index).fate == Fate::lost);
        CHECK(test::transcript(with.network.history()) != test::transcript(without.network.history()));
    }
}

// ---- judging, and running to a moment -------------------------------------------------------------------------------

TEST_CASE("a change behind the end of the run: check says that it never came")
{
    Scenario scenario = life("{ at: 2s, loss: 5% }, { at: 20min, msl: 10s }");
    scenario.until = Time{} + 10min;
    const Simulation simulation = run(scenario);
    CHECK(simulation.changed(0));
    CHECK_FALSE(simulation.changed(1));
    const std::vector<Failure> failures = check(scenario, simulation);
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].expectation == "msl: 10s");
    CHECK(failures[0].found == "the change never came: the run ended before");
    CHECK(failures[0].place.line > 0);
}

TEST_CASE("run_until: what is due by then has happened, the clock shows it, and the end is not passed")
{
    Scenario scenario = life("");
    scenario.until = Time{} + 10s;
    Simulation whole(scenario);
    const std::size_t all = whole.run();

    Simulation simulation(scenario);
    const std::size_t first = simulation.run_until(Time{} + 2s);
    CHECK(simulation.network.now() == Time{} + 2s);
    CHECK(Trace(simulation.network.history()).find("client.3").has_value()); // what is due at the moment itself
    CHECK_FALSE(Trace(simulation.network.history()).find("client.4").has_value());
    CHECK(simulation.run_until(Time{} + 2s) == 0);
    CHECK(simulation.run_until(Time{} + 1s) == 0);
    CHECK(simulation.network.now() == Time{} + 2s);
    const std::size_t rest = simulation.run_until(Time{} + 1h);
    CHECK(first > 0);
    CHECK(first + rest == all);
    CHECK(simulation.network.now() == Time{} + 10s);
    CHECK(test::transcript(simulation.network.history()) == test::transcript(whole.network.history()));
}
