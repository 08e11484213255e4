// RFC 9293, 3.10.7.4, seventh and eighth: text and FIN in order, out of order, overlapping and beyond the window.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr ConnectionOptions always_reads{.reads = true};

} // namespace

TEST_CASE("text in order: delivered and acknowledged")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, {}, numbers);
        endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
        CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=306><CTL=ACK><WND=65530>");
        CHECK(endpoint.receive(3).octets == "abc");
        CHECK(endpoint.receive().octets == "de");
        CHECK(endpoint.receive().error == Error::would_block);
        CHECK(endpoint.delivers() == "abcde");
    }
}

TEST_CASE("text out of order: held and acknowledged when the hole is filled (SHLD-31, MAY-13)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, {}, numbers);
        endpoint.gets("<SEQ=306><ACK=101><DATA=5><CTL=ACK>");
        CHECK(endpoint.refused() == "");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=ACK>"); // it says where the hole is (MAY-13)
        CHECK(endpoint.receive().error == Error::would_block);
        endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=311><CTL=ACK>"); // one ACK for both (MUST-59)
        CHECK(endpoint.receive().octets == "abcdefghij");
    }
}

TEST_CASE("three pieces in reverse order: each is held and the first delivers all (SHLD-31)")
{
    for (const test::Numbers& numbers : test::both) {
        for (const bool reads : {false, true}) {
            CAPTURE(numbers.name);
            CAPTURE(reads);
            test::Endpoint endpoint = test::in(State::Established, {.reads = reads}, numbers);
            endpoint.gets("<SEQ=307><ACK=101><DATA=3><CTL=ACK>");
            endpoint.gets("<SEQ=304><ACK=101><DATA=3><CTL=ACK>");
            CHECK(endpoint.delivers() == "");
            endpoint.gets("<SEQ=301><ACK=101><DATA=3><CTL=ACK>");
            if (!reads) endpoint.receive();
            CHECK(endpoint.delivers() == "abcdefghi");
            CHECK(endpoint.last().segment.ack == Seq(310));
        }
    }
}

TEST_CASE("two holes: each is filled on its own")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, always_reads, numbers);
        endpoint.gets("<SEQ=303><ACK=101><DATA=2><CTL=ACK>");
        endpoint.gets("<SEQ=307><ACK=101><DATA=2><CTL=ACK>");
        endpoint.gets("<SEQ=301><ACK=101><DATA=2><CTL=ACK>");
        CHECK(endpoint.delivers() == "abcd");
        CHECK(endpoint.rcv_nxt() == 305);
        endpoint.gets("<SEQ=305><ACK=101><DATA=2><CTL=ACK>");
        CHECK(endpoint.delivers() == "efgh");
        CHECK(endpoint.rcv_nxt() == 309);
    }
}

TEST_CASE("text that overlaps what is there: only what is new is taken")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, {}, numbers);
        endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
        endpoint.gets("<SEQ=303><ACK=101><DATA=5><CTL=ACK>"); // from the left
        CHECK(endpoint.last().segment.ack == Seq(308));
        endpoint.gets("<SEQ=310><ACK=101><DATA=3><CTL=ACK>"); // held
        endpoint.gets("<SEQ=308><ACK=101><DATA=8><CTL=ACK>"); // over what is held, and beyond
        CHECK(endpoint.last().segment.ack == Seq(316));
        CHECK(endpoint.receive().octets == "abcdefghijklmno");
    }
}

TEST_CASE("the same text again: answered with an ACK and not delivered twice")
{
    test::Endpoint endpoint = test::in(State::Established, always_reads);
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
    endpoint.sends();
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
    CHECK(endpoint.refused() == "sequence number");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=306><CTL=ACK>");
    CHECK(endpoint.delivers() == "abcde");
}

TEST_CASE("text that reaches beyond the window: trimmed to it")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, test::ten_octets, numbers);
        endpoint.gets("<SEQ=301><ACK=101><DATA=15><CTL=ACK>");
        CHECK(endpoint.refused() == "");
        CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=311><CTL=ACK><WND=0>");
        CHECK(endpoint.receive().octets == "abcdefghij");
    }
}

TEST_CASE("text out of order that reaches beyond the window: held up to the window's edge")
{
    test::Endpoint endpoint = test::in(State::Established, test::ten_octets);
    endpoint.gets("<SEQ=306><ACK=101><DATA=15><CTL=ACK>");
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
    CHECK(endpoint.last().segment.ack == Seq(311));
    CHECK(endpoint.receive().octets == "abcdefghij");
}

TEST_CASE("a FIN behind text that is trimmed: it lies beyond the window and does not count yet")
{
    test::Endpoint endpoint = test::in(State::Established, test::ten_octets);
    endpoint.gets("<SEQ=301><ACK=101><DATA=15><CTL=FIN,ACK>");
    CHECK(endpoint.state() == "ESTABLISHED");
    CHECK(endpoint.receive().octets == "abcdefghij");
    endpoint.gets("<SEQ=311><ACK=101><DATA=5><CTL=FIN,ACK>");
    CHECK(endpoint.state() == "CLOSE-WAIT");
    CHECK(endpoint.receive().octets == "klmno");
}

TEST_CASE("a FIN out of order: held and acted on when everything before it is there (SHLD-31)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, {}, numbers);
        endpoint.gets("<SEQ=306><ACK=101><CTL=FIN,ACK>");
        CHECK(endpoint.refused() == "");
        CHECK(endpoint.state() == "ESTABLISHED");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=ACK>");
        CHECK(endpoint.tells() == "");
        endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
        CHECK(endpoint.state() == "CLOSE-WAIT");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=307><CTL=ACK>");
        CHECK(endpoint.receive().octets == "abcde");
        CHECK(endpoint.receive().error == Error::closing);
    }
}

TEST_CASE("FIN-WAIT-2, a FIN out of order: TIME-WAIT when the hole is filled")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::FinWait2, {}, numbers);
        endpoint.gets("<SEQ=303><ACK=102><DATA=2><CTL=FIN,ACK>");
        CHECK(endpoint.state() == "FIN-WAIT-2");
        endpoint.gets("<SEQ=301><ACK=102><DATA=2><CTL=ACK>");
        CHECK(endpoint.state() == "TIME-WAIT");
        CHECK(endpoint.rcv_nxt() == 306);
        CHECK(endpoint.receive().octets == "abcd");
    }
}

TEST_CASE("text on the SYN: acknowledged with it only when ESTABLISHED is reached")
{
    for (const test::Numbers& numbers : test::both) {
        for (const bool reads : {false, true}) {
            CAPTURE(numbers.name);
            CAPTURE(reads);
            test::Endpoint endpoint = test::in(State::Listen, {.reads = reads}, numbers);
            endpoint.gets("<SEQ=300><DATA=5><CTL=SYN>");
            CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=SYN,ACK>");
            CHECK(endpoint.delivers() == "");
            endpoint.gets("<SEQ=306><ACK=101><CTL=ACK>");
            CHECK(endpoint.state() == "ESTABLISHED");
            CHECK(endpoint.sends() == "<SEQ=101><ACK=306><CTL=ACK>");
            if (!reads) endpoint.receive();
            CHECK(endpoint.delivers() == "abcde");
        }
    }
}

TEST_CASE("text and FIN on the SYN: CLOSE-WAIT right after ESTABLISHED")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Listen, {}, numbers);
        endpoint.gets("<SEQ=300><DATA=5><CTL=SYN,FIN>");
        CHECK(endpoint.moves() == "SYN-RECEIVED");
        endpoint.gets("<SEQ=307><ACK=101><CTL=ACK>");
        CHECK(endpoint.moves() == "ESTABLISHED, CLOSE-WAIT");
        CHECK(endpoint.receive().octets == "abcde");
        CHECK(endpoint.last().segment.ack == Seq(307));
    }
}

TEST_CASE("text on the SYN,ACK: taken from its first octet on")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::SynSent, {}, numbers);
        endpoint.gets("<SEQ=300><ACK=101><DATA=5><CTL=SYN,ACK>");
        CHECK(endpoint.moves() == "ESTABLISHED");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=306><CTL=ACK>");
        CHECK(endpoint.receive().octets == "abcde");
    }
}

TEST_CASE("text and FIN on the SYN,ACK: CLOSE-WAIT right after ESTABLISHED")
{
    test::Endpoint endpoint = test::in(State::SynSent);
    endpoint.gets("<SEQ=300><ACK=101><DATA=5><CTL=SYN,FIN,ACK>");
    CHECK(endpoint.moves() == "ESTABLISHED, CLOSE-WAIT");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=307><CTL=ACK>");
    CHECK(endpoint.receive().octets == "abcde");
}

TEST_CASE("text on the SYN of a simultaneous open: kept until ESTABLISHED")
{
    test::Endpoint endpoint = test::in(State::SynSent);
    endpoint.gets("<SEQ=300><DATA=5><CTL=SYN>");
    CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=SYN,ACK>");
    endpoint.gets("<SEQ=306><ACK=101><CTL=ACK>");
    CHECK(endpoint.moves() == "SYN-RECEIVED, ESTABLISHED");
    CHECK(endpoint.receive().octets == "abcde");
}

// ---- the window that we offer (3.8.6) -------------------------------------------------------------------------------

TEST_CASE("text that is not read: the window shrinks with it and the right edge stays (SHLD-14)")
{
    test::Endpoint endpoint = test::in(State::Established, test::ten_octets);
    endpoint.gets("<SEQ=301><ACK=101><DATA=4><CTL=ACK>");
    endpoint.gets("<SEQ=305><ACK=101><DATA=4><CTL=ACK>");
    endpoint.gets("<SEQ=309><ACK=101><DATA=2><CTL=ACK>");
    CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=305><CTL=ACK><WND=6>\n"
                                          "<SEQ=101><ACK=309><CTL=ACK><WND=2>\n"
                                          "<SEQ=101><ACK=311><CTL=ACK><WND=0>");
}

TEST_CASE("reading a little of a full buffer: no window update for a few octets")
{
    test::Endpoint endpoint = test::in(State::Established, test::ten_octets);
    endpoint.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    endpoint.sends();
    CHECK(endpoint.receive(4).octets == "abcd");
    CHECK(endpoint.sends() == "");
}

TEST_CASE("reading half of a full buffer: a window update goes out")
{
    test::Endpoint endpoint = test::in(State::Established, test::ten_octets);
    endpoint.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    endpoint.sends();
    CHECK(endpoint.receive(5).octets == "abcde");
    CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=311><CTL=ACK><WND=5>");
    endpoint.gets("<SEQ=311><ACK=101><DATA=5><CTL=ACK>");
    CHECK(endpoint.receive().octets == "fghijklmno");
}

TEST_CASE("a window update after FIN-WAIT-2 was reached: the peer can still send")
{
    test::Endpoint endpoint = test::in(State::FinWait2, test::ten_octets);
    endpoint.gets("<SEQ=301><ACK=102><DATA=10><CTL=ACK>");
    endpoint.sends();
    CHECK(endpoint.receive().octets == "abcdefghij");
    CHECK(endpoint.sends_with_window() == "<SEQ=102><ACK=311><CTL=ACK><WND=10>");
}

TEST_CASE("CLOSE-WAIT, the last text is read: no window update, because nothing will come any more")
{
    test::Endpoint endpoint = test::in(State::Established, test::ten_octets);
    endpoint.gets("<SEQ=301><ACK=101><DATA=9><CTL=FIN,ACK>");
    endpoint.sends();
    CHECK(endpoint.receive().octets == "abcdefghi");
    CHECK(endpoint.sends() == "");
}

TEST_CASE("a long stream with a small buffer: every octet arrives once and in order, across the wrap")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, {.receive_buffer = 100}, numbers);
        std::uint32_t seq = 301;
        for (int i = 0; i < 300; ++i) { // out of order by pairs, of uneven sizes
            const std::uint32_t first = 1 + static_cast<std::uint32_t>(i) % 37;
            const std::uint32_t second = 1 + static_cast<std::uint32_t>(i) % 11;
            const auto text = [&](std::uint32_t at, std::uint32_t count) {
                endpoint.gets("<SEQ=" + std::to_string(at) + "><ACK=101><DATA=" + std::to_string(count) + "><CTL=ACK>");
            };
            text(seq + first, second);
            text(seq, first);
            seq += first + second;
            endpoint.receive();
        }
        CHECK(endpoint.delivers() == test::peer_text(301, seq - 301));
        CHECK(endpoint.rcv_nxt() == seq);
    }
}
