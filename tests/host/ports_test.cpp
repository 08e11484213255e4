// Ports: bound, ephemeral, used up.

#include <doctest/doctest.h>

#include <array>
#include <vector>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::TwoHosts;

namespace {

/// Three ephemeral ports.
Profile few_ports()
{
    Profile profile = rfc9293();
    profile.ephemeral_first = 50000;
    profile.ephemeral_last = 50002;
    return profile;
}

struct FewPorts : TwoHosts {
    FewPorts() : TwoHosts(few_ports()) {}
};

} // namespace

TEST_CASE_FIXTURE(TwoHosts, "ephemeral ports: one after the other from 49152 on")
{
    CHECK(A.connect(B, 80).local().port == 49152);
    CHECK(A.connect(B, 80).local().port == 49153);
    CHECK(A.connect(B, 81).local().port == 49154);
}

TEST_CASE("linux: ephemeral ports begin at 32768")
{
    Network net;
    CHECK(net.host("A", {.profile = linux_profile()}).connect(net.host("B"), 80).local().port == 32768);
}

TEST_CASE_FIXTURE(FewPorts, "ephemeral ports: those in use are skipped, and after the last comes the first")
{
    const Socket one = A.connect(B, 80);
    const Socket two = A.connect(B, 80);
    CHECK(one.local().port == 50000);
    CHECK(two.local().port == 50001);
    one.abort();
    CHECK(A.connect(B, 80).local().port == 50002);
    CHECK(A.connect(B, 80).local().port == 50000);
}

TEST_CASE_FIXTURE(FewPorts, "ephemeral ports: one that is listened on is skipped")
{
    A.listen(50000);
    CHECK(A.connect(B, 80).local().port == 50001);
}

TEST_CASE_FIXTURE(FewPorts,
                  "ephemeral ports are used up: address not available, and another remote socket is still fine")
{
    for (int i = 0; i < 3; ++i) CHECK(A.connect(B, 80).valid());
    CHECK_FALSE(A.connect(B, 80).valid());
    const Socket socket = A.socket();
    const std::error_code error = socket.connect(B, 80);
    CHECK(error == std::errc::address_not_available);
    CHECK(error.message() == "no ephemeral port is free");
    CHECK_FALSE(socket.connect(B, 81)); // another four-tuple
}

TEST_CASE_FIXTURE(FewPorts, "no port was left, and one comes back or the range grows: the next OPEN has it")
{
    std::array<Socket, 3> sockets;
    for (Socket& socket : sockets) socket = A.connect(B, 80);
    CHECK_FALSE(A.connect(B, 80).valid());
    sockets[1].abort();
    CHECK(A.connect(B, 80).local().port == 50001);
    CHECK_FALSE(A.connect(B, 80).valid());
    Profile larger = few_ports();
    larger.ephemeral_last = 50003;
    A.set_profile(larger);
    CHECK(A.connect(B, 80).local().port == 50003);
}

TEST_CASE_FIXTURE(FewPorts, "a port in TIME-WAIT: not free until 2 MSL are over")
{
    std::array<Socket, 3> sockets;
    for (Socket& socket : sockets) socket = A.connect(B, 80);
    run();
    for (const Socket& socket : sockets) socket.close();
    for (int i = 0; i < 3; ++i) listener.accept().close();
    run_for(100ms);
    REQUIRE(sockets[0].state() == State::TimeWait);
    CHECK_FALSE(A.connect(B, 80).valid());
    run_for(240s);
    CHECK(A.connect(B, 80).valid());
}

TEST_CASE_FIXTURE(TwoHosts, "bind: the connection leaves from that port")
{
    const Socket a = A.socket();
    CHECK_FALSE(a.bind(1234));
    CHECK(a.local() == Endpoint{A.address(), 1234});
    CHECK_FALSE(a.connect(B, 80));
    run();
    CHECK(listener.accept().remote() == Endpoint{A.address(), 1234});
}

TEST_CASE("C2, K11: a port bound by hand: the socket's until it is closed, whatever ends its connections")
{
    for (const Profile& profile : {rfc9293(), linux_profile()}) {
        CAPTURE(profile.name);
        TwoHosts net(profile);
        const Socket a = net.A.socket();
        a.bind(1234);
        const Endpoint bound{net.A.address(), 1234};
        const auto keeps_its_port = [&] {
            CHECK(a.state() == State::Closed);
            CHECK(a.local() == bound);
            CHECK(net.A.socket().bind(1234) == std::errc::address_in_use);
        };
        a.connect(net.B, 81); // refused: nobody listens there
        net.run();
        keeps_its_port();
        a.receive(); // linux tells of what has ended before it opens anew
        a.connect(net.B, 80);
        net.run_for(100ms);
        const Socket b = net.listener.accept();
        CHECK(b.remote() == bound);
        b.abort(); // reset
        net.run();
        keeps_its_port();
        a.receive();
        a.connect(net.B, 80);
        net.run_for(100ms);
        CHECK(net.listener.accept().remote() == bound);
    }
}

TEST_CASE_FIXTURE(TwoHosts,
                  "an ephemeral port: free as soon as its connection is over, and the next OPEN takes another")
{
    const Socket a = A.connect(B, 81);
    const Port port = a.local().port;
    run();
    CHECK(a.state() == State::Closed);
    CHECK(a.local().port == 0);
    CHECK_FALSE(A.socket().bind(port));
}

TEST_CASE_FIXTURE(TwoHosts, "bind to a port that a socket has: address in use, until that socket is closed")
{
    const Socket holder = B.socket();
    CHECK_FALSE(holder.bind(81));
    const Socket socket = B.socket();
    CHECK(socket.bind(80) == std::errc::address_in_use); // by the listener
    CHECK(socket.bind(81) == std::errc::address_in_use);
    CHECK_FALSE(B.listen(80).valid());
    CHECK_FALSE(B.listen(81).valid());
    holder.close();
    CHECK_FALSE(socket.bind(81));
}

TEST_CASE_FIXTURE(TwoHosts, "bind wrongly: invalid argument")
{
    const Socket socket = A.socket();
    CHECK(socket.bind(0) == std::errc::invalid_argument);
    CHECK_FALSE(socket.bind(5));
    CHECK(socket.bind(6) == std::errc::invalid_argument); // it is bound
    const Socket connected = A.connect(B, 80);
    CHECK(connected.bind(7) == std::errc::invalid_argument);
}

TEST_CASE_FIXTURE(TwoHosts, "listen without a port: invalid argument")
{
    CHECK(A.socket().listen() == std::errc::invalid_argument);
}

TEST_CASE_FIXTURE(TwoHosts, "connect to port 0: remote socket unspecified")
{
    const Socket socket = A.socket();
    CHECK(socket.connect(B, 0) == std::errc::destination_address_required);
    CHECK(socket.state() == State::Closed);
    CHECK_FALSE(socket.connect(B, 80));
    CHECK(socket.connect(B, 80) == std::errc::already_connected);
}

TEST_CASE_FIXTURE(TwoHosts, "bound: the socket that waits for its use, by port or any")
{
    CHECK_FALSE(A.bound().valid());
    const Socket first = A.socket(), second = A.socket();
    CHECK_FALSE(A.bound().valid()); // not bound yet
    first.bind(5000);
    second.bind(6000);
    CHECK(A.bound(6000).id() == second.id());
    CHECK(A.bound().id() == first.id());
    CHECK_FALSE(A.bound(7000).valid());
    first.connect(B, 80);
    CHECK(A.bound().id() == second.id());
}
