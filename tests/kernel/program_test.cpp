// tcpsm-replay as it is used.

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "kernel/mutation.hpp"
#include "support/places.hpp"

using namespace tcpsm::kernel;

namespace {

namespace fs = std::filesystem;

struct Finished {
    int status = -1;
    std::string said; // both outputs
};

Finished run(const std::string& arguments)
{
    const std::string command = "'" + tcpsm::test::in_build("tcpsm-replay") + "' " + arguments + " 2>&1";
    Finished finished;
    std::FILE* const pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
        finished.said.append(buffer.data(), count);
    finished.status = WEXITSTATUS(pclose(pipe));
    return finished;
}

/// A folder of recordings that is removed at the end.
class Folder {
public:
    Folder() : path_(fs::temp_directory_path() / ("tcpsm-replay-" + std::to_string(getpid())))
    {
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::string path() const { return path_.string(); }
    void write(const std::string& name, const std::string& text) const
    {
        std::ofstream(path_ / (name + ".jsonl"), std::ios::binary) << text;
    }

private:
    fs::path path_;
};

std::string with_meta(std::string_view lines)
{
    return std::string(meta).append(lines);
}

} // namespace

TEST_CASE("a folder of recordings: one line each in alphabetic order, and a count")
{
    const Folder folder;
    folder.write("b", with_meta(orderly));
    folder.write("a", with_meta(orderly));
    folder.write("c", with_meta(R"({"t":1,"ev":"reboot"})"));
    const Finished good = run(folder.path());
    CHECK(good.status == 0);
    CHECK(good.said ==
          "a: agree\nb: agree\nc: unsupported: a line of kind reboot\n2 passed, 0 failed, 1 unsupported\n");

    folder.write("d", with_meta(changed(R"("call":"accept","ret":"ok")", R"("call":"accept","ret":"EAGAIN")")));
    const Finished bad = run(folder.path());
    CHECK(bad.status == 1);
    CHECK(bad.said.ends_with(
        "\nd: line 6: 0.400000 s: accept: expected EAGAIN, got ok\n2 passed, 1 failed, 1 unsupported\n"));
    const Finished verbose = run("--verbose " + folder.path());
    CHECK(verbose.said.find("<-- <SEQ=0><CTL=SYN><WND=65535><OPT=mss>") != std::string::npos);
    CHECK(verbose.said.find("^ accept: expected EAGAIN, got ok") != std::string::npos);
}

TEST_CASE("a recording that cannot be read: is said with its place, fails, and the others are replayed")
{
    const Folder folder;
    folder.write("a", with_meta("oops\n"));
    folder.write("b", with_meta(orderly));
    const Finished finished = run(folder.path());
    CHECK(finished.status == 2);
    CHECK(finished.said.find("/a.jsonl:2:1: found no JSON") != std::string::npos);
    CHECK(finished.said.ends_with("b: agree\n1 passed, 1 failed, 0 unsupported\n"));
}

TEST_CASE("bad arguments: one message, exit status 2")
{
    const Folder folder;
    CHECK(run("").status == 2);
    CHECK(run("").said.starts_with("tcpsm-replay: expected a folder of recordings\n"));
    CHECK(run("--fast " + folder.path()).said.starts_with("tcpsm-replay: unknown option '--fast'\n"));
    const Finished empty = run(folder.path());
    CHECK(empty.status == 2);
    CHECK(empty.said.ends_with("no recordings (*.jsonl) in this folder\n"));
    CHECK(run(folder.path() + "/nowhere").said.ends_with("no such file or folder\n"));
    CHECK(run("--help").status == 0);
    CHECK(run("--help").said.starts_with("usage: tcpsm-replay"));
}
