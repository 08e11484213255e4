// Where the output goes, and what happens where it cannot.

#include <doctest/doctest.h>

#include <filesystem>
#include <iterator>

#include <sys/stat.h>

#include "cli/process.hpp"
#include "cli/scenarios.hpp"

namespace fs = std::filesystem;

namespace {

struct OutputFiles : Folder {
    std::string lost = file("lost.yaml", lost_final_ack);

    [[nodiscard]] std::size_t count() const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(path()), {}));
    }
};

} // namespace

TEST_CASE_FIXTURE(OutputFiles, "--output FILE: the text is in the file, and nothing on standard output")
{
    const std::string expected = command({"run", lost}).out;
    const Finished run = command({"run", lost, "--output", file("ladder.txt")});
    CHECK(run.status == 0);
    CHECK(run.out == "");
    CHECK(contents(file("ladder.txt")) == expected);
    CHECK(count() == 2); // nothing else is left behind
    CHECK(command({"run", lost, "--output", "-"}).out == expected);
}

TEST_CASE_FIXTURE(OutputFiles,
                  "--output to a file that is there: it is replaced, and keeps its permissions and its links")
{
    const std::string target = file("target.txt", "old");
    fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write);
    fs::create_symlink(target, file("link.txt"));
    CHECK(command({"states", "--output", file("link.txt")}).status == 0);
    CHECK(fs::is_symlink(file("link.txt")));
    CHECK(contents(target) == command({"states"}).out);
    CHECK(fs::status(target).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE_FIXTURE(OutputFiles, "a bad scenario: --output leaves the file as it was")
{
    const std::string target = file("target.txt", "old");
    CHECK(command({"run", file("bad.yaml", bad_file), "--output", target}).status == 2);
    CHECK(contents(target) == "old");
}

TEST_CASE_FIXTURE(OutputFiles, "--output where nothing can be written: one message, and 2")
{
    for (const std::string& target : {file("no-folder/ladder.txt"), path(), std::string("/dev/full")}) {
        CAPTURE(target);
        const Finished run = command({"run", lost, "--output", target});
        CHECK(run.status == 2);
        CHECK(run.err.starts_with("tcpsm: cannot write " + target + ": "));
        CHECK(lines(run.err).size() == 1);
        CHECK(count() == 1);
    }
}

TEST_CASE_FIXTURE(OutputFiles, "standard output on a full disk: one message, and 2")
{
    const std::vector<std::vector<std::string>> commands{{"run", lost},    {"run", "--format", "json", lost},
                                                         {"list", path()}, {"check", lost},
                                                         {"states"},       {"step", lost},
                                                         {"new"},          {"--help"},
                                                         {"--version"}};
    for (const auto& words : commands) {
        CAPTURE(words);
        const Finished finished = command(words, {.out_to = "/dev/full"});
        CHECK(finished.status == 2);
        CHECK(finished.err == "tcpsm: cannot write to standard output: No space left on device\n");
    }
}

TEST_CASE_FIXTURE(OutputFiles, "standard output is a pipe that nobody reads any more: 2, without a word")
{
    const Finished finished = command({"run", lost}, {.closed_pipe = true});
    CHECK(finished.status == 2);
    CHECK(finished.err == "");
}
