// Which addresses a host takes for its own and for a peer's (RFC 9293, 3.9.1.1, 3.9.2.3). A Network knows hosts, which
// all have good addresses, so the others come straight to a stack.

#include <doctest/doctest.h>

#include <array>
#include <vector>

#include "host/stack.hpp"
#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::segment;
using test::TwoHosts;

namespace {

constexpr Address own{0xC0000201};
constexpr Address neighbour{0xC0000202};
constexpr std::array nobody_elses{Address{0x00000001},  // 0.0.0.1: this network
                                  Address{0x7F000001},  // 127.0.0.1: loopback
                                  Address{0xE0000001},  // 224.0.0.1: multicast
                                  Address{0xEFFFFFFF},  // 239.255.255.255: multicast
                                  Address{0xFFFFFFFF}}; // broadcast

/// A stack alone, as the network drives it.
struct Alone {
    Stack stack{own, rfc9293(), {100, 1000}, 42};
    Output out;

    Alone()
    {
        const SocketId listener = stack.socket();
        REQUIRE(stack.bind(listener, 80) == Error::none);
        REQUIRE(stack.listen(listener, 128, false, Time{}, out) == Error::none);
        settle();
    }
    Error connect(Endpoint remote)
    {
        const SocketId socket = stack.socket();
        const Error error = stack.connect(socket, remote, Time{}, out);
        settle();
        return error;
    }
    void gets(std::string_view notation, Address from, Address to)
    {
        stack.segment_arrives(segment(notation), {}, {from, 4000}, {to, 80}, Time{}, out);
        settle();
    }
    void settle()
    {
        stack.finish(Time{}, out, [](std::uint32_t, TimerKind, const Timer&) {});
    }
    /// What it sent since it was asked last.
    std::vector<Departure> sends()
    {
        std::vector<Departure> segments;
        segments.swap(out.segments);
        out.clear();
        return segments;
    }
};

} // namespace

// ---- OPEN -----------------------------------------------------------------------------------------------------------

TEST_CASE("connect to broadcast, multicast or any address that names no other host: an error and no SYN (MUST-46)")
{
    for (const Address address : nobody_elses) {
        CAPTURE(to_string(address));
        Alone host;
        CHECK(host.connect({address, 80}) == Error::invalid_argument);
        CHECK(make_error_code(Error::invalid_argument) == std::errc::invalid_argument);
        CHECK(host.sends().empty());
        CHECK(host.stack.connections_made() == 0);
    }
}

TEST_CASE("connect to no address: remote socket unspecified")
{
    Alone host;
    CHECK(host.connect({Address{}, 80}) == Error::remote_unspecified);
    CHECK(host.sends().empty());
}

TEST_CASE("connect after an address that was an error: the socket is as it was, and a good address opens")
{
    Alone host;
    const SocketId socket = host.stack.socket();
    CHECK(host.stack.connect(socket, {Address{0xE0000001}, 80}, Time{}, host.out) == Error::invalid_argument);
    CHECK(host.stack.connect(socket, {neighbour, 80}, Time{}, host.out) == Error::none);
    CHECK(host.stack.find(socket)->state() == State::SynSent);
}

TEST_CASE("connect without a local address: the host gives its own before the SYN leaves (MUST-44)")
{
    Alone host;
    CHECK(host.connect({neighbour, 80}) == Error::none);
    const std::vector<Departure> sent = host.sends();
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].from.address == own);
    CHECK(sent[0].to == Endpoint{neighbour, 80});
}

TEST_CASE("OPEN with a local address: the SYN leaves from there, and so does all that follows (MUST-43, MUST-45)")
{
    constexpr Endpoint local{Address{0x0A000007}, 5000};
    constexpr Endpoint remote{neighbour, 80};
    Connection connection;
    Output out;
    CHECK(connection.open(local, remote, Seq(100), Time{}, out) == Error::none);
    connection.segment_arrives(segment("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=1000>"), {}, remote, local, Time{}, out);
    connection.transmit(Time{}, out);
    const std::array<std::uint8_t, 1> text{'x'};
    connection.send(text, Time{}, out);
    connection.close(Time{}, out);
    connection.transmit(Time{}, out);
    CHECK(out.segments.size() >= 3); // SYN, ACK, text and FIN
    for (const Departure& departure : out.segments) {
        CHECK(departure.from == local);
        CHECK(departure.to == remote);
    }
}

TEST_CASE("listen, and a SYN comes: the connection keeps the address to which it was sent (MUST-45)")
{
    Alone host;
    host.gets("<SEQ=300><CTL=SYN><WND=1000>", neighbour, own);
    host.gets("<SEQ=301><ACK=101><CTL=ACK><WND=1000>", neighbour, own);
    const SocketId child = host.stack.by_number(1);
    REQUIRE(host.stack.exists(child));
    host.stack.close(child, Time{}, host.out);
    host.settle();
    const std::vector<Departure> sent = host.sends();
    REQUIRE(sent.size() == 2); // SYN,ACK and FIN
    for (const Departure& departure : sent) CHECK(departure.from == Endpoint{own, 80});
}

// ---- SEGMENT ARRIVES ------------------------------------------------------------------------------------------------

TEST_CASE("a SYN to broadcast or multicast: dropped without an answer, and the listener goes on (MUST-57)")
{
    for (const Address address : nobody_elses) {
        CAPTURE(to_string(address));
        Alone host;
        host.gets("<SEQ=300><CTL=SYN>", neighbour, address);
        CHECK(host.sends().empty());
        CHECK(host.out.reports.empty());
        CHECK(host.stack.connections_made() == 0);
        host.gets("<SEQ=300><CTL=SYN>", neighbour, own);
        CHECK(host.sends().size() == 1);
    }
}

TEST_CASE("any segment to broadcast or multicast: no RST, though no connection has those sockets (MUST-57)")
{
    for (const std::string_view notation :
         {"<SEQ=300><ACK=5><CTL=ACK>", "<SEQ=300><ACK=5><CTL=FIN,ACK>", "<SEQ=300><CTL=RST>"}) {
        Alone host;
        host.gets(notation, neighbour, Address{0xFFFFFFFF});
        host.gets(notation, neighbour, Address{0xE0000001});
        CHECK(host.sends().empty());
    }
}

TEST_CASE("a SYN from an address that names no host: ignored (MUST-63)")
{
    for (const Address address : nobody_elses) {
        CAPTURE(to_string(address));
        Alone host;
        host.gets("<SEQ=300><CTL=SYN>", address, own);
        host.gets("<SEQ=300><CTL=SYN>", Address{}, own);
        CHECK(host.sends().empty());
        CHECK(host.stack.connections_made() == 0);
    }
}

TEST_CASE_FIXTURE(TwoHosts, "two hosts of a network: their addresses name one host each, and they connect")
{
    CHECK(A.address() == own);
    CHECK(B.address() == neighbour);
    const Socket a = A.connect(B, 80);
    run();
    CHECK(a.state() == State::Established);
    CHECK(a.local().address == own);
    CHECK(listener.accept().local() == Endpoint{neighbour, 80});
}
