// Options of one socket, and what ICMP tells of a connection, in a whole world.

#include <doctest/doctest.h>

#include "tcpsm/network/network.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

struct Open : Network {
    Open() : Network({.seed = 1, .delay = 10ms}) {}
    Pair pair = established(*this, "A", "B");
    Host A = host("A"), B = host("B");

    /// How many segments A has sent since the connection was opened.
    std::size_t sent_by_a() const
    {
        std::size_t count = 0;
        const auto& segments = history().segments();
        for (std::size_t i = 0; i < segments.size(); ++i) count += segments[i].from_host == 0 ? 1 : 0;
        return count;
    }
};

} // namespace

TEST_CASE_FIXTURE(Open, "keep-alive is switched on for one socket of an open connection: it probes, the other does not "
                        "(MUST-24)")
{
    ConnectionOptions options;
    options.keepalive = true;
    options.keepalive_time = 10s;
    CHECK_FALSE(pair.a.set_options(options));
    const std::size_t before = sent_by_a();
    run_for(10s);
    CHECK(sent_by_a() == before + 1);
    CHECK_FALSE(pair.b.connection().next_timer().running());
    options.keepalive = false;
    CHECK_FALSE(pair.a.set_options(options));
    run_for(100s);
    CHECK(sent_by_a() == before + 1);
}

TEST_CASE_FIXTURE(Open, "Nagle is switched on and off for one socket: small SENDs wait, and go (MUST-17)")
{
    ConnectionOptions options;
    options.nagle = true;
    CHECK_FALSE(pair.a.set_options(options));
    const std::size_t before = sent_by_a();
    for (int i = 0; i < 3; ++i) pair.a.send("x");
    CHECK(sent_by_a() == before + 1);
    options.nagle = false;
    CHECK_FALSE(pair.a.set_options(options));
    CHECK(sent_by_a() == before + 2); // both in one segment
}

TEST_CASE_FIXTURE(Open, "options of a socket whose connection is open: what its SYN told stays")
{
    ConnectionOptions options;
    options.mss = 500;
    options.timestamps = true;
    CHECK_FALSE(pair.a.set_options(options));
    CHECK(pair.a.connection().options().mss == 1460);
    CHECK_FALSE(pair.a.connection().options().timestamps);
}

TEST_CASE_FIXTURE(Open, "ICMP tells of a connection: that one hears it, and no other (MUST-54)")
{
    const Socket other = A.connect(B, 80);
    run();
    A.icmp(pair.a.local().port, B, 80, IcmpError::port_unreachable);
    CHECK(pair.a.state() == State::Closed);
    CHECK(other.state() == State::Established);
    CHECK(pair.a.send("x").error == std::errc::host_unreachable);
}
