#include "files/scenarios.hpp"

#include <algorithm>

#include "files/suggest.hpp"

namespace tcpsm::viz {
namespace {

namespace fs = std::filesystem;

/// A folder of examples: here, else where `cmake --install` puts it as seen from the program, else where it was built.
fs::path folder_of(const std::string& name)
{
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    for (const fs::path& folder :
         {fs::path("examples") / name, (program.parent_path() / "../share/tcpsm" / name).lexically_normal(),
          fs::path(TCPSM_EXAMPLES_DIR) / name})
        if (fs::is_directory(folder, ignored)) return folder;
    return {};
}

} // namespace

fs::path scenario_folder()
{
    return folder_of("scenarios");
}

fs::path claim_folder()
{
    return folder_of("claims");
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
    for (const fs::path& folder : {scenario_folder(), claim_folder()}) {
        if (folder.empty()) continue;
        for (const fs::path& path : scenarios_in(folder, ignored)) {
            if (path.stem() == named) return {path.string()};
            known.push_back(path.stem().string());
        }
    }
    if (known.empty()) return {named};
    return {named, "found no file and no scenario '" + named + "'" + did_you_mean(named, known)};
}

} // namespace tcpsm::viz
