// What the network does to segments: rules asked one after the other, cut links, segments that nobody sent.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "support/text.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/trace/ladder.hpp"
#include "tcpsm/trace/trace.hpp"
#include "tcpsm/wire/notation.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::lines;

namespace {

/// An ESTABLISHED connection from A to B; its next segments are A3 and B2.
struct Established : Network {
    Established() : Network({.seed = 1, .delay = 10ms})
    {
        const Pair pair = established(*this, "A", "B");
        a = pair.a;
        b = pair.b;
    }
    Host A = host("A", {.iss = {99}});
    Host B = host("B", {.iss = {299}});
    Socket a, b;
};

/// Which of `count` segments without text are lost by chance: one letter for each.
std::string losses(std::uint64_t seed, std::uint32_t in_a_million, int count)
{
    Network net({.seed = seed, .delay = 1ms});
    const Host A = net.host("A"), B = net.host("B");
    net.lose_by_chance(in_a_million);
    std::string result;
    for (int i = 0; i < count; ++i) {
        net.inject(A, 1, B, 9, parse_notation("<SEQ=1><ACK=1><CTL=ACK>").segment.value()); // draws a RST
        net.run();
        const Record& last = net.history().records().back();
        result += last.kind == RecordKind::lost ? 'x' : '.';
    }
    return result;
}

} // namespace

// ---- each verdict ---------------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Established, "lose by name: that segment alone, half-way")
{
    const RuleId rule = lose("A3");
    a.send("hello");
    run();
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                               TCP Peer B
        ESTABLISHED                                              ESTABLISHED
    A3  ESTABLISHED --> <SEQ=100><ACK=300><DATA=5><CTL=ACK>  XXX ESTABLISHED
    A4  ESTABLISHED --> <SEQ=100><ACK=300><DATA=5><CTL=ACK>  --> ESTABLISHED  (RTO)
    B2  ESTABLISHED <-- <SEQ=300><ACK=105><CTL=ACK>          <-- ESTABLISHED
    )"));
    const Trace trace(history());
    CHECK(trace.outcome(0).fate == Fate::lost);
    CHECK(trace.outcome(0).time == history().segments()[0].sent + 5ms);
    CHECK(applied(rule) == 1);
}

TEST_CASE_FIXTURE(Established, "delay by name: that segment alone arrives so much later")
{
    const RuleId rule = delay("A3", 15ms);
    a.send("first ");
    run_for(1ms);
    a.send("second");
    run();
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                               TCP Peer B
        ESTABLISHED                                              ESTABLISHED
    A3  ESTABLISHED --> <SEQ=100><ACK=300><DATA=6><CTL=ACK>  ...
    A4  ESTABLISHED --> <SEQ=106><ACK=300><DATA=6><CTL=ACK>  --> ESTABLISHED
    B2  ESTABLISHED <-- <SEQ=300><ACK=100><CTL=ACK>          <-- ESTABLISHED
    A3              ... <SEQ=100><ACK=300><DATA=6><CTL=ACK>  --> ESTABLISHED
    B3  ESTABLISHED <-- <SEQ=300><ACK=112><CTL=ACK>          <-- ESTABLISHED
    )"));
    CHECK(Trace(history()).outcome(0).time == history().segments()[0].sent + 25ms);
    CHECK(b.receive().octets == "first second");
    CHECK(applied(rule) == 1);
}

TEST_CASE_FIXTURE(Established, "duplicate by name: the copy has a name of its own and comes so much later")
{
    const RuleId rule = duplicate("A3", 4ms);
    a.send("hello");
    run();
    CHECK(b.receive().octets == "hello");
    const Trace trace(history());
    REQUIRE(trace.find("A3'").has_value());
    const std::size_t copy = *trace.find("A3'");
    CHECK(history().segments()[copy].segment == history().segments()[0].segment);
    CHECK(trace.outcome(copy).time == trace.outcome(0).time + 4ms);
    CHECK(trace.outcome(copy).fate == Fate::refused);
    CHECK(name(trace.outcome(copy).why.check) == "sequence number");
    CHECK(applied(rule) == 1);
}

TEST_CASE_FIXTURE(Established, "duplicate without a time: the copy arrives at the same instant, behind the segment")
{
    duplicate("A3");
    a.send("hello");
    run();
    const Trace trace(history());
    CHECK(trace.outcome(0).fate == Fate::delivered);
    CHECK(trace.outcome(*trace.find("A3'")).time == trace.outcome(0).time);
    CHECK(trace.outcome(*trace.find("A3'")).fate == Fate::refused);
}

TEST_CASE_FIXTURE(Established, "hold and release: the segment stays in the network until it is let go")
{
    const RuleId rule = hold("A3");
    a.send("hello");
    run_for(500ms);
    CHECK(Trace(history()).outcome(0).fate == Fate::in_flight);
    CHECK(b.receive().error == Error::would_block);
    const Time let_go = now();
    CHECK(release("A3"));
    CHECK_FALSE(release("A3"));
    run();
    CHECK(Trace(history()).outcome(0).time == let_go);
    CHECK(b.receive().octets == "hello");
    CHECK(applied(rule) == 1);
}

TEST_CASE_FIXTURE(Established, "release of a segment that nobody holds: it says no")
{
    CHECK_FALSE(release("A3"));
    a.send("hello");
    CHECK_FALSE(release("A3"));
}

TEST_CASE_FIXTURE(Established, "two held segments: each is let go on its own, so that they overtake each other")
{
    hold("A3");
    hold("A4");
    a.send("first ");
    a.send("second");
    run_for(50ms);
    CHECK(release("A4"));
    run_for(50ms);
    CHECK(b.receive().error == Error::would_block);
    CHECK(release("A3"));
    run_for(50ms);
    CHECK(b.receive().octets == "first second");
}

// ---- which segments -------------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Established, "lose by predicate: the first that it holds for, and no more")
{
    const RuleId rule = lose([](const Flight& flight) { return flight.from == "A" && flight.segment.has(Flag::FIN); });
    b.send("not this one");
    a.close();
    run_for(5s);
    CHECK(applied(rule) == 1);
    CHECK(a.state() == State::FinWait2);
}

TEST_CASE_FIXTURE(Established, "a predicate is told the whole flight")
{
    std::string told;
    add({.when =
             [&](const Flight& flight) {
                 told += std::string(flight.name) + ' ' + std::string(flight.from) + ' ' + std::string(flight.to) +
                         ' ' + to_notation(flight.segment) + ' ' + std::string(name(flight.state)) +
                         (flight.retransmission ? " again" : "") + ' ' + seconds(flight.sent) + '\n';
                 return flight.name == "A3";
             },
         .verdict = Verdict::lose()});
    a.close();
    run_for(1015ms);
    CHECK(told == "A3 A B <SEQ=100><ACK=300><CTL=FIN,ACK> FIN-WAIT-1 0.03\n"
                  "A4 A B <SEQ=100><ACK=300><CTL=FIN,ACK> FIN-WAIT-1 again 1.03\n"
                  "B2 B A <SEQ=300><ACK=101><CTL=ACK> CLOSE-WAIT 1.04\n");
}

TEST_CASE_FIXTURE(Established, "skip and times: so many pass first, and it is over after so many")
{
    const RuleId rule = add({.when = [](const Flight& flight) { return flight.from == "A"; },
                             .skip = 2,
                             .times = 3,
                             .verdict = Verdict::lose()});
    for (int i = 0; i < 8; ++i) a.send("x");
    run_for(20ms);
    std::string fates;
    const Trace trace(history());
    for (std::size_t i = 0; i < 8; ++i) fates += trace.outcome(i).fate == Fate::lost ? 'x' : '.';
    CHECK(fates == "..xxx...");
    CHECK(applied(rule) == 3);
}

TEST_CASE_FIXTURE(Established, "skip alone: so many pass and the rest is lost")
{
    const RuleId rule = add({.skip = 2, .verdict = Verdict::lose()});
    for (int i = 0; i < 5; ++i) a.send("x");
    CHECK(applied(rule) == 3);
    CHECK(Trace(history()).outcome(1).fate == Fate::in_flight);
    CHECK(Trace(history()).outcome(2).fate == Fate::lost);
}

TEST_CASE_FIXTURE(Established, "several rules: the first that answers decides and the others are not applied")
{
    const RuleId never_asked_about_a4 = lose("A3");
    const RuleId first = delay("A4", 100ms);
    const RuleId second = lose("A4");
    const RuleId any = add({.verdict = Verdict::duplicate(1ms)});
    a.send("1");
    a.send("2");
    a.send("3");
    run_for(5ms);
    CHECK(applied(never_asked_about_a4) == 1);
    CHECK(applied(first) == 1);
    CHECK(applied(second) == 0);
    CHECK(applied(any) == 1);
}

TEST_CASE_FIXTURE(Established, "a rule that is over: the next one is asked")
{
    const RuleId once = add({.times = 1, .verdict = Verdict::delay(1ms)});
    const RuleId then = add({.verdict = Verdict::lose()});
    a.send("1");
    a.send("2");
    CHECK(applied(once) == 1);
    CHECK(applied(then) == 1);
    end(then);
    a.send("3");
    CHECK(applied(then) == 1);
    const Trace trace(history());
    CHECK(trace.outcome(1).fate == Fate::lost);
    CHECK(trace.outcome(2).fate == Fate::in_flight);
}

TEST_CASE_FIXTURE(Established, "a rule that counts: it counts also what an earlier rule decides")
{
    const auto from_a = [](const Flight& flight) { return flight.from == "A"; };
    const RuleId first = lose("A3");
    const RuleId second_from_a = add({.when = from_a, .skip = 1, .times = 1, .verdict = Verdict::lose()});
    for (int i = 0; i < 3; ++i) a.send("x");
    CHECK(applied(first) == 1);
    CHECK(applied(second_from_a) == 1);
    const Trace trace(history());
    CHECK(trace.outcome(1).fate == Fate::lost); // A4 is the second from A, whatever was done to A3
    CHECK(trace.outcome(2).fate == Fate::in_flight);
}

// ---- chance ---------------------------------------------------------------------------------------------------------

TEST_CASE("loss by chance: the same seed loses the same segments, another seed others")
{
    const std::string once = losses(1, 300'000, 200);
    CHECK(losses(1, 300'000, 200) == once);
    CHECK(losses(2, 300'000, 200) != once);
    CHECK(once.substr(0, 40) == "..x...........xx.xxxx......xx..x.xxx.x.x"); // on every machine and in every build
}

TEST_CASE("loss by chance: about as many as were asked for, none of none and all of all")
{
    const std::string some = losses(1, 300'000, 1000);
    const auto lost = std::count(some.begin(), some.end(), 'x');
    CHECK(lost > 250);
    CHECK(lost < 350);
    CHECK(losses(1, 0, 50) == std::string(50, '.'));
    CHECK(losses(1, 1'000'000, 50) == std::string(50, 'x'));
}

TEST_CASE_FIXTURE(Established, "two rules by chance: their luck is not the same")
{
    const RuleId first = add({.chance = 500'000, .verdict = Verdict::delay(1us)});
    const RuleId second = add({.chance = 500'000, .verdict = Verdict::lose()});
    for (int i = 0; i < 50; ++i) a.send("x");
    CHECK(applied(first) > 10);
    CHECK(applied(second) > 5); // of those that the first let pass
}

TEST_CASE("two rules by chance: each draws from numbers of its own")
{
    const auto run = [](bool with_other) {
        Network net({.seed = 1, .delay = 1ms});
        const Pair pair = established(net, "A", "B");
        const auto from = [](std::string_view host) {
            return [host](const Flight& flight) { return flight.from == host; };
        };
        if (with_other)
            net.add({.when = from("B"), .chance = 500'000, .verdict = Verdict::delay(1us)});
        else
            net.add({.when = from("B"), .chance = 1, .verdict = Verdict::delay(1us)});
        net.add({.when = from("A"), .chance = 500'000, .verdict = Verdict::lose()});
        std::string fates;
        for (int i = 0; i < 50; ++i) {
            pair.a.send("x");
            const Record& last = net.history().records().back();
            fates += last.kind == RecordKind::lost ? 'x' : '.';
            net.run_for(3ms);
        }
        return fates;
    };
    CHECK(run(true) == run(false)); // what happens to B's segments does not change A's luck
}

TEST_CASE("rules without chance: those by chance draw the same numbers with them and without, wherever they stand")
{
    const auto fates = [](bool in_front, bool between) {
        Network net({.seed = 1, .delay = 1ms});
        const Pair pair = established(net, "A", "B");
        if (in_front) net.lose("A60"); // a segment that there is not
        net.add({.when = [](const Flight& flight) { return flight.from == "A"; },
                 .chance = 300'000,
                 .verdict = Verdict::duplicate(1us)});
        if (between) net.delay("A61", 5ms);
        net.lose_by_chance(300'000);
        std::string all;
        for (int i = 0; i < 50; ++i) {
            pair.a.send("x");
            const Record& last = net.history().records().back();
            all += last.kind == RecordKind::lost                         ? 'x'
                   : last.segment + 1 == net.history().segments().size() ? '.'
                                                                         : '?';
        }
        return all;
    };
    const std::string alone = fates(false, false);
    CHECK(std::count(alone.begin(), alone.end(), 'x') > 5);
    CHECK(fates(true, false) == alone);
    CHECK(fates(false, true) == alone);
    CHECK(fates(true, true) == alone);
}

TEST_CASE_FIXTURE(Established, "set_loss: from now on, in place of what was set before, and 0 ends it")
{
    const auto last_is_lost = [&] { return history().records().back().kind == RecordKind::lost; };
    set_loss(0);
    a.send("1");
    CHECK_FALSE(last_is_lost());
    set_loss(Rule::one_million);
    a.send("2");
    CHECK(last_is_lost());
    set_loss(500'000);
    int lost = 0;
    for (int i = 0; i < 100; ++i) {
        a.send("x");
        if (last_is_lost()) ++lost;
    }
    CHECK(lost > 30);
    CHECK(lost < 70);
    set_loss(0);
    a.send("3");
    CHECK_FALSE(last_is_lost());
}

TEST_CASE_FIXTURE(Established, "set_loss in a copy: the first world loses nothing")
{
    set_loss(0);
    Network copy = *this;
    copy.set_loss(Rule::one_million);
    copy.at(a).send("lost");
    a.send("hello");
    run_for(50ms);
    copy.run_for(50ms);
    CHECK(b.receive().octets == "hello");
    CHECK(copy.at(b).receive().error == Error::would_block);
}

TEST_CASE_FIXTURE(Established, "what a fault can name: what a host sent, neither its copies nor what was injected")
{
    duplicate("A3");
    const RuleId copy = lose("A3'");
    const RuleId injected = lose("inject.1");
    const RuleId any = add({.when = [](const Flight& flight) { return flight.from == "A"; }, .skip = 1, .times = 1});
    inject(A, 49152, B, 80, parse_notation("<SEQ=100><ACK=300><CTL=ACK>").segment.value());
    a.send("hello");
    run_for(5ms);
    CHECK(applied(copy) == 0);
    CHECK(applied(injected) == 0);
    CHECK(applied(any) == 0);
    REQUIRE(history().segments().size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        const SentSegment& sent = history().segments()[i];
        CHECK(sent.name.sent_by_host() == (history().name(sent) == "A3"));
        CHECK(Trace(history()).outcome(i).fate == Fate::in_flight);
    }
}

// ---- links ----------------------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Established, "a link is cut: nothing passes in either direction until it is mended")
{
    cut(A, B);
    a.send("from A");
    b.send("from B");
    run_for(2500ms);
    for (std::size_t i = 0; i < history().segments().size(); ++i) CHECK(Trace(history()).outcome(i).fate == Fate::lost);
    mend(A, B);
    run_for(1s);
    CHECK(b.receive().octets == "from A");
    CHECK(a.receive().octets == "from B");
}

TEST_CASE("a link is cut between two hosts: a third one is not concerned")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A"), B = net.host("B"), C = net.host("C");
    B.listen(80);
    net.cut(A, B);
    const Socket a = A.connect(B, 80);
    const Socket c = C.connect(B, 80);
    net.run_for(100ms);
    CHECK(a.state() == State::SynSent);
    CHECK(c.state() == State::Established);
}

TEST_CASE("a segment on its way when the link is cut: it arrives")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A"), B = net.host("B");
    B.listen(80);
    A.connect(B, 80);
    net.cut(A, B);
    net.run_for(50ms);
    CHECK(net.state(B.id(), 1) == State::SynReceived);
    CHECK(net.state(A.id(), 1) == State::SynSent);
}

TEST_CASE("delays: each direction has its own and a new one holds from then on")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A"), B = net.host("B");
    B.listen(80);
    net.set_delay(A, B, 30ms);
    const Socket a = A.connect(B, 80);
    net.set_delay(A, B, 1ms); // the SYN has left
    net.run();
    const Trace trace(net.history());
    CHECK(trace.outcome(0).time == Time{} + 30ms);
    CHECK(trace.outcome(1).time == Time{} + 40ms);
    CHECK(trace.outcome(2).time == Time{} + 41ms);
    CHECK(a.state() == State::Established);
}

TEST_CASE("one delay for all links: those that had their own have it too, and those that are made later")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A"), B = net.host("B"), C = net.host("C");
    B.listen(80);
    C.listen(80);
    net.set_delay(A, B, 30ms);
    net.set_delay(5ms);
    A.connect(B, 80);
    net.set_delay(70ms); // the SYN has left
    net.cut(A, C);
    net.mend(A, C);
    A.connect(C, 80);
    net.run();
    const Trace trace(net.history());
    CHECK(trace.outcome(*trace.find("A1")).time == Time{} + 5ms);
    CHECK(trace.outcome(*trace.find("A2")).time == Time{} + 70ms);
    CHECK(trace.outcome(*trace.find("B1")).time == Time{} + 75ms);
}

// ---- segments that nobody sent --------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Established, "inject from off the path, in the name of A: B takes it for A's, and answers A")
{
    const Host attacker = host("attacker");
    set_delay(attacker, B, 3ms);
    inject(attacker, Endpoint{A.address(), 49152}, B, 80, parse_notation("<SEQ=100><ACK=300><CTL=ACK>").segment.value(),
           "hello");
    run_for(3ms);
    CHECK(b.receive().octets == "hello");
    const SentSegment& forged = history().segments()[0];
    CHECK(forged.from_host == attacker.id());
    CHECK(forged.from == Endpoint{A.address(), 49152});
    const SentSegment& answer = history().segments()[1];
    CHECK(answer.to_host == A.id());
}

TEST_CASE_FIXTURE(Established, "inject: a segment that nobody sent arrives after the delay and is processed")
{
    inject(A, 49152, B, 80, parse_notation("<SEQ=300><CTL=RST>").segment.value());
    inject(A, 49152, B, 80, parse_notation("<SEQ=100><ACK=300><CTL=ACK>").segment.value(), "hello");
    run();
    CHECK(history().name(history().segments()[0]) == "inject.1");
    CHECK(history().name(history().segments()[1]) == "inject.2");
    const Trace trace(history());
    CHECK(trace.outcome(0).fate == Fate::refused);
    CHECK(trace.outcome(1).fate == Fate::delivered);
    CHECK(trace.outcome(1).time == history().segments()[1].sent + 10ms);
    CHECK(b.receive().octets == "hello");
}

TEST_CASE_FIXTURE(Established, "inject with an exact RST: the connection is reset")
{
    inject(A, 49152, B, 80, parse_notation("<SEQ=100><CTL=RST>").segment.value());
    run();
    CHECK(b.receive().error == std::errc::connection_reset);
    CHECK(a.state() == State::Established); // it knows nothing
}
