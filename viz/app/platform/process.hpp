#pragma once
// Another program that reads what we write.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tcpsm::viz {

/// A program, found as a shell finds it and started without one. It runs in a process group of its own, so that Ctrl-C
/// reaches only us, and we decide what becomes of it.
class Process {
public:
    /// @param arguments  the first is the program
    /// @param errors_to  the file that its error output is written to
    Process(const std::vector<std::string>& arguments, const std::string& errors_to);
    /// Kills what still runs.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// 0, or the errno of what went wrong: ENOENT where there is no such program.
    [[nodiscard]] int start_error() const { return start_error_; }
    /// Writes all of it to the program's input. False where it does not read any more, or a signal came.
    [[nodiscard]] bool write(std::span<const unsigned char> octets) const;
    /// Ends the input and waits for the program's end. True where it succeeded; nothing where a signal came first.
    [[nodiscard]] std::optional<bool> finish();

private:
    pid_t pid_ = -1;
    int input_ = -1;
    int start_error_ = 0;
};

/// While it lives, Ctrl-C (and what asks us to end in other ways) does not end the program but is remembered, and
/// writing to a program that has ended is an error, not our end. There is one at a time, in one thread.
class Signals {
public:
    Signals();
    /// As it was before; and if a signal came, it comes now.
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    [[nodiscard]] bool came() const;
};

} // namespace tcpsm::viz
