// Help, and what is said of a command line that is not understood.

#include <doctest/doctest.h>

#include "cli/process.hpp"

namespace {

const std::vector<std::string> subcommands{"run", "step", "netstat", "list", "check", "claims", "states", "new"};

void check_refused(const std::vector<std::string>& arguments, std::string_view message)
{
    CAPTURE(arguments);
    const Finished finished = command(arguments);
    CHECK(finished.status == 2);
    CHECK(finished.out == "");
    CHECK(lines(finished.err).front() == message);
}

} // namespace

TEST_CASE("tcpsm alone, help and --help: the help, which names every subcommand")
{
    const Finished help = command({"--help"});
    CHECK(help.status == 0);
    CHECK(help.err == "");
    for (const std::string& subcommand : subcommands) CHECK(has(help.out, "\n  " + subcommand + " "));
    CHECK(command({}).out == help.out);
    CHECK(command({"help"}).out == help.out);
}

TEST_CASE("the help of each subcommand: shows an example, and no line is wider than a projector")
{
    for (const std::string& subcommand : subcommands) {
        CAPTURE(subcommand);
        const Finished help = command({subcommand, "--help"});
        CHECK(help.status == 0);
        CHECK(has(help.out, "Examples:\n  tcpsm " + subcommand));
        for (const std::string& line : lines(help.out)) CHECK(line.size() <= 120);
        CHECK(command({"help", subcommand}).out == help.out);
    }
}

TEST_CASE("--version: the name and the version")
{
    const Finished version = command({"--version"});
    CHECK(version.status == 0);
    CHECK(version.out.starts_with("tcpsm 0."));
    CHECK(lines(version.out).size() == 1);
}

TEST_CASE("an unknown word: one message that suggests the nearest known one, and 2")
{
    check_refused({"chekc"}, "tcpsm: unknown subcommand 'chekc'; did you mean 'check'?");
    check_refused({"rum", "--help"}, "tcpsm: unknown subcommand 'rum'; did you mean 'run'?");
    check_refused({"xylophone"}, "tcpsm: unknown subcommand 'xylophone'");
    check_refused({"--verison"}, "tcpsm: unknown option '--verison'; did you mean '--version'?");
    check_refused({"run", "--formta", "json", "x.yaml"},
                  "tcpsm run: unknown option '--formta'; did you mean '--format'?");
    check_refused({"run", "--formta=json"}, "tcpsm run: unknown option '--formta'; did you mean '--format'?");
    check_refused({"check", "--why", "x.yaml"}, "tcpsm check: unknown option '--why'");
}

TEST_CASE("a value that is wrong or missing: what was found and what was expected, and 2")
{
    check_refused({"run"}, "tcpsm run: FILE is required");
    check_refused({"run", "a.yaml", "b.yaml"}, "tcpsm run: 'b.yaml' is one argument too many");
    check_refused({"run", "x.yaml", "--lose"}, "tcpsm run: --lose: a value is missing");
    check_refused({"run", "x.yaml", "--format", "jsn"},
                  "tcpsm run: --format: found 'jsn', expected text or json or svg or csv; did you mean 'json'?");
    for (const std::string later : {"mermaid", "pcapng"})
        check_refused({"run", "x.yaml", "--format", later},
                      "tcpsm run: --format: " + later +
                          " comes in a later version; expected text or json or svg or csv");
    check_refused({"run", "x.yaml", "--colour", "red"},
                  "tcpsm run: --colour: found 'red', expected auto or always or never");
    check_refused({"run", "x.yaml", "--seed", "-1"}, "--seed: found '-1', expected a whole number from 0 to 2^64 - 1");
    check_refused({"states", "--format", "markdwon"},
                  "tcpsm states: --format: found 'markdwon', expected text or markdown "
                  "or mermaid or dot or json; did you mean 'markdown'?");
}
