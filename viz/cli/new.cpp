// tcpsm new: a scenario to start from.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "tcpsm/scenario/scenario.hpp"

namespace tcpsm::cli {
namespace {

Status start(const std::string& file)
{
    if (file.empty() || file == "-") {
        print(new_scenario());
        return good;
    }
    write_new_file(new_scenario(), file);
    print("Made " + file + ". Change it, and run it with: tcpsm run " + file + "\n");
    return good;
}

} // namespace

Subcommand add_new(CLI::App& tcpsm)
{
    CLI::App* command = tcpsm.add_subcommand("new", "Start a scenario of your own, with comments that explain it");
    command->footer("Examples:\n  tcpsm new my-scenario.yaml\n  tcpsm new | tcpsm run -");
    const auto file = std::make_shared<std::string>();
    command->add_option("FILE", *file, "The file to make, which must not be there yet; else standard output")
        ->option_text(" ");
    return {command, [file] { return start(*file); }};
}

} // namespace tcpsm::cli
