// RFC 9293, 3.8: which segments leave, how long they are, and what rides on them.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

// ---- the effective send MSS (3.7.1) ---------------------------------------------------------------------------------

TEST_CASE("the peer says no MSS: segments of 536 octets at most (MUST-15)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK>", {}, numbers);
        endpoint.send(std::string(1000, 'x'));
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=536><CTL=ACK>\n<SEQ=637><ACK=301><DATA=464><CTL=ACK>");
    }
}

TEST_CASE("the peer says its MSS: the smaller of it and ours counts (MUST-16)")
{
    struct Expected {
        std::string_view peer;
        std::uint16_t ours;
        std::uint16_t effective;
    };
    for (const Expected& expected :
         {Expected{"1000", 1460, 1000}, Expected{"9000", 1460, 1460}, Expected{"1460", 800, 800}}) {
        CAPTURE(expected.peer);
        CAPTURE(expected.ours);
        test::Endpoint endpoint = test::established_by(
            "<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=" + std::string(expected.peer) + ">", {.mss = expected.ours});
        endpoint.send(std::string(10'000, 'x'));
        CHECK(endpoint.connection.tcb().send_mss == expected.effective);
        CHECK(endpoint.last().segment.text_len <= expected.effective);
        const std::string first = endpoint.sends().substr(0, 40);
        CHECK(first.find("<DATA=" + std::to_string(expected.effective) + ">") != std::string::npos);
    }
}

TEST_CASE("the peer says its MSS on a SYN: it counts after a passive OPEN too (MUST-16)")
{
    test::Endpoint endpoint = test::in(State::Listen);
    endpoint.gets("<SEQ=300><CTL=SYN><MSS=700>");
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK>");
    CHECK(endpoint.connection.tcb().send_mss == 700);
}

TEST_CASE("the MSS option: on SYN and SYN,ACK and their retransmissions alone (MUST-65)")
{
    test::Endpoint endpoint({.mss = 1200});
    endpoint.open();
    CHECK(endpoint.last().segment.options.mss() == 1200);
    endpoint.wait(1s);
    CHECK(endpoint.last().segment.options.mss() == 1200);
    endpoint.gets("<SEQ=300><CTL=SYN>");
    CHECK(endpoint.last().segment.options.mss() == 1200);
    endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
    endpoint.send("hello");
    CHECK(endpoint.last().segment.options.empty());
    endpoint.close();
    CHECK(endpoint.last().segment.options.empty());
}

// ---- PSH (3.9.1.2) --------------------------------------------------------------------------------------------------

TEST_CASE("a SEND of several segments: PSH on the last alone (MUST-61)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=4><WND=8>");
    endpoint.send("hello there");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=4><CTL=ACK>\n<SEQ=105><ACK=301><DATA=4><CTL=ACK>");
    CHECK_FALSE(endpoint.last().segment.has(Flag::PSH)); // the window holds the rest back
    endpoint.gets("<SEQ=301><ACK=109><CTL=ACK>");
    CHECK(endpoint.last().text == "ere");
    CHECK(endpoint.last().segment.has(Flag::PSH));
}

TEST_CASE("a retransmission of all that was sent: it has PSH as well (MUST-61)")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.send("hello");
    CHECK(endpoint.last().segment.has(Flag::PSH));
    endpoint.wait(1s);
    CHECK(endpoint.last().segment.has(Flag::PSH));
}

TEST_CASE("an ACK and a FIN without text: no PSH")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
    CHECK_FALSE(endpoint.last().segment.has(Flag::PSH));
    endpoint.close();
    CHECK_FALSE(endpoint.last().segment.has(Flag::PSH));
}

// ---- the peer's window (3.8.6) --------------------------------------------------------------------------------------

TEST_CASE("a zero window: nothing is sent until a window update")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=0>", {}, numbers);
        CHECK(endpoint.send("hello").count == 5);
        CHECK(endpoint.sends() == "");
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=3>");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=3><CTL=ACK>");
        endpoint.gets("<SEQ=301><ACK=104><CTL=ACK><WND=0>");
        CHECK(endpoint.sends() == "");
        endpoint.gets("<SEQ=301><ACK=104><CTL=ACK><WND=65535>");
        CHECK(endpoint.sends() == "<SEQ=104><ACK=301><DATA=2><CTL=ACK>");
    }
}

TEST_CASE("a window of some octets: so many are under way and each ACK lets the next go")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=4><WND=8>");
    endpoint.send("abcdefghijklmnop");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=4><CTL=ACK>\n<SEQ=105><ACK=301><DATA=4><CTL=ACK>");
    endpoint.gets("<SEQ=301><ACK=105><CTL=ACK><WND=8>");
    CHECK(endpoint.sends() == "<SEQ=109><ACK=301><DATA=4><CTL=ACK>");
    endpoint.gets("<SEQ=301><ACK=105><CTL=ACK><WND=12>");
    CHECK(endpoint.sends() == "<SEQ=113><ACK=301><DATA=4><CTL=ACK>");
}

TEST_CASE("a window that shrinks below what is under way: nothing new is sent and nothing breaks (MUST-34, SHLD-15)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=5>", {}, numbers);
        endpoint.send("hello there");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=5><CTL=ACK>");
        endpoint.gets("<SEQ=301><ACK=102><CTL=ACK><WND=1>"); // the edge recedes from 106 to 103
        CHECK(endpoint.sends() == "");
        endpoint.gets("<SEQ=301><ACK=106><CTL=ACK><WND=10>");
        CHECK(endpoint.sends() == "<SEQ=106><ACK=301><DATA=6><CTL=ACK>");
        CHECK(endpoint.last().text == " there");
    }
}

TEST_CASE("a long stream through a small buffer: every octet leaves once and in order, across the wrap")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint =
            test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=7><WND=20>", {.send_buffer = 64}, numbers);
        std::string taken;
        for (std::size_t i = 0; i < 300; ++i) {
            const std::string text = test::peer_text(301 + static_cast<std::uint32_t>(taken.size()), 1 + i % 13);
            taken += text.substr(0, endpoint.send(text).count);
            endpoint.gets("<SEQ=301><ACK=" + std::to_string(endpoint.snd_nxt()) + "><CTL=ACK><WND=20>");
        }
        CHECK(taken.size() > 1000);
        CHECK(endpoint.sends_text() == taken.substr(0, taken.size() - endpoint.connection.queued()));
    }
}

// ---- what rides on what (MUST-58) -----------------------------------------------------------------------------------

TEST_CASE("text comes and text is ready: the ACK rides on the text (MUST-58)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=0>");
    endpoint.send("hello");
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK><WND=100>");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=306><DATA=5><CTL=ACK>");
}

TEST_CASE("CLOSE with text queued that fits: the FIN rides on the last of it")
{
    test::Endpoint endpoint = test::in(State::SynSent);
    endpoint.send("hello");
    endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=3>");
    endpoint.close();
    endpoint.sends();
    endpoint.gets("<SEQ=301><ACK=104><CTL=ACK>");
    CHECK(endpoint.sends() == "<SEQ=104><ACK=301><DATA=2><CTL=FIN,ACK>");
}
