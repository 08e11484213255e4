// tcpsm check.

#include <doctest/doctest.h>

#include "cli/process.hpp"
#include "cli/scenarios.hpp"

namespace {

struct CheckFiles : Folder {
    std::string good = file("good.yaml", lost_final_ack);
};

} // namespace

TEST_CASE_FIXTURE(CheckFiles, "check where all is so: a line a file, the count, and 0")
{
    const Finished check = command({"check", good, good});
    CHECK(check.status == 0);
    CHECK(check.err == "");
    CHECK(check.out == "ok      " + good + "\nok      " + good + "\n2 passed, 0 failed\n");
}

TEST_CASE_FIXTURE(CheckFiles, "check where something is not so: its place, the ladder, the count, and 1")
{
    const std::string wrong = file("wrong.yaml", wrong_expectation);
    const Finished check = command({"check", wrong, good});
    CHECK(check.status == 1);
    const auto text = lines(check.out);
    REQUIRE(text.size() > 10);
    CHECK(text[0] == "FAILED  " + wrong);
    CHECK(text[1] == wrong + ":12:5: client: [CLOSED, SYN-SENT, ESTABLISHED]");
    CHECK(text[2] == "    found: [CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED]");
    CHECK(has(squeezed(check.out), "client.1 SYN-SENT --> <SEQ=100><CTL=SYN> --> SYN-RECEIVED"));
    CHECK(has(check.out, "\nok      " + good + "\n"));
    CHECK(text.back() == "1 passed, 1 failed");
    CHECK_FALSE(has(check.out, "\x1b"));
}

TEST_CASE_FIXTURE(CheckFiles, "check where a fault never applied: it failed")
{
    std::string text(lost_final_ack);
    text.replace(text.find("client.4"), 8, "client.9");
    const Finished check = command({"check", "-"}, {.input = text});
    CHECK(check.status == 1);
    CHECK(has(check.out, ":15:"));
    CHECK(has(check.out, "client.9"));
}

TEST_CASE_FIXTURE(CheckFiles, "check of a folder: every scenario in it")
{
    static_cast<void>(file("a.yaml", lost_final_ack));
    const Finished check = command({"check", path()});
    CHECK(check.status == 0);
    CHECK(lines(check.out).front() == "ok      " + file("a.yaml"));
    CHECK(lines(check.out).back() == "2 passed, 0 failed");
}

TEST_CASE_FIXTURE(CheckFiles, "check of bad files: each is named, nothing runs, and 2")
{
    const std::string bad = file("bad.yaml", bad_file);
    const std::string worse = file("worse.yaml", "\"");
    const Finished check = command({"check", good, bad, worse});
    CHECK(check.status == 2);
    CHECK(check.out == "");
    REQUIRE(lines(check.err).size() == 2);
    CHECK(lines(check.err)[0].starts_with(bad + ":5:13: "));
    CHECK(lines(check.err)[1].starts_with(worse + ":"));
}

TEST_CASE_FIXTURE(CheckFiles, "check of a scenario that expects nothing: ok, and it says so")
{
    const Finished check =
        command({"check", "-"}, {.input = "hosts: { a: {} }\nsteps:\n  - { at: 0s, a: listen 80 }\n"});
    CHECK(check.status == 0);
    CHECK(has(lines(check.out).front(), "(it expects nothing)"));
}

TEST_CASE_FIXTURE(CheckFiles, "V10: check has the options of run, and judges the run that they make")
{
    const std::string waits =
        file("waits.yaml", std::string(lost_final_ack) + "  - at: { time: 40s, client: TIME-WAIT }\n");
    const auto status = [&](std::vector<std::string> options) {
        options.insert(options.begin(), "check");
        options.push_back(waits);
        return command(options).status;
    };
    CHECK(status({}) == 0);
    CHECK(status({"--set", "msl=10s"}) == 1);
    CHECK(status({"--set", "msl=10s", "--set", "time_wait=60s"}) == 0);
    CHECK(status({"--profile", "linux", "--seed", "7"}) == 0);
    CHECK(status({"--profile", "linux", "--set", "time_wait=1s"}) == 1);
    CHECK(status({"--lose", "client.1"}) == 0); // the SYN comes again, and client.4 is the FIN
    CHECK(status({"--lose", "client.9"}) == 1); // it never left
}

TEST_CASE_FIXTURE(CheckFiles, "V10: an option that does not fit a file: the file is named, nothing runs, and 2")
{
    const std::string other = file("other.yaml", "hosts: { a: {} }\nsteps:\n  - { at: 0s, a: listen 80 }\n");
    const Finished check = command({"check", "--set", "server.mss=536", good, other});
    CHECK(check.status == 2);
    CHECK(check.out == "");
    REQUIRE(lines(check.err).size() == 1);
    CHECK(lines(check.err)[0].starts_with(other + ": --set"));
    CHECK(command({"check", "--seed", "x", good}).status == 2);
}
