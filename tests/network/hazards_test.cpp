// RFC 1337, 2: what old duplicates do to a connection that was opened again too soon. TIME-WAIT, which would have
// waited until they are gone, is skipped here, as after its assassination. The numbers are those of figures 2 to 4.

#include <doctest/doctest.h>

#include <string>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::last_sent_by;
using test::segment;
using test::sent_by;

namespace {

Profile without_time_wait()
{
    Profile profile = rfc9293();
    profile.connection.time_wait = 0s;
    return profile;
}

/// A connection has come and gone, and a copy of its <SEQ=560><DATA=80> is still in the network; then the same sockets
/// are connected again, from 400 on, and A has sent 100 octets.
struct OpenedAgain : Network {
    OpenedAgain() : Network({.seed = 1, .delay = 10ms})
    {
        b_listener = B.listen(80);
        const Socket old = opened();
        const Socket old_peer = b_listener.accept();
        duplicate("A4", 10s);
        old.send(std::string(60, 'o'));
        old.send(std::string(80, 'O'));
        run_for(1s);
        old.close();
        old_peer.close();
        run_for(1s);
        REQUIRE(A.netstat().empty());

        a = opened();
        b = b_listener.accept();
        a.send(std::string(100, 'n'));
        run_for(1s);
        REQUIRE(b.receive().octets == std::string(100, 'n'));
    }

    Socket opened()
    {
        const Socket socket = A.socket();
        REQUIRE_FALSE(socket.bind(1000));
        REQUIRE_FALSE(socket.connect(B, 80));
        run_for(1s);
        REQUIRE(socket.state() == State::Established);
        return socket;
    }
    [[nodiscard]] std::uint32_t a_sent() const { return a.connection().tcb().snd.nxt.value(); }
    [[nodiscard]] std::uint32_t b_expects() const { return b.connection().tcb().rcv.nxt.value(); }

    Host A = host("A", {.profile = without_time_wait(), .iss = {499, 399}});
    Host B = host("B", {.profile = without_time_wait(), .iss = {100, 100}});
    Socket b_listener, a, b;
};

} // namespace

TEST_CASE_FIXTURE(OpenedAgain,
                  "figure 2, old text lurks beyond RCV.NXT: 40 octets of it are delivered (RFC 1337, haz-1)")
{
    CHECK(a_sent() == 500);
    run_until(Time{} + 20s); // the duplicate arrives
    CHECK(last_sent_by(*this, B) == "<SEQ=101><ACK=500><CTL=ACK>");
    CHECK(b.receive().octets == "");
    a.send(std::string(100, 'N'));
    run_for(15ms);
    CHECK(last_sent_by(*this, B) == "<SEQ=101><ACK=640><CTL=ACK>"); // 40 more than A has sent
    CHECK(b.receive().octets == std::string(100, 'N') + std::string(40, 'O'));
}

TEST_CASE_FIXTURE(OpenedAgain,
                  "figure 3, an ACK of what was not sent: the two ends do not agree any more (RFC 1337, haz-2)")
{
    run_until(Time{} + 20s);
    a.send(std::string(100, 'N'));
    const int before = sent_by(*this, A);
    run_for(1min);
    CHECK(sent_by(*this, A) > before); // it answers with an ACK, which B answers with an ACK
    CHECK(a.state() == State::Established);
    CHECK(b.state() == State::Established);
    CHECK(a_sent() == 600);
    CHECK(b_expects() == 640);

    b.receive();
    a.send(std::string(40, 'z')); // B takes it for what it has
    run_for(1min);
    CHECK(b.receive().octets == "");
    CHECK(a.connection().queued() == 0);
}

TEST_CASE("figure 4, an old ACK meets SYN-SENT: its RST is not exact, so the new connection lives (RFC 1337, haz-3)")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A", {.iss = {100}});
    const Host B = net.host("B", {.iss = {400}});
    const Socket listener = B.listen(80);
    net.delay("B1", 30ms); // the SYN,ACK
    const Socket a = A.socket();
    REQUIRE_FALSE(a.bind(1000));
    REQUIRE_FALSE(a.connect(B, 80));
    net.run_for(5ms);
    net.inject(B, 80, A, 1000, segment("<SEQ=300><ACK=123><CTL=ACK>"));
    net.run_for(11ms);
    CHECK(last_sent_by(net, A) == "<SEQ=123><CTL=RST>");
    net.run_for(10ms);
    CHECK(last_sent_by(net, B) == "<SEQ=401><ACK=101><CTL=ACK>"); // the challenge
    net.run();
    CHECK(a.state() == State::Established);
    const Socket b = listener.accept();
    CHECK(b.state() == State::Established);
    a.send("hello");
    net.run();
    CHECK(b.receive().octets == "hello");
}
