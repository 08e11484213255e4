// What happens at one instant: arrivals, then timers, then steps of the script, each in the order of creation.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/text.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/trace/ladder.hpp"
#include "tcpsm/wire/notation.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::lines;

namespace {

Segment segment_of(std::string_view notation)
{
    return parse_notation(notation).segment.value();
}

/// The names of the segments that arrived, in that order.
std::string arrivals(const Network& net)
{
    std::string names;
    const History& history = net.history();
    for (std::size_t i = 0; i < history.records().size(); ++i) {
        const Record& record = history.records()[i];
        if (record.kind != RecordKind::arrived) continue;
        if (!names.empty()) names += ' ';
        names += history.name(history.segments()[record.segment]);
    }
    return names;
}

} // namespace

TEST_CASE("a SYN,ACK arrives at the instant of the RTO: the arrival comes first and nothing is sent again")
{
    Network net({.seed = 1, .delay = 500ms});
    const Host A = net.host("A", {.iss = {100}}), B = net.host("B", {.iss = {300}});
    B.listen(80);
    A.connect(B, 80);
    net.run();
    CHECK(ladder(net) == lines(R"(
        TCP Peer A                                           TCP Peer B
        CLOSED                                               LISTEN
    A1  SYN-SENT    --> <SEQ=100><CTL=SYN>               --> SYN-RECEIVED
    B1  ESTABLISHED <-- <SEQ=300><ACK=101><CTL=SYN,ACK>  <-- SYN-RECEIVED
    A2  ESTABLISHED --> <SEQ=101><ACK=301><CTL=ACK>      --> ESTABLISHED
    )"));
}

TEST_CASE("a step at the instant of a timeout: the timer fires first, although the step was there before it")
{
    Network net({.seed = 1, .delay = 10ms});
    net.host("B");
    std::size_t sent = 0;
    net.schedule(Time{} + 1s, [&](Network& world) { sent = world.history().segments().size(); });
    net.lose("A1");
    net.host("A").connect(net.host("B"), 80);
    net.run_until(Time{} + 1s);
    CHECK(sent == 2); // the SYN, and the SYN again
}

TEST_CASE("a step at the instant of an arrival: the segment arrives first and its answer has left")
{
    Network net({.seed = 1, .delay = 10ms});
    net.host("B").listen(80);
    State seen = State::Closed;
    std::size_t sent = 0;
    net.schedule(Time{} + 20ms, [&](Network& world) {
        seen = world.state(world.host_id("A"), 1);
        sent = world.history().segments().size();
    });
    net.host("A").connect(net.host("B"), 80);
    net.run();
    CHECK(seen == State::Established);
    CHECK(sent == 3);
}

TEST_CASE("segments that arrive at one instant: in the order in which they left, whatever their delays")
{
    Network net({.seed = 1, .delay = 30ms});
    const Host A = net.host("A"), B = net.host("B"), C = net.host("C"), D = net.host("D");
    net.set_delay(B, D, 20ms);
    net.set_delay(C, D, 10ms);
    for (int round = 0; round < 2; ++round) {
        net.inject(A, 1, D, 80, segment_of("<SEQ=1><CTL=SYN>"));
        net.run_for(10ms);
        net.inject(B, 1, D, 80, segment_of("<SEQ=2><CTL=SYN>"));
        net.run_for(10ms);
        net.inject(C, 1, D, 80, segment_of("<SEQ=3><CTL=SYN>"));
        net.run_for(9ms);
        CHECK(arrivals(net).find(round == 0 ? "inject.1" : "inject.4") == std::string::npos);
        net.run_for(1ms);
        CHECK(arrivals(net).find(round == 0 ? "inject.1 inject.2 inject.3" : "inject.4 inject.5 inject.6") !=
              std::string::npos);
        net.run();
    }
}

TEST_CASE("timers of one instant: in the order in which they were set, over all hosts")
{
    Network net({.seed = 1, .delay = 10ms});
    net.host("X");
    net.add({.verdict = Verdict::lose()});
    for (const std::string_view host : {"B", "A", "C", "A"}) net.host(host).connect(net.host("X"), 80);
    const std::size_t before = net.history().segments().size();
    net.run_until(Time{} + 1s);
    std::string again;
    for (std::size_t i = before; i < net.history().segments().size(); ++i)
        again += net.history().name(net.history().segments()[i]) + ' ';
    CHECK(again == "B2 A3 C2 A4 ");
}

TEST_CASE("steps of one instant: in the order in which they were written, and one that comes up then goes last")
{
    Network net({.seed = 1, .delay = 10ms});
    std::string order;
    const auto note = [&order](char what) { return [&order, what](Network&) { order += what; }; };
    net.schedule(Time{} + 1s, [&, note](Network& world) {
        order += '1';
        world.schedule(world.now(), note('4'));
        world.schedule(Time{}, note('5')); // past: now
    });
    net.schedule(Time{} + 1s, note('2'));
    net.schedule(Time{} + 999ms, note('0'));
    net.schedule(Time{} + 1s, note('3'));
    net.run();
    CHECK(order == "012345");
}

TEST_CASE("no delay at all: still one event after the other and all output of each leaves before the next")
{
    Network net({.seed = 1, .delay = 0ms});
    net.host("B", {.iss = {300}}).listen(80);
    const Socket a = net.host("A", {.iss = {100}}).connect(net.host("B"), 80);
    CHECK(a.state() == State::SynSent);
    CHECK(net.run() == 3);
    CHECK(net.now() == Time{});
    CHECK(arrivals(net) == "A1 B1 A2");
    CHECK(a.state() == State::Established);
}

TEST_CASE("the records of one event: they share its number, and the numbers ascend")
{
    Network net({.seed = 1, .delay = 10ms});
    net.host("B").listen(80);
    net.host("A").connect(net.host("B"), 80);
    net.run();
    std::uint32_t last = 0;
    for (std::size_t i = 0; i < net.history().records().size(); ++i) {
        const Record& record = net.history().records()[i];
        CHECK(record.event >= last);
        last = record.event;
        if (i > 0) CHECK(net.history().records()[i - 1].time <= record.time);
    }
    CHECK(last == 6); // bind, listen, connect, three arrivals
}
