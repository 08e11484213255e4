// RFC 9293, 3.9.1.2. Send: without a PUSH argument, what SEND took leaves by itself, in segments as large as possible.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

/// The peer takes everything, half a second later, until nothing is queued any more; at most so many rounds.
void take_everything(test::Endpoint& endpoint, int rounds)
{
    for (int i = 0; i < rounds && endpoint.connection.queued() > 0; ++i) {
        endpoint.wait(500ms);
        endpoint.gets("<SEQ=301><ACK=" + std::to_string(endpoint.snd_nxt()) + "><CTL=ACK>");
    }
}

} // namespace

TEST_CASE("many small SENDs that a zero window held back: segments of full size, PSH on the last (SHLD-27, SHLD-28)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=300><WND=0>", {}, numbers);
        for (int i = 0; i < 10; ++i) endpoint.send(std::string(100, static_cast<char>('a' + i)));
        CHECK(endpoint.sends() == "");
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=300>");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=300><CTL=ACK>");
        CHECK_FALSE(endpoint.last().segment.has(Flag::PSH)); // though three SENDs end in it
        endpoint.gets("<SEQ=301><ACK=401><CTL=ACK>");
        CHECK(endpoint.sends() == "<SEQ=401><ACK=301><DATA=300><CTL=ACK>\n"
                                  "<SEQ=701><ACK=301><DATA=300><CTL=ACK>\n"
                                  "<SEQ=1001><ACK=301><DATA=100><CTL=ACK>");
        CHECK(endpoint.last().text == std::string(100, 'j'));
        CHECK(endpoint.last().segment.has(Flag::PSH));
    }
}

TEST_CASE("SENDs before ESTABLISHED: one segment carries them all when it is reached, with PSH (SHLD-27, MUST-61)")
{
    test::Endpoint endpoint = test::in(State::SynSent);
    endpoint.send("hello ");
    endpoint.send("there");
    endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=11><CTL=ACK>");
    CHECK(endpoint.last().text == "hello there");
    CHECK(endpoint.last().segment.has(Flag::PSH));
}

TEST_CASE("SENDs of any size to a peer that takes everything: nothing stays in the queue (MUST-60)")
{
    for (const std::size_t size : {1U, 2U, 535U, 536U, 537U, 1'072U, 5'000U, 100'000U}) {
        CAPTURE(size);
        test::Endpoint endpoint = test::in(State::Established);
        const std::string text = test::peer_text(301, size);
        REQUIRE(endpoint.send(text).count == size);
        take_everything(endpoint, 100);
        CHECK(endpoint.connection.queued() == 0);
        const bool once_and_in_order = endpoint.sends_text() == text;
        CHECK(once_and_in_order);
    }
}

TEST_CASE("one SEND after another to a peer that takes everything: nothing stays in the queue (MUST-60)")
{
    test::Endpoint endpoint = test::in(State::Established);
    std::string all;
    for (std::size_t i = 0; i < 100; ++i) {
        const std::string text = test::peer_text(301, 1 + i * 37 % 700);
        all += text;
        endpoint.send(text);
        if (i % 3 == 0) take_everything(endpoint, 1);
    }
    take_everything(endpoint, 100);
    CHECK(endpoint.connection.queued() == 0);
    const bool once_and_in_order = endpoint.sends_text() == all;
    CHECK(once_and_in_order);
}

TEST_CASE("SENDs while the window is zero, and then it opens octet by octet: all of them leave (MUST-60)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=0>");
    endpoint.send("hello there");
    for (std::uint32_t acked = 0; acked <= 11; ++acked) {
        endpoint.gets("<SEQ=301><ACK=" + std::to_string(endpoint.snd_nxt()) + "><CTL=ACK><WND=1>");
        endpoint.wait(1s); // silly-window avoidance may hold an octet back, but not for ever
    }
    CHECK(endpoint.snd_nxt() == 112);
    CHECK(endpoint.last().segment.has(Flag::PSH));
}
