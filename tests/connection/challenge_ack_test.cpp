// RFC 5961: blind attacks, and the challenge ACKs that answer them.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view challenge = "<SEQ=101><ACK=301><CTL=ACK>";

int challenges(test::Endpoint& endpoint, std::string_view segment, int times)
{
    int answered = 0;
    for (int i = 0; i < times; ++i) {
        endpoint.gets(segment);
        if (endpoint.sends() == challenge) ++answered;
    }
    return answered;
}

} // namespace

TEST_CASE("a RST in the window that is not exact: a challenge ACK, and the connection lives (RFC 5961, 3.2 rst-3)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, {}, numbers);
        endpoint.gets("<SEQ=302><CTL=RST>");
        CHECK(endpoint.sends() == challenge);
        CHECK(endpoint.state() == "ESTABLISHED");
    }
}

TEST_CASE("a RST at RCV.NXT: it ends the connection (RFC 5961, 3.2 rst-2)")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.gets("<SEQ=301><CTL=RST>");
    CHECK(endpoint.state() == "CLOSED");
}

TEST_CASE("a RST outside the window: dropped in silence (RFC 5961, 3.2 rst-1)")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.gets("<SEQ=300><CTL=RST>");
    endpoint.gets("<SEQ=65836><CTL=RST>"); // the first beyond the window
    CHECK(endpoint.sends().empty());
    CHECK(endpoint.state() == "ESTABLISHED");
}

TEST_CASE("a SYN, whatever its number: a challenge ACK, and the connection lives (RFC 5961, 4.2 syn)")
{
    for (const std::string_view syn : {"<SEQ=301><CTL=SYN>", "<SEQ=9000><CTL=SYN>", "<SEQ=200><CTL=SYN>"}) {
        CAPTURE(syn);
        test::Endpoint endpoint = test::in(State::Established);
        endpoint.gets(syn);
        CHECK(endpoint.sends() == challenge);
        CHECK(endpoint.state() == "ESTABLISHED");
    }
}

TEST_CASE("text with an ACK older than any window could explain: refused, and an ACK "
          "(RFC 5961, 5.2 data, RFC 5961, 5.2 maxwnd, MAY-12)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460><WND=50>");
    endpoint.gets("<SEQ=301><ACK=51><DATA=5><CTL=ACK><WND=50>"); // SND.UNA - MAX.SND.WND
    CHECK(endpoint.refused().empty());
    endpoint.sends();
    endpoint.gets("<SEQ=306><ACK=50><DATA=5><CTL=ACK><WND=50>");
    CHECK(endpoint.refused() == "ACK range");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=306><CTL=ACK>");
    CHECK(endpoint.rcv_nxt() == 306);
}

TEST_CASE("challenge ACKs: ten in five seconds, and then again (RFC 5961, 7 throttle)")
{
    test::Endpoint endpoint = test::in(State::Established);
    CHECK(challenges(endpoint, "<SEQ=302><CTL=RST>", 20) == 10);
    endpoint.wait(5s - 1ms);
    CHECK(challenges(endpoint, "<SEQ=301><CTL=SYN>", 5) == 0);
    endpoint.wait(1ms);
    CHECK(challenges(endpoint, "<SEQ=301><CTL=SYN>", 20) == 10);
}

TEST_CASE("segments without text outside the window: ten ACKs in five seconds, text draws one each")
{
    test::Endpoint endpoint = test::in(State::Established);
    CHECK(challenges(endpoint, "<SEQ=300><ACK=101><CTL=ACK>", 20) == 10);
    CHECK(challenges(endpoint, "<SEQ=300><ACK=101><DATA=1><CTL=ACK>", 20) == 20);
    endpoint.wait(5s);
    CHECK(challenges(endpoint, "<SEQ=300><ACK=101><CTL=ACK>", 1) == 1); // a keep-alive probe is answered
}

TEST_CASE("challenge ACKs, other limits: as many as they say")
{
    test::Endpoint limited = test::in(State::Established, {.challenge_period = 500ms, .challenge_acks = 1});
    CHECK(challenges(limited, "<SEQ=302><CTL=RST>", 5) == 1);
    test::Endpoint unlimited = test::in(State::Established, {.challenge_period = 0s});
    CHECK(challenges(unlimited, "<SEQ=302><CTL=RST>", 50) == 50);
}

TEST_CASE("RFC 5961 switched off, as before it: a RST or SYN anywhere in the window ends the connection")
{
    test::Endpoint endpoint = test::in(State::Established, {.rfc5961 = false});
    endpoint.gets("<SEQ=1000><CTL=RST>");
    CHECK(endpoint.state() == "CLOSED");
    CHECK(endpoint.tells() == "connection reset");

    endpoint = test::in(State::Established, {.rfc5961 = false});
    endpoint.gets("<SEQ=1000><CTL=SYN>");
    CHECK(endpoint.state() == "CLOSED");
    CHECK(endpoint.sends() == "<SEQ=0><ACK=1001><CTL=RST,ACK>");
}
