// RFC 7323, 2. TCP Window Scale Option.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr ConnectionOptions scaled{.receive_buffer = 1 << 20, .window_scaling = true};

} // namespace

TEST_CASE("both SYNs have the option: the fields that follow are shifted, those of the SYNs are not "
          "(RFC 7323, 2.2 wsopt, RFC 7323, 2.2 unscaled)")
{
    test::Endpoint endpoint(scaled);
    endpoint.open();
    CHECK(endpoint.last().segment.wnd == 65535);
    CHECK(endpoint.sends_with_options() == "<SEQ=100><CTL=SYN><MSS=1460><WS=5>");
    endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460><WS=7><WND=1000>");
    CHECK(endpoint.connection.tcb().snd.wnd == 1000);
    CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=301><CTL=ACK><WND=32768>");
    CHECK(endpoint.connection.tcb().rcv.wnd == 1 << 20);
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=1000>");
    CHECK(endpoint.connection.tcb().snd.wnd == 128'000);
}

TEST_CASE("the peer's SYN has no option: the SYN,ACK has none, and nothing is shifted (RFC 7323, 2.2 wsopt)")
{
    test::Endpoint endpoint(scaled);
    endpoint.listen();
    endpoint.gets("<SEQ=300><CTL=SYN><MSS=1460>");
    CHECK(endpoint.sends_with_options() == "<SEQ=100><ACK=301><CTL=SYN,ACK><MSS=1460>");
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=1000>");
    CHECK(endpoint.connection.tcb().snd.wnd == 1000);
    CHECK(endpoint.connection.tcb().rcv.wnd == 65535);
}

TEST_CASE("the peer's SYN,ACK has no option: neither side shifts (RFC 7323, 2.2 wsopt)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460>", scaled);
    CHECK(endpoint.last().segment.wnd == 65535);
    CHECK(endpoint.connection.tcb().rcv.wnd == 65535);
}

TEST_CASE("a shift above 14: 14 is taken (RFC 7323, 2.3 max14)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460><WS=15>", scaled);
    CHECK(endpoint.connection.tcb().snd.shift == 14);
}

TEST_CASE("an odd amount of text comes: rounding does not draw our right edge back (RFC 7323, 2.4 shrink, SHLD-14)")
{
    test::Endpoint endpoint =
        test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460><WS=7>",
                             {.receive_buffer = 100'000, .window_shift = 10, .window_scaling = true});
    endpoint.gets("<SEQ=301><ACK=101><DATA=7><CTL=ACK>"); // Endpoint checks the edge after every step
    CHECK(endpoint.last().segment.wnd == 98);             // 100,352 octets: beyond 301 + 100,000
}

TEST_CASE("the peer's window appears to shrink by rounding: nothing is sent beyond it, and nothing breaks "
          "(RFC 7323, 2.4 shrink)")
{
    test::Endpoint endpoint =
        test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1000><WS=10><WND=2000>", scaled);
    endpoint.send(std::string(3000, 'x'));
    CHECK(endpoint.snd_nxt() == 2101);
    endpoint.gets("<SEQ=301><ACK=601><CTL=ACK><WND=1>"); // 1,024 from 601: the edge was at 2101
    CHECK(endpoint.snd_nxt() == 2101);
    endpoint.gets("<SEQ=301><ACK=2101><CTL=ACK><WND=1>");
    CHECK(endpoint.snd_nxt() == 3101);
}

TEST_CASE("window scaling switched off: no option")
{
    test::Endpoint endpoint({.receive_buffer = 1 << 20});
    endpoint.open();
    CHECK(endpoint.sends_with_options() == "<SEQ=100><CTL=SYN><MSS=1460>");
}
