// Steps by time and by condition, and the clock.

#include <doctest/doctest.h>

#include <string>

#include "support/text.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/trace/ladder.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::lines;

namespace {

struct ScriptedPair : Network {
    ScriptedPair() : Network({.seed = 1, .delay = 10ms})
    {
        const Pair pair = established(*this, "A", "B");
        a = pair.a;
        b = pair.b;
    }
    Socket a, b;
};

auto b_is(State state)
{
    return [state](const Network& net) { return net.state(net.host_id("B"), 1) == state; };
}

void close_b(Network& net)
{
    net.host("B").connection(1).close();
}

} // namespace

// ---- when -----------------------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(ScriptedPair, "a step when B is in CLOSE-WAIT: after all output, so ACK and FIN are two segments")
{
    const StepId step = when(b_is(State::CloseWait), close_b);
    CHECK_FALSE(fired(step));
    a.close();
    run_for(100ms);
    CHECK(fired(step));
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                           TCP Peer B
        ESTABLISHED                                          ESTABLISHED
    A3  FIN-WAIT-1  --> <SEQ=100><ACK=300><CTL=FIN,ACK>  --> CLOSE-WAIT
    B2              ... <SEQ=300><ACK=101><CTL=ACK>      <-- CLOSE-WAIT
    B3              ... <SEQ=300><ACK=101><CTL=FIN,ACK>  <-- LAST-ACK
    B2  FIN-WAIT-2  <-- <SEQ=300><ACK=101><CTL=ACK>      ...
    B3  TIME-WAIT   <-- <SEQ=300><ACK=101><CTL=FIN,ACK>  ...
    A4  TIME-WAIT   --> <SEQ=101><ACK=301><CTL=ACK>      --> CLOSED
    )"));
}

TEST_CASE_FIXTURE(ScriptedPair,
                  "the same step within the event: the FIN rides on the ACK, a teardown of three segments")
{
    when(b_is(State::CloseWait), close_b, true);
    a.close();
    run_for(100ms);
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                           TCP Peer B
        ESTABLISHED                                          ESTABLISHED
    A3  FIN-WAIT-1  --> <SEQ=100><ACK=300><CTL=FIN,ACK>  --> LAST-ACK
    B2  TIME-WAIT   <-- <SEQ=300><ACK=101><CTL=FIN,ACK>  <-- LAST-ACK
    A4  TIME-WAIT   --> <SEQ=101><ACK=301><CTL=ACK>      --> CLOSED
    )"));
}

TEST_CASE_FIXTURE(ScriptedPair, "a condition that holds for long: its step happens once")
{
    int after = 0, within = 0;
    when([](const Network&) { return false; }, [](Network&) {});
    when([](const Network&) { return true; }, [&](Network&) { ++after; });
    when([](const Network&) { return true; }, [&](Network&) { ++within; }, true);
    CHECK(after == 0); // it is asked after an event, and none has been
    a.send("hello");
    a.close();
    run();
    CHECK(after == 1);
    CHECK(within == 1);
}

TEST_CASE_FIXTURE(ScriptedPair, "a condition that holds for one event alone: its step happens all the same")
{
    std::string states;
    when([](const Network& net) { return net.state(net.host_id("A"), 1) == State::FinWait1; },
         [&](Network& net) { states += name(net.state(net.host_id("A"), 1)); });
    a.close(); // and ABORT at once
    a.abort();
    run();
    CHECK(states == "CLOSED");
}

TEST_CASE_FIXTURE(ScriptedPair, "conditions that hold after one event: their steps in the order they were written")
{
    std::string order;
    when(b_is(State::CloseWait), [&](Network&) { order += '1'; });
    when(b_is(State::CloseWait), [&](Network&) { order += '2'; });
    when(
        b_is(State::CloseWait), [&](Network&) { order += '0'; }, true);
    a.close();
    run();
    CHECK(order == "012");
}

TEST_CASE_FIXTURE(ScriptedPair, "a step that adds a step: the new one waits for its own condition")
{
    std::string order;
    when(b_is(State::CloseWait), [&](Network& net) {
        order += "CLOSE-WAIT ";
        net.when(b_is(State::LastAck), [&](Network&) { order += "LAST-ACK "; });
        close_b(net);
    });
    a.close();
    run();
    CHECK(order == "CLOSE-WAIT LAST-ACK ");
}

TEST_CASE_FIXTURE(ScriptedPair, "a step at a time and one when: each fires once and says so")
{
    const StepId timed = schedule(now() + 1s, [](Network&) {});
    const StepId waiting = when(b_is(State::CloseWait), [](Network&) {});
    run_for(999ms);
    CHECK_FALSE(fired(timed));
    run_for(1ms);
    CHECK(fired(timed));
    CHECK_FALSE(fired(waiting));
    a.close();
    run();
    CHECK(fired(waiting));
}

// ---- the clock ------------------------------------------------------------------------------------------------------

TEST_CASE("a world in which nothing happens: no event is due and no time passes")
{
    Network net;
    net.host("A").listen(80);
    CHECK(net.next_event() == never);
    CHECK_FALSE(net.step());
    CHECK(net.run() == 0);
    CHECK(net.now() == Time{});
}

TEST_CASE_FIXTURE(ScriptedPair, "step: one event and the clock shows its time")
{
    const Time begun = now();
    a.send("hello");
    CHECK(next_event() == begun + 10ms);
    CHECK(step());
    CHECK(now() == begun + 10ms);
    CHECK(next_event() == begun + 20ms);
    CHECK(step());
    CHECK(now() == begun + 20ms);
    CHECK(next_event() == never); // the timer was cancelled
    CHECK_FALSE(step());
}

TEST_CASE_FIXTURE(ScriptedPair, "run_until: the clock goes there, whether something happens or not")
{
    const Time begun = now();
    CHECK(run_until(begun + 5s) == 0);
    CHECK(now() == begun + 5s);
    a.send("hello");
    CHECK(run_until(now() + 10ms) == 1); // what is due at that very instant too
    CHECK(run_until(Time{}) == 0);       // back in time there is nothing
    CHECK(now() == begun + 5s + 10ms);
}

TEST_CASE_FIXTURE(ScriptedPair, "run: until nothing is pending")
{
    b.close();
    a.close();
    run();
    CHECK(next_event() == never);
    CHECK(a.state() == State::Closed);
    CHECK(b.state() == State::Closed);
}

TEST_CASE("run with a script that never ends: an hour from now and no longer")
{
    Network net;
    net.run_until(Time{} + 30min);
    int ticks = 0;
    std::function<void(Network&)> tick = [&](Network& world) {
        ++ticks;
        world.schedule(world.now() + 1min, tick);
    };
    net.schedule(net.now() + 1min, tick);
    CHECK(net.run() == 60);
    CHECK(ticks == 60);
    CHECK(net.now() == Time{} + 90min);
    CHECK(net.run() == 60);
}

TEST_CASE("schedule in the past: now, after what is due")
{
    Network net;
    net.run_until(Time{} + 5s);
    Time happened{};
    net.schedule(Time{} + 1s, [&](Network& world) { happened = world.now(); });
    net.run();
    CHECK(happened == Time{} + 5s);
}

// ---- a host that talks to itself ------------------------------------------------------------------------------------

TEST_CASE("self-connect by a listener: a host opens a connection to itself")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A", {.iss = {100, 300}});
    const Socket listener = A.listen(80);
    const Socket a = A.connect(A, 80);
    net.run();
    const Socket b = listener.accept();
    CHECK(a.state() == State::Established);
    CHECK(b.state() == State::Established);
    a.send("hello");
    net.run();
    CHECK(b.receive().octets == "hello");
}

TEST_CASE("self-connect without a listener: a socket that connects to its own port opens simultaneously with itself")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A", {.iss = {100}});
    const Socket a = A.socket();
    CHECK_FALSE(a.bind(1000));
    CHECK_FALSE(a.connect(A, 1000));
    net.run();
    CHECK(a.state() == State::Established);
    a.send("hello");
    net.run();
    CHECK(a.receive().octets == "hello");
}

TEST_CASE("a step of the same event sends while a timer's segment leaves: the segment has its own octets")
{
    Network net({.seed = 1, .delay = 10ms});
    net.host("B", {.reads = true});
    const auto [a, b] = established(net, "A", "B");
    const Time opened = net.now();
    net.lose([](const Flight& flight) { return flight.segment.text_len > 0 && !flight.retransmission; }, 1);
    a.send(std::string(60, 'x'));
    net.when([=](const Network& now) { return now.now() >= opened + 1s; },
             [a = a](Network& world) { world.at(a).send(std::string(5000, 'y')); }, true);
    net.run();
    std::string got;
    const History& history = net.history();
    for (std::size_t i = 0; i < history.records().size(); ++i) {
        const Record& record = history.records()[i];
        if (record.kind != RecordKind::deliver) continue;
        for (const std::uint8_t octet : history.octets(record.octets, record.count)) got += static_cast<char>(octet);
    }
    CHECK(got == std::string(60, 'x') + std::string(5000, 'y'));
}
