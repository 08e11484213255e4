#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <variant>

#include "scenario/read.hpp"
#include "support/places.hpp"
#include "tcpsm/scenario/scenario.hpp"

using namespace tcpsm;
using test::read;

namespace {

const std::string three_hosts = "hosts: { client: , server: , A: }\n";

Step step_of(const std::string& text)
{
    return read(three_hosts + "steps:\n  - " + text + '\n').steps.at(0);
}

std::vector<Fault> faults(const std::string& text)
{
    return read(three_hosts + "steps: [{ at: 0s, client: close }]\nfaults:\n  - " + text + '\n').faults;
}

std::vector<Expectation> expectations(const std::string& text)
{
    return read(three_hosts + "steps: [{ at: 0s, client: close }]\nexpect:\n  - " + text + '\n').expectations;
}

} // namespace

TEST_CASE("the switches of a scenario are read, and have defaults")
{
    const Scenario plain = read(three_hosts + "steps: [{ at: 0s, client: close }]\n");
    CHECK(plain.profile == "rfc9293");
    CHECK(plain.seed == 1);
    CHECK_FALSE(plain.msl);
    CHECK(plain.until == Time{} + 1h);
    CHECK(plain.delay == 10ms);
    CHECK(plain.hosts.size() == 3);

    const Scenario full = read("tcpsm: 1\ntitle: Grüße\nasks: Why?\nprofile: linux\nseed: 7\nmsl: 30s\nuntil: 90min\n"
                               "network:\n  delay: 1.5ms\n  links:\n"
                               "    - { from: client, to: server, delay: 80ms }\n"
                               "    - { between: [client, A], delay: 1us }\n" +
                               three_hosts + "steps: [{ at: 0s, client: close }]\n");
    CHECK(full.title == "Grüße");
    CHECK(full.asks == "Why?");
    CHECK(full.profile == "linux");
    CHECK(full.seed == 7);
    CHECK(full.msl == 30s);
    CHECK(full.until == Time{} + 90min);
    CHECK(full.delay == 1500us);
    REQUIRE(full.links.size() == 3);
    CHECK(full.links[0].delay == 80ms);
    CHECK(full.links[2].from == "A");
    CHECK(full.links[2].to == "client");
}

TEST_CASE("the switches of a host are read over those of its profile")
{
    const Scenario scenario = read(R"(
profile: linux
msl: 30s
hosts:
  client: { iss: 100, accepts: no, reads: off, mss: 536, user_timeout: 20s, tcp_syn_retries: 2, half_duplex_close: no }
  server:
    iss: [300, 600]
    profile: rfc9293
    r2: 10s
  other: { r2: 10s, time_wait: 0s }
steps: [{ at: 0s, client: close }]
)");
    const HostOptions client = scenario.options(scenario.hosts[0]);
    CHECK(client.profile.name == "linux");
    CHECK(client.iss == std::vector<std::uint32_t>{100});
    CHECK_FALSE(client.accepts);
    CHECK_FALSE(client.reads);
    CHECK(client.profile.connection.mss == 536);
    CHECK(client.profile.connection.user_timeout == 20s);
    CHECK(client.profile.connection.syn_retries == 2);
    CHECK_FALSE(client.profile.connection.half_duplex_close);
    CHECK(client.profile.connection.two_msl() == 60s);

    const HostOptions server = scenario.options(scenario.hosts[1]);
    CHECK(server.iss == std::vector<std::uint32_t>{300, 600});
    CHECK(server.accepts);
    CHECK(server.reads);
    CHECK(server.profile.connection.r2 == 10s);
    CHECK(server.profile.connection.two_msl() == 60s);

    // A time for R2 means that retransmissions are not counted any more.
    CHECK(scenario.options(scenario.hosts[2]).profile.connection.retries == -1);
    CHECK(scenario.remarks() ==
          std::vector<std::string>{"msl does not apply to client: the profile linux fixes TIME-WAIT at 60 s; time_wait "
                                   "changes it"});
}

TEST_CASE("every verb is read")
{
    CHECK(step_of("{ at: 1.5s, server: listen 80 backlog 5 }").action.backlog == 5);
    CHECK(std::get<Time>(step_of("{ at: 1.5s, server: listen 80 }").moment) == Time{} + 1500ms);
    const Step connect = step_of("{ at: 0s, client#2: connect server:80 from 5000 }");
    CHECK(connect.host.host == "client");
    CHECK(connect.host.connection == 2);
    CHECK(connect.action.verb == Call::connect);
    CHECK(connect.action.remote == "server");
    CHECK(connect.action.port == 80);
    CHECK(connect.action.from_port == 5000);
    CHECK(connect.text == "client#2: connect server:80 from 5000");
    CHECK(step_of("{ at: 0s, client: bind 5000 }").action.port == 5000);
    CHECK_FALSE(step_of("{ at: 0s, client: bind 5000 }").action.reuse_address);
    for (const char* const action : {"bind 5000", "listen 80", "listen 80 backlog 5", "connect server:80 from 5000"})
        CHECK(step_of("{ at: 0s, client: " + std::string(action) + " reuseaddr }").action.reuse_address);
    CHECK(step_of("{ at: 0s, client: send 1000 }").action.octets == 1000);
    CHECK(step_of("{ at: 0s, client: send 1000 octets }").action.octets == 1000);
    CHECK(step_of("{ at: 0s, client: receive }").action.octets == 0);
    CHECK(step_of("{ at: 0s, client: RECEIVE 10 }").action.octets == 10);
    for (const Call verb :
         {Call::accept, Call::shutdown, Call::close, Call::abort, Call::crash, Call::reboot, Call::kill, Call::exit})
        CHECK(step_of("{ at: 0s, client: " + std::string(name(verb)) + " }").action.verb == verb);

    CHECK(step_of("{ at: 0s, client: socket 1000 }").action.octets == 1000);
    for (const char* const action : {"listen 80", "listen 80 backlog 5 reuseaddr", "bind 5000", "connect server:80",
                                     "connect server:80 from 5000 reuseaddr", "socket 10"})
        CHECK(step_of("{ at: 0s, client: " + std::string(action) + " as web }").action.process == "web");
    for (const char* const end : {"kill", "exit", "crash"}) {
        CHECK(step_of("{ at: 0s, client: " + std::string(end) + " }").action.process.empty());
        CHECK(step_of("{ at: 0s, client: " + std::string(end) + " user }").action.process == "user");
    }

    const Step inject = step_of("{ at: 0s, client: 'inject <SEQ=100><ACK=300><CTL=FIN,ACK>' }");
    CHECK(inject.action.segment.seq == Seq(100));
    CHECK(inject.action.port == 0);
    const Step elsewhere = step_of("\n      at: 0s\n      client: inject <SEQ=1><CTL=RST> from 5000 to server:80");
    CHECK(elsewhere.action.from_port == 5000);
    CHECK(elsewhere.action.remote == "server");
    CHECK(elsewhere.action.port == 80);
    CHECK(elsewhere.action.source.empty());
    const Step forged = step_of("\n      at: 0s\n      server: inject <SEQ=1><CTL=RST> from client:5000 to server:80");
    CHECK(forged.action.source == "client");
    CHECK(forged.action.from_port == 5000);
}

TEST_CASE("every condition is read, in every spelling of a state")
{
    const Step waiting =
        step_of("{ when: client is estab and server#2 was SYN_RCVD and A has received 10 and A4 left and "
                "client.3' arrived, same_event: yes, client: close }");
    CHECK(waiting.same_event);
    const auto& clauses = std::get<Condition>(waiting.moment).clauses;
    REQUIRE(clauses.size() == 5);
    CHECK(clauses[0].kind == Clause::Kind::is);
    CHECK(clauses[0].state == State::Established);
    CHECK(clauses[1].kind == Clause::Kind::was);
    CHECK(clauses[1].host.connection == 2);
    CHECK(clauses[1].state == State::SynReceived);
    CHECK(clauses[2].kind == Clause::Kind::received);
    CHECK(clauses[2].octets == 10);
    CHECK(clauses[3].kind == Clause::Kind::left);
    CHECK(clauses[3].segment == "A4");
    CHECK(clauses[4].kind == Clause::Kind::arrived);
    CHECK(clauses[4].segment == "client.3'");
    for (const char* const spelling : {"FIN-WAIT-1", "FIN_WAIT1", "FIN_WAIT_1", "fin-wait-1"})
        CHECK(std::get<Condition>(step_of("{ when: A is " + std::string(spelling) + ", A: close }").moment)
                  .clauses[0]
                  .state == State::FinWait1);
}

TEST_CASE("every fault is read")
{
    CHECK(faults("lose: client.4")[0].segment.name == "client.4");
    CHECK(faults("lose: A.4")[0].segment.name == "A4");
    const auto three = faults("lose: [client.1, client.2, first FIN from server]");
    REQUIRE(three.size() == 3);
    CHECK(three[2].segment.nth == 1);
    CHECK(three[2].segment.kind == Selector::Kind::fin);
    CHECK(three[2].segment.from == "server");
    CHECK(three[2].text == "lose: first FIN from server");

    const Fault delay = faults("delay: { segment: server.1, by: 2s }")[0];
    CHECK(delay.kind == Fault::Kind::delay);
    CHECK(delay.by == 2s);
    CHECK(faults("duplicate: every segment")[0].by == 0s);
    CHECK(faults("duplicate: { segment: client.4, after: 5ms }")[0].by == 5ms);
    CHECK(std::get<Time>(faults("hold: { segment: client.4, until: 5s }")[0].until) == Time{} + 5s);
    CHECK(std::holds_alternative<Condition>(faults("hold: { segment: client.4, until: client is CLOSED }")[0].until));
    const Fault cut = faults("cut: { between: [client, server], from: 2s, until: client is CLOSED }")[0];
    CHECK(cut.kind == Fault::Kind::cut);
    CHECK(cut.a == "client");
    CHECK(cut.b == "server");
    CHECK(std::get<Time>(cut.from) == Time{} + 2s);
}

TEST_CASE("every change is read")
{
    const auto changes = [](const std::string& text) {
        return read(three_hosts + "steps: [{ at: 0s, client: close }]\nchanges: " + text + '\n').changes;
    };
    CHECK(changes("").empty());
    const auto all = changes("[{ at: 2s, msl: 10s }, { delay: 1.5ms, at: 0s }, { at: 3s, loss: 0.25% }, { at: 3s, "
                             "loss: 0% }, { at: 4s, loss: 100% }, { at: 5s, profile: linux }]");
    REQUIRE(all.size() == 6);
    CHECK(all[0].kind == Change::Kind::msl);
    CHECK(all[0].at == Time{} + 2s);
    CHECK(all[0].duration == 10s);
    CHECK(all[1].kind == Change::Kind::delay);
    CHECK(all[1].at == Time{});
    CHECK(all[1].duration == 1500us);
    CHECK(all[2].kind == Change::Kind::loss);
    CHECK(all[2].chance == 2'500);
    CHECK(all[3].chance == 0);
    CHECK(all[4].chance == Rule::one_million);
    CHECK(all[5].kind == Change::Kind::profile);
    CHECK(all[5].profile == "linux");
    CHECK(all[2].text() == "loss: 0.25%");
    CHECK(all[5].text() == "profile: linux");
}

TEST_CASE("a condition on a host that is called like a segment: it is the host, unless something left or arrived")
{
    const Scenario scenario = read("hosts: { h1: , A: , A4: }\nsteps:\n  - { when: h1 is ESTABLISHED, A: close }\n"
                                   "  - { when: A4 is ESTABLISHED, A: close }\n  - { when: A4 left, A: close }\n");
    const auto clause = [&](std::size_t step) { return std::get<Condition>(scenario.steps[step].moment).clauses[0]; };
    CHECK(clause(0).host.host == "h1");
    CHECK(clause(1).host.host == "A4");
    CHECK(clause(2).segment == "A4");
}

TEST_CASE("segments are described in words")
{
    const Selector forever = faults("lose: every pure ACK from client in TIME-WAIT")[0].segment;
    CHECK(forever.kind == Selector::Kind::pure_ack);
    CHECK(forever.nth == 0);
    CHECK(forever.from == "client");
    CHECK(forever.state == State::TimeWait);
    CHECK(faults("lose: the third SYN,ACK segment to client")[0].segment.nth == 3);
    CHECK(faults("lose: 12th data from A")[0].segment.nth == 12);
    CHECK(faults("lose: all RSTs")[0].segment.kind == Selector::Kind::rst);
    CHECK(faults("lose: second retransmission")[0].segment.kind == Selector::Kind::retransmission);
    CHECK(faults("lose: 5% of segments")[0].segment.chance == 50'000);
    CHECK(faults("lose: 0.25% of the ACKs from server")[0].segment.chance == 2'500);
}

TEST_CASE("every expectation is read")
{
    const auto states = std::get<ExpectStates>(expectations("server#2: [CLOSED, listen, SYN_RECV]")[0].what);
    CHECK(states.host.connection == 2);
    CHECK(states.states == std::vector<State>{State::Closed, State::Listen, State::SynReceived});

    const auto segment = std::get<ExpectSegment>(
        expectations("segment: { name: client.4, flags: [FIN, ACK], seq: 1, ack: 2, len: 3, wnd: 4, from: client, "
                     "because: CLOSE, fate: in flight, check: RST bit, sent: 1s, arrives: 2s }")[0]
            .what);
    CHECK(segment.flags == (Flag::FIN | Flag::ACK));
    CHECK(segment.fate == Fate::in_flight);
    CHECK(segment.check == "RST bit");
    CHECK(segment.arrives == Time{} + 2s);
    for (const char* const flags : {"FIN ACK", "'FIN,ACK'", "[FIN, ACK]", "'ack, fin'"})
        CHECK(std::get<ExpectSegment>(expectations("segment: { name: A4, flags: " + std::string(flags) + " }")[0].what)
                  .flags == (Flag::FIN | Flag::ACK));

    CHECK(std::get<ExpectSegments>(expectations("segments: 7")[0].what).count == 7);
    CHECK(std::get<ExpectSegments>(expectations("segments: { from: A, flags: RST, count: 0 }")[0].what).from == "A");
    const auto call =
        std::get<ExpectCall>(expectations("call: { host: client#2, call: send, nth: 2, result: broken_pipe }")[0].what);
    CHECK(call.call == Call::send);
    CHECK(call.nth == 2);
    CHECK(call.result == "broken_pipe");
    CHECK_FALSE(call.returns);
    CHECK(std::get<ExpectCall>(expectations("call: { host: client, call: close, result: ok, returns: 3s }")[0].what)
              .returns == Time{} + 3s);
    CHECK(expectations("delivered: { client: 0, server: 1000 }").size() == 2);
    const auto at = std::get<ExpectAt>(expectations("at: { time: 61.1s, client: CLOSED }")[0].what);
    CHECK(at.time == Time{} + 61100ms);
    CHECK_FALSE(at.enters);
    CHECK(std::get<ExpectAt>(expectations("enters: { time: 61.1s, client: CLOSED }")[0].what).enters);
    CHECK(std::get<ExpectConnections>(expectations("connections: { server: 1 }")[0].what).count == 1);
    CHECK(expectations("never: { client: [FIN-WAIT-2, TIME-WAIT] }").size() == 2);
    CHECK(std::get<ExpectTold>(expectations("told: { client: ok }")[0].what).result == "ok");
    CHECK(expectations("told: { client: ok }")[0].text == "told: { client: ok }");
}

TEST_CASE("JSON is good input too")
{
    const Scenario scenario = read(R"({"tcpsm": 1, "hosts": {"client": {"iss": 100}, "server": {}},
"steps": [{"at": "0s", "server": "listen 80"}, {"when": "server is LISTEN", "client": "connect server:80"}],
"faults": [{"lose": ["client.1"]}], "expect": [{"client": ["CLOSED"]}]})");
    CHECK(scenario.steps.size() == 2);
    CHECK(scenario.faults.size() == 1);
}

TEST_CASE("the file to start from is good")
{
    CHECK(read(new_scenario()).expectations.size() == 3);
}

TEST_CASE("the example in docs/scenarios.md is good")
{
    std::ifstream file(tcpsm::test::in_source("docs/scenarios.md"));
    std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t begin = text.find("```yaml\n") + 8;
    CHECK(read(text.substr(begin, text.find("```\n", begin) - begin)).steps.size() == 4);
}
