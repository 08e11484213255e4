#pragma once
// Runs the tcpsm command as a user does.

#include <string>
#include <string_view>
#include <vector>

/// What a process said, and how it ended.
struct Finished {
    int status = -1; ///< as a shell has it: 128 + n for signal n
    std::string out;
    std::string err;
};

struct Around {
    std::string input{};                    ///< standard input
    std::string out_to{};                   ///< a file that is standard output, instead of `Finished::out`
    bool closed_pipe = false;               ///< standard output is a pipe that nobody reads any more
    std::string folder{};                   ///< the current one
    std::vector<std::string> environment{}; ///< added to ours, "NO_COLOR=1"
};

/// Runs `tcpsm arguments...` until it ends.
Finished command(const std::vector<std::string>& arguments, const Around& around = {});

/// A folder for the files of one test; it is removed with all that is in it.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    /// The path of a file in it.
    [[nodiscard]] std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }
    /// The same, after writing it.
    [[nodiscard]] std::string file(std::string_view name, std::string_view text) const;

private:
    std::string path_;
};

/// A whole file; empty where there is none.
std::string contents(const std::string& path);
/// The lines of a text.
std::vector<std::string> lines(const std::string& text);

bool has(std::string_view text, std::string_view part);
/// With one blank for each row of them, and none before a line's end: for texts whose columns are not the matter.
std::string squeezed(const std::string& text);

/// tcpsm in a terminal of its own.
class Terminal {
public:
    /// @param added  to the environment
    explicit Terminal(const std::vector<std::string>& arguments, unsigned short columns = 100,
                      const std::vector<std::string>& added = {});
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    void type(std::string_view keys) const;
    /// Everything up to and with `text`, which must come within seconds.
    std::string read_until(std::string_view text);
    /// Everything up to the end of the process.
    std::string read_all();
    /// How it ended. Waits for that.
    int status();
    /// Whether it is told of lines and shows what is typed, as a shell expects it.
    [[nodiscard]] bool as_a_shell_expects() const;

private:
    bool read_some();

    int master_ = -1;
    int pid_ = -1;
    int status_ = -1;
    std::string read_;
};
