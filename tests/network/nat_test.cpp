// NAT boxes: what they rewrite, what they drop, and what they leave as it is.

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "support/text.hpp"
#include "support/transcript.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/trace/ladder.hpp"
#include "tcpsm/trace/trace.hpp"
#include "tcpsm/wire/notation.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::lines;

namespace {

HostOptions with_timestamps(std::vector<std::uint32_t> iss)
{
    HostOptions options{.iss = std::move(iss)};
    options.profile.connection.timestamps = true;
    return options;
}

/// A and B stand behind a box; S does not.
struct Behind : Network {
    Behind() : Network({.seed = 1, .delay = 10ms}) { nat(box, {A, B}); }
    Host A = host("A", with_timestamps({100})), B = host("B", with_timestamps({}));
    Host S = host("S", with_timestamps({300}));
    Host box = host("box");
    Socket listener = S.listen(80);

    Socket accepted()
    {
        run_for(50ms);
        return listener.accept();
    }
    Fate fate(std::string_view segment)
    {
        const Trace trace(history());
        return trace.outcome(trace.find(segment).value()).fate;
    }
};

} // namespace

// ---- addresses and ports --------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Behind,
                  "two clients behind one box, with the same local port: the server sees one address, two ports")
{
    const Socket a = A.connect(S, 80), b = B.connect(S, 80);
    CHECK(a.local().port == b.local().port);
    const Socket first = accepted(), second = accepted();
    CHECK(first.remote() == Endpoint{box.address(), 1024});
    CHECK(second.remote() == Endpoint{box.address(), 1025});
    CHECK(first.local() == Endpoint{S.address(), 80});
    CHECK(a.local() == Endpoint{A.address(), 49152}); // they know nothing of it
    CHECK(a.remote() == Endpoint{S.address(), 80});
    CHECK(b.remote() == Endpoint{S.address(), 80});
}

TEST_CASE_FIXTURE(Behind, "two clients behind one box: each talks with the server and closes")
{
    const Socket a = A.connect(S, 80), b = B.connect(S, 80);
    const Socket first = accepted(), second = accepted();
    a.send("from A");
    b.send("from B");
    first.send("to A");
    second.send("to B");
    run_for(50ms);
    CHECK(first.receive().octets == "from A");
    CHECK(second.receive().octets == "from B");
    CHECK(a.receive().octets == "to A");
    CHECK(b.receive().octets == "to B");
    for (const Socket& socket : {a, b, first, second}) socket.close();
    run();
    for (const Host& one : {A, B, S}) CHECK(one.netstat().size() == (one.id() == S.id() ? 1 : 0)); // the listener
}

TEST_CASE_FIXTURE(Behind, "timestamps: those of each client reach the server as they were sent")
{
    const Socket a = A.connect(S, 80), b = B.connect(S, 80);
    const Socket first = accepted(), second = accepted();
    a.send("x");
    b.send("x");
    run_for(50ms);
    const auto last_of = [&](std::string_view segment) {
        return history().segments()[Trace(history()).find(segment).value()].segment;
    };
    REQUIRE(last_of("A3").options.timestamps());
    CHECK(first.standing().tcb().ts.recent == last_of("A3").options.timestamps()->value);
    CHECK(second.standing().tcb().ts.recent == last_of("B3").options.timestamps()->value);
    CHECK(last_of("A3").options.timestamps()->value !=
          last_of("B3").options.timestamps()->value); // one address, two clocks
}

TEST_CASE_FIXTURE(Behind, "one endpoint inside: one port of the box, whomever it talks to, also after its connection")
{
    const Host T = host("T");
    const Socket other = T.listen(80);
    const Socket a = A.socket();
    a.bind(5000);
    a.connect(S, 80);
    run_for(50ms);
    a.abort();
    const Socket again = A.socket();
    again.bind(5000);
    again.connect(T, 80);
    run_for(50ms);
    CHECK(other.accept().remote() == Endpoint{box.address(), 1024});
    B.connect(T, 80);
    run_for(50ms);
    CHECK(other.accept().remote() == Endpoint{box.address(), 1025});
}

// ---- what is dropped ------------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Behind, "a SYN to a port that the box does not know: nobody hears it and nothing answers")
{
    A.listen(80);
    box.listen(80);
    const Socket s = S.connect(box, 80);
    run_for(500ms);
    CHECK(s.state() == State::SynSent);
    CHECK(fate("S1") == Fate::lost);
    CHECK(history().segments().size() == 1);
    CHECK(history().segments()[0].to_host == box.id());
}

TEST_CASE_FIXTURE(Behind, "from outside, a SYN to the own address of a host behind the box: dropped")
{
    A.listen(80);
    const Socket s = S.connect(A, 80);
    run_for(500ms);
    CHECK(s.state() == State::SynSent);
    CHECK(history().segments().size() == 1);
}

TEST_CASE_FIXTURE(Behind, "a port that the box knows: whoever sends there reaches the endpoint inside")
{
    const Host T = host("T");
    const Socket a = A.socket();
    a.bind(5000);
    a.connect(S, 80);
    run_for(50ms);
    a.abort();
    A.listen(5000);
    const Socket t = T.connect(box, 1024);
    run_for(50ms);
    CHECK(t.state() == State::Established);
    CHECK(A.accept().remote() == t.local());
}

TEST_CASE_FIXTURE(Behind, "every port of the box is taken: what a new endpoint sends is dropped")
{
    Segment fin; // draws a RST, and so a port for each of our own that it is sent to
    fin.flags = Flag::FIN | Flag::ACK;
    for (std::uint32_t port = 1; port <= 64512; ++port) inject(S, 80, A, static_cast<Port>(port), fin);
    run();
    CHECK(fate("A64512") == Fate::refused); // it has arrived, and there was no connection
    const Socket a = A.socket();
    a.bind(65000);
    a.connect(S, 80);
    run_for(50ms);
    CHECK(a.state() == State::SynSent);
    CHECK(fate("A64513") == Fate::lost);
    CHECK(S.netstat().size() == 1);
}

// ---- what stays as it is --------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Behind, "neighbours behind one box: their segments do not pass it")
{
    const Socket inside = B.listen(80);
    const Socket a = A.connect(B, 80);
    run_for(50ms);
    CHECK(inside.accept().remote() == a.local());
}

TEST_CASE_FIXTURE(Behind, "from inside to the box's own address: the way out and in again (RFC 5382)")
{
    const Socket b = B.socket();
    b.bind(5000);
    b.connect(S, 80);
    run_for(50ms);
    b.abort();
    B.listen(5000);
    const Socket a = A.connect(box, 1024);
    run_for(50ms);
    CHECK(a.state() == State::Established);
    CHECK(B.accept().remote() == Endpoint{box.address(), 1025});
}

TEST_CASE("two boxes, a client behind each, one server: an address for each box")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A"), B = net.host("B"), S = net.host("S");
    const Host left = net.host("left"), right = net.host("right");
    net.nat(left, {A});
    net.nat(right, {B});
    const Socket listener = S.listen(80);
    A.connect(S, 80);
    B.connect(S, 80);
    net.run();
    CHECK(listener.accept().remote() == Endpoint{left.address(), 1024});
    CHECK(listener.accept().remote() == Endpoint{right.address(), 1024});
}

// ---- names, faults, the history -------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Behind,
                  "the history: names as ever, the addresses that the sender wrote, and the hosts that are meant")
{
    const Socket a = A.connect(S, 80);
    run_for(50ms);
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                           TCP Peer S
        CLOSED                                               LISTEN
    A1  SYN-SENT    --> <SEQ=100><CTL=SYN>               --> SYN-RECEIVED
    S1  ESTABLISHED <-- <SEQ=300><ACK=101><CTL=SYN,ACK>  <-- SYN-RECEIVED
    A2  ESTABLISHED --> <SEQ=101><ACK=301><CTL=ACK>      --> ESTABLISHED
    )"));
    const Trace trace(history());
    const SentSegment& syn = history().segments()[trace.find("A1").value()];
    CHECK(syn.from == a.local());
    CHECK(syn.to == Endpoint{S.address(), 80});
    CHECK(syn.to_host == S.id());
    const SentSegment& syn_ack = history().segments()[trace.find("S1").value()];
    CHECK(syn_ack.from == Endpoint{S.address(), 80});
    CHECK(syn_ack.to == Endpoint{box.address(), 1024});
    CHECK(syn_ack.to_host == A.id());
    CHECK(trace.outcome(*trace.find("S1")).connection == 1);
}

TEST_CASE_FIXTURE(Behind, "faults by name and by host: they meet what passes the box")
{
    lose("A1");
    hold("S1");
    duplicate("A3", 5ms);
    const RuleId to_a =
        add({.when = [](const Flight& f) { return f.from == "S" && f.to == "A"; }, .verdict = Verdict::delay(1ms)});
    const Socket a = A.connect(S, 80);
    run_for(1500ms);
    CHECK(fate("A1") == Fate::lost);
    CHECK(a.state() == State::SynSent);
    CHECK(release("S1"));
    run_for(50ms);
    CHECK(a.state() == State::Established);
    a.send("x");
    run_for(50ms);
    CHECK(applied(to_a) > 0);
    CHECK(listener.accept().receive().octets == "x");
}

TEST_CASE_FIXTURE(Behind, "delays and cuts: those between the two hosts that talk")
{
    set_delay(A, S, 30ms);
    const Socket a = A.connect(S, 80);
    run_for(45ms);
    CHECK(a.state() == State::Established);
    cut(A, S);
    a.send("x");
    run_for(15ms);
    CHECK(fate("A3") == Fate::lost);
}

TEST_CASE_FIXTURE(Behind, "inject: what seems to come from a host behind the box has the box's address")
{
    const Socket a = A.connect(S, 80);
    const Socket first = accepted();
    const std::uint32_t next = a.standing().tcb().snd.nxt.value();
    Segment rst;
    rst.flags = Flag::RST;
    rst.seq = Seq(next);
    inject(A, a.local().port, S, 80, rst);
    run_for(50ms);
    CHECK(first.receive().error == std::errc::connection_reset);
    rst.seq = a.standing().tcb().rcv.nxt;
    inject(S, 80, box, 2000, rst);
    run_for(50ms);
    CHECK(fate("inject.2") == Fate::lost);
    inject(S, 80, box, 1024, rst);
    run_for(50ms);
    CHECK(a.receive().error == std::errc::connection_reset);
}

// ---- copies ---------------------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Behind, "a copy of a world: it has the ports of the box, and gives out further ones by itself")
{
    A.connect(S, 80);
    run_for(5ms);
    Network copy = *this;
    Network again = *this;
    copy.at(B).connect(copy.at(S), 80);
    copy.run();
    const Socket listening = copy.at(listener);
    CHECK(listening.accept().remote().port == 1024);
    CHECK(listening.accept().remote().port == 1025);
    run();
    again.run();
    CHECK(test::transcript(again.history()) == test::transcript(history()));
    host("T").listen(80);
    A.connect(host("T"), 80);
    run();
    CHECK(host("T").accept().remote().port == 1025); // not 1026
}
