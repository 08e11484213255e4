// RFC 9293, 3.7.4. Nagle Algorithm; 3.8.6.2. Silly Window Syndrome Avoidance.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

TEST_CASE("Nagle, a small SEND while nothing is in flight: it goes at once (SHLD-7)")
{
    test::Endpoint endpoint = test::in(State::Established, {.nagle = true});
    endpoint.send("a");
    CHECK(endpoint.sends_text() == "a");
}

TEST_CASE("Nagle, small SENDs while one is in flight: they wait for its ACK and go together (SHLD-7, SHLD-27, MAY-16)")
{
    test::Endpoint endpoint = test::in(State::Established, {.nagle = true});
    endpoint.send("a");
    endpoint.sends();
    endpoint.send("b");
    endpoint.send("c");
    CHECK(endpoint.sends().empty());
    endpoint.gets("<SEQ=301><ACK=102><CTL=ACK>");
    CHECK(endpoint.sends_text() == "bc");
}

TEST_CASE("Nagle, a full segment while one is in flight: it goes at once (SHLD-28)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=4>", {.nagle = true});
    endpoint.send("a");
    endpoint.sends();
    endpoint.send("bcdefg");
    CHECK(endpoint.sends_text() == "bcde");
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
    CHECK(endpoint.sends_text() == "fg");
}

TEST_CASE("Nagle, CLOSE after a small SEND: nothing more can come, and it goes with the FIN (MUST-60)")
{
    test::Endpoint endpoint = test::in(State::Established, {.nagle = true});
    endpoint.send("a");
    endpoint.send("b");
    endpoint.sends();
    endpoint.close();
    CHECK(endpoint.sends() == "<SEQ=102><ACK=301><DATA=1><CTL=FIN,ACK>");
}

TEST_CASE("Nagle switched off: every SEND goes at once (MUST-17)")
{
    test::Endpoint endpoint = test::in(State::Established, {.nagle = false});
    for (const char* const one : {"a", "b", "c"}) {
        endpoint.send(one);
        CHECK(endpoint.sends_text() == one);
    }
}

TEST_CASE("Nagle switched off while text waits: the next event lets it go (MUST-17)")
{
    test::Endpoint endpoint = test::in(State::Established, {.nagle = true});
    endpoint.send("a");
    endpoint.send("b");
    endpoint.sends();
    endpoint.connection.set_options(std::make_shared<const ConnectionOptions>());
    endpoint.send("c");
    CHECK(endpoint.sends_text() == "bc");
}

// ---- 3.8.6.2.1, the sender ------------------------------------------------------------------------------------------

TEST_CASE("a piece of the window opens that is smaller than a segment and than half the largest: nothing goes "
          "(MUST-38)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=100><WND=100>");
    endpoint.send(std::string(400, 'x'));
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=100><CTL=ACK>");
    endpoint.gets("<SEQ=301><ACK=201><CTL=ACK><WND=49>");
    CHECK(endpoint.sends().empty());
    endpoint.gets("<SEQ=301><ACK=201><CTL=ACK><WND=50>"); // half of MAX.SND.WND
    CHECK(endpoint.sends() == "<SEQ=201><ACK=301><DATA=50><CTL=ACK>");
}

TEST_CASE("a small piece of the window, and nothing in flight: the override timeout lets it be used (MUST-38, MUST-60)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=100><WND=100>");
    endpoint.send(std::string(400, 'x'));
    endpoint.gets("<SEQ=301><ACK=201><CTL=ACK><WND=10>");
    endpoint.sends();
    endpoint.wait(200ms - 1ns);
    CHECK(endpoint.sends().empty());
    endpoint.wait(1ns);
    CHECK(endpoint.sends() == "<SEQ=201><ACK=301><DATA=10><CTL=ACK>");
}

TEST_CASE("silly-window avoidance off: every piece of the window is used, however small")
{
    test::Endpoint endpoint =
        test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=100><WND=100>", {.silly_window_avoidance = false});
    endpoint.send(std::string(400, 'x'));
    endpoint.sends();
    endpoint.gets("<SEQ=301><ACK=201><CTL=ACK><WND=1>");
    CHECK(endpoint.sends() == "<SEQ=201><ACK=301><DATA=1><CTL=ACK>");
}

// ---- 3.8.6.2.2, the receiver ----------------------------------------------------------------------------------------

TEST_CASE("the user reads a little: the right edge stays where it was told (MUST-39, SHLD-14)")
{
    test::Endpoint endpoint = test::in(State::Established, {.receive_buffer = 1000, .mss = 100});
    endpoint.gets("<SEQ=301><ACK=101><DATA=1000><CTL=ACK>");
    CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=1301><CTL=ACK><WND=0>");
    endpoint.receive(99);
    CHECK(endpoint.sends().empty());
    CHECK(endpoint.connection.tcb().rcv.wnd == 0);
    endpoint.receive(1); // a segment's worth is free
    CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=1301><CTL=ACK><WND=100>");
}

TEST_CASE("the user reads a little, silly-window avoidance off: the window opens by as much")
{
    test::Endpoint endpoint =
        test::in(State::Established, {.receive_buffer = 1000, .mss = 100, .silly_window_avoidance = false});
    endpoint.gets("<SEQ=301><ACK=101><DATA=1000><CTL=ACK>");
    endpoint.receive(7);
    CHECK(endpoint.connection.tcb().rcv.wnd == 7);
}
