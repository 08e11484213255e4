#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "tcpsm/scenario/simulation.hpp"

using namespace tcpsm;

namespace {

Scenario scenario()
{
    return std::get<Scenario>(
        read_scenario("hosts: { client: { iss: 100 }, server: {} }\n"
                      "steps: [{ at: 0s, server: listen 80 }, { at: 1s, client: connect server:80 }]\n"
                      "faults: [{ duplicate: every segment }]\n",
                      "t.yaml"));
}

std::string refused_options(const RunOptions& options)
{
    Scenario changed = scenario();
    const auto error = apply(options, changed);
    return error ? error->message() : "not refused";
}

} // namespace

TEST_CASE("--set changes the scenario, every host, or one host")
{
    Scenario changed = scenario();
    REQUIRE_FALSE(apply({.set = {"msl=10s", "delay=1ms", "until=5s", "seed=9", "mss=536", "client.iss=7",
                                 "server.reads=no", "server.mss=1000", "client.profile=linux"},
                         .recording = Recording::nothing},
                        changed));
    CHECK(changed.msl == 10s);
    CHECK(changed.delay == 1ms);
    CHECK(changed.until == Time{} + 5s);
    CHECK(changed.seed == 9);
    CHECK(changed.recording == Recording::nothing);
    const HostOptions client = changed.options(changed.hosts[0]);
    const HostOptions server = changed.options(changed.hosts[1]);
    CHECK(client.profile.connection.mss == 536);
    CHECK(client.iss == std::vector<std::uint32_t>{7});
    CHECK(client.profile.name == "linux");
    CHECK(server.profile.connection.mss == 1000);
    CHECK_FALSE(server.reads);
}

TEST_CASE("--seed and --profile stand over the file")
{
    Scenario changed = scenario();
    REQUIRE_FALSE(apply({.seed = 5, .profile = "linux"}, changed));
    CHECK(changed.seed == 5);
    CHECK(changed.options(changed.hosts[0]).profile.name == "linux");
}

TEST_CASE("--lose is asked before the faults of the file")
{
    Scenario changed = scenario();
    REQUIRE_FALSE(apply({.lose = {"client.1", "first ACK from client"}}, changed));
    REQUIRE(changed.faults.size() == 3);
    CHECK(changed.faults[0].text == "--lose client.1");
    Simulation simulation(changed);
    simulation.run();
    CHECK(simulation.applied(0));
    CHECK(Trace(simulation.network.history()).outcome(0).fate == Fate::lost);
}

TEST_CASE("bad options: one error that names the option, what was expected and the nearest word")
{
    CHECK(refused_options({.set = {"mls=10s"}}) ==
          "--set: found 'mls', expected one of msl, delay, until, seed, profile and 61 more (docs/profiles.md); "
          "did you mean 'msl'?");
    CHECK(refused_options({.set = {"msl"}}) == "--set: found 'msl', expected KEY=VALUE, such as msl=10s");
    CHECK(refused_options({.set = {"msl="}}) ==
          "--set: found nothing, expected a time with a unit: ns, us, ms, s or min");
    CHECK(refused_options({.set = {"mss=0"}}) == "--set: found '0', expected a number from 1 to 65495");
    CHECK(refused_options({.set = {"clinet.mss=536"}}) ==
          "--set: found 'clinet', expected the host client or server; did you mean 'client'?");
    CHECK(refused_options({.set = {"client.mms=536"}}).ends_with("; did you mean 'mss'?"));
    CHECK(refused_options({.set = {"client.msl=1"}}).ends_with("; did you mean '1s'?"));
    CHECK(refused_options({.lose = {"clinet.4"}}) ==
          "--lose: found 'clinet', expected the host client or server; did you mean 'client'?");
    CHECK(refused_options({.lose = {"client4"}}) ==
          "--lose: found 'client4', expected a segment's name, or 'every', 'first' or '5% of' and the kind of segment; "
          "did you mean 'client.4'?");
    CHECK(refused_options({.profile = "linus"}) ==
          "--profile: found 'linus', expected the profile rfc9293 or linux; did you mean 'linux'?");
}

TEST_CASE("a loss from the command line that never applies: check says so, without a place")
{
    Scenario changed = scenario();
    REQUIRE_FALSE(apply({.lose = {"client.99"}}, changed));
    Simulation simulation(changed);
    simulation.run();
    const auto failures = check(changed, simulation);
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].place == Place{});
    CHECK(failures[0].expectation == "--lose client.99");
    CHECK(failures[0].found == "the fault never applied");
}
