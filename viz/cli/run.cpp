// tcpsm run: what happens in a scenario, as a ladder in text or as a picture, as JSON lines, or as counts by state.

#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "cli/command.hpp"
#include "cli/input.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "cli/words.hpp"
#include "export/csv.hpp"
#include "export/json_lines.hpp"
#include "export/svg.hpp"
#include "export/svg_counts.hpp"
#include "replay/summary.hpp"
#include "tcpsm/scenario/simulation.hpp"
#include "tcpsm/trace/ladder.hpp"

namespace tcpsm::cli {
namespace {

struct RunCommandArguments {
    std::string file;
    std::string format; // where it is not given: text, and a summary where not everything is recorded
    std::string plot = "ladder";
    std::string output;
    Colour colour = Colour::automatic;
    bool why = false;
    RunArguments run;
};

std::string as_text(const Scenario& scenario, const Simulation& simulation, const RunCommandArguments& arguments)
{
    const bool to_file = !arguments.output.empty() && arguments.output != "-";
    LadderOptions options{.times = true, .events = true, .why = arguments.why};
    options.colour = to_file ? arguments.colour == Colour::always : coloured(arguments.colour);
    options.width = to_file ? 0 : terminal_width();
    return heading(scenario) + ladder(simulation.network, options) + left_over(simulation);
}

std::string shown(const Scenario& scenario, const Simulation& simulation, const RunCommandArguments& arguments)
{
    const History& history = simulation.network.history();
    if (arguments.format == "json") return json_lines(history, {scenario.title, scenario.seed});
    if (arguments.format == "csv") return counts_csv(history);
    const viz::SvgOptions picture{.title = scenario.title, .asks = scenario.asks};
    if (arguments.format == "svg" && arguments.plot == "counts") return viz::counts_svg(history, picture);
    if (arguments.format == "svg") return viz::ladder_svg(history, picture);
    if (scenario.recording == Recording::everything) return as_text(scenario, simulation, arguments);
    return heading(scenario) + viz::summary(scenario, simulation) + left_over(simulation);
}

/// What is asked for needs so much to be recorded, whatever the file says.
std::optional<Recording> needed(const RunCommandArguments& arguments)
{
    if (arguments.format.empty()) return arguments.why ? std::optional(Recording::everything) : std::nullopt;
    const bool counts = arguments.format == "csv" || arguments.plot == "counts";
    return counts ? Recording::states : Recording::everything;
}

Status run(const RunCommandArguments& arguments)
{
    if (arguments.plot != "ladder" && arguments.format != "svg")
        throw CommandError("tcpsm run: --plot is about pictures: add --format svg");
    RunOptions options = arguments.run.read();
    options.recording = needed(arguments);
    const Scenario scenario = read(arguments.file, options);
    Simulation simulation(scenario);
    viz::ask_for_counts(scenario, simulation);
    const Ran ran = run_watched(simulation);
    write_output(shown(scenario, simulation, arguments), arguments.output);
    return ran.interrupted ? interrupted : good;
}

} // namespace

Subcommand add_run(CLI::App& tcpsm)
{
    CLI::App* command =
        tcpsm.add_subcommand("run", "Run a scenario and show its ladder, or where it is of many, its numbers");
    command->footer("Examples:\n"
                    "  tcpsm run lost-final-ack\n"
                    "  tcpsm run --why --lose server.4 --set msl=10s lost-final-ack\n"
                    "  tcpsm run --format svg --output ladder.svg lost-final-ack\n"
                    "  tcpsm run --format json --output trace.jsonl my-scenario.yaml\n"
                    "  tcpsm run --format csv --output counts.csv lost-final-ack\n"
                    "  tcpsm run --format svg --plot counts --output counts.svg lost-final-ack");
    const auto arguments = std::make_shared<RunCommandArguments>();
    add_file(*command, arguments->file);
    command
        ->add_option("--format", arguments->format,
                     "How to show it; csv is how many connections stand in each state, over time")
        ->check(one_of({"text", "json", "svg", "csv"}, {"mermaid", "pcapng"}))
        ->option_text("text|json|svg|csv");
    command
        ->add_option("--plot", arguments->plot, "What a picture shows: the ladder, or connections by state over time")
        ->check(one_of({"ladder", "counts"}))
        ->option_text("ladder|counts");
    command->add_flag("--why", arguments->why, "Under each line, its reason and its section of RFC 9293");
    command->add_option("--output", arguments->output, "Write to a file instead of standard output")
        ->option_text("FILE");
    add_colour_option(*command, arguments->colour);
    add_run_options(*command, arguments->run);
    return {command, [arguments] { return run(*arguments); }};
}

} // namespace tcpsm::cli
