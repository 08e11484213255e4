// A listener's two queues, under the limits of Linux: half-open connections, and those that wait to be accepted.

#include <doctest/doctest.h>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::last_sent_by;
using test::segment;
using test::sent_by;

namespace {

Profile limited(bool abort_on_overflow = false)
{
    Profile profile = linux_profile();
    profile.connection.timestamps = false;
    profile.abort_on_overflow = abort_on_overflow;
    return profile;
}

/// B listens with room for one and, as Linux counts, one more. A's connections 1 and 2 fill the accept queue; the SYN
/// of the third was taken before, and its ACK comes after.
struct Full : Network {
    explicit Full(const Profile& profile = limited()) : Network({.seed = 1, .delay = 10ms})
    {
        B = host("B", {.profile = profile, .iss = {300, 3000, 30000}});
        listener = B.listen(80, {.backlog = 1});
        hold("A.5"); // the ACK of the second
        hold("A.6"); // and of the third
        one = A.connect(B, 80);
        run_for(30ms);
        two = A.connect(B, 80);
        three = A.connect(B, 80);
        run_for(30ms);
        release("A.5");
        run_for(1ms);
    }

    Host A = host("A", {.profile = limited(), .iss = {100, 1000, 10000}});
    Host B;
    Socket listener, one, two, three;
};

} // namespace

TEST_CASE_FIXTURE(Full,
                  "linux, the accept queue is full: the ACK that ends a handshake is dropped, and nothing is said")
{
    const int before = sent_by(*this, B);
    release("A.6");
    run_for(1ms);
    CHECK(sent_by(*this, B) == before);
    CHECK(B.connection(3).state() == State::SynReceived);
    CHECK(three.state() == State::Established); // it cannot know
    const Record& arrived = history().records()[history().records().size() - 1];
    CHECK(arrived.why.check == Check::accept_queue);
    CHECK(arrived.connection == 3);
}

TEST_CASE_FIXTURE(
    Full, "linux, the accept queue was full: the SYN,ACK comes again, and its ACK finds room once one was accepted")
{
    release("A.6");
    run_for(1ms);
    CHECK(listener.accept().valid());
    run_for(2s);
    CHECK(last_sent_by(*this, B) == "<SEQ=30000><ACK=10001><CTL=SYN,ACK>");
    CHECK(B.connection(3).state() == State::Established);
}

TEST_CASE("linux, tcp_abort_on_overflow: a RST answers the ACK that finds no room, and the client learns of it")
{
    Full net(limited(true));
    net.release("A.6");
    net.run_for(20ms);
    CHECK(last_sent_by(net, net.B) == "<SEQ=30001><CTL=RST>");
    CHECK(net.B.connection(3).state() == State::Closed);
    CHECK(net.three.receive().error == std::errc::connection_reset);
}

TEST_CASE_FIXTURE(Full, "linux, the accept queue is full: a SYN is dropped, and taken when there is room again")
{
    const int before = sent_by(*this, B);
    const Socket four = A.connect(B, 80);
    run_for(500ms);
    CHECK(sent_by(*this, B) == before);
    CHECK(listener.accept().valid()); // for the third
    CHECK(listener.accept().valid());
    run_for(1s);
    CHECK(four.state() == State::Established);
}

TEST_CASE("somaxconn: a larger backlog is cut down to it")
{
    Profile profile = limited();
    profile.somaxconn = 1;
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A"), B = net.host("B", {.profile = profile});
    B.listen(80, {.backlog = 100});
    for (int i = 0; i < 5; ++i) {
        A.connect(B, 80);
        net.run_for(30ms);
    }
    int established = 0;
    for (const NetstatLine& line : B.netstat()) established += line.state == State::Established ? 1 : 0;
    CHECK(established == 2); // linux takes one more than it was told
}

TEST_CASE("tcp_max_syn_backlog without SYN cookies: the last quarter of it is kept")
{
    Profile profile = limited();
    profile.syncookies = 0;
    profile.max_syn_backlog = 8;
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A"), B = net.host("B", {.profile = profile});
    B.listen(80, {.backlog = 100});
    net.cut(A, B); // its SYN,ACKs draw no RST
    for (Port port = 1; port <= 20; ++port) net.inject(A, port, B, 80, segment("<SEQ=100><CTL=SYN>"));
    net.run_for(50ms);
    CHECK(B.netstat().size() == 1 + 7);
}

TEST_CASE("half-open connections: small records, without the buffers that text would need (RFC 4987, 3.5 cache)")
{
    constexpr Port count = 1000;
    Network net({.seed = 1, .delay = 10ms, .recording = Recording::nothing});
    const Host A = net.host("A"), B = net.host("B");
    B.listen(80, {.backlog = count});
    net.cut(A, B);
    const std::size_t before = net.memory();
    for (Port port = 1; port <= count; ++port) net.inject(A, port, B, 80, segment("<SEQ=100><CTL=SYN>"));
    net.run_for(50ms);
    REQUIRE(B.netstat().size() == 1 + count);
    CHECK((net.memory() - before) / count < 1500); // the table's room to grow included
}
