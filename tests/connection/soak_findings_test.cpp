// What the soak found, as short scripts: each is what was left of a seed's ladder.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

TEST_CASE("text that came before, again, with an ACK of something new: its window counts, and nothing goes beyond it")
{
    for (const test::Numbers numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint =
            test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=30>", {.silly_window_avoidance = false}, numbers);
        endpoint.send(std::string(20, 'x'));
        endpoint.gets("<SEQ=306><ACK=101><CTL=ACK><WND=30>"); // five octets before it are lost
        endpoint.sends();
        endpoint.gets("<SEQ=301><ACK=121><DATA=5><CTL=ACK><WND=10>"); // they come again, after ours were read
        CHECK(endpoint.sends() == "<SEQ=121><ACK=306><CTL=ACK>");
        CHECK(endpoint.connection.tcb().snd.wnd == 10);
        endpoint.send(std::string(20, 'y'));
        CHECK(endpoint.sends() == "<SEQ=121><ACK=306><DATA=10><CTL=ACK>"); // up to 131, and not to 141
    }
}

TEST_CASE("text and its FIN time out: they go again in one segment, and the FIN not once more behind it")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=100>",
                                                   {.initial_window = 10, .congestion = CongestionControl::reno});
    endpoint.send("hello");
    endpoint.close();
    endpoint.sends();
    endpoint.wait_for_timer();
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=5><CTL=FIN,ACK>");
}

TEST_CASE("linux, a SYN,ACK goes again: with the window that it told first, though the timestamps are agreed on by now")
{
    test::Endpoint endpoint({.receive_buffer = 27004, .mss = 100, .timestamps = true, .linux_checks = true});
    endpoint.open();
    endpoint.sends();
    endpoint.gets("<SEQ=300><CTL=SYN><TS=1,0>");
    CHECK(endpoint.sends_with_window() == "<SEQ=100><ACK=301><CTL=SYN,ACK><WND=27000>");
    endpoint.wait_for_timer();
    CHECK(endpoint.sends_with_window() == "<SEQ=100><ACK=301><CTL=SYN,ACK><WND=27000>");
}

TEST_CASE("a peer that says MSS 0: gets single octets, not empty segments for ever")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=0>");
    endpoint.send("ab");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=1><CTL=ACK>\n<SEQ=102><ACK=301><DATA=1><CTL=ACK>");
}

TEST_CASE("text comes with the SYN: in SYN-RECEIVED no SACK block tells of it, because there is no hole before it")
{
    test::Endpoint endpoint({.sack = true});
    endpoint.listen();
    endpoint.gets("<SEQ=300><CTL=SYN><DATA=10><SACKOK>");
    endpoint.sends();
    endpoint.gets("<SEQ=300><CTL=SYN><DATA=10><SACKOK>");
    CHECK(endpoint.sends_with_options() == "<SEQ=101><ACK=301><CTL=ACK>");
}

TEST_CASE("linux, a buffer smaller than a segment that was filled and read: the window opens again (MUST-37)")
{
    for (const Duration delay : {0ms, 40ms}) {
        CAPTURE(delay.count());
        test::Endpoint endpoint =
            test::in(State::Established, {.delayed_ack = delay, .receive_buffer = 79, .mss = 7, .linux_checks = true});
        for (std::uint32_t seq = 301; seq < 378; seq += 7)
            endpoint.gets("<SEQ=" + std::to_string(seq) + "><ACK=101><DATA=7><CTL=ACK>");
        CHECK(endpoint.connection.tcb().rcv.wnd < 7);
        endpoint.receive();
        CHECK(endpoint.connection.tcb().rcv.wnd >= 39);
    }
}
