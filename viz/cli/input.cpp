#include "cli/input.hpp"

#include <algorithm>
#include <cstdio>

#include "cli/command.hpp"
#include "cli/suggest.hpp"

namespace tcpsm::cli {
namespace {

namespace fs = std::filesystem;

// Where `cmake --install` puts the scenarios, as seen from the program.
constexpr const char* installed = "../share/tcpsm/scenarios";

bool is_folder(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

bool is_there(const std::string& file)
{
    std::error_code ignored;
    return fs::exists(file, ignored);
}

std::vector<std::string> names_in(const fs::path& folder)
{
    std::vector<std::string> names;
    for (const fs::path& path : scenarios_in(folder)) names.push_back(path.stem().string());
    return names;
}

/// A name as `tcpsm list` prints it becomes its file. What has a folder or an extension is a file already.
std::string find(const std::string& file)
{
    const bool may_be_name = file != "-" && !file.empty() && file.find_first_of("/.") == std::string::npos;
    if (!may_be_name || is_there(file)) return file;
    const fs::path folder = scenario_folder();
    if (folder.empty()) return file;
    for (const fs::path& path : scenarios_in(folder))
        if (path.stem() == file) return path.string();
    throw CommandError("tcpsm: found no file and no scenario '" + file + "'" + did_you_mean(file, names_in(folder)));
}

} // namespace

fs::path scenario_folder()
{
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    for (const fs::path& folder :
         {fs::path("examples/scenarios"), (program.parent_path() / installed).lexically_normal(),
          fs::path(TCPSM_SCENARIO_DIR)})
        if (is_folder(folder)) return folder;
    return {};
}

std::vector<fs::path> scenarios_in(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (const fs::path extension = entry.path().extension(); extension == ".yaml" || extension == ".yml")
            files.push_back(entry.path());
    if (error) throw CommandError("tcpsm: cannot read " + folder.string() + ": " + error.message());
    // By name, so that "lost-fin" comes before "lost-fin-twice"; with the extension it would not.
    std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) { return a.stem() < b.stem(); });
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
