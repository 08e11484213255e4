#include "files/scenarios.hpp"

#include <algorithm>
#include <fstream>

#include "files/suggest.hpp"

namespace tcpsm::viz {
namespace {

namespace fs = std::filesystem;

/// Whether a scenario lies in a folder: another project's examples/scenarios are none of ours. Every scenario says for
/// which version of the format it is, at the margin.
bool has_scenario(const fs::path& folder)
{
    std::error_code ignored;
    for (const fs::path& path : scenarios_in(folder, ignored)) {
        std::ifstream file(path);
        for (std::string line; std::getline(file, line);)
            if (line.starts_with("tcpsm:")) return true;
    }
    return false;
}

/// The folders that examples of a kind are in: here; then ../share/tcpsm as seen from the program, which is where
/// `cmake --install` puts them, and a build has links to those of its source tree; then where they were meant to be
/// installed, for a system without /proc.
std::vector<fs::path> folders_of(const std::string& kind)
{
    std::vector<fs::path> folders;
    if (const fs::path here = fs::path("examples") / kind; has_scenario(here)) folders.push_back(here);
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    const fs::path beside = fs::canonical(program.parent_path() / "../share/tcpsm" / kind, error);
    if (!error) folders.push_back(beside);
    const fs::path meant = fs::path(TCPSM_DATA_DIR) / kind;
    if (meant != beside && fs::is_directory(meant, error)) folders.push_back(meant);
    return folders;
}

fs::path first_of(const std::vector<fs::path>& folders)
{
    return folders.empty() ? fs::path() : folders.front();
}

} // namespace

fs::path scenario_folder()
{
    return first_of(folders_of("scenarios"));
}

fs::path claim_folder()
{
    return first_of(folders_of("claims"));
}

std::vector<fs::path> scenarios_in(const fs::path& folder, std::error_code& error)
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (const fs::path extension = entry.path().extension(); extension == ".yaml" || extension == ".yml")
            files.push_back(entry.path());
    // By name, so that "lost-fin" comes before "lost-fin-twice"; with the extension it would not.
    std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) { return a.stem() < b.stem(); });
    return files;
}

Found find_scenario(const std::string& named)
{
    std::error_code ignored;
    const bool may_be_name = !named.empty() && named.find_first_of("/.") == std::string::npos;
    if (!may_be_name || fs::exists(named, ignored)) return {named};
    std::vector<std::string> known;
    for (const char* const kind : {"scenarios", "claims"})
        for (const fs::path& folder : folders_of(kind))
            for (const fs::path& path : scenarios_in(folder, ignored)) {
                if (path.stem() == named) return {path.string()};
                known.push_back(path.stem().string());
            }
    if (known.empty()) return {named};
    return {named, "found no file and no scenario '" + named + "'" + did_you_mean(named, known)};
}

} // namespace tcpsm::viz
