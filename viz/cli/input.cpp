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
    for (const std::string& remark : scenario.remarks())
        std::fprintf(stderr, "%s: note: %s\n", scenario.file.c_str(), remark.c_str());
    return scenario;
}

} // namespace tcpsm::cli
