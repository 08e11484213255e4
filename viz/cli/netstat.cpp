// tcpsm netstat: what `netstat -ant` and `ss -s` would print on each host at a moment.

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/input.hpp"
#include "cli/netstat_view.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "files/suggest.hpp"
#include "tcpsm/scenario/simulation.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::cli {
namespace {

struct NetstatArguments {
    std::string file;
    std::optional<std::string> at;
    std::optional<std::string> host;
    bool count = false;
    bool timers = false;
    bool programs = false;
    bool statistics = false;
    RunArguments run;
};

/// A time as scenarios have it: as `until`, which takes any. Nothing where none was given.
std::optional<Time> moment(const Scenario& scenario, const std::optional<std::string>& text)
{
    if (!text) return {};
    Scenario copy = scenario;
    if (auto error = apply({.set = {"until=" + *text}}, copy)) {
        error->file = "--at";
        throw CommandError(error->message());
    }
    return copy.until;
}

void check_host(const Scenario& scenario, const std::optional<std::string>& asked)
{
    if (!asked) return;
    std::vector<std::string> names;
    for (const ScenarioHost& host : scenario.hosts) names.push_back(host.name);
    if (std::find(names.begin(), names.end(), *asked) != names.end()) return;
    throw CommandError(fmt::format("--host: found '{}', expected {}{}", *asked, fmt::join(names, " or "),
                                   viz::did_you_mean(*asked, names)));
}

/// Runs to the moment that was asked for, at most to the end, where the clock then stands. Answers how it went and in
/// words which moment it is: "At 12 s"; where the run ended before, that it did.
std::pair<Ran, std::string> run_to(Simulation& simulation, std::optional<Time> asked)
{
    const Ran ran = run_watched(simulation, asked.value_or(never));
    if (ran.interrupted) return {ran, fmt::format("At {}, where Ctrl-C ended the run\n", to_string(ran.last))};
    const bool over = simulation.network.next_event() == never;
    const Time end = over ? ran.last : simulation.until();
    simulation.run_until(std::min(end, asked.value_or(end)));
    if (asked && *asked <= end) return {ran, fmt::format("At {}\n", to_string(*asked))};
    const std::string beyond = asked ? fmt::format("; {} is after that", to_string(*asked)) : "";
    return {ran, fmt::format("At {}, where the run ends{}{}\n", to_string(end), over ? "" : " (until:)", beyond)};
}

Status netstat(const NetstatArguments& arguments)
{
    RunOptions options = arguments.run.read();
    options.recording = Recording::counts; // only what is so now is asked for
    const Scenario scenario = read(arguments.file, options);
    const std::optional<Time> asked = moment(scenario, arguments.at);
    check_host(scenario, arguments.host);

    Simulation simulation(scenario);
    auto [ran, text] = run_to(simulation, asked);
    for (const Host& host : simulation.network.hosts()) {
        if (arguments.host && host.name() != *arguments.host) continue;
        text += '\n' + netstat_heading(host);
        if (arguments.statistics)
            text += netstat_statistics(host);
        else if (arguments.count)
            text += netstat_counts(host);
        else
            text += netstat_lines(host, simulation.network.now(), {arguments.timers, arguments.programs});
    }
    print(text);
    return ran.interrupted ? interrupted : good;
}

} // namespace

Subcommand add_netstat(CLI::App& tcpsm)
{
    CLI::App* command = tcpsm.add_subcommand("netstat", "Show what netstat and ss would on each host, at a moment");
    command->footer("Examples:\n"
                    "  tcpsm netstat --at 12s lost-final-ack\n"
                    "  tcpsm netstat --at 12s --timers --host client lost-final-ack\n"
                    "  tcpsm netstat --count my-scenario.yaml\n"
                    "  tcpsm netstat --statistics tw-buckets-overflow");
    const auto arguments = std::make_shared<NetstatArguments>();
    add_file(*command, arguments->file);
    command->add_option("--at", arguments->at, "When, with its unit: 12s, 1500ms; without it, where the run ends")
        ->option_text("TIME");
    // The text of an option, a blank here, stands where the help would else list which others it excludes.
    command->add_flag("--count", arguments->count, "How many connections stand in each state, instead of each one")
        ->option_text(" ");
    command->add_flag("--timers", arguments->timers, "With the next timer of each and its seconds, as netstat -o")
        ->option_text(" ");
    command->add_flag("--programs", arguments->programs, "With the process that has each, as netstat -p")
        ->option_text(" ");
    command
        ->add_flag("--statistics", arguments->statistics,
                   "Instead: what has happened so far, as netstat -s, and what the kernel has logged")
        ->excludes("--count")
        ->excludes("--timers")
        ->excludes("--programs")
        ->option_text(" ");
    command->add_option("--host", arguments->host, "Only this host")->option_text("NAME");
    add_run_options(*command, arguments->run);
    return {command, [arguments] { return netstat(*arguments); }};
}

} // namespace tcpsm::cli
