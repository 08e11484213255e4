#pragma once
// tcpsm-viz as a program: its arguments, what it says, and how it ends.

#include <string>
#include <vector>

/// How a run of tcpsm-viz ended.
struct Ended {
    int status = -1; ///< as a shell has it: 128 + n for signal n
    std::string out;
    std::string err;
};

/// Runs `tcpsm-viz arguments...` until it ends, without a display.
/// @param environment  added to ours, "PATH=/none"
[[nodiscard]] Ended run_viz(std::vector<std::string> arguments, const std::vector<std::string>& environment = {});

/// Our environment without a display, without what it says of language and place, and with what a test adds.
[[nodiscard]] std::vector<std::string> environment_with(const std::vector<std::string>& added, const std::string& home);

/// Texts as exec() wants them: a pointer to each, and a null pointer behind the last. The texts must stay.
[[nodiscard]] std::vector<char*> pointers(std::vector<std::string>& texts);
