// From a file to a scenario: guard, parse, read; the first problem in the file is the one that is told.

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "scenario/reading.hpp"

namespace tcpsm {
namespace reading {
namespace {

constexpr std::string_view version = "1";

void read_version(Reading& r, const Element& node)
{
    const auto text = require_scalar(r, node, "1, the version of the format that is read here");
    if (text && text->text != version) unexpected(r, *text, "1, the version of the format that is read here");
}

void read_text(Reading& r, const Element& node, std::string& into)
{
    if (const auto text = require_scalar(r, node, "a text")) into = std::string(text->text);
}

void read_switches(Reading& r, const Element& root, Scenario& scenario)
{
    if (const Element* const node = root.find("tcpsm")) read_version(r, *node);
    if (const Element* const node = root.find("title")) read_text(r, *node, scenario.title);
    if (const Element* const node = root.find("asks")) read_text(r, *node, scenario.asks);
    if (const Element* const node = root.find("profile"))
        if (const auto text = require_scalar(r, *node, "a profile: rfc9293 or linux"))
            scenario.profile = read_profile(r, *text).value_or(scenario.profile);
    if (const Element* const node = root.find("seed"))
        if (const auto text = require_scalar(r, *node, "a number")) scenario.seed = read_seed(r, *text).value_or(1);
    if (const Element* const node = root.find("msl"))
        if (const auto text = require_scalar(r, *node, "a time")) scenario.msl = read_duration(r, *text);
    if (const Element* const node = root.find("recording"))
        if (const auto text = require_scalar(r, *node, "how much is recorded"))
            scenario.recording = read_recording(r, *text).value_or(scenario.recording);
    if (const Element* const node = root.find("memory"))
        if (const auto text = require_scalar(r, *node, "a size, such as 4GB"))
            scenario.memory = read_size(r, *text).value_or(scenario.memory);
    if (const Element* const node = root.find("until"))
        if (const auto text = require_scalar(r, *node, "a time"))
            scenario.until = Time{} + read_duration(r, *text).value_or(1h);
}

void read_parts(Reading& r, const Element& root, Scenario& scenario)
{
    const Known keys{"tcpsm",   "title", "asks",      "profile", "seed",   "msl",     "until",  "recording", "memory",
                     "network", "hosts", "workloads", "steps",   "faults", "changes", "expect", "claim"};
    const Element* const workloads = root.find("workloads"); // which may do all there is to do
    const bool complete = check_keys(r, root, keys, workloads != nullptr ? Known{"hosts"} : Known{"hosts", "steps"});
    read_switches(r, root, scenario);
    const Element* const hosts = root.find("hosts");
    const Element* const steps = root.find("steps");
    if (!complete || hosts == nullptr) return; // names would be unknown for no fault of their own
    for (std::size_t i = 0; i < hosts->entries(); ++i) r.hosts.push_back(hosts->key(i).text);
    read_hosts(r, *hosts, scenario);
    if (const Element* const network = root.find("network")) read_network(r, *network, scenario);
    if (workloads != nullptr) read_workloads(r, *workloads, scenario);
    if (steps != nullptr) read_steps(r, *steps, scenario);
    if (const Element* const faults = root.find("faults")) read_faults(r, *faults, scenario);
    if (const Element* const changes = root.find("changes")) read_changes(r, *changes, scenario);
    if (const Element* const expect = root.find("expect")) read_expectations(r, *expect, scenario.expectations);
    if (const Element* const claim = root.find("claim")) read_claim(r, *claim, scenario);
    if (r.problems.none()) check_memory(r, scenario);
}

/// As much as shows whether it is too much.
std::string read_at_most(std::istream& stream, std::size_t most)
{
    std::string text(most, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(most));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

} // namespace
} // namespace reading

std::variant<Scenario, ScenarioError> read_scenario(std::string_view text, std::string file_name)
{
    reading::Reading r;
    reading::Element root;
    Scenario scenario;
    scenario.file = file_name;
    if (reading::guard_text(text, r.problems) && reading::parse_yaml(text, root, r.problems))
        reading::read_parts(r, root, scenario);
    if (r.problems.none()) return scenario;
    return r.problems.first(std::move(file_name));
}

std::variant<Scenario, ScenarioError> read_scenario_file(const std::string& path)
{
    constexpr std::size_t one_too_many = reading::largest_file + 1;
    if (path == "-") return read_scenario(reading::read_at_most(std::cin, one_too_many), "standard input");

    const auto unreadable = [&](std::string found) {
        return ScenarioError{path, {}, std::move(found), "a scenario file that can be read", {}};
    };
    std::error_code fault;
    const auto status = std::filesystem::status(path, fault);
    if (!std::filesystem::exists(status)) return unreadable("no such file");
    if (std::filesystem::is_directory(status)) return unreadable("a directory");
    std::ifstream file(path, std::ios::binary);
    if (!file) return unreadable("a file that cannot be opened");
    return read_scenario(reading::read_at_most(file, one_too_many), path);
}

} // namespace tcpsm
