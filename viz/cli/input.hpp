#pragma once
// Where scenarios come from.

#include <filesystem>
#include <string>
#include <vector>

#include "tcpsm/scenario/scenario.hpp"

namespace tcpsm::cli {

/// The scenario files of a folder, by name. Throws a CommandError.
[[nodiscard]] std::vector<std::filesystem::path> scenarios_in(const std::filesystem::path& folder);

/// Reads a scenario: a file, "-" for standard input, or the name of one that comes with tcpsm. Throws a CommandError.
[[nodiscard]] Scenario read(const std::string& file);
/// A scenario, changed as the options say. What of the file has no effect is remarked on standard error.
[[nodiscard]] Scenario read(const std::string& file, const RunOptions& options);
/// All of these, the folders among them replaced by what is in them, before the first one runs. Throws one CommandError
/// that names each bad file, and each that an option does not fit.
[[nodiscard]] std::vector<Scenario> read_all(const std::vector<std::string>& named, const RunOptions& options);

} // namespace tcpsm::cli
