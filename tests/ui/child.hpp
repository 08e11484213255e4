#pragma once
// A program that runs beside the test, and never longer than it.

#include <string>
#include <vector>

#include <sys/types.h>

/// Ends a wait that lasts too long, however much happens meanwhile: a descriptor that can be read when the time is up.
class Limit {
public:
    explicit Limit(int seconds = 120);
    ~Limit();
    Limit(const Limit&) = delete;
    Limit& operator=(const Limit&) = delete;
    /// Waits until something can be read from one of these; false where the time is up.
    [[nodiscard]] bool wait(std::vector<int> descriptors) const;

private:
    int timer_;
};

class Child {
public:
    /// @param arguments    the first is the program, found as a shell finds it
    /// @param environment  all of it, as environment_with gives it
    /// @param inherited    a descriptor that it has, too; -1 for none
    Child(std::vector<std::string> arguments, std::vector<std::string> environment, int inherited = -1);
    /// Ends it, where it still runs.
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }
    /// Can be read when it says something, or has ended.
    [[nodiscard]] int output() const { return output_; }
    /// Takes in what it has said. False where it has ended.
    bool listen();
    /// All that it has said, on its standard output or the one for errors.
    [[nodiscard]] const std::string& said() const { return said_; }
    /// Waits for its end; as a shell has it: 128 + n for signal n, 127 where there is no such program. -1 where it goes
    /// on until the limit.
    [[nodiscard]] int wait(const Limit& limit);

private:
    pid_t pid_ = -1;
    int output_ = -1;
    std::string said_;
};
