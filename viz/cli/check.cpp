// tcpsm check: is it so, what scenarios expect?

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/input.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "replay/summary.hpp"
#include "tcpsm/scenario/simulation.hpp"
#include "tcpsm/trace/ladder.hpp"

namespace tcpsm::cli {
namespace {

struct CheckArguments {
    std::vector<std::string> files;
    RunArguments run;
    Colour colour = Colour::automatic;
};

std::string report(const Scenario& scenario, const Simulation& simulation, const std::vector<Failure>& failures,
                   Colour colour)
{
    const bool in_colour = coloured(colour);
    const bool passed = failures.empty();
    std::string text = painted(passed ? "ok    " : "FAILED", passed ? "32" : "31;1", in_colour) + "  ";
    text += scenario.file;
    if (scenario.expectations.empty()) text += "  (it expects nothing)";
    text += '\n';
    if (passed) return text;

    for (const Failure& failure : failures)
        text += fmt::format("{}:{}:{}: {}\n    found: {}\n", scenario.file, failure.place.line, failure.place.column,
                            failure.expectation, failure.found);
    if (scenario.recording != Recording::everything) return text + '\n' + viz::summary(scenario, simulation) + '\n';
    LadderOptions options{.times = true, .events = true};
    options.colour = in_colour;
    options.width = terminal_width();
    return text + '\n' + ladder(simulation.network, options) + '\n';
}

Status check(const CheckArguments& arguments)
{
    const std::vector<Scenario> scenarios = read_all(arguments.files, arguments.run.read());
    std::size_t judged = 0;
    std::size_t failed = 0;
    for (const Scenario& scenario : scenarios) {
        Simulation simulation(scenario);
        if (run_watched(simulation).interrupted) {
            print(fmt::format("interrupted in {}: {} passed, {} failed\n", scenario.file, judged - failed, failed));
            return interrupted;
        }
        const std::vector<Failure> failures = tcpsm::check(scenario, simulation);
        ++judged;
        if (!failures.empty()) ++failed;
        print(report(scenario, simulation, failures, arguments.colour));
    }
    print(fmt::format("{} passed, {} failed\n", judged - failed, failed));
    return failed == 0 ? good : expectation_failed;
}

} // namespace

Subcommand add_check(CLI::App& tcpsm)
{
    CLI::App* command = tcpsm.add_subcommand("check", "Check that what scenarios expect is so");
    command->footer("Examples:\n"
                    "  tcpsm check my-scenarios/\n"
                    "  tcpsm check lost-final-ack my-scenario.yaml\n"
                    "  tcpsm check --profile linux --set msl=10s my-scenario.yaml\n"
                    "\nExit status:\n"
                    "  0  All is so\n"
                    "  1  Something is not\n"
                    "  2  A file is bad");
    const auto arguments = std::make_shared<CheckArguments>();
    command
        ->add_option("FILE", arguments->files,
                     "Scenario files, folders of them, names that `tcpsm list` shows, - for standard input")
        ->required()
        ->option_text("...");
    add_run_options(*command, arguments->run);
    add_colour_option(*command, arguments->colour);
    return {command, [arguments] { return check(*arguments); }};
}

} // namespace tcpsm::cli
