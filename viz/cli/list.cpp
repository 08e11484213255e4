// tcpsm list: the scenarios of a folder.

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "files/scenarios.hpp"

namespace tcpsm::cli {
namespace {

namespace fs = std::filesystem;

struct Entry {
    std::string name;
    std::string title;
    std::string asks;
};

fs::path folder_of(const std::string& given)
{
    if (!given.empty()) return given;
    fs::path folder = viz::scenario_folder();
    if (folder.empty()) throw CommandError("tcpsm: found no examples/scenarios here; try: tcpsm list DIR");
    return folder;
}

std::vector<Entry> entries(const fs::path& folder)
{
    std::vector<Entry> all;
    for (const fs::path& file : scenarios_in(folder)) {
        const Scenario scenario = read(file.string());
        all.push_back({file.stem().string(), scenario.title, scenario.asks});
    }
    if (all.empty()) throw CommandError("tcpsm: there is no scenario (*.yaml) in " + folder.string());
    return all;
}

Status list(const std::string& given)
{
    const std::vector<Entry> all = entries(folder_of(given));
    std::size_t width = 0;
    for (const Entry& entry : all) width = std::max(width, entry.name.size());

    const bool in_colour = coloured(Colour::automatic);
    std::string text;
    for (const Entry& entry : all) {
        text += painted(fmt::format("{:<{}}", entry.name, width), "1", in_colour) + "  " + entry.title + '\n';
        if (!entry.asks.empty()) text += fmt::format("{:<{}}  {}\n", "", width, entry.asks);
    }
    if (terminal_width() > 0) // a reader, not a program
        text += fmt::format("\nRun one with: tcpsm run {}\n", given.empty() ? "NAME" : given + "/NAME.yaml");
    print(text);
    return good;
}

} // namespace

Subcommand add_list(CLI::App& tcpsm)
{
    CLI::App* command = tcpsm.add_subcommand("list", "List the scenarios, with the question that each one asks");
    command->footer("Examples:\n  tcpsm list\n  tcpsm list my-scenarios/");
    const auto folder = std::make_shared<std::string>();
    command->add_option("DIR", *folder, "A folder of scenario files; without it, those that come with tcpsm")
        ->option_text(" ");
    return {command, [folder] { return list(*folder); }};
}

} // namespace tcpsm::cli
