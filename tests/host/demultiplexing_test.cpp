// Which connection a segment belongs to, and what it meets where there is none (RFC 9293, 3.10.7.1).

#include <doctest/doctest.h>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::last_sent_by;
using test::segment;
using test::sent_by;
using test::TwoHosts;

TEST_CASE_FIXTURE(TwoHosts, "two connections to one port from two ports: each gets its own text")
{
    const Socket first = A.connect(B, 80);
    const Socket second = A.connect(B, 80);
    run();
    const Socket first_peer = listener.accept();
    const Socket second_peer = listener.accept();
    CHECK(first.local().port != second.local().port);
    CHECK(first_peer.remote() == first.local());
    CHECK(second_peer.remote() == second.local());
    CHECK(first_peer.local() == second_peer.local());

    first.send("one");
    second.send("two");
    second_peer.send("second");
    first_peer.send("first");
    run();
    CHECK(first_peer.receive().octets == "one");
    CHECK(second_peer.receive().octets == "two");
    CHECK(first.receive().octets == "first");
    CHECK(second.receive().octets == "second");
}

TEST_CASE("two hosts connect from the same port number: the address tells them apart")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host server = net.host("server");
    const Socket listener = server.listen(80);
    const Socket a = net.host("A").connect(server, 80);
    const Socket b = net.host("B").connect(server, 80);
    CHECK(a.local().port == b.local().port);
    net.run();
    a.send("from A");
    b.send("from B");
    net.run();
    CHECK(listener.accept().receive().octets == "from A");
    CHECK(listener.accept().receive().octets == "from B");
}

TEST_CASE("one host connects from one port to two others: two connections")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A"), B = net.host("B"), C = net.host("C");
    B.listen(80);
    C.listen(80);
    const Socket b = A.socket(), c = A.socket();
    CHECK_FALSE(b.bind(5000));
    CHECK_FALSE(b.connect(B, 80));
    CHECK_FALSE(c.bind(5000)); // its port is taken by a connection, not by a socket
    CHECK_FALSE(c.connect(C, 80));
    net.run();
    CHECK(b.state() == State::Established);
    CHECK(c.state() == State::Established);
    CHECK(b.local() == c.local());
}

TEST_CASE_FIXTURE(TwoHosts, "a SYN to a port where nobody listens: RST and the open is refused")
{
    const Socket a = A.connect(B, 81);
    run();
    CHECK(last_sent_by(*this, B) == "<SEQ=0><ACK=101><CTL=RST,ACK>");
    CHECK(a.state() == State::Closed);
    const std::error_code error = a.send("hello").error;
    CHECK(error == std::errc::connection_refused);
    CHECK(a.send("hello").error == std::errc::not_connected);
}

TEST_CASE_FIXTURE(TwoHosts, "a segment for a connection that is over: RST at its acknowledgment number")
{
    inject(A, 4000, B, 80, segment("<SEQ=55><ACK=66><CTL=ACK>"), "hello"); // B listens, but knows no such connection
    run();
    CHECK(last_sent_by(*this, B) == "<SEQ=66><CTL=RST>");
    inject(A, 4000, B, 81, segment("<SEQ=55><ACK=77><CTL=ACK>"), "hello");
    run();
    CHECK(last_sent_by(*this, B) == "<SEQ=77><CTL=RST>");
    CHECK(sent_by(*this, A) == 0);
    CHECK(B.netstat().size() == 1);
}

TEST_CASE_FIXTURE(TwoHosts, "a RST where there is no connection: no answer")
{
    inject(A, 4000, B, 80, segment("<SEQ=55><ACK=66><CTL=RST,ACK>"));
    inject(A, 4000, B, 81, segment("<SEQ=55><CTL=RST>"));
    run();
    CHECK(sent_by(*this, B) == 0);
}

TEST_CASE("a segment to an address that nobody has: lost")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A");
    Network other = net;
    const Socket a = A.connect(other.host("B"), 80); // net has no such host
    net.run_for(10s);
    CHECK(a.state() == State::SynSent);
}

TEST_CASE_FIXTURE(TwoHosts, "the same four-tuple twice: the second connect answers address in use")
{
    const Socket first = A.socket(), second = A.socket();
    CHECK_FALSE(first.bind(5000));
    CHECK_FALSE(first.connect(B, 80));
    CHECK_FALSE(second.bind(5000));
    CHECK(second.connect(B, 80) == std::errc::address_in_use);
    CHECK(second.state() == State::Closed);
    run();
    CHECK(first.state() == State::Established);
}

TEST_CASE_FIXTURE(TwoHosts, "netstat: one line for each listener and connection with its queues and its next timer")
{
    const Socket a = A.connect(B, 80);
    run();
    const Socket b = listener.accept();
    b.send("hello");
    run_for(10ms);
    a.send("world");
    const std::vector<NetstatLine> at_a = A.netstat();
    REQUIRE(at_a.size() == 1);
    CHECK(at_a[0].local == a.local());
    CHECK(at_a[0].remote == Endpoint{B.address(), 80});
    CHECK(at_a[0].state == State::Established);
    CHECK(at_a[0].receive_queue == 5);
    CHECK(at_a[0].send_queue == 5);
    CHECK(at_a[0].timer == TimerKind::retransmission);
    CHECK(at_a[0].deadline == now() + 1s);
    CHECK(at_a[0].connection == 1);
    const std::vector<NetstatLine> at_b = B.netstat();
    REQUIRE(at_b.size() == 2);
    CHECK(at_b[0].state == State::Listen);
    CHECK(at_b[0].local.port == 80);
    CHECK(at_b[0].remote == Endpoint{});
    CHECK(at_b[0].connection == 0);
    CHECK(at_b[1].state == State::Established);
}
