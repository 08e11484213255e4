// Listeners: backlog, accept, close (RFC 9293, 3.10.1, 3.10.7.2).

#include <doctest/doctest.h>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::last_sent_by;
using test::segment;
using test::sent_by;
using test::TwoHosts;

namespace {

/// The states of a host's connections, listeners left out: "SYN-RECEIVED ESTABLISHED".
std::string states(Host host)
{
    std::string all;
    for (const NetstatLine& line : host.netstat()) {
        if (line.connection == 0) continue;
        if (!all.empty()) all += ' ';
        all += name(line.state);
    }
    return all;
}

} // namespace

TEST_CASE_FIXTURE(TwoHosts, "accept: connections come in the order in which they were established")
{
    CHECK_FALSE(listener.accept().valid());
    const Socket first = A.connect(B, 80);
    const Socket second = host("C").connect(B, 80);
    const Socket third = A.connect(B, 80);
    run();
    CHECK(listener.accept().remote() == first.local());
    CHECK(listener.accept().remote() == second.local());
    CHECK(listener.accept().remote() == third.local());
    CHECK_FALSE(listener.accept().valid());
}

TEST_CASE_FIXTURE(TwoHosts, "accept with the first SYN lost: the second connection comes first")
{
    lose("A1");
    const Socket first = A.connect(B, 80);
    const Socket second = A.connect(B, 80);
    run_for(5s);
    CHECK(listener.accept().remote() == second.local());
    CHECK(listener.accept().remote() == first.local());
}

TEST_CASE_FIXTURE(TwoHosts, "accept by the host: from any of its listeners")
{
    B.listen(81);
    const Socket a = A.connect(B, 81);
    CHECK_FALSE(B.accept().valid());
    run();
    CHECK(B.accept().remote() == a.local());
    CHECK_FALSE(B.accept().valid());
}

TEST_CASE_FIXTURE(TwoHosts, "a connection that ends before it is accepted: accept passes it over")
{
    const Socket first = A.connect(B, 80);
    const Socket second = A.connect(B, 80);
    run();
    first.abort();
    run();
    CHECK(listener.accept().remote() == second.local());
    CHECK_FALSE(listener.accept().valid());
}

TEST_CASE_FIXTURE(TwoHosts, "text and FIN before accept: they are there when it is accepted")
{
    const Socket a = A.connect(B, 80);
    run();
    a.send("hello");
    a.close();
    run();
    const Socket b = listener.accept();
    CHECK(b.state() == State::CloseWait);
    CHECK(b.receive().octets == "hello");
    CHECK(b.receive().error == Error::closing);
}

TEST_CASE("an application that accepts by itself: the connection is there and has a number")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host B = net.host("B", {.accepts = true, .reads = true});
    B.listen(80);
    const Socket a = net.host("A").connect(B, 80);
    net.run();
    CHECK_FALSE(B.accept().valid());
    const Socket b = B.connection(1);
    CHECK(b.remote() == a.local());
    a.send("hello");
    net.run();
    CHECK(b.connection().delivered() == 5);
}

// ---- backlog --------------------------------------------------------------------------------------------------------

TEST_CASE(
    "a full backlog: the SYN is dropped without an answer, and taken when there is room again (RFC 4987, 3.2 backlog)")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A"), B = net.host("B");
    const Socket listener = B.listen(80, {.backlog = 2});
    const Socket one = A.connect(B, 80), two = A.connect(B, 80), three = A.connect(B, 80);
    net.run_for(500ms);
    CHECK(one.state() == State::Established);
    CHECK(two.state() == State::Established);
    CHECK(three.state() == State::SynSent);
    CHECK(sent_by(net, B) == 2);
    std::string refused;
    for (std::size_t i = 0; i < net.history().records().size(); ++i) {
        const Record& record = net.history().records()[i];
        if (record.kind == RecordKind::arrived && record.why.check != Check::none) refused += name(record.why.check);
    }
    CHECK(refused == "backlog");

    CHECK(listener.accept().valid()); // there is room
    net.run_for(5s);                  // and the SYN comes again
    CHECK(three.state() == State::Established);
}

TEST_CASE("a backlog of half-open connections: they count too (RFC 4987, 3.2 backlog)")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A"), B = net.host("B");
    B.listen(80, {.backlog = 2});
    for (Port port = 1; port <= 5; ++port) net.inject(A, port, B, 80, segment("<SEQ=100><CTL=SYN>"));
    net.cut(A, B); // their SYN,ACKs draw no RST
    net.run_for(50ms);
    CHECK(states(B) == "SYN-RECEIVED SYN-RECEIVED");
    net.run(); // they are given up
    CHECK(states(B) == "");
    net.mend(A, B);
    const Socket a = A.connect(B, 80);
    net.run();
    CHECK(a.state() == State::Established);
}

TEST_CASE("a backlog of none: every SYN is dropped")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A"), B = net.host("B");
    B.listen(80, {.backlog = 0});
    const Socket a = A.connect(B, 80);
    net.run_for(1500ms);
    CHECK(a.state() == State::SynSent);
    CHECK(sent_by(net, B) == 0);
}

// ---- children that return to LISTEN ---------------------------------------------------------------------------------

TEST_CASE_FIXTURE(TwoHosts, "a child returns to LISTEN: it is gone and the listener goes on (MUST-11)")
{
    inject(A, 4000, B, 80, segment("<SEQ=500><CTL=SYN>"));
    run_for(15ms);
    CHECK(states(B) == "SYN-RECEIVED");
    inject(A, 4000, B, 80, segment("<SEQ=501><CTL=RST>"));
    run_for(15ms);
    CHECK(states(B) == "");
    CHECK_FALSE(B.connection(1).valid());
    CHECK(B.listener().state() == State::Listen);

    const Socket a = A.connect(B, 80);
    run();
    CHECK(a.state() == State::Established);
    CHECK(listener.accept().number() == 2);
}

TEST_CASE_FIXTURE(TwoHosts, "a child returns to LISTEN: its record says so and no timer of it fires later")
{
    inject(A, 4000, B, 80, segment("<SEQ=500><CTL=SYN>"));
    inject(A, 4000, B, 80, segment("<SEQ=501><CTL=RST>"));
    run();
    bool returned = false;
    for (std::size_t i = 0; i < history().records().size(); ++i) {
        const Record& record = history().records()[i];
        CHECK(record.kind != RecordKind::timer_fired);
        if (record.kind == RecordKind::state && record.from == State::SynReceived && record.to == State::Listen)
            returned = true;
    }
    CHECK(returned);
    CHECK(sent_by(*this, B) == 1); // the SYN,ACK, once
}

// ---- close ----------------------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(TwoHosts, "a listener is closed: what nobody has accepted is reset and what was accepted goes on")
{
    const Socket accepted_peer = A.connect(B, 80);
    run();
    const Socket accepted = listener.accept();
    const Socket waiting_peer = A.connect(B, 80);
    run();
    const Socket half_open_peer = A.connect(B, 80);
    run_for(15ms);
    CHECK(states(B) == "ESTABLISHED ESTABLISHED SYN-RECEIVED");
    CHECK_FALSE(listener.close());
    CHECK_FALSE(listener.valid());
    run();
    CHECK(waiting_peer.receive().error == std::errc::connection_reset);
    CHECK(half_open_peer.receive().error == std::errc::connection_reset);
    CHECK(accepted.state() == State::Established);
    CHECK(accepted_peer.send("still here").octets == 10);
    run();
    CHECK(accepted.receive().octets == "still here");

    const Socket late = A.connect(B, 80);
    run();
    CHECK(late.send("x").error == std::errc::connection_refused);
}

TEST_CASE_FIXTURE(TwoHosts, "a listener is closed: its port can be listened on again")
{
    listener.close();
    const Socket again = B.listen(80);
    CHECK(again.valid());
    const Socket a = A.connect(B, 80);
    run();
    CHECK(again.accept().remote() == a.local());
}

TEST_CASE_FIXTURE(TwoHosts, "a listener is shut down: CLOSED, SYNs are refused, and the socket can listen again")
{
    CHECK_FALSE(listener.shutdown());
    CHECK(listener.valid());
    CHECK(listener.state() == State::Closed);
    CHECK(B.netstat().empty());
    const Socket refused = A.connect(B, 80);
    run();
    CHECK(refused.send("x").error == std::errc::connection_refused);
    CHECK(B.connections() == 0);

    CHECK_FALSE(listener.listen());
    const Socket a = A.connect(B, 80);
    run();
    CHECK(listener.accept().remote() == a.local());
}

TEST_CASE_FIXTURE(TwoHosts, "connect by a listener: OPEN makes it active, and it listens no longer")
{
    CHECK(A.listen(80).valid());
    CHECK_FALSE(listener.connect(A, 80));
    CHECK(listener.state() == State::SynSent);
    CHECK(last_sent_by(*this, B) == "<SEQ=300><CTL=SYN>");
    run();
    CHECK(listener.state() == State::Established);
    CHECK(listener.local() == Endpoint{B.address(), 80});
    CHECK_FALSE(B.listener().valid());
    listener.send("hello");
    run();
    CHECK(A.accept().receive().octets == "hello");
}

TEST_CASE_FIXTURE(TwoHosts, "send, receive and listen by a listener: the errors of LISTEN")
{
    CHECK(listener.send("hello").error == Error::remote_unspecified);
    CHECK(listener.receive().error == Error::would_block);
    CHECK(listener.listen() == Error::already_exists);
    CHECK(listener.bind(81) == Error::invalid_argument);
    CHECK(listener.state() == State::Listen);
}

// ---- MUST-41, MUST-42 -----------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(TwoHosts, "listen on a port that has a connection: it is not disturbed (MUST-41, MUST-42)")
{
    const Socket opening = A.socket();
    CHECK_FALSE(opening.bind(5000));
    CHECK_FALSE(opening.connect(B, 80)); // SYN-SENT
    const Socket at_a = A.listen(5000);
    CHECK(at_a.valid());
    run();
    CHECK(opening.state() == State::Established);
    const Socket b = B.connect(A, 5000);
    run();
    CHECK(at_a.accept().remote() == b.local());
    opening.send("hello");
    run();
    CHECK(listener.accept().receive().octets == "hello");
}
