// RFC 5961, 5.2: which window counts for the range of acceptable ACKs.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;

TEST_CASE("the peer offers less than before: the largest window it ever offered counts (RFC 5961, 5.2 maxwnd)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=20>", {}, numbers);
        CHECK(endpoint.connection.tcb().snd.max_wnd == 20);
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=30>");
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=5>");
        CHECK(endpoint.connection.tcb().snd.wnd == 5);
        CHECK(endpoint.connection.tcb().snd.max_wnd == 30);
        endpoint.gets("<SEQ=301><ACK=71><DATA=5><CTL=ACK><WND=5>"); // SND.UNA - 30
        CHECK(endpoint.refused() == "");
        endpoint.gets("<SEQ=306><ACK=70><DATA=5><CTL=ACK><WND=5>");
        CHECK(endpoint.refused() == "ACK range");
        CHECK(endpoint.receive().octets == "abcde");
    }
}
