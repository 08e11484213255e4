// tcpsm step, in a pipe: one command a line.

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/process.hpp"
#include "cli/scenarios.hpp"
#include "support/places.hpp"

namespace {

struct Stepping : Folder {
    std::string lost = file("lost.yaml", lost_final_ack);

    [[nodiscard]] std::string step(std::string_view commands) const
    {
        const Finished finished = command({"step", lost}, {.input = std::string(commands)});
        CHECK(finished.status == 0);
        CHECK(finished.err == "");
        return finished.out;
    }
    /// The last thing that is shown for some commands.
    [[nodiscard]] std::string last(const std::string& commands) const
    {
        const std::string before = step(commands.substr(0, commands.rfind('\n', commands.size() - 2) + 1));
        return step(commands).substr(before.size());
    }
};

/// What is shown of each event in turn, without its time.
std::vector<std::string> events_of(const std::string& text)
{
    constexpr std::string_view head = ", event ";
    std::vector<std::string> all;
    for (std::size_t at = text.find(head); at != std::string::npos;) {
        const std::size_t next = text.find(head, at + 1);
        const std::string shown = text.substr(at, next - at);
        all.push_back(shown.substr(0, shown.rfind("\n\n")));
        at = next;
    }
    return all;
}

} // namespace

TEST_CASE_FIXTURE(Stepping, "step: shows where it begins, and ends with its input")
{
    const std::string text = step("");
    CHECK(text.starts_with("The last ACK of the teardown is lost\nWhy does the side"));
    CHECK(has(text, "0 s: nothing has happened yet\n"));
    CHECK(has(text, "  state       CLOSED                CLOSED\n"));
    CHECK_FALSE(has(text, "\x1b"));
}

TEST_CASE_FIXTURE(Stepping, "one event on: when, what, why, and both sides' variables")
{
    const std::string text = last("n\nn\nn\n");
    CHECK(text.starts_with("1.05 s, event 3\n"));
    CHECK(has(text, "  client.1 <SEQ=100><CTL=SYN> arrives at server\n"));
    CHECK(has(text, "  server: LISTEN to SYN-RECEIVED, on rcv SYN (RFC 9293, 3.10.7.2)\n"));
    CHECK(has(text, "  server.1 <SEQ=300><ACK=101><CTL=SYN,ACK> leaves server for client, because: rcv SYN (RFC 9293, "
                    "3.10.7.2)\n"));
    CHECK(has(text, "              client                server\n"
                    "  state       SYN-SENT              SYN-RECEIVED *\n"
                    "  SND.UNA     100                   300 *\n"
                    "  SND.NXT     101                   301 *\n"
                    "  SND.WND     0                     65535 *\n"
                    "  RCV.NXT     -                     101 *\n"
                    "  RCV.WND     65535                 65535 *\n"
                    "  RTO         1 s                   1 s *\n"
                    "  next timer  RTO at 2 s            RTO at 2.05 s *\n"));
}

TEST_CASE_FIXTURE(Stepping, "every way to say next, in a line: the same")
{
    const std::string next = step("n\n");
    for (const char* command : {"\n", " \n", "next\n", "n\r\n", "n"}) CHECK(step(command) == next);
}

TEST_CASE_FIXTURE(Stepping, "back and forth: the same text, all the way")
{
    std::string forward;
    std::vector<std::string> shown;
    for (int i = 0; i < 15; ++i) {
        forward += "n\n";
        shown.push_back(last(forward));
    }
    CHECK(shown.back() == "This is the end. Nothing is pending.\n\n");
    shown.pop_back();

    std::string back = forward;
    for (std::size_t i = shown.size() - 1; i > 0; --i) {
        back += "b\n";
        CHECK(last(back) == shown[i - 1]);
    }
    CHECK(has(last(back + "b\n"), "0 s: nothing has happened yet\n"));
    CHECK(last(back + "b\nb\n") == "This is the beginning.\n\n");
    CHECK(last(back + "n\n") == shown[1]);
}

TEST_CASE("back over more events than copies of the world are kept: the same text")
{
    const std::string data = "hosts: { a: { iss: 100 }, b: { iss: 300 } }\n"
                             "steps:\n"
                             "  - { at: 0s, b: listen 80 }\n"
                             "  - { at: 1s, a: connect b:80 }\n"
                             "  - { when: a is ESTABLISHED, a: send 300000 }\n";
    const Folder folder;
    const std::string file = folder.file("data.yaml", data);
    constexpr std::size_t on = 200;
    std::string commands;
    for (std::size_t i = 0; i < on; ++i) commands += "n\n";
    for (std::size_t i = 1; i < on; ++i) commands += "b\n";
    const auto shown = events_of(command({"step", file}, {.input = commands}).out);
    REQUIRE(shown.size() == 2 * on - 1);
    CHECK(shown[on - 1] != shown[on - 2]);
    for (std::size_t back = 1; back < on; ++back) {
        CAPTURE(back);
        CHECK(shown[on - 1 + back] == shown[on - 1 - back]);
    }
}

TEST_CASE_FIXTURE(Stepping, "on to the next change of a state: stops at each one, and at the end")
{
    std::string commands;
    for (int i = 0; i < 12; ++i) {
        commands += "s\n";
        CAPTURE(commands);
        CHECK(has(last(commands), " to "));
    }
    CHECK(has(step(commands), "TIME-WAIT to CLOSED, on 2 MSL timeout (RFC 9293, 3.10.8)"));
    CHECK(last(commands + "s\n") == "This is the end. Nothing is pending.\n\n");
}

TEST_CASE_FIXTURE(Stepping, "a loss and a repetition: told as such")
{
    const std::string text = step("n\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\n");
    CHECK(has(text, "  client.4 is lost on the way\n"));
    CHECK(has(text, "  server: the RTO timer fires\n"));
    CHECK(has(text, "because: retransmission timeout (RFC 9293, 3.10.8)\n"));
}

TEST_CASE_FIXTURE(Stepping, "quit, help and what nobody knows")
{
    CHECK(step("q\nn\n") == step(""));
    CHECK(has(last("?\n"), "one event back\n"));
    CHECK(last("n\nnexr\n") == "Unknown command 'nexr'; did you mean 'next'?\n\n");
    CHECK(last("n\nxyzzy\n") == "Unknown command 'xyzzy'; ? shows them all\n\n");
}

TEST_CASE_FIXTURE(Stepping, "step of a bad file, or of standard input: 2, and nothing on standard output")
{
    const Finished bad = command({"step", file("bad.yaml", bad_file)});
    CHECK(bad.status == 2);
    CHECK(bad.out == "");
    CHECK(has(bad.err, ":5:13: "));

    const Finished input = command({"step", "-"}, {.input = std::string(lost_final_ack)});
    CHECK(input.status == 2);
    CHECK(input.out == "");
    CHECK(input.err == "tcpsm step: the commands come from standard input, so FILE cannot\n");
}

TEST_CASE_FIXTURE(Stepping, "step --lose: the other future")
{
    const Finished lost_again = command({"step", "--lose", "client.1", lost}, {.input = "n\nn\n"});
    CHECK(has(lost_again.out, "  client.1 is lost on the way\n"));
}

TEST_CASE("docs/command-line.md: shows what step shows")
{
    const std::string text =
        command({"step", "lost-final-ack"}, {.input = "n\nn\nn\n", .folder = tcpsm::test::in_source()}).out;
    const std::size_t begin = text.find("1.05 s, event 3\n");
    REQUIRE(begin != std::string::npos);
    const std::string third = text.substr(begin, text.size() - begin - 1); // without the blank line at its end
    CAPTURE(third);
    CHECK(has(contents(tcpsm::test::in_source("docs/command-line.md")), "\n" + third + "```\n"));
}
