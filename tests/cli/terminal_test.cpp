// tcpsm in a terminal: colours, width, single keys.

#include <doctest/doctest.h>

#include <algorithm>

#include "cli/process.hpp"
#include "cli/scenarios.hpp"

namespace {

struct TerminalFiles : Folder {
    std::string lost = file("lost.yaml", lost_final_ack);
};

// Two who ask each other for thirty years whether they are there, and a user who waits for what never comes in so many
// ways that each event takes its time.
struct Endless : Folder {
    std::string endless = file("endless.yaml", R"(until: 1000000000s
network: { delay: 1ms }
hosts:
  client: { so_keepalive: yes, tcp_keepalive_time: 1s }
  server: {}
steps:
  - { at: 0s, server: listen 80 }
  - { at: 1s, client: connect server:80 }
)" + waits());

    static std::string waits()
    {
        std::string steps;
        for (int i = 0; i < 2000; ++i) steps += "  - { when: client is CLOSING, client: close }\n";
        return steps;
    }
};

constexpr std::string_view progress = "Ctrl-C ends it";

constexpr std::string_view prompt = "q: quit";

} // namespace

TEST_CASE_FIXTURE(TerminalFiles,
                  "in a terminal: the ladder is coloured, unless the user or the terminal does not want it")
{
    CHECK(has(Terminal({"run", lost}).read_all(), "\x1b["));
    CHECK_FALSE(has(Terminal({"run", lost}, 100, {"NO_COLOR=1"}).read_all(), "\x1b["));
    CHECK_FALSE(has(Terminal({"run", lost}, 100, {"TERM=dumb"}).read_all(), "\x1b["));
    CHECK_FALSE(has(Terminal({"run", "--colour=never", lost}).read_all(), "\x1b["));
    CHECK(has(Terminal({"run", "--colour=always", lost}, 100, {"NO_COLOR=1"}).read_all(), "\x1b["));
}

TEST_CASE_FIXTURE(TerminalFiles, "in a narrow terminal: the ladder fits its width")
{
    const auto widest = [](const std::string& text) {
        std::size_t most = 0;
        for (const std::string& line : lines(text)) most = std::max(most, line.size() - line.ends_with('\r'));
        return most;
    };
    CHECK(widest(Terminal({"run", "--colour=never", lost}, 200).read_all()) > 80);
    CHECK(widest(Terminal({"run", "--colour=never", lost}, 80).read_all()) <= 80);
}

TEST_CASE_FIXTURE(TerminalFiles, "step in a terminal: single keys go on and back, and q leaves")
{
    Terminal terminal({"step", "--colour=never", lost});
    CHECK(has(terminal.read_until(prompt), "0 s: nothing has happened yet"));
    terminal.type("n");
    const std::string first = terminal.read_until(prompt);
    CHECK(has(first, "0 s, event 1"));
    terminal.type("\r");
    CHECK(has(terminal.read_until(prompt), "1 s, event 2"));
    terminal.type("b");
    CHECK(terminal.read_until(prompt) == first);
    terminal.type(" ");
    CHECK(has(terminal.read_until(prompt), "1 s, event 2"));
    terminal.type("\x1b[D"); // the left arrow
    CHECK(terminal.read_until(prompt) == first);
    terminal.type("\x1b[C"); // the right arrow
    CHECK(has(terminal.read_until(prompt), "1 s, event 2"));
    terminal.type("q");
    terminal.read_all();
    CHECK(terminal.status() == 0);
}

TEST_CASE_FIXTURE(TerminalFiles, "step in a terminal that is left by q, Ctrl-D or Ctrl-C: the terminal is as it was")
{
    struct Way {
        std::string_view key;
        int status;
    };
    for (const Way way : {Way{"q", 0}, Way{"\x04", 0}, Way{"\x03", 130}}) {
        CAPTURE(way.status);
        Terminal terminal({"step", lost});
        terminal.read_until(prompt);
        terminal.type(way.key);
        terminal.read_all();
        CHECK(terminal.status() == way.status);
        CHECK(terminal.as_a_shell_expects());
    }
}

TEST_CASE_FIXTURE(TerminalFiles, "Ctrl-C while input is awaited: 130")
{
    Terminal terminal({"run", "-"});
    terminal.type("\x03");
    terminal.read_all();
    CHECK(terminal.status() == 130);
}

TEST_CASE_FIXTURE(Endless,
                  "a long run in a terminal: shows how far it is, and Ctrl-C ends it with what is known and 130")
{
    Terminal terminal({"run", "--format", "csv", endless});
    const std::string shown = terminal.read_until(progress);
    CHECK(has(shown, "[....................]   0 %  "));
    CHECK(has(shown, " s of 1000000000.0 s, "));
    terminal.type("\x03");
    const std::string rest = terminal.read_all();
    CHECK(has(rest, "\r\x1b[Ktcpsm: interrupted at ")); // the line is gone
    CHECK(has(rest, " events; this is what is known so far"));
    CHECK(has(rest, "time,host,LISTEN,"));
    CHECK(has(rest, "1.002,client,0,0,0,1,0,0,0,0,0,0"));
    CHECK(terminal.status() == 130);
}

TEST_CASE_FIXTURE(Endless, "Ctrl-C in a long netstat: the connections of then, and 130")
{
    Terminal terminal({"netstat", endless});
    terminal.read_until(progress);
    terminal.type("\x03");
    const std::string rest = terminal.read_all();
    CHECK(has(rest, " s, where Ctrl-C ended the run"));
    CHECK(has(rest, "ESTABLISHED"));
    CHECK(terminal.status() == 130);
}

TEST_CASE_FIXTURE(Endless, "Ctrl-C in a long check: what was judged until then, and 130")
{
    const std::string lost = file("lost.yaml", lost_final_ack);
    Terminal terminal({"check", lost, endless});
    terminal.read_until(progress);
    terminal.type("\x03");
    CHECK(has(terminal.read_all(), "interrupted in " + endless + ": 1 passed, 0 failed"));
    CHECK(terminal.status() == 130);
}

TEST_CASE_FIXTURE(Endless, "a long run in a terminal that cannot write a line again: shows no progress")
{
    Terminal terminal({"netstat", endless}, 100, {"TERM=dumb"});
    terminal.type("\x03");
    CHECK_FALSE(has(terminal.read_all(), progress));
    CHECK(terminal.status() == 130);
}
