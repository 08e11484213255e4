#include "cli/input.hpp"

#include <cstdio>
#include <system_error>
#include <utility>
#include <variant>

#include "cli/command.hpp"
#include "files/scenarios.hpp"

namespace tcpsm::cli {
namespace {

std::string find(const std::string& file)
{
    if (file == "-") return file; // standard input
    viz::Found found = viz::find_scenario(file);
    if (!found.problem.empty()) throw CommandError("tcpsm: " + found.problem);
    return std::move(found.file);
}

/// The files that are named, folders replaced by what is in them.
std::vector<std::string> all_files(const std::vector<std::string>& named)
{
    std::vector<std::string> files;
    for (const std::string& name : named) {
        std::error_code ignored;
        if (!std::filesystem::is_directory(name, ignored)) {
            files.push_back(name);
            continue;
        }
        const auto inside = scenarios_in(name);
        if (inside.empty()) throw CommandError("tcpsm: there is no scenario (*.yaml) in " + name);
        for (const std::filesystem::path& file : inside) files.push_back(file.string());
    }
    return files;
}

void remark(const Scenario& scenario)
{
    for (const std::string& one : scenario.remarks())
        std::fprintf(stderr, "%s: note: %s\n", scenario.file.c_str(), one.c_str());
}

} // namespace

std::vector<std::filesystem::path> scenarios_in(const std::filesystem::path& folder)
{
    std::error_code error;
    auto files = viz::scenarios_in(folder, error);
    if (error) throw CommandError("tcpsm: cannot read " + folder.string() + ": " + error.message());
    return files;
}

Scenario read(const std::string& file)
{
    auto result = read_scenario_file(find(file));
    if (const auto* error = std::get_if<ScenarioError>(&result)) throw CommandError(error->message());
    return std::get<Scenario>(std::move(result));
}

Scenario read(const std::string& file, const RunOptions& options)
{
    Scenario scenario = read(file);
    if (const auto error = apply(options, scenario)) throw CommandError(error->message());
    remark(scenario);
    return scenario;
}

std::vector<Scenario> read_all(const std::vector<std::string>& named, const RunOptions& options)
{
    std::vector<Scenario> scenarios;
    std::string errors;
    for (const std::string& file : all_files(named)) {
        try {
            Scenario scenario = read(file);
            if (const auto error = apply(options, scenario))
                throw CommandError(scenario.file + ": " + error->message());
            remark(scenario);
            scenarios.push_back(std::move(scenario));
        } catch (const CommandError& error) {
            errors += (errors.empty() ? "" : "\n") + std::string(error.what());
        }
    }
    if (!errors.empty()) throw CommandError(errors);
    return scenarios;
}

} // namespace tcpsm::cli
