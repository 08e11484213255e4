// tcpsm-replay: replays a folder of recordings of a kernel's TCP, and tells where tcpsm does something else.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "replay/notation.hpp"
#include "replay/reader.hpp"
#include "replay/replay.hpp"

namespace {

namespace fs = std::filesystem;
using namespace tcpsm::kernel;

constexpr std::string_view help =
    R"(usage: tcpsm-replay [--verbose] PATH...

Replays recordings of a Linux kernel's TCP (*.jsonl) into a host of tcpsm under the profile `linux`. A PATH is a
recording or a folder of them. One line is printed for each: that it agrees, or the first difference, or the feature
that it needs and that is not supported. The last line counts them.

  -v, --verbose   the whole ladder of both before the line of each recording that differs
  -h, --help      this text

Exit status: 0 where none failed, 1 where one differs, 2 where the arguments or a recording are bad.
)";

struct Arguments {
    std::vector<std::string> paths{};
    bool verbose = false;
    bool help = false;
    std::string problem{};
};

Arguments read_arguments(const std::vector<std::string>& words)
{
    Arguments arguments;
    bool options = true;
    for (const std::string& word : words) {
        if (options && word == "--")
            options = false;
        else if (options && (word == "-h" || word == "--help"))
            arguments.help = true;
        else if (options && (word == "-v" || word == "--verbose"))
            arguments.verbose = true;
        else if (options && word.size() > 1 && word.front() == '-')
            arguments.problem = "unknown option '" + word + "'";
        else
            arguments.paths.push_back(word);
    }
    if (arguments.paths.empty() && arguments.problem.empty()) arguments.problem = "expected a folder of recordings";
    return arguments;
}

/// The recordings that a path names, in alphabetic order.
/// @return nothing, and a problem, where there are none
std::vector<std::string> recordings(const std::string& path, std::string& problem)
{
    std::error_code error;
    if (fs::is_regular_file(path, error)) return {path};
    if (!fs::is_directory(path, error)) {
        problem = path + ": no such file or folder";
        return {};
    }
    std::vector<std::string> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error))
        if (entry.path().extension() == ".jsonl") found.push_back(entry.path().string());
    if (error) problem = path + ": " + error.message();
    if (found.empty() && problem.empty()) problem = path + ": no recordings (*.jsonl) in this folder";
    std::sort(found.begin(), found.end());
    return found;
}

void print_ladder(const Result& result)
{
    for (const Step& step : result.steps) {
        const bool difference = step.recorded.empty() && step.replayed.starts_with("    ^ ");
        if (difference)
            fmt::print("  {:>14}  {}\n", seconds(step.time), step.replayed);
        else
            fmt::print("  {:>14}  {:<62}  {}\n", seconds(step.time), step.recorded, step.replayed);
    }
}

struct Counts {
    int passed = 0;
    int failed = 0;
    int unsupported = 0;
    bool unreadable = false;
};

void replay_one(const std::string& path, bool verbose, Counts& counts)
{
    const std::string name = fs::path(path).stem().string();
    try {
        const Result result = replay(read_recording(path));
        switch (result.verdict) {
        case Verdict::agrees:
            ++counts.passed;
            fmt::print("{}: agree\n", name);
            break;
        case Verdict::differs:
            ++counts.failed;
            if (verbose) print_ladder(result);
            fmt::print("{}: line {}: {}\n", name, result.line, result.text);
            break;
        case Verdict::unsupported:
            ++counts.unsupported;
            fmt::print("{}: unsupported: {}\n", name, result.text);
            break;
        }
    } catch (const ReadError& error) {
        ++counts.failed;
        counts.unreadable = true;
        fmt::print("{}: unreadable\n", name);
        std::fflush(stdout);
        fmt::print(stderr, "{}\n", error.what());
    }
}

int run(const Arguments& arguments)
{
    std::vector<std::string> paths;
    for (const std::string& path : arguments.paths) {
        std::string problem;
        const std::vector<std::string> found = recordings(path, problem);
        if (!problem.empty()) {
            fmt::print(stderr, "tcpsm-replay: {}\n", problem);
            return 2;
        }
        paths.insert(paths.end(), found.begin(), found.end());
    }
    Counts counts;
    for (const std::string& path : paths) replay_one(path, arguments.verbose, counts);
    fmt::print("{} passed, {} failed, {} unsupported\n", counts.passed, counts.failed, counts.unsupported);
    if (counts.unreadable) return 2;
    return counts.failed > 0 ? 1 : 0;
}

} // namespace

int main(int argc, char** argv)
{
    const Arguments arguments = read_arguments({argv + std::min(argc, 1), argv + argc});
    if (arguments.help) {
        fmt::print("{}", help);
        return 0;
    }
    if (!arguments.problem.empty()) {
        fmt::print(stderr, "tcpsm-replay: {}\nFor help: tcpsm-replay --help\n", arguments.problem);
        return 2;
    }
    return run(arguments);
}
