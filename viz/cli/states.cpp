// tcpsm states: the table.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "export/states.hpp"

namespace tcpsm::cli {
namespace {

struct StatesArguments {
    std::string format = "text";
    std::string output;
};

std::string as(const std::string& format)
{
    if (format == "markdown") return states_as_markdown();
    if (format == "mermaid") return states_as_mermaid();
    if (format == "dot") return states_as_dot();
    if (format == "json") return states_as_json_lines();
    return states_as_text();
}

} // namespace

Subcommand add_states(CLI::App& tcpsm)
{
    CLI::App* command = tcpsm.add_subcommand("states", "Show the state machine: RFC 9293's figure 5 and section 3.10");
    command->footer("Examples:\n"
                    "  tcpsm states | grep TIME-WAIT\n"
                    "  tcpsm states --format dot | dot -Tsvg > states.svg\n"
                    "  tcpsm states --format markdown --output states.md");
    const auto arguments = std::make_shared<StatesArguments>();
    command->add_option("--format", arguments->format, "How to show it; json is one row a line")
        ->check(one_of({"text", "markdown", "mermaid", "dot", "json"}))
        ->option_text("text|markdown|mermaid|dot|json");
    command->add_option("--output", arguments->output, "Write to a file instead of standard output")
        ->option_text("FILE");
    return {command, [arguments] {
                write_output(as(arguments->format), arguments->output);
                return good;
            }};
}

} // namespace tcpsm::cli
