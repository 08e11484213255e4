#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "scenario/read.hpp"
#include "support/places.hpp"
#include "support/transcript.hpp"
#include "tcpsm/scenario/simulation.hpp"
#include "tcpsm/wire/notation.hpp"

using namespace tcpsm;
using test::read;

namespace {

std::vector<std::string> catalogue()
{
    std::vector<std::string> all;
    for (const std::string& folder :
         {tcpsm::test::in_source("examples/scenarios"), tcpsm::test::in_source("examples/claims")})
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == ".yaml") all.push_back(entry.path().string());
    std::ranges::sort(all);
    return all;
}

/// All that happens, to the end, and what the scenario expected else.
struct Outcome {
    std::string history;
    std::vector<std::string> failures;
};

Outcome outcome_of(const Scenario& scenario)
{
    Simulation simulation(scenario);
    simulation.run();
    Outcome all{test::transcript(simulation.network.history()), {}};
    for (const Failure& failure : check(scenario, simulation))
        all.failures.push_back(failure.expectation + ": " + failure.found);
    return all;
}

/// A scenario that was written and read again, and what the two came to.
struct Written {
    Scenario scenario;
    Outcome first;
    Outcome again;
};

/// What was written reads back to the same simulation, and is written the same again.
Written check_written(const Scenario& scenario)
{
    const std::string text = write_scenario(scenario);
    CAPTURE(text);
    Scenario again = read(text);
    CHECK(write_scenario(again) == text);
    CHECK(again.title == scenario.title);
    CHECK(again.asks == scenario.asks);
    CHECK(again.seed == scenario.seed);
    CHECK(again.until == scenario.until);
    Outcome first = outcome_of(scenario);
    Outcome second = outcome_of(again);
    CHECK(second.history == first.history);
    return {std::move(again), std::move(first), std::move(second)};
}

Step made_step(Moment moment, const std::string& host, Call verb)
{
    Step made;
    made.moment = std::move(moment);
    made.host = {host, 0};
    made.action.verb = verb;
    return made;
}

/// Two hosts that open a connection, close it, and have seen nothing of a file.
Scenario built(const std::string& client = "client", const std::string& server = "server")
{
    Scenario scenario;
    for (const std::string& name : {client, server}) {
        ScenarioHost host;
        host.name = name;
        host.iss = {name == client ? 100U : 300U};
        scenario.hosts.push_back(host);
    }
    Step listen = made_step(Time{}, server, Call::listen);
    listen.action.port = 80;
    Step connect = made_step(Time{} + 1s, client, Call::connect);
    connect.action.remote = server;
    connect.action.port = 80;
    Clause open;
    open.host = {client, 0};
    open.state = State::Established;
    scenario.steps = {listen, connect, made_step(Condition{{open}}, client, Call::close)};
    return scenario;
}

} // namespace

TEST_CASE(
    "every scenario and claim of the catalogue, written: the same history, the same text again, the same expectations")
{
    const std::vector<std::string> files = catalogue();
    CHECK(files.size() > 20);
    for (const std::string& path : files) {
        CAPTURE(path);
        const Scenario scenario = std::get<Scenario>(read_scenario_file(path));
        const Written written = check_written(scenario);
        CHECK(written.scenario.expectations.size() == scenario.expectations.size());
        CHECK(written.again.failures.empty());
        CHECK(outcome_of(read(write_scenario(scenario, {.expectations = false}))).history == written.first.history);
    }
}

TEST_CASE("a scenario of the catalogue: it is written as its author wrote it")
{
    const Scenario scenario =
        std::get<Scenario>(read_scenario_file(tcpsm::test::in_source("examples/scenarios/simultaneous-close.yaml")));
    CHECK(write_scenario(scenario, {.comment = "Two FINs cross.\n\nFigure 13.\n"}) == R"(# Two FINs cross.
#
# Figure 13.
tcpsm: 1
title: Both sides close at the same moment
asks: Who has closed first when both have?
msl: 30s
network: { delay: 50ms }
hosts:
  A: { iss: 99 }
  B: { iss: 299 }
steps:
  - { at: 0s, B: listen 80 }
  - { at: 1s, A: connect B:80 }
  - { at: 2s, A: close }
  - { at: 2s, B: close }
expect:
  - A: [CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, CLOSING, TIME-WAIT, CLOSED]
  - B: [CLOSED, LISTEN, SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, CLOSING, TIME-WAIT, CLOSED]
  - segments: 7
  - segment: { name: A3, flags: FIN ACK, seq: 100, ack: 300, sent: 2s }
  - segment: { name: B2, flags: FIN ACK, seq: 300, ack: 100, sent: 2s }
  - segment: { name: A4, flags: ACK, seq: 101, ack: 301, sent: 2.05s }
  - segment: { name: B3, flags: ACK, seq: 301, ack: 101, sent: 2.05s }
  - enters: { time: 2.1s, A: TIME-WAIT, B: TIME-WAIT }
  - enters: { time: 62.1s, A: CLOSED, B: CLOSED }
)");
}

TEST_CASE("everything that a file can say, written: nothing is lost")
{
    const Scenario scenario = read(R"(
tcpsm: 1
title: "All: of it"
profile: linux
seed: 9223372036854775807
msl: 1.000000001s
until: 90min
network:
  delay: 1.5ms
  links: [{ between: [client, server], delay: 2us }, { from: A, to: client, delay: 7ns }]
hosts:
  client: { iss: [100, 4294967295], accepts: no, reads: no, profile: rfc9293, msl: 5s, mss: 536, tcp_rfc1337: yes }
  server: { tcp_retries2: 3, r2: 10s, time_wait: 0s, half_duplex_close: no, so_linger: off }
  A:
steps:
  - { at: 0s, server: listen 80 backlog 5 reuseaddr }
  - { at: 1s, client: bind 5000 reuseaddr }
  - { at: 1s, client: connect server:80 from 5000 reuseaddr }
  - { at: 2.000000001s, client: send 1000 }
  - { at: 3s, client: receive }
  - { at: 3s, client: receive 10 }
  - { at: 3s, client: accept }
  - { when: "client is ESTABLISHED and server#2 was SYN-RECEIVED and A has received 10", client#2: shutdown }
  - { when: client.3' arrived and A4 left and inject.1 left, same_event: yes, server: close }
  - { at: 4s, client: "inject <SEQ=1><ACK=2><DATA=3><CTL=SYN,FIN,PSH,URG,ECE,CWR,ACK><WND=4><UP=5><MSS=6>" }
  - { at: 4s, A: "inject <SEQ=1><CTL=RST> from 9 to server:80" }
  - { at: 5s, A: crash }
  - { at: 6s, A: reboot }
  - { at: 7s, client: kill }
  - { at: 8s, server: abort }
faults:
  - lose: [client.1, A4, every segment, first SYN from client, "5% of SYN,ACKs", 0.0001% of data to server]
  - lose: 12th pure ACK from client to server in TIME-WAIT
  - lose: [11th RST, 21st ACK, 22nd FIN, 103rd retransmission]
  - delay: { segment: "2nd SYN,ACK", by: 2s }
  - duplicate: every segment
  - duplicate: { segment: client.4, after: 10ms }
  - hold: { segment: client.5, until: client is CLOSED }
  - hold: { segment: client.6, until: 5s }
  - cut: { between: [client, server], from: client.2 left, until: 5s }
  - cut: { between: [client, A] }
changes:
  - { at: 2s, msl: 10s }
  - { at: 2s, delay: 100ms }
  - { at: 3s, loss: 12.5% }
  - { at: 4s, loss: 0% }
  - { at: 5s, profile: rfc9293 }
expect:
  - client: [CLOSED, SYN-SENT]
  - server#2: [LISTEN]
  - segment: { name: client.1, flags: "SYN,PSH,ACK", seq: 1, ack: 2, len: 3, wnd: 4, from: client, fate: in flight }
  - segment: { name: "client.1'", because: "refused: sequence number", check: RST bit, sent: 1s, arrives: 1.5s }
  - segment: { name: inject.1, flags: [], because: "rcv SYN,ACK" }
  - segments: 7
  - segments: { from: server, flags: RST, count: 0 }
  - call: { host: client#2, call: send, nth: 2, result: broken_pipe }
  - call: { host: client, call: connect, result: ok, returns: 1.5s }
  - delivered: { server: 1000, client: 7 }
  - at: { time: 61.1s, client: TIME-WAIT, server: CLOSED }
  - at: { time: 61.1s, client: CLOSED }
  - enters: { time: 61.1s, client#3: CLOSED }
  - connections: { server: 1, A: 0 }
  - never: { client: [FIN-WAIT-2, CLOSING], server: LISTEN }
  - told: { server: connection_reset, A: ok }
)");
    CHECK(write_scenario(scenario) == R"(tcpsm: 1
title: "All: of it"
profile: linux
seed: 9223372036854775807
msl: 1.000000001s
until: 90min
network:
  delay: 1.5ms
  links:
    - { from: client, to: server, delay: 2us }
    - { from: server, to: client, delay: 2us }
    - { from: A, to: client, delay: 7ns }
hosts:
  client: { iss: [100, 4294967295], accepts: no, reads: no, profile: rfc9293, msl: 5s, mss: 536, tcp_rfc1337: yes }
  server: { tcp_retries2: 3, r2: 10s, time_wait: 0s, half_duplex_close: no, so_linger: off }
  A: {}
steps:
  - { at: 0s, server: listen 80 backlog 5 reuseaddr }
  - { at: 1s, client: bind 5000 reuseaddr }
  - { at: 1s, client: connect server:80 from 5000 reuseaddr }
  - { at: 2.000000001s, client: send 1000 }
  - { at: 3s, client: receive }
  - { at: 3s, client: receive 10 }
  - { at: 3s, client: accept }
  - { when: client is ESTABLISHED and server#2 was SYN-RECEIVED and A has received 10, client#2: shutdown }
  - { when: client.3' arrived and A4 left and inject.1 left, same_event: yes, server: close }
  - { at: 4s, client: "inject <SEQ=1><ACK=2><DATA=3><CTL=SYN,FIN,PSH,URG,ECE,CWR,ACK><WND=4><UP=5><MSS=6>" }
  - { at: 4s, A: "inject <SEQ=1><CTL=RST> from 9 to server:80" }
  - { at: 5s, A: crash }
  - { at: 6s, A: reboot }
  - { at: 7s, client: kill }
  - { at: 8s, server: abort }
faults:
  - lose: client.1
  - lose: A4
  - lose: every segment
  - lose: first SYN from client
  - lose: 5% of SYN,ACKs
  - lose: 0.0001% of data to server
  - lose: 12th pure ACK from client to server in TIME-WAIT
  - lose: 11th RST
  - lose: 21st ACK
  - lose: 22nd FIN
  - lose: 103rd retransmission
  - delay: { segment: "second SYN,ACK", by: 2s }
  - duplicate: every segment
  - duplicate: { segment: client.4, after: 10ms }
  - hold: { segment: client.5, until: client is CLOSED }
  - hold: { segment: client.6, until: 5s }
  - cut: { between: [client, server], from: client.2 left, until: 5s }
  - cut: { between: [client, A] }
changes:
  - { at: 2s, msl: 10s }
  - { at: 2s, delay: 100ms }
  - { at: 3s, loss: 12.5% }
  - { at: 4s, loss: 0% }
  - { at: 5s, profile: rfc9293 }
expect:
  - client: [CLOSED, SYN-SENT]
  - server#2: [LISTEN]
  - segment: { name: client.1, from: client, flags: SYN PSH ACK, seq: 1, ack: 2, len: 3, wnd: 4, fate: in flight }
  - segment: { name: client.1', sent: 1s, arrives: 1.5s, because: "refused: sequence number", check: RST bit }
  - segment: { name: inject.1, flags: [], because: "rcv SYN,ACK" }
  - segments: 7
  - segments: { from: server, flags: RST, count: 0 }
  - call: { host: client#2, call: send, nth: 2, result: broken_pipe }
  - call: { host: client, call: connect, result: ok, returns: 1.5s }
  - delivered: { server: 1000, client: 7 }
  - at: { time: 61.1s, client: TIME-WAIT, server: CLOSED }
  - at: { time: 61.1s, client: CLOSED }
  - enters: { time: 61.1s, client#3: CLOSED }
  - connections: { server: 1, A: 0 }
  - never: { client: FIN-WAIT-2 }
  - never: { client: CLOSING, server: LISTEN }
  - told: { server: connection_reset, A: ok }
)");
    const Written written = check_written(scenario);
    CHECK(written.again.failures.size() == written.first.failures.size());
}

TEST_CASE("a title of any characters: it is read as it was")
{
    for (const std::string& title : {std::string("With: a colon"),
                                     std::string("Ends in a colon:"),
                                     std::string("A # mark"),
                                     std::string("It's \"quoted\""),
                                     std::string("\"all\""),
                                     std::string("'single'"),
                                     std::string("  leading"),
                                     std::string("trailing "),
                                     std::string("two  blanks"),
                                     std::string("最后的 ACK 丢失：谁在等待？"),
                                     std::string("Grüße, [list], {map}"),
                                     std::string("[list]"),
                                     std::string("{ map }"),
                                     std::string("- item"),
                                     std::string("? key"),
                                     std::string("!tag"),
                                     std::string("&anchor"),
                                     std::string("*alias"),
                                     std::string("%"),
                                     std::string("@at"),
                                     std::string("`tick"),
                                     std::string("| block"),
                                     std::string("> fold"),
                                     std::string("~"),
                                     std::string("null"),
                                     std::string("Null"),
                                     std::string("yes"),
                                     std::string("1"),
                                     std::string("---"),
                                     std::string("..."),
                                     std::string("two\nlines"),
                                     std::string("a\ttab"),
                                     std::string("back\\slash \\n"),
                                     std::string("\x07 bell and \x7f delete"),
                                     std::string("zero\0inside", 11),
                                     std::string("next\xC2\x85line"),
                                     std::string("\xE2\x80\xA8 line separator"),
                                     std::string("\xEF\xBB\xBF mark"),
                                     std::string("\xC2\xA0 wide"),
                                     std::string("😀 of four octets"),
                                     std::string(300, 'x') + ": long " + std::string(300, 'y')}) {
        CAPTURE(title);
        Scenario scenario = built();
        scenario.title = title;
        scenario.asks = title + "?";
        check_written(scenario);
    }
}

TEST_CASE("hosts with names that mean something elsewhere: they are found again")
{
    struct Names {
        std::string client, server;
    };
    for (const Names& names : {Names{"null", "Null"}, Names{"yes", "no"}, Names{"h1", "h2"}, Names{"A", "A4"},
                               Names{"x-1", "is"}, Names{"to", "from"}}) {
        const std::string& client = names.client;
        const std::string& server = names.server;
        CAPTURE(client);
        Scenario scenario = built(client, server);
        scenario.links.push_back({client, server, 5ms});
        Fault lose;
        lose.segment.from = server;
        lose.segment.to = client;
        lose.segment.nth = 1;
        Fault cut;
        cut.kind = Fault::Kind::cut;
        cut.a = client;
        cut.b = server;
        cut.from = Time{} + 10s;
        scenario.faults = {lose, cut};
        scenario.expectations.push_back({{}, ExpectStates{{client, 0}, {State::Closed}}, {}});
        scenario.expectations.push_back({{}, ExpectNever{{server, 2}, State::Closing}, {}});
        check_written(scenario);
    }
}

TEST_CASE("a scenario that a program has changed: what a file could not say so is written so that it can")
{
    Scenario scenario = built();
    // --set adds settings, the later of which stands: a key stands once in a file.
    REQUIRE_FALSE(
        apply({.set = {"msl=10s", "client.msl=3s", "tcp_retries2=4", "r2=9s", "client.msl=2s"}, .lose = {"client.3"}},
              scenario));
    Fault hold;
    hold.kind = Fault::Kind::hold; // for ever
    hold.segment.name = "server.2";
    scenario.faults.push_back(hold);
    scenario.steps.front().same_event = true; // means nothing at a time
    const Scenario again = check_written(scenario).scenario;
    const ConnectionOptions options = again.options(again.hosts[0]).profile.connection;
    CHECK(options.msl == 2s);
    CHECK(options.r2 == 9s);
    CHECK(options.retries == -1);
}

TEST_CASE("times are written exactly, in a unit that is read")
{
    struct Said {
        Duration duration;
        std::string text;
    };
    for (const Said& written : {Said{0ns, "0s"}, Said{1ns, "1ns"}, Said{1500ns, "1.5us"}, Said{999'999ns, "999.999us"},
                                Said{50ms, "50ms"}, Said{1'000'000'001ns, "1.000000001s"}, Said{90s, "90s"},
                                Said{10min, "10min"}, Said{10min + 1s, "601s"}, Said{1'000'000'000s, "1000000000s"}}) {
        const std::string& text = written.text;
        CAPTURE(text);
        Scenario scenario = built();
        scenario.msl = written.duration;
        CHECK(write_scenario(scenario).find("msl: " + text + '\n') != std::string::npos);
        CHECK(read(write_scenario(scenario)).msl == written.duration);
    }
}

TEST_CASE("a comment: each of its lines is one, whatever stands in it")
{
    const std::string text = write_scenario(built(), {.comment = "title: no\n\n# x\tand \x07\r\n  indented"});
    CHECK(text.starts_with("# title: no\n#\n# # x and\n#   indented\ntcpsm: 1\n"));
    CHECK(read(text).title.empty());
}
