#pragma once
// Where scenario files are, and which one is meant by a name.

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace tcpsm::viz {

/// The folder of the scenarios that come with tcpsm: examples/scenarios here where scenarios are in it, else where it
/// was installed or built. Empty where there is none.
[[nodiscard]] std::filesystem::path scenario_folder();
/// The folder of the claims, which are scenarios, too: examples/claims, in the same way.
[[nodiscard]] std::filesystem::path claim_folder();

/// The scenario files of a folder, by name; none and the error where it cannot be read.
[[nodiscard]] std::vector<std::filesystem::path> scenarios_in(const std::filesystem::path& folder,
                                                              std::error_code& error);

struct Found {
    std::string file;
    std::string problem{}; ///< "found no file and no scenario 'lost-fni'; did you mean 'lost-fin'?"; empty for none
};
/// A name of a scenario or claim that comes with tcpsm, such as lost-final-ack, becomes its file; one that is here too
/// is meant first. What has a folder or an extension is a file already, there or not.
[[nodiscard]] Found find_scenario(const std::string& named);

} // namespace tcpsm::viz
