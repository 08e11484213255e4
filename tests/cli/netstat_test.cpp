// tcpsm netstat.

#include <doctest/doctest.h>

#include <algorithm>

#include "cli/process.hpp"
#include "cli/scenarios.hpp"
#include "support/places.hpp"

namespace {

// Its lines lose the blanks that they share; empty ones between them stay.
std::string text(std::string_view raw)
{
    std::string result;
    const std::vector<std::string> all = lines(std::string(raw.substr(raw.find('\n') + 1)));
    for (std::size_t i = 0; i + 1 < all.size(); ++i)
        result += all[i].substr(std::min<std::size_t>(all[i].size(), 8)) + '\n';
    return result;
}

// Text is written that nobody reads, a connection waits in TIME-WAIT, and a host goes down.
constexpr std::string_view some_of_each = R"(network: { delay: 50ms }
hosts:
  client: { iss: [100, 200] }
  server: { iss: [300, 400], reads: no }
steps:
  - { at: 0s, server: listen 80 }
  - { at: 1s, client: connect server:80 }
  - { at: 2s, client: connect server:80 }
  - { at: 3s, client#2: send 5 }
  - { at: 4s, client: close }
  - { at: 5s, server: close }
  - { at: 5940ms, client#2: send 7 }
  - { at: 300s, server: crash }
  - { at: 301s, client#2: abort }
)";

struct NetstatFiles : Folder {
    std::string lost = file("lost.yaml", lost_final_ack);
    std::string several = file("several.yaml", some_of_each);
};

} // namespace

TEST_CASE_FIXTURE(NetstatFiles,
                  "netstat --at: listeners and connections as netstat -ant has them, and the line of ss -s")
{
    const Finished run = command({"netstat", several, "--at", "6s"});
    CHECK(run.status == 0);
    CHECK(run.err == "");
    CHECK(run.out == text(R"(
        At 6 s

        client, 192.0.2.1
        Proto Recv-Q Send-Q Local Address           Foreign Address         State
        tcp        0      0 192.0.2.1:49152         192.0.2.2:80            TIME_WAIT
        tcp        0      7 192.0.2.1:49153         192.0.2.2:80            ESTABLISHED
        TCP:   2 (estab 1, closed 1, orphaned 0, synrecv 0, timewait 1)

        server, 192.0.2.2
        Proto Recv-Q Send-Q Local Address           Foreign Address         State
        tcp        0      0 192.0.2.2:80            0.0.0.0:*               LISTEN
        tcp       12      0 192.0.2.2:80            192.0.2.1:49153         ESTABLISHED
        TCP:   2 (estab 1, closed 0, orphaned 0, synrecv 0, timewait 0)
    )"));
}

TEST_CASE_FIXTURE(NetstatFiles, "netstat --at in the middle of it all: the states in netstat's spelling, of one host")
{
    const auto state = [&](const char* at, const char* host) {
        const std::string out = command({"netstat", several, "--at", at, "--host", host}).out;
        const std::size_t begin = out.find(":80            192.0.2.1:49152 ") != std::string::npos
                                      ? out.find("192.0.2.1:49152") + 24
                                      : out.find("192.0.2.2:80") + 24;
        return out.substr(begin, out.find('\n', begin) - begin);
    };
    CHECK(state("1s", "client") == "SYN_SENT");
    CHECK(state("1050ms", "server") == "SYN_RECV");
    CHECK(state("4s", "client") == "FIN_WAIT1");
    CHECK(state("4.2s", "client") == "FIN_WAIT2");
    CHECK(state("4.2s", "server") == "CLOSE_WAIT");
    CHECK(state("5s", "server") == "LAST_ACK");
    CHECK(state("5.05s", "client") == "TIME_WAIT");
}

TEST_CASE_FIXTURE(NetstatFiles,
                  "netstat --timers: the next timer of each in netstat's words, with the seconds that are left")
{
    const std::string out = squeezed(command({"netstat", "--timers", several, "--at", "6s"}).out);
    CHECK(has(out, "Foreign Address State Timer\n"));
    CHECK(has(out, "192.0.2.2:80 TIME_WAIT timewait (239.05)\n"));
    CHECK(has(out, "192.0.2.2:80 ESTABLISHED on (0.94)\n"));
    CHECK(has(out, "0.0.0.0:* LISTEN off (0)\n"));
}

TEST_CASE_FIXTURE(NetstatFiles, "netstat --programs: the process that has each, and a dash where none has")
{
    const std::string path = file("programs.yaml", R"(network: { delay: 50ms }
hosts:
  client: { iss: [100, 200] }
  server: { iss: [300, 400] }
steps:
  - { at: 0s, server: listen 80 as web }
  - { at: 1s, client: connect server:80 as curl }
  - { at: 2s, client: connect server:80 }
  - { at: 3s, client: socket 2 as idle }
  - { at: 4s, client: close }
)");
    const std::string out = squeezed(command({"netstat", "--programs", path, "--at", "5s"}).out);
    CHECK(has(out, "Foreign Address State PID/Program name\n"));
    CHECK(has(out, "192.0.2.1:49152 192.0.2.2:80 FIN_WAIT2 -\n")); // curl has closed it
    CHECK(has(out, "192.0.2.1:49153 192.0.2.2:80 ESTABLISHED 2/user\n"));
    CHECK(has(out, "TCP: 4 (estab 1, closed 2, orphaned 1, synrecv 0, timewait 0)\n"));
    CHECK(has(out, "0.0.0.0:* LISTEN 1/web\n"));
    CHECK(has(out, "192.0.2.2:80 192.0.2.1:49153 ESTABLISHED 1/web\n"));
    const std::string both = squeezed(command({"netstat", "--programs", "--timers", path, "--at", "5s"}).out);
    CHECK(has(both, "State PID/Program name Timer\n"));
    CHECK(has(both, "LISTEN 1/web off (0)\n"));
}

TEST_CASE_FIXTURE(NetstatFiles, "netstat --statistics: what has happened, and the kernel's log in its own words")
{
    const Finished run = command(
        {"netstat", "--statistics", several, "--at", "6s", "--host", "client", "--set", "client.tcp_max_tw_buckets=0"});
    CHECK(run.out == text(R"(
        At 6 s

        client, 192.0.2.1
        Tcp:
            2 active connection openings
            0 passive connection openings
            8 segments sent out
            0 segments retransmitted
        TcpExt:
            1 time a connection skipped TIME-WAIT, its table was full (TCPTimeWaitOverflow)
        Log:
            [    5.050000] TCP: time wait bucket table overflow
    )"));
    CHECK(run.err == "");
    CHECK(has(command({"netstat", "--statistics", "--count", several}).err, "--count"));
}

TEST_CASE_FIXTURE(NetstatFiles, "netstat --count: how many stand in each state, in the RFC's spelling")
{
    CHECK(command({"netstat", "--count", several, "--at", "4.2s"}).out == text(R"(
        At 4.2 s

        client, 192.0.2.1
              1 ESTABLISHED
              1 FIN-WAIT-2

        server, 192.0.2.2
              1 LISTEN
              1 ESTABLISHED
              1 CLOSE-WAIT
    )"));
    CHECK(command({"netstat", "--count", several, "--at", "0s", "--host", "client"}).out == text(R"(
        At 0 s

        client, 192.0.2.1
        (no connection)
    )"));
}

TEST_CASE_FIXTURE(NetstatFiles, "netstat of a host that is down: that it is, and no connection")
{
    CHECK(command({"netstat", several, "--host", "server"}).out == text(R"(
        At 301.05 s, where the run ends

        server, 192.0.2.2, is down
    )"));
}

TEST_CASE_FIXTURE(NetstatFiles, "netstat --at beyond the end: says where the run ended, and what was so there")
{
    const auto first = [&](const std::vector<std::string>& arguments) { return lines(command(arguments).out).front(); };
    CHECK(first({"netstat", several, "--at", "60min"}) == "At 301.05 s, where the run ends; 3600 s is after that");
    CHECK(first({"netstat", several, "--set", "until=10s"}) == "At 10 s, where the run ends (until:)");
    CHECK(first({"netstat", several, "--set", "until=10s", "--at", "11s"}) ==
          "At 10 s, where the run ends (until:); 11 s is after that");
    CHECK(first({"netstat", several, "--set", "until=10s", "--at", "10s"}) == "At 10 s");
}

TEST_CASE_FIXTURE(NetstatFiles, "netstat --set, --lose: this run differs from the file")
{
    CHECK(has(command({"netstat", several, "--at", "1s", "--lose", "client.1"}).out, "SYN_SENT"));
    CHECK_FALSE(has(command({"netstat", several, "--at", "10s", "--set", "msl=1s"}).out, "TIME_WAIT"));
}

TEST_CASE_FIXTURE(NetstatFiles, "netstat with a time without a unit or a host that is not there: one message, and 2")
{
    struct Bad {
        std::vector<std::string> options;
        std::string_view message;
    };
    for (const Bad& bad :
         {Bad{{"--at", "12"}, "--at: found '12', expected"}, Bad{{"--at", "-1s"}, "--at: found '-1s'"},
          Bad{{"--at", ""}, "--at: found"},
          Bad{{"--host", "clinet"}, "--host: found 'clinet', expected client or server; did you mean 'client'?\n"}}) {
        std::vector<std::string> arguments{"netstat", several};
        arguments.insert(arguments.end(), bad.options.begin(), bad.options.end());
        const Finished run = command(arguments);
        CAPTURE(arguments);
        CHECK(run.status == 2);
        CHECK(run.out == "");
        CHECK(run.err.starts_with(bad.message));
        CHECK(lines(run.err).size() == 1);
    }
}

TEST_CASE("docs/command-line.md: shows what netstat and run --format csv show")
{
    const std::string scenario = tcpsm::test::in_source("examples/scenarios/lost-final-ack.yaml");
    const std::string docs = contents(tcpsm::test::in_source("docs/command-line.md"));
    CHECK(has(docs, "lost-final-ack\n" + command({"netstat", "--at", "12s", scenario}).out + "```\n"));
    std::string rows;
    for (const std::string& row : lines(command({"run", "--format", "csv", scenario}).out))
        if (std::count(rows.begin(), rows.end(), '\n') < 4) rows += row + '\n';
    CHECK(has(docs, "head -4\n" + rows + "```\n"));
}
