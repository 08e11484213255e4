// RFC 9293, 3.8.5. The Communication of Urgent Information.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

TEST_CASE("an urgent SEND: its segments have URG, and the pointer names the octet after it (MUST-30, MUST-62)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=4>", {}, numbers);
        endpoint.send("ab");
        CHECK_FALSE(endpoint.last().segment.has(Flag::URG));
        endpoint.send("cdefgh", {.urgent = true}); // from 103 to 108
        CHECK(endpoint.last().segment.has(Flag::URG));
        CHECK(endpoint.last().segment.up == 2); // of the second segment, at 107
        endpoint.send("x");
        CHECK_FALSE(endpoint.last().segment.has(Flag::URG));
    }
}

TEST_CASE("an urgent SEND longer than a segment: every segment of it points to its end (MUST-31)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=100><WND=100>");
    endpoint.send(std::string(250, 'x'), {.urgent = true});
    CHECK(endpoint.last().segment.up == 250);
    endpoint.gets("<SEQ=301><ACK=201><CTL=ACK><WND=100>");
    CHECK(endpoint.last().segment.up == 150);
    endpoint.gets("<SEQ=301><ACK=301><CTL=ACK><WND=100>");
    CHECK(endpoint.last().segment.up == 50);
}

TEST_CASE("urgent data comes: the user is told, and can ask how much is left (MUST-32, MUST-33)")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=URG,ACK><UP=8>");
    CHECK(endpoint.tells() == "urgent data");
    CHECK(endpoint.connection.tcb().rcv.urgent);
    CHECK(endpoint.connection.urgent_unread() == 5); // three more are on their way
    endpoint.receive(2);
    CHECK(endpoint.connection.urgent_unread() == 3);
    endpoint.gets("<SEQ=306><ACK=101><DATA=5><CTL=ACK>");
    CHECK(endpoint.connection.urgent_unread() == 6);
    endpoint.receive(6);
    CHECK(endpoint.connection.urgent_unread() == 0);
    CHECK_FALSE(endpoint.connection.tcb().rcv.urgent);
    CHECK(endpoint.tells().empty());
}

TEST_CASE("the urgent pointer advances before the user has read: the user is told again, and of the same one not "
          "(MUST-32)")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=URG,ACK><UP=5>");
    endpoint.tells();
    endpoint.gets("<SEQ=306><ACK=101><DATA=5><CTL=URG,ACK><UP=0>");
    CHECK(endpoint.tells().empty());
    endpoint.gets("<SEQ=311><ACK=101><DATA=5><CTL=URG,ACK><UP=5>");
    CHECK(endpoint.tells() == "urgent data");
}

TEST_CASE("the receive window is closed: URG is looked at all the same (MUST-66)")
{
    test::Endpoint endpoint = test::in(State::Established, {.receive_buffer = 5});
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
    endpoint.gets("<SEQ=306><ACK=101><DATA=3><CTL=URG,ACK><UP=3>");
    CHECK(endpoint.refused() == "sequence number");
    CHECK(endpoint.tells() == "urgent data");
}

TEST_CASE("the receive window is closed: a RST ends the connection all the same (MUST-66)")
{
    test::Endpoint endpoint = test::in(State::Established, {.receive_buffer = 5});
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
    endpoint.gets("<SEQ=306><CTL=RST>");
    CHECK(endpoint.state() == "CLOSED");
}
