// Compact entries in TIME-WAIT stand in lines, in the order in which their 2 MSL are over, and only the first of a line
// is known to the scheduler: whatever leaves a line or comes to it, each is over in its time.

#include <doctest/doctest.h>

#include <vector>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::segment;
using test::TwoHosts;

TEST_CASE("a FIN repeated in TIME-WAIT: it waits behind those that came after it, and each is over after its 2 MSL")
{
    Profile profile;
    profile.connection.rfc1337 = true; // the ACK of that FIN will meet a listener
    TwoHosts net(profile);
    std::vector<Socket> open;
    for (int i = 0; i < 3; ++i) {
        net.run_until(Time(i * 10s));
        open.push_back(net.A.connect(net.B, 80));
        net.run_for(50ms);
        open.back().close();
        net.run_for(50ms);
        net.listener.accept().close();
        net.run_for(50ms);
    }
    net.run_until(Time(40s));
    const Tcb first = open[0].standing().tcb();
    Segment fin = segment("<SEQ=0><ACK=0><CTL=FIN,ACK>");
    fin.seq = first.rcv.nxt - 1;
    fin.ack = first.snd.nxt;
    net.inject(net.B, 80, net.A, open[0].local().port, fin);
    for (const std::size_t next : {1U, 2U, 0U}) {
        CAPTURE(next);
        const Time over = open[next].connection().next_timer().deadline;
        CHECK(over > Time(next == 0 ? 280s : 240s));
        net.run_until(over - 1ns);
        CHECK(open[next].valid());
        net.run_for(1ns);
        CHECK_FALSE(open[next].valid());
    }
    CHECK(net.now() == Time(280s + 10ms));
}

TEST_CASE("2 MSL of many lengths, the longer ones first: each connection is over when its own have passed")
{
    TwoHosts net;
    std::vector<Socket> open;
    constexpr int lengths = 12; // more than are kept in lines
    for (int i = 0; i < lengths; ++i) {
        Profile profile = net.A.profile();
        profile.connection.time_wait = std::chrono::seconds(100 - i);
        net.A.set_profile(profile);
        open.push_back(net.A.connect(net.B, 80));
        net.run_for(20ms);
        open.back().close();
        net.run_for(20ms);
        net.listener.accept().close();
        net.run_for(20ms);
    }
    std::vector<Time> deadlines(open.size());
    for (const NetstatLine& line : net.A.netstat()) deadlines[line.connection - 1] = line.deadline;
    for (std::size_t left = open.size(); left > 0; --left) {
        REQUIRE(open[left - 1].valid());
        CHECK(net.next_event() == deadlines[left - 1]);
        net.step();
        CHECK_FALSE(open[left - 1].valid());
        CHECK(net.now() == deadlines[left - 1]);
    }
    CHECK_FALSE(net.step());
}

TEST_CASE("the one that was to be over first is gone, and the next has a shorter 2 MSL: it is over in time")
{
    TwoHosts net;
    const auto one = [&] {
        const Socket a = net.A.connect(net.B, 80);
        net.run_for(50ms);
        a.close();
        net.run_for(50ms);
        net.listener.accept().close();
        net.run_for(50ms);
        return a;
    };
    const Socket first = one();
    CHECK_FALSE(first.abort());
    Profile profile = net.A.profile();
    profile.connection.time_wait = 10s;
    net.A.set_profile(profile);
    net.schedule(Time(60s), [](Network&) {}); // else the next wake-up would tell
    const Socket second = one();
    const Time over = second.connection().next_timer().deadline;
    CHECK(net.next_event() == over);
    net.run_until(over);
    CHECK_FALSE(second.valid());
}
