#pragma once
// Options that several subcommands have.

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/terminal.hpp"
#include "tcpsm/scenario/scenario.hpp"

namespace tcpsm::cli {

/// The argument FILE.
void add_file(CLI::App& command, std::string& file);

/// --colour; --color does the same.
void add_colour_option(CLI::App& command, Colour& colour);

/// --set, --lose, --seed and --profile.
struct RunArguments {
    RunOptions options;
    std::string seed; ///< as it was given; empty where it was not

    /// The options, the seed a number. Throws a CommandError.
    [[nodiscard]] RunOptions read() const;
};
void add_run_options(CLI::App& command, RunArguments& arguments);

/// Accepts these words, says of others that they come later, and suggests the nearest one for the rest.
[[nodiscard]] CLI::Validator one_of(std::vector<std::string> words, std::vector<std::string> later = {});

} // namespace tcpsm::cli
