// tcpsm run.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "cli/process.hpp"
#include "cli/scenarios.hpp"
#include "support/places.hpp"

namespace {

struct RunFiles : Folder {
    std::string lost = file("lost.yaml", lost_final_ack);
    std::string bad = file("bad.yaml", bad_file);
};

} // namespace

TEST_CASE_FIXTURE(RunFiles, "run: title, question and the ladder with times, plain in a pipe")
{
    const Finished run = command({"run", lost});
    CHECK(run.status == 0);
    CHECK(run.err == "");
    const auto text = lines(run.out);
    REQUIRE(text.size() > 10);
    CHECK(text[0] == "The last ACK of the teardown is lost");
    CHECK(text[1] == "Why does the side that closes first wait in TIME-WAIT?");
    CHECK(text[2] == "");
    CHECK(has(squeezed(run.out), " client.4 TIME-WAIT --> <SEQ=102><ACK=302><CTL=ACK> XXX LAST-ACK\n"));
    CHECK(squeezed(text.back()).starts_with("62.2"));
    CHECK(squeezed(text.back()).ends_with(" CLOSED (2 MSL)"));
    CHECK_FALSE(has(run.out, "\x1b"));
}

TEST_CASE_FIXTURE(RunFiles, "run twice: the same text")
{
    CHECK(command({"run", lost}).out == command({"run", lost}).out);
}

TEST_CASE_FIXTURE(RunFiles, "run -: the scenario is standard input")
{
    CHECK(command({"run", "-"}, {.input = std::string(lost_final_ack)}).out == command({"run", lost}).out);
}

TEST_CASE_FIXTURE(RunFiles, "run of a name: the scenario of that name in examples/scenarios, or a suggestion")
{
    std::filesystem::create_directories(path() + "/examples/scenarios");
    std::filesystem::copy_file(lost, path() + "/examples/scenarios/lost-final-ack.yaml");
    const Around here{.folder = path()};
    CHECK(command({"run", "lost-final-ack"}, here).out == command({"run", lost}).out);

    const Finished misspelled = command({"run", "lost-fnal-ack"}, here);
    CHECK(misspelled.status == 2);
    CHECK(misspelled.out == "");
    CHECK(misspelled.err == "tcpsm: found no file and no scenario 'lost-fnal-ack'; did you mean 'lost-final-ack'?\n");
}

TEST_CASE_FIXTURE(RunFiles, "run --why: each reason with its section")
{
    const Finished run = command({"run", "--why", lost});
    CHECK(has(run.out, "CLOSE (RFC 9293, 3.10.4)"));
    CHECK(has(run.out, "retransmission timeout (RFC 9293, 3.10.8)"));
    CHECK_FALSE(has(command({"run", lost}).out, "(RFC 9293"));
}

TEST_CASE_FIXTURE(RunFiles, "run --colour always: coloured, and the same without its colours")
{
    std::string text = command({"run", "--colour", "always", lost}).out;
    CHECK(has(text, "\x1b["));
    for (std::size_t at = 0; (at = text.find("\x1b[")) != std::string::npos;)
        text.erase(at, text.find('m', at) + 1 - at);
    CHECK(text == command({"run", lost}).out);
    CHECK(command({"run", "--color=always", lost}).out == command({"run", "--colour=always", lost}).out);
}

TEST_CASE_FIXTURE(RunFiles, "run --set, --lose: this run differs from the file")
{
    CHECK(squeezed(lines(command({"run", "--set", "msl=10s", lost}).out).back()).starts_with("22.2"));
    const Finished two_lost = command({"run", "--lose", "client.5", "--lose", "client.6", lost});
    CHECK(two_lost.status == 0);
    CHECK(has(two_lost.out, "XXX LAST-ACK"));
    CHECK(has(two_lost.out, "client.7"));
}

TEST_CASE_FIXTURE(RunFiles, "run --set, --lose, --profile with what nobody knows: 2, and nothing on standard output")
{
    const std::vector<std::vector<std::string>> options{
        {"--set", "mls=10s"}, {"--set", "msl"}, {"--lose", "nobody.4"}, {"--profile", "lunix"}};
    for (std::vector<std::string> arguments : options) {
        CAPTURE(arguments);
        const std::string option = arguments.front();
        arguments.insert(arguments.begin(), "run");
        arguments.push_back(lost);
        const Finished run = command(arguments);
        CHECK(run.status == 2);
        CHECK(run.out == "");
        CHECK(run.err.starts_with(option + ": "));
    }
}

TEST_CASE_FIXTURE(RunFiles, "run --profile linux: TIME-WAIT lasts 60 s, and an msl that has no effect is remarked")
{
    const Finished run = command({"run", "--profile", "linux", lost});
    CHECK(run.status == 0);
    CHECK(has(run.err, "note: "));
    CHECK(has(run.err, "msl"));
    CHECK_FALSE(has(run.out, "note: "));
}

TEST_CASE_FIXTURE(RunFiles, "run --format svg: a picture with title and question, on standard output or in a file")
{
    const Finished run = command({"run", "--format", "svg", lost});
    CHECK(run.status == 0);
    CHECK(run.err == "");
    CHECK(run.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "));
    CHECK(run.out.ends_with("</svg>\n"));
    CHECK(has(run.out, "<title id=\"title\">The last ACK of the teardown is lost</title>"));
    CHECK(has(run.out, ">Why does the side that closes first wait in TIME-WAIT?</tspan>"));
    CHECK(has(run.out, ">client.4</tspan>"));

    const Finished filed = command({"run", "--format", "svg", "--output", file("ladder.svg"), lost});
    CHECK(filed.status == 0);
    CHECK(filed.out == "");
    CHECK(contents(file("ladder.svg")) == run.out);
    CHECK(command({"run", "--format", "svg", "--lose", "client.5", lost}).out != run.out);
}

TEST_CASE_FIXTURE(RunFiles,
                  "run --format csv: a header, and how many stand in each state after each instant that changed it")
{
    const Finished run = command({"run", "--format", "csv", lost});
    CHECK(run.status == 0);
    CHECK(run.err == "");
    const auto rows = lines(run.out);
    REQUIRE(rows.size() > 5);
    CHECK(rows[0] == "time,host,LISTEN,SYN-SENT,SYN-RECEIVED,ESTABLISHED,FIN-WAIT-1,FIN-WAIT-2,CLOSE-WAIT,CLOSING,"
                     "LAST-ACK,TIME-WAIT");
    CHECK(rows[1] == "0,server,1,0,0,0,0,0,0,0,0,0");
    CHECK(rows[2] == "1,client,0,1,0,0,0,0,0,0,0,0");
    CHECK(rows[3] == "1.05,server,1,0,1,0,0,0,0,0,0,0");
    CHECK(rows.back() == "62.2,client,0,0,0,0,0,0,0,0,0,0");
}

TEST_CASE_FIXTURE(RunFiles,
                  "run --format svg --plot counts: the counts as a picture, and --plot without a picture is refused")
{
    const Finished run = command({"run", "--format", "svg", "--plot", "counts", lost});
    CHECK(run.status == 0);
    CHECK(has(run.out, "<title id=\"title\">The last ACK of the teardown is lost</title>"));
    CHECK(has(run.out, ">192.0.2.1, at most 1 at once</tspan>"));
    CHECK_FALSE(has(run.out, "client.4"));

    const Finished refused = command({"run", "--format", "csv", "--plot", "counts", lost});
    CHECK(refused.status == 2);
    CHECK(refused.out == "");
    CHECK(refused.err == "tcpsm run: --plot is about pictures: add --format svg\n");
}

TEST_CASE_FIXTURE(RunFiles, "run --seed: what was drawn differs, and is the same for the same seed")
{
    const std::string drawn = file("drawn.yaml", "hosts: { a: {}, b: {} }\n"
                                                 "steps:\n"
                                                 "  - { at: 0s, b: listen 80 }\n"
                                                 "  - { at: 1s, a: connect b:80 }\n");
    const auto with = [&](const char* seed) { return command({"run", "--seed", seed, drawn}).out; };
    CHECK(with("7") == with("7"));
    CHECK(with("7") != with("8"));
}

TEST_CASE_FIXTURE(RunFiles, "run of a bad file: the place on standard error, standard output empty, and 2")
{
    const Finished run = command({"run", bad});
    CHECK(run.status == 2);
    CHECK(run.out == "");
    CHECK(run.err.starts_with(bad + ":5:13: "));
    CHECK(lines(run.err).size() == 1);

    const Finished input = command({"run", "-"}, {.input = std::string(bad_file)});
    CHECK(input.status == 2);
    CHECK(input.out == "");
    CHECK(has(input.err, ":5:13: "));
}

TEST_CASE_FIXTURE(RunFiles, "run of what is no file: one message, and 2")
{
    for (const std::string& name : {file("absent.yaml"), path()}) {
        const Finished run = command({"run", name});
        CHECK(run.status == 2);
        CHECK(run.out == "");
        CHECK(has(run.err, name));
        CHECK(lines(run.err).size() == 1);
    }
}

TEST_CASE_FIXTURE(RunFiles, "run past the end of the scenario: says what is still pending")
{
    const std::string text = "until: 5s\n" + std::string(lost_final_ack);
    const Finished run = command({"run", "-"}, {.input = text});
    CHECK(lines(run.out).back() == "The run ends at 5 s (until:); the next event would be at 62.2 s.");
}

TEST_CASE("what the README shows of many connections: is what run prints")
{
    const std::string readme = contents(tcpsm::test::in_source("README.md"));
    const std::string shown = "run examples/scenarios/port-exhaustion.yaml | sed -n 4,8p\n";
    const std::size_t at = readme.find(shown);
    REQUIRE(at != std::string::npos);
    const auto printed = lines(command({"run", tcpsm::test::in_source("examples/scenarios/port-exhaustion.yaml")}).out);
    REQUIRE(printed.size() > 8);
    std::string fourth_to_eighth;
    for (std::size_t i = 3; i < 8; ++i) fourth_to_eighth += printed[i] + '\n';
    CHECK(readme.substr(at + shown.size()).starts_with(fourth_to_eighth + "```"));
}
