#pragma once
// What the subcommands of tcpsm have in common.

#include <functional>
#include <stdexcept>
#include <string>

namespace CLI { // NOLINT(readability-identifier-naming): CLI11's
class App;
}

namespace tcpsm::cli {

/// What the process answers.
enum Status : int {
    good = 0,
    expectation_failed = 1, ///< a claim's verdict is one, too
    bad_input = 2,          ///< or an output that cannot be written
    interrupted = 130,      ///< by Ctrl-C, as a shell has it: 128 + SIGINT; also where the signal is caught
};

/// Ends the command with `bad_input`. The text is for standard error, whole, without the last newline; empty where
/// nobody is left to read it.
struct CommandError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A subcommand whose options have been declared. `run` is called after they have been read.
struct Subcommand {
    CLI::App* app;
    std::function<Status()> run;
};

// Each in the file of its name.
Subcommand add_run(CLI::App& tcpsm);
Subcommand add_netstat(CLI::App& tcpsm);
Subcommand add_list(CLI::App& tcpsm);
Subcommand add_check(CLI::App& tcpsm);
Subcommand add_claims(CLI::App& tcpsm);
Subcommand add_states(CLI::App& tcpsm);
Subcommand add_step(CLI::App& tcpsm);
Subcommand add_new(CLI::App& tcpsm);

} // namespace tcpsm::cli
