// What the command line changes: a scenario's own words, given again.

#include <algorithm>

#include "scenario/reading.hpp"

namespace tcpsm {
namespace reading {
namespace {

const Known scenario_keys{"msl", "delay", "until", "seed", "profile"};

Known all_keys(const Scenario& scenario)
{
    Known all = scenario_keys;
    all.insert(all.end(), {"accepts", "reads"});
    for (const std::string& key : setting_keys())
        if (key != "msl") all.push_back(key);
    for (const ScenarioHost& host : scenario.hosts) all.push_back(host.name + ".iss");
    return all;
}

bool set_for_host(Reading& r, const Text& key, const Text& value, ScenarioHost& host)
{
    if (key.text == "accepts" || key.text == "reads") {
        const auto yes = read_yes_no(r, value);
        (key.text == "accepts" ? host.accepts : host.reads) = yes.value_or(true);
    } else if (key.text == "iss") {
        if (const auto iss = read_number(r, value, 0, 0xFFFFFFFF)) host.iss = {static_cast<std::uint32_t>(*iss)};
    } else if (key.text == "profile") {
        host.profile = read_profile(r, value);
    } else if (const auto setting = read_setting(r, key.text, value)) {
        host.settings.push_back(*setting);
    } else {
        return !r.problems.none(); // a bad value of a good key
    }
    return true;
}

/// The scenario's own key; false where it is none of them.
bool set_for_all(Reading& r, const Text& key, const Text& value, Scenario& scenario)
{
    if (key.text == "msl") {
        scenario.msl = read_duration(r, value);
    } else if (key.text == "delay") {
        scenario.delay = read_duration(r, value).value_or(scenario.delay);
    } else if (key.text == "until") {
        scenario.until = Time{} + read_duration(r, value).value_or(1h);
    } else if (key.text == "seed") {
        scenario.seed = read_seed(r, value).value_or(scenario.seed);
    } else if (key.text == "profile") {
        scenario.profile = read_profile(r, value).value_or(scenario.profile);
    } else {
        return false;
    }
    return true;
}

void set_one(Reading& r, const std::string& argument, Scenario& scenario)
{
    const Text all{argument, {}, false};
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos) return unexpected(r, all, "KEY=VALUE, such as msl=10s");
    const Text key = all.part(0, equals);
    const Text value = all.part(equals + 1);
    if (set_for_all(r, key, value, scenario)) return;

    const std::size_t point = key.text.find('.');
    if (point != std::string_view::npos) {
        const auto name = read_host(r, key.part(0, point));
        if (!name) return;
        auto& host = *std::ranges::find(scenario.hosts, *name, &ScenarioHost::name);
        const Text own = key.part(point + 1);
        Known keys{"iss", "accepts", "reads", "profile"};
        keys.insert(keys.end(), setting_keys().begin(), setting_keys().end());
        if (!set_for_host(r, own, value, host)) unknown(r, own, keys);
        return;
    }
    const Known keys = all_keys(scenario);
    if (std::ranges::find(keys, key.text) == keys.end()) return unknown(r, key, keys);
    for (ScenarioHost& host : scenario.hosts) set_for_host(r, key, value, host);
}

std::optional<ScenarioError> problem(const Reading& r, std::string option)
{
    if (r.problems.none()) return {};
    return r.problems.first(std::move(option));
}

} // namespace
} // namespace reading

std::optional<ScenarioError> apply(const RunOptions& options, Scenario& scenario)
{
    reading::Reading r;
    for (const ScenarioHost& host : scenario.hosts) r.hosts.push_back(host.name);
    if (options.recording) scenario.recording = *options.recording;
    if (options.seed) scenario.seed = *options.seed;
    if (options.profile) {
        if (const auto read = reading::read_profile(r, {*options.profile, {}, false})) scenario.profile = *read;
        if (auto error = reading::problem(r, "--profile")) return error;
    }
    for (const std::string& argument : options.set) {
        reading::set_one(r, argument, scenario);
        if (auto error = reading::problem(r, "--set")) return error;
    }
    std::vector<Fault> losses;
    for (const std::string& argument : options.lose) {
        const auto selector = reading::read_selector(r, {argument, {}, false});
        if (auto error = reading::problem(r, "--lose")) return error;
        Fault fault;
        fault.segment = *selector;
        fault.text = "--lose " + argument;
        losses.push_back(std::move(fault));
    }
    scenario.faults.insert(scenario.faults.begin(), losses.begin(), losses.end());
    reading::check_memory(r, scenario);
    return reading::problem(r, scenario.file);
}

} // namespace tcpsm
