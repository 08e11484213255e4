#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "scenario/read.hpp"
#include "tcpsm/network/pattern.hpp"
#include "tcpsm/scenario/simulation.hpp"
#include "tcpsm/trace/ladder.hpp"

using namespace tcpsm;
using test::read;

namespace {

/// Runs to the end, and says what is not as expected.
std::string judged_with_its_expectation(const std::string& text)
{
    const Scenario scenario = read(text);
    Simulation simulation(scenario);
    simulation.run();
    std::string all;
    for (const Failure& failure : check(scenario, simulation))
        all += failure.expectation + ": found " + failure.found + '\n';
    return all;
}

/// Everything that can be seen of a history.
std::string shown(const Network& network)
{
    return ladder(network, {.times = true, .events = true, .why = true});
}

const std::string two_hosts = "network: { delay: 50ms }\nhosts: { client: { iss: 100 }, server: { iss: 300 } }\n";
const std::string opened = "steps:\n  - { at: 0s, server: listen 80 }\n  - { at: 1s, client: connect server:80 }\n";

const std::string busy = two_hosts + opened + R"(
  - { when: client is ESTABLISHED, client: send 5000 }
  - { when: server has received 5000, server: send 3000 }
  - { when: client has received 3000, client: close }
  - { when: server is CLOSE-WAIT, same_event: yes, server: close }
faults:
  - lose: 20% of segments
  - delay: { segment: first data from server, by: 300ms }
  - hold: { segment: third data from client, until: server has received 1000 }
  - cut: { between: [client, server], from: 2s, until: 4s }
)";

} // namespace

TEST_CASE("a simulation copied at any point: the copy has the same future, and what it does is nothing to the first")
{
    const Scenario scenario = read(busy);
    Simulation whole(scenario);
    whole.run();
    const std::string expected = shown(whole.network);
    const std::size_t records = whole.network.history().records().size();

    Simulation first(scenario);
    do {
        const Simulation before = first;
        Simulation copy = first;
        copy.run();
        CHECK(copy.network.history().records().size() == records);
        CHECK(shown(copy.network) == expected);
        CHECK(shown(first.network) == shown(before.network));
    } while (first.step());
    CHECK(shown(first.network) == expected);
    for (std::size_t i = 0; i < scenario.steps.size(); ++i) CHECK(first.fired(i) == whole.fired(i));
}

TEST_CASE("the same seed: the same history, and another with another seed")
{
    Scenario scenario = read(busy);
    Simulation a(scenario);
    Simulation b(scenario);
    a.run();
    b.run();
    CHECK(shown(a.network) == shown(b.network));
    scenario.seed = 2;
    Simulation c(scenario);
    c.run();
    CHECK(shown(a.network) != shown(c.network));
}

TEST_CASE("until: what is due later does not happen")
{
    const Scenario scenario = read("until: 2s\n" + two_hosts + opened + "  - { at: 2s, client: send 10 }\n");
    Simulation simulation(scenario);
    simulation.run();
    CHECK(simulation.network.now() == Time{} + 2s);
    CHECK_FALSE(simulation.step());
    CHECK(simulation.network.next_event() == Time{} + 2050ms);
}

TEST_CASE("nothing ends by itself: the default is one hour")
{
    // Nobody answers, and nobody gives up.
    const Scenario scenario = read("hosts: { client: { r2_syn: 1000min, user_timeout: 0s }, server: }\n"
                                   "steps: [{ at: 0s, client: connect server:80 }]\n"
                                   "faults: [{ lose: every segment }]\n");
    Simulation simulation(scenario);
    simulation.run();
    CHECK(simulation.network.now() > Time{} + 59min);
    CHECK(simulation.network.now() <= Time{} + 1h);
}

TEST_CASE("steps at one moment: in the order of the file")
{
    CHECK(judged_with_its_expectation(two_hosts +
                                      "steps:\n"
                                      "  - { at: 1s, client: send 10 }\n" // there is no connection yet
                                      "  - { at: 0s, server: listen 80 }\n"
                                      "  - { at: 1s, client: connect server:80 }\n"
                                      "  - { at: 1s, client: send 10 }\n"
                                      "expect:\n"
                                      "  - call: { host: client, call: send, nth: 1, result: bad_file_descriptor }\n"
                                      "  - call: { host: client, call: send, nth: 2, result: ok }\n"
                                      "  - delivered: { server: 10 }\n") == "");
}

TEST_CASE("a condition on CLOSED: it waits for the end, and does not fire before the beginning")
{
    CHECK(judged_with_its_expectation("msl: 1s\n" + two_hosts + opened + R"(
  - { when: client is ESTABLISHED, client: close }
  - { when: server is CLOSE-WAIT, server: close }
  - { when: client is CLOSED, client: connect server:80 }
expect:
  - connections: { client: 2, server: 2 }
  - client#2: [CLOSED, SYN-SENT, ESTABLISHED]
  - server#2: [LISTEN, SYN-RECEIVED, ESTABLISHED]
)") == "");
}

TEST_CASE("a condition on LISTEN, on a state that is over, and on segments")
{
    CHECK(judged_with_its_expectation(two_hosts + R"(
steps:
  - { at: 1s, server: listen 80 }
  - { when: server is LISTEN, client: connect server:80 }
  - { when: client was SYN-SENT and client.2 arrived, client: send 10 }
  - { when: client.3 left, server: send 20 }
expect:
  - segment: { name: client.3, len: 10, sent: 1.15s }
  - segment: { name: server.2, len: 20, sent: 1.15s }
  - delivered: { server: 10, client: 20 }
)") == "");
}

TEST_CASE("hosts that do not accept or read by themselves: the script does it")
{
    CHECK(judged_with_its_expectation(
              "network: { delay: 50ms }\nhosts: { client: , server: { accepts: no, reads: no } }\n" + opened + R"(
  - { when: client is ESTABLISHED, client: send 100 }
  - { at: 2s, server: receive 60 }
  - { at: 2s, server: accept }
  - { at: 3s, server: receive }
  - { at: 4s, server: receive }
  - { at: 4s, server: accept }
expect:
  - call: { host: server, call: receive, nth: 1, result: ok }
  - call: { host: server, call: receive, nth: 2, result: ok }
  - call: { host: server, call: receive, nth: 3, result: operation_would_block }
  - call: { host: server, call: accept, nth: 1, result: ok }
  - call: { host: server, call: accept, nth: 2, result: operation_would_block }
  - delivered: { server: 100 }
)") == "");
}

TEST_CASE("links have delays of their own")
{
    CHECK(judged_with_its_expectation(
              "network:\n  delay: 50ms\n  links:\n    - { from: client, to: server, delay: 200ms }\n"
              "hosts: { client: , server: }\n" +
              opened +
              "expect:\n"
              "  - segment: { name: client.1, sent: 1s, arrives: 1.2s }\n"
              "  - segment: { name: server.1, sent: 1.2s, arrives: 1.25s }\n") == "");
}

TEST_CASE("faults: delay, duplicate, hold and cut do what they say, by name and by description")
{
    CHECK(judged_with_its_expectation(two_hosts + opened + R"(
  - { at: 2s, client: send 10 }
  - { at: 3s, client: send 10 }
  - { at: 4s, client: send 10 }
  - { at: 5s, client: send 10 }
faults:
  - delay: { segment: client.3, by: 100ms }
  - duplicate: { segment: second data from client, after: 20ms }
  - hold: { segment: third data from client, until: 4.5s }
  - cut: { between: [client, server], from: 4.9s, until: 5.5s }
expect:
  - segment: { name: client.3, sent: 2s, arrives: 2.15s }
  - segment: { name: client.4, sent: 3s, arrives: 3.05s }
  - segment: { name: client.4', sent: 3s, arrives: 3.07s, fate: refused, check: sequence number }
  - segment: { name: client.5, sent: 4s, arrives: 4.5s }
  - segment: { name: client.6, sent: 5s, fate: lost }
  - segment: { name: client.7, because: retransmission timeout, sent: 6s, arrives: 6.05s }
  - delivered: { server: 40 }
)") == "");
}

TEST_CASE("a hold that is over: later segments pass")
{
    CHECK(judged_with_its_expectation(two_hosts + opened + R"(
  - { at: 2s, client: send 10 }
  - { at: 2.5s, client: send 10 }
faults:
  - hold: { segment: every data from client, until: 2.2s }
expect:
  - segment: { name: client.3, sent: 2s, arrives: 2.2s }
  - segment: { name: client.4, sent: 2.5s, arrives: 2.55s }
)") == "");
}

TEST_CASE("one segment in five is lost, drawn by chance: all data arrives in the end")
{
    const std::string lossy =
        two_hosts + opened + "  - { at: 2s, client: send 30000 }\nfaults:\n  - lose: 20% of data\n";
    CHECK(judged_with_its_expectation(lossy + "expect:\n  - delivered: { server: 30000 }\n") == "");
}

TEST_CASE("inject: by default a segment of the host's connection, else with its own ends")
{
    CHECK(judged_with_its_expectation(two_hosts + opened + R"(
  - { at: 2s, client: send 5 }
  - { at: 2.01s, client: 'inject <SEQ=101><ACK=301><DATA=5><CTL=ACK>' }
  - { at: 3s, client: inject <SEQ=1><CTL=SYN> from 9 to server:80 }
expect:
  - segment: { name: inject.1, from: client, len: 5, fate: refused, arrives: 2.06s }
  - segment: { name: inject.2, flags: SYN, fate: delivered }
  - connections: { server: 2 }
  - segments: { from: client, flags: RST, count: 1 } # it answers the SYN,ACK of a SYN that nobody sent
)") == "");
}

TEST_CASE("V7: inject without a window: the one that was told last, so that the peer's SEND goes on")
{
    const std::string host_with_window =
        "hosts: { client: { iss: 100, receive_buffer: 3000 }, server: { iss: 300 } }\n" + opened;
    const auto served = [&](const std::string& notation) {
        return judged_with_its_expectation(host_with_window + R"(
  - { at: 2s, client: 'inject )" + notation +
                                           R"(' }
  - { at: 3s, server: send 100 }
expect:
  - segment: { name: server.2, len: 100, sent: 3s }
)");
    };
    CHECK(served("<SEQ=101><ACK=301><CTL=ACK>") == "");
    CHECK(served("<SEQ=101><ACK=301><DATA=5><CTL=ACK><WND=0>") != "");
    CHECK(judged_with_its_expectation(host_with_window + R"(
  - { at: 2s, client: 'inject <SEQ=101><ACK=301><CTL=ACK>' }
  - { at: 2s, client: 'inject <SEQ=101><ACK=301><CTL=ACK> from 9 to server:80' }
  - { at: 2s, client: 'inject <SEQ=101><ACK=301><CTL=ACK><WND=7>' }
expect:
  - segment: { name: inject.1, wnd: 3000 }
  - segment: { name: inject.2, wnd: 65535 }
  - segment: { name: inject.3, wnd: 7 }
)") == "");
}

TEST_CASE("a listener can be closed, and its port given to another")
{
    CHECK(judged_with_its_expectation(two_hosts + R"(
steps:
  - { at: 0s, server: listen 80 }
  - { at: 1s, server: listen 80 }
  - { at: 2s, server: close }
  - { at: 3s, server: listen 80 }
  - { at: 4s, client: connect server:80 }
expect:
  - call: { host: server, call: bind, nth: 2, result: address_in_use }
  - call: { host: server, call: close, result: ok }
  - call: { host: server, call: bind, nth: 3, result: ok }
  - call: { host: client, call: connect, result: ok }
)") == "");
}

TEST_CASE("what SEND sends: letters that tell place and connection apart")
{
    const std::string all = pattern(1, 0, 10'000);
    CHECK(pattern(1, 5'000, 5'000) == all.substr(5'000));
    CHECK(pattern(2, 0, 10'000) != all);
    for (const std::size_t by : {1U, 2U, 26U, 536U, 1460U, 4096U}) {
        std::size_t same = 0;
        for (std::size_t i = 0; i + by < all.size(); ++i) same += all[i] == all[i + by] ? 1U : 0U;
        CHECK(same < all.size() / 20);
    }
}

TEST_CASE("without recording: the script runs all the same")
{
    Scenario scenario = read("hosts: { client: , server: }\n" + opened);
    scenario.recording = Recording::nothing;
    Simulation simulation(scenario);
    simulation.run();
    CHECK(simulation.network.history().records().empty());
    CHECK(simulation.network.state(0, 1) == State::Established);

    Scenario waiting = read(busy);
    waiting.recording = Recording::nothing;
    Simulation recorded(waiting); // its conditions are read from the history
    recorded.run();
    CHECK(recorded.fired(4));
}
