// RFC 9293, 3.4.1. Initial Sequence Number Selection; RFC 6528.

#include <doctest/doctest.h>

#include "host/iss.hpp"
#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr Endpoint local{Address{0xC0000201}, 49152};
constexpr Endpoint remote{Address{0xC0000202}, 80};

Seq iss_of(Socket socket)
{
    return socket.connection().tcb().snd.iss;
}

} // namespace

TEST_CASE("ISS: a clock that ticks every 4 microseconds is in it (MUST-8, RFC 6528, 3 formula)")
{
    IssGenerator iss({}, 42);
    const Time start = Time{} + 1h;
    const Seq first = iss.next(local, remote, start);
    CHECK(iss.next(local, remote, start) == first);
    CHECK(iss.next(local, remote, start + 3999ns) == first);
    CHECK(iss.next(local, remote, start + 4us) - first == 1);
    CHECK(iss.next(local, remote, start + 1s) - first == 250'000);
}

TEST_CASE("ISS: the clock goes round the ring in four hours and three quarters (MUST-8)")
{
    IssGenerator iss({}, 42);
    const Duration cycle = (std::int64_t{1} << 32) * 4us;
    CHECK(cycle / 1s == 17179);
    CHECK(iss.next(local, remote, Time{} + 5s + cycle) == iss.next(local, remote, Time{} + 5s));
}

TEST_CASE("ISS: a keyed function of the four-tuple is in it (SHLD-1, MUST-9, RFC 6528, 3 formula)")
{
    IssGenerator iss({}, 42);
    const Seq first = iss.next(local, remote, Time{});
    const Endpoint other_port{local.address, 49153};
    const Endpoint other_host{Address{0xC0000203}, 80};
    const auto far = [&](Seq seq) { return seq - first > 1000 || first - seq > 1000; };
    CHECK(far(iss.next(other_port, remote, Time{})));
    CHECK(far(iss.next(local, other_host, Time{})));
    CHECK(far(iss.next(remote, local, Time{})));
    IssGenerator other_key({}, 43);
    CHECK(far(other_key.next(local, remote, Time{})));
    IssGenerator same_key({}, 42);
    CHECK(same_key.next(local, remote, Time{}) == first);
}

TEST_CASE("ISS: the same number on every machine and in every build")
{
    CHECK(IssGenerator({}, 42).next(local, remote, Time{}).value() == 3'082'660'805);
}

TEST_CASE("ISS: those that were fixed come first")
{
    IssGenerator iss({100, 0xFFFFFFFF}, 42);
    CHECK(iss.next(local, remote, Time{}) == Seq(100));
    CHECK(iss.next(remote, local, Time{} + 1h) == Seq(0xFFFFFFFF));
    CHECK(iss.next(local, remote, Time{}) == IssGenerator({}, 42).next(local, remote, Time{}));
}

TEST_CASE("ISS of two hosts and two seeds: different keys, and the same seed the same numbers (RFC 6528, 3 secret)")
{
    const auto numbers = [](std::uint64_t seed) {
        Network net({.seed = seed});
        const Host A = net.host("A"), B = net.host("B");
        A.listen(80);
        B.listen(80);
        const Socket a = A.connect(B, 80), b = B.connect(A, 80);
        net.run();
        return std::array{iss_of(a), iss_of(b), iss_of(A.accept()), iss_of(B.accept())};
    };
    CHECK(numbers(1) == numbers(1));
    CHECK(numbers(1) != numbers(2));
    const auto once = numbers(1);
    for (std::size_t i = 0; i < once.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) CHECK(once[i] != once[j]);
}

TEST_CASE("ISS of one four-tuple, one connection after the other: the later one is higher (RFC 6528, 3 mono)")
{
    Network net;
    const Host A = net.host("A"), B = net.host("B");
    B.listen(80);
    Seq last;
    for (int i = 0; i < 20; ++i) {
        const Socket a = A.socket();
        a.bind(5000);
        a.connect(B, 80);
        if (i > 0) CHECK(last < iss_of(a));
        last = iss_of(a);
        a.abort();
        net.run_for(1s);
    }
}

TEST_CASE("ISS of a host: its first connections have those that were fixed, active or passive")
{
    test::TwoHosts net; // {100, 1000} and {300, 3000}
    const Socket a = net.A.connect(net.B, 80);
    const Socket b = net.B.connect(net.A, 9);
    net.run();
    CHECK(iss_of(a) == Seq(100));
    CHECK(net.history().segments()[1].segment.seq == Seq(300));  // B's SYN
    CHECK(net.history().segments()[2].segment.seq == Seq(3000)); // B's SYN,ACK
    CHECK(b.state() == State::Closed);
}
