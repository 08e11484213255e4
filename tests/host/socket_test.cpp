// A socket's life: its handle, its calls in the wrong moment, and its place in the table.

#include <doctest/doctest.h>

#include <functional>
#include <vector>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::Connected;
using test::sent_by;
using test::TwoHosts;

// ---- handles --------------------------------------------------------------------------------------------------------

TEST_CASE("a socket that names nothing: not valid, CLOSED, and every call says no such socket")
{
    const Socket nothing;
    CHECK_FALSE(nothing.valid());
    CHECK(nothing.state() == State::Closed);
    CHECK(nothing.number() == 0);
    CHECK(nothing.local() == Endpoint{});
    CHECK(nothing.remote() == Endpoint{});
    CHECK(nothing.send("x").error == Error::no_such_socket);
    CHECK(nothing.receive().error == Error::no_such_socket);
    CHECK(nothing.close() == std::errc::bad_file_descriptor);
    CHECK_FALSE(nothing.accept().valid());
}

TEST_CASE_FIXTURE(Connected, "a stale handle: every call says no such socket, and never another socket's business")
{
    a.abort();
    run();
    CHECK_FALSE(a.valid());
    const Socket next = A.connect(B, 80); // it takes the same place
    run();
    REQUIRE(next.id().index == a.id().index);
    CHECK(next.state() == State::Established);

    CHECK_FALSE(a.valid());
    CHECK(a.state() == State::Closed);
    CHECK(a.number() == 0);
    CHECK(a.local() == Endpoint{});
    CHECK(a.connection().state() == State::Closed);
    CHECK(a.send("x").error == Error::no_such_socket);
    CHECK(a.receive().error == Error::no_such_socket);
    for (const std::error_code& error : {a.bind(9), a.connect(B, 80), a.listen(), a.shutdown(), a.close(), a.abort()}) {
        CHECK(error == Error::no_such_socket);
        CHECK(error == std::errc::bad_file_descriptor);
    }
    CHECK_FALSE(a.accept().valid());
    CHECK(next.state() == State::Established);
    CHECK(sent_by(*this, A) == 5); // SYN, ACK, RST, SYN, ACK
}

TEST_CASE_FIXTURE(Connected, "a connection by its number: its socket, until it is over")
{
    CHECK(A.connections() == 1);
    CHECK(A.connection(1).id() == a.id());
    CHECK(B.connection(1).id() == b.id());
    CHECK_FALSE(A.connection(2).valid());
    a.abort();
    run();
    CHECK_FALSE(A.connection(1).valid());
    CHECK(A.connections() == 1);
}

// ---- calls ----------------------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(TwoHosts, "a socket that is neither bound nor connected: connection does not exist")
{
    const Socket socket = A.socket();
    CHECK(socket.send("x").error == Error::does_not_exist);
    CHECK(socket.receive().error == Error::does_not_exist);
    CHECK(socket.shutdown() == Error::does_not_exist);
    CHECK(A.connections() == 0);
    CHECK(A.netstat().empty());
}

TEST_CASE_FIXTURE(Connected, "text both ways and a normal close: everything arrives and both sides end")
{
    a.send("question");
    run();
    CHECK(b.receive().octets == "question");
    b.send("answer");
    b.close();
    run_for(1s);
    CHECK(a.receive().octets == "answer");
    CHECK(a.receive().error == Error::closing);
    CHECK(a.send("one more").octets == 8); // the other half is open
    run_for(1s);
    CHECK_FALSE(a.close());
    run();
    CHECK_FALSE(a.valid());
    CHECK_FALSE(b.valid());
}

TEST_CASE_FIXTURE(Connected, "shutdown: the socket stays when its connection is over, and can be used again")
{
    a.shutdown();
    b.shutdown();
    run();
    CHECK(a.state() == State::Closed);
    CHECK(a.valid());
    CHECK(b.valid());
    CHECK(a.send("x").error == Error::does_not_exist);
    CHECK(a.local().port == 0); // it is not bound any more
    CHECK_FALSE(a.connect(B, 80));
    run();
    CHECK(a.state() == State::Established);
    CHECK(a.number() == 2);
    const Socket peer = listener.accept();
    a.send("again");
    run();
    CHECK(peer.receive().octets == "again");
    CHECK_FALSE(b.close());
    CHECK_FALSE(b.valid());
}

TEST_CASE_FIXTURE(Connected, "shutdown: when its connection is over the socket can listen, with no number of its own")
{
    a.shutdown();
    b.shutdown();
    run();
    CHECK_FALSE(b.bind(81));
    CHECK_FALSE(b.listen());
    CHECK(b.state() == State::Listen);
    CHECK(b.number() == 0);
    const Socket next = A.connect(B, 81);
    run();
    CHECK(b.accept().remote() == next.local());
    CHECK(B.connections() == 2);
}

TEST_CASE_FIXTURE(Connected,
                  "close with text under way: the socket is given back when the connection is over and not before")
{
    a.send("hello");
    CHECK_FALSE(a.close());
    CHECK(a.valid());
    CHECK(a.close() == Error::closing); // no second FIN
    run_for(1s);
    CHECK(a.state() == State::FinWait2);
    CHECK(b.receive().octets == "hello");
    b.close();
    run_for(1s);
    CHECK(a.state() == State::TimeWait);
    CHECK_FALSE(b.valid());
    run();
    CHECK_FALSE(a.valid());
}

TEST_CASE_FIXTURE(Connected, "receive at most so many octets: the rest stays")
{
    a.send("hello world");
    run();
    CHECK(b.receive(5).octets == "hello");
    CHECK(b.receive(0).octets == "");
    std::array<std::uint8_t, 3> into{};
    CHECK(b.receive(into).octets == 3);
    CHECK(b.receive().octets == "rld");
    CHECK(b.receive().error == Error::would_block);
}

TEST_CASE_FIXTURE(Connected, "more text than windows and buffers hold: all of it arrives in order")
{
    std::string sent, got;
    for (int round = 0; round < 2000 && got.size() < 500'000; ++round) {
        if (sent.size() < 500'000) {
            const std::string more(9'973, static_cast<char>('a' + round % 26));
            sent += more.substr(0, a.send(more).octets);
        }
        run_for(10ms);
        got += b.receive(7'919).octets;
    }
    CHECK(got.size() >= 500'000);
    CHECK(got == sent.substr(0, got.size()));
}

TEST_CASE_FIXTURE(TwoHosts, "accept on a socket that does not listen: not listening")
{
    const Socket socket = A.socket();
    CHECK_FALSE(socket.accept().valid());
    const Record& record = history().records().back();
    CHECK(record.call == Call::accept);
    CHECK(record.error == Error::not_listening);
}

// ---- no place in the table is lost ----------------------------------------------------------------------------------

TEST_CASE("a socket closed or aborted in every state: its place is given back, over a thousand lives")
{
    using Script = std::function<void(TwoHosts&, Socket a)>;
    const auto b_of = [](TwoHosts& net) { return net.listener.accept(); };
    const auto nothing = [](TwoHosts&, Socket) {};
    const Script established = [&](TwoHosts& net, Socket) { net.run_for(50ms); };
    const Script fin_wait_1 = [&](TwoHosts& net, Socket a) {
        established(net, a);
        net.lose([](const Flight& flight) { return flight.segment.has(Flag::FIN); });
        a.shutdown();
    };
    const Script fin_wait_2 = [&](TwoHosts& net, Socket a) {
        established(net, a);
        a.shutdown();
        net.run_for(50ms);
    };
    const Script close_wait = [&](TwoHosts& net, Socket a) {
        established(net, a);
        b_of(net).close();
        net.run_for(50ms);
    };
    const Script closing = [&](TwoHosts& net, Socket a) {
        established(net, a);
        a.shutdown();
        b_of(net).close();
        net.run_for(10ms);
    };
    const Script last_ack = [&](TwoHosts& net, Socket a) {
        close_wait(net, a);
        a.shutdown();
    };
    const Script time_wait = [&](TwoHosts& net, Socket a) {
        fin_wait_2(net, a);
        b_of(net).close();
        net.run_for(50ms);
    };
    struct Case {
        State state;
        Script reach;
    };
    const std::vector<Case> cases{{State::SynSent, nothing},      {State::Established, established},
                                  {State::FinWait1, fin_wait_1},  {State::FinWait2, fin_wait_2},
                                  {State::CloseWait, close_wait}, {State::Closing, closing},
                                  {State::LastAck, last_ack},     {State::TimeWait, time_wait}};
    TwoHosts net;
    std::size_t warm = 0;
    for (int round = 0; round < 63; ++round) {
        for (const bool abort : {false, true}) {
            for (const Case& one : cases) {
                CAPTURE(round);
                CAPTURE(name(one.state));
                CAPTURE(abort);
                const Socket a = net.A.connect(net.B, 80);
                one.reach(net, a);
                REQUIRE(a.state() == one.state);
                if (abort)
                    a.abort();
                else
                    a.close();
                net.run_for(50ms);
                if (const Socket waiting = net.listener.accept(); waiting.valid()) waiting.close();
                for (const NetstatLine& line : net.B.netstat())
                    if (line.connection != 0) net.B.connection(line.connection).close();
                net.run();
                REQUIRE_FALSE(a.valid());
                REQUIRE(net.A.netstat().empty());
                REQUIRE(net.B.netstat().size() == 1);
                net.clear_history();
            }
        }
        if (round == 2) warm = net.memory();
        if (round > 2) REQUIRE(net.memory() == warm);
    }
}

TEST_CASE("sockets that are made and closed without use: their places are given back")
{
    TwoHosts net;
    for (int i = 0; i < 1000; ++i) {
        const Socket socket = net.A.socket();
        REQUIRE(socket.id().index == 0);
        if (i % 2 == 0) socket.bind(static_cast<Port>(1 + i));
        if (i % 4 == 0) socket.listen();
        socket.close();
        REQUIRE_FALSE(socket.valid());
    }
}

TEST_CASE("connections that are refused, reset and timed out: their places are given back on close")
{
    TwoHosts net;
    for (int i = 0; i < 100; ++i) {
        const Socket refused = net.A.connect(net.B, 81);
        const Socket lost = net.A.connect(net.B, 80);
        net.run_for(1ms);
        net.cut(net.A, net.B);
        net.run();
        net.mend(net.A, net.B);
        CHECK(lost.state() == State::Closed);
        CHECK(refused.valid()); // the user has not closed them
        CHECK(lost.valid());
        refused.close();
        lost.close();
        REQUIRE(net.A.netstat().empty());
        REQUIRE_FALSE(refused.valid());
        REQUIRE_FALSE(lost.valid());
        net.clear_history();
    }
}
