#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "support/places.hpp"
#include "tcpsm/scenario/simulation.hpp"
#include "tcpsm/trace/ladder.hpp"

using namespace tcpsm;

namespace {

std::vector<std::string> files()
{
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(tcpsm::test::in_source("examples/scenarios")))
        if (entry.path().extension() == ".yaml") all.push_back(entry.path().string());
    std::ranges::sort(all);
    return all;
}

Scenario read_file(const std::string& path)
{
    auto result = read_scenario_file(path);
    if (const auto* const error = std::get_if<ScenarioError>(&result)) FAIL(error->message());
    return std::get<Scenario>(result);
}

} // namespace

TEST_CASE("every scenario of the catalogue: what it expects is so")
{
    for (const std::string& path : files()) {
        const Scenario scenario = read_file(path);
        Simulation simulation(scenario);
        simulation.run();
        for (const Failure& failure : check(scenario, simulation)) {
            CAPTURE(ladder(simulation.network, {.times = true, .events = true}));
            FAIL_CHECK(path, ":", failure.place.line, ": expected ", failure.expectation, ", found ", failure.found);
        }
    }
}

TEST_CASE("every scenario of the catalogue: it has a title, a question, and expectations")
{
    for (const std::string& path : files()) {
        CAPTURE(path);
        const Scenario scenario = read_file(path);
        CHECK_FALSE(scenario.title.empty());
        CHECK(scenario.asks.ends_with('?'));
        CHECK(scenario.expectations.size() >= 5);
        CHECK(scenario.remarks().empty());
    }
}

TEST_CASE("every scenario of the catalogue: without its faults, it is not as expected")
{
    for (const std::string& path : files()) {
        CAPTURE(path);
        Scenario scenario = read_file(path);
        if (scenario.faults.empty()) continue;
        scenario.faults.clear();
        Simulation simulation(scenario);
        simulation.run();
        CHECK_FALSE(check(scenario, simulation).empty());
    }
}

TEST_CASE("the names of the catalogue: each is a file, or several variants")
{
    const std::vector<std::string> names{
        // the life and death of a connection
        "three-way-handshake", "four-way-teardown", "server-closes-first", "three-segment-teardown", "half-close",
        "simultaneous-open", "simultaneous-close", "self-connect", "close-in-syn-sent", "close-in-syn-received",
        "abort", "connection-refused",
        // loss, delay, reordering
        "lost-syn", "lost-syn-ack", "lost-handshake-ack", "lost-fin", "lost-ack-of-fin", "lost-final-ack",
        "lost-final-ack-without-time-wait", "lost-final-ack-forever", "reordered-fin", "duplicated-segments",
        "data-loss-recovery", "zero-window", "connect-timeout", "peer-crash-while-sending", "peer-crash-idle-keepalive",
        "peer-reboot-half-open", "process-killed",
        // TIME-WAIT
        "old-duplicate-corrupts", "old-duplicate-refused", "time-wait-assassination", "time-wait-blocks-port",
        "tw-reuse-accept", "tw-reuse-connect", "tw-recycle-nat", "linger-default", "linger-zero", "linger-timeout",
        // attack and overload
        "blind-reset", "blind-syn",
        // the switches of the data path
        "nagle-and-delayed-ack", "sack-two-holes", "slow-start"};
    const std::vector<std::string> all = files();
    for (const std::string& name : names) {
        CAPTURE(name);
        CHECK(std::ranges::any_of(all, [&](const std::string& path) {
            const std::string stem = std::filesystem::path(path).stem().string();
            return stem == name || stem.starts_with(name + "-");
        }));
    }
}
