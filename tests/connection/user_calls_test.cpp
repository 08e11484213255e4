// RFC 9293, 3.10.1 to 3.10.6: every user call in every state, with the RFC's sentences and what a socket would say.

#include <doctest/doctest.h>

#include <functional>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

// The states in which a call is an error, or is not, as the sections list them.
constexpr std::array behind_listen{State::SynSent,  State::SynReceived, State::Established,
                                   State::FinWait1, State::FinWait2,    State::CloseWait,
                                   State::Closing,  State::LastAck,     State::TimeWait};
constexpr std::array already_closed{State::FinWait1, State::FinWait2, State::Closing, State::LastAck, State::TimeWait};

/// A call that is an error changes and sends nothing.
void check_error(State state, const std::function<std::error_code(test::Endpoint&)>& call, std::string_view sentence,
                 std::errc socket_error)
{
    CAPTURE(name(state));
    test::Endpoint endpoint = test::in(state);
    const std::error_code error = call(endpoint);
    CHECK(error.message() == sentence);
    CHECK(error == socket_error);
    CHECK(endpoint.state() == name(state));
    CHECK(endpoint.sends() == "");
}

} // namespace

// ---- 3.10.1. OPEN ---------------------------------------------------------------------------------------------------

TEST_CASE("CLOSED, OPEN passive: LISTEN and nothing is sent")
{
    test::Endpoint endpoint;
    CHECK_FALSE(endpoint.listen());
    CHECK(endpoint.moves() == "LISTEN");
    CHECK(endpoint.sends() == "");
}

TEST_CASE("CLOSED, OPEN active: a SYN with the MSS that we can take and SYN-SENT (MUST-14, SHLD-5, MAY-3)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint({}, numbers);
        CHECK_FALSE(endpoint.open());
        CHECK(endpoint.moves() == "SYN-SENT");
        CHECK(endpoint.last().segment.options.mss() == 1460);
        CHECK(endpoint.last().segment.wnd == 65535);
        CHECK(endpoint.sends() == "<SEQ=100><CTL=SYN>");
        CHECK(endpoint.snd_una() == 100);
        CHECK(endpoint.snd_nxt() == 101);
    }
}

TEST_CASE("CLOSED and LISTEN, OPEN active without a remote socket: remote socket unspecified")
{
    for (const State state : {State::Closed, State::Listen})
        check_error(
            state, [](test::Endpoint& endpoint) { return endpoint.open_to_nobody(); }, "remote socket unspecified",
            std::errc::destination_address_required);
}

TEST_CASE("LISTEN, OPEN active: from passive to active, a SYN and SYN-SENT")
{
    test::Endpoint endpoint = test::in(State::Listen);
    CHECK_FALSE(endpoint.open());
    CHECK(endpoint.moves() == "SYN-SENT");
    CHECK(endpoint.sends() == "<SEQ=100><CTL=SYN>");
    endpoint.gets("<SEQ=300><CTL=SYN>"); // now that it is active, a RST refuses it
    endpoint.gets("<SEQ=301><CTL=RST>");
    CHECK(endpoint.tells() == "connection refused");
}

TEST_CASE("behind LISTEN, OPEN: connection already exists")
{
    for (const State state : behind_listen) {
        check_error(
            state, [](test::Endpoint& endpoint) { return endpoint.open(); }, "connection already exists",
            std::errc::already_connected);
        check_error(
            state, [](test::Endpoint& endpoint) { return endpoint.listen(); }, "connection already exists",
            std::errc::already_connected);
    }
    check_error(
        State::Listen, [](test::Endpoint& endpoint) { return endpoint.listen(); }, "connection already exists",
        std::errc::already_connected);
}

TEST_CASE("CLOSED after a whole life, OPEN: a new connection that remembers nothing of the old one")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.send("hello");
    endpoint.close();
    endpoint.wait(2s); // the text is sent again, and the RTO backed off
    endpoint.gets("<SEQ=301><ACK=107><DATA=3><CTL=FIN,ACK>");
    endpoint.wait(240s);
    REQUIRE(endpoint.state() == "CLOSED");
    endpoint.sends();

    endpoint.open();
    endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
    CHECK(endpoint.state() == "ESTABLISHED");
    CHECK(endpoint.sends() == "<SEQ=100><CTL=SYN>\n<SEQ=101><ACK=301><CTL=ACK>");
    endpoint.gets("<SEQ=301><ACK=101><DATA=3><CTL=ACK>");
    CHECK(endpoint.receive().octets == "abc");
    CHECK(endpoint.connection.delivered() == 3);
    CHECK(endpoint.connection.rto().rto() == 1s);
    endpoint.sends();
    endpoint.send("again");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=304><DATA=5><CTL=ACK>");
    endpoint.close();
    CHECK(endpoint.sends() == "<SEQ=106><ACK=304><CTL=FIN,ACK>");
}

TEST_CASE("CLOSED after a reset that nobody asked about, OPEN: the new connection does not answer with it")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.gets("<SEQ=301><CTL=RST>");
    endpoint.open();
    endpoint.close();
    CHECK(endpoint.send("hello").error == Error::does_not_exist);
}

// ---- 3.10.2. SEND ---------------------------------------------------------------------------------------------------

TEST_CASE("CLOSED, SEND: connection does not exist")
{
    check_error(
        State::Closed, [](test::Endpoint& endpoint) { return endpoint.send("hello").error; },
        "connection does not exist", std::errc::not_connected);
}

TEST_CASE("LISTEN, SEND without a remote socket: remote socket unspecified")
{
    check_error(
        State::Listen, [](test::Endpoint& endpoint) { return endpoint.send("hello").error; },
        "remote socket unspecified", std::errc::destination_address_required);
}

TEST_CASE("SYN-SENT and SYN-RECEIVED, SEND: queued until ESTABLISHED")
{
    test::Endpoint sent = test::in(State::SynSent);
    CHECK(sent.send("hello").count == 5);
    CHECK(sent.sends() == "");
    sent.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
    CHECK(sent.sends() == "<SEQ=101><ACK=301><DATA=5><CTL=ACK>"); // the ACK rides on the text
    CHECK(sent.last().text == "hello");

    test::Endpoint received = test::in(State::SynReceived);
    CHECK(received.send("hello").count == 5);
    CHECK(received.sends() == "");
    received.gets("<SEQ=301><ACK=101><CTL=ACK>");
    CHECK(received.sends() == "<SEQ=101><ACK=301><DATA=5><CTL=ACK>");
}

TEST_CASE("ESTABLISHED and CLOSE-WAIT, SEND: the text leaves at once")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint established = test::in(State::Established, {}, numbers);
        CHECK(established.send("hello").count == 5);
        CHECK(established.sends() == "<SEQ=101><ACK=301><DATA=5><CTL=ACK>");
        test::Endpoint close_wait = test::in(State::CloseWait, {}, numbers);
        CHECK(close_wait.send("hello").count == 5);
        CHECK(close_wait.sends() == "<SEQ=101><ACK=302><DATA=5><CTL=ACK>");
        CHECK(close_wait.last().text == "hello");
    }
}

TEST_CASE("after CLOSE, SEND: connection closing")
{
    for (const State state : already_closed)
        check_error(
            state, [](test::Endpoint& endpoint) { return endpoint.send("hello").error; }, "connection closing",
            std::errc::broken_pipe);
}

TEST_CASE("SEND with more than there is room for: as much as fits and then insufficient resources")
{
    test::Endpoint endpoint = test::in(State::SynSent, {.send_buffer = 8});
    CHECK(endpoint.send("hello").count == 5);
    const test::Answer part = endpoint.send("world");
    CHECK(part.count == 3);
    CHECK_FALSE(part.error);
    const test::Answer full = endpoint.send("!");
    CHECK(full.count == 0);
    CHECK(full.error.message() == "insufficient resources");
    CHECK(full.error == std::errc::no_buffer_space);

    endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
    CHECK(endpoint.last().text == "hellowor");
    endpoint.gets("<SEQ=301><ACK=104><CTL=ACK>"); // three octets of room
    CHECK(endpoint.send("12345").count == 3);
}

TEST_CASE("SEND of nothing: no error and no segment")
{
    test::Endpoint endpoint = test::in(State::Established);
    const test::Answer nothing = endpoint.send("");
    CHECK(nothing.count == 0);
    CHECK_FALSE(nothing.error);
    CHECK(endpoint.sends() == "");
}

// ---- 3.10.3. RECEIVE ------------------------------------------------------------------------------------------------

TEST_CASE("CLOSED, RECEIVE: connection does not exist")
{
    check_error(
        State::Closed, [](test::Endpoint& endpoint) { return endpoint.receive().error; }, "connection does not exist",
        std::errc::not_connected);
}

TEST_CASE("LISTEN to FIN-WAIT-2, RECEIVE with nothing there: the call would wait")
{
    for (const State state :
         {State::Listen, State::SynSent, State::SynReceived, State::Established, State::FinWait1, State::FinWait2})
        check_error(
            state, [](test::Endpoint& endpoint) { return endpoint.receive().error; },
            "nothing yet: the call would wait", std::errc::operation_would_block);
}

TEST_CASE("behind the peer's FIN, RECEIVE with nothing there: connection closing")
{
    for (const State state : {State::CloseWait, State::Closing, State::LastAck, State::TimeWait})
        check_error(
            state, [](test::Endpoint& endpoint) { return endpoint.receive().error; }, "connection closing",
            std::errc::broken_pipe);
}

TEST_CASE("FIN-WAIT-1 and FIN-WAIT-2, RECEIVE: text still comes in")
{
    for (const State state : {State::FinWait1, State::FinWait2}) {
        CAPTURE(name(state));
        test::Endpoint endpoint = test::in(state);
        endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
        CHECK(endpoint.receive().octets == "abcde");
    }
}

TEST_CASE("behind the peer's FIN, RECEIVE with text there: what is left and then connection closing")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=FIN,ACK>");
    endpoint.close();
    REQUIRE(endpoint.state() == "LAST-ACK");
    CHECK(endpoint.receive(2).octets == "ab");
    CHECK(endpoint.receive().octets == "cde");
    CHECK(endpoint.receive().error == Error::closing);
}

TEST_CASE("a RECEIVE that is always outstanding: it gets text in order at once")
{
    test::Endpoint endpoint = test::in(State::Established, {.reads = true});
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
    CHECK(endpoint.delivers() == "abcde");
    CHECK(endpoint.connection.delivered() == 5);
    CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=306><CTL=ACK><WND=65530>");
}

// ---- 3.10.4. CLOSE --------------------------------------------------------------------------------------------------

TEST_CASE("CLOSED, CLOSE: connection does not exist")
{
    check_error(
        State::Closed, [](test::Endpoint& endpoint) { return endpoint.close(); }, "connection does not exist",
        std::errc::not_connected);
}

TEST_CASE("LISTEN and SYN-SENT, CLOSE: CLOSED and nothing is sent")
{
    for (const State state : {State::Listen, State::SynSent}) {
        CAPTURE(name(state));
        test::Endpoint endpoint = test::in(state);
        CHECK_FALSE(endpoint.close());
        CHECK(endpoint.moves() == "CLOSED");
        CHECK(endpoint.sends() == "");
    }
}

TEST_CASE("SYN-RECEIVED, CLOSE with nothing queued: FIN and FIN-WAIT-1")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::SynReceived, {}, numbers);
        CHECK_FALSE(endpoint.close());
        CHECK(endpoint.moves() == "FIN-WAIT-1");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=FIN,ACK>");
        endpoint.gets("<SEQ=301><ACK=102><CTL=ACK>"); // of SYN and FIN
        CHECK(endpoint.moves() == "FIN-WAIT-2");
    }
}

TEST_CASE("SYN-RECEIVED, CLOSE with text queued: it waits for ESTABLISHED")
{
    test::Endpoint endpoint = test::in(State::SynReceived);
    endpoint.send("hello");
    CHECK_FALSE(endpoint.close());
    CHECK(endpoint.state() == "SYN-RECEIVED");
    CHECK(endpoint.sends() == "");
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK>");
    CHECK(endpoint.moves() == "ESTABLISHED, FIN-WAIT-1");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=5><CTL=FIN,ACK>");
}

TEST_CASE("ESTABLISHED and CLOSE-WAIT, CLOSE: FIN at once")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint established = test::in(State::Established, {}, numbers);
        CHECK_FALSE(established.close());
        CHECK(established.moves() == "FIN-WAIT-1");
        CHECK(established.sends() == "<SEQ=101><ACK=301><CTL=FIN,ACK>");
        test::Endpoint close_wait = test::in(State::CloseWait, {}, numbers);
        CHECK_FALSE(close_wait.close());
        CHECK(close_wait.moves() == "LAST-ACK");
        CHECK(close_wait.sends() == "<SEQ=101><ACK=302><CTL=FIN,ACK>");
    }
}

TEST_CASE("CLOSE with text that the window holds back: the state changes at once and the FIN follows the text")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=3>", {}, numbers);
        endpoint.send("hello");
        CHECK_FALSE(endpoint.close());
        CHECK(endpoint.state() == "FIN-WAIT-1");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=3><CTL=ACK>");
        endpoint.gets("<SEQ=301><ACK=104><CTL=ACK><WND=10>");
        CHECK(endpoint.state() == "FIN-WAIT-1");
        CHECK(endpoint.sends() == "<SEQ=104><ACK=301><DATA=2><CTL=FIN,ACK>");
        CHECK(endpoint.last().text == "lo");
    }
}

TEST_CASE("the peer closes while our text waits: CLOSING or LAST-ACK send it all the same")
{
    test::Endpoint closing = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=3>");
    closing.send("hello");
    closing.close();
    closing.gets("<SEQ=301><ACK=101><CTL=FIN,ACK><WND=3>");
    CHECK(closing.state() == "CLOSING");
    closing.sends();
    closing.gets("<SEQ=302><ACK=104><CTL=ACK><WND=10>");
    CHECK(closing.sends() == "<SEQ=104><ACK=302><DATA=2><CTL=FIN,ACK>");
    closing.gets("<SEQ=302><ACK=107><CTL=ACK><WND=10>");
    CHECK(closing.state() == "TIME-WAIT");

    test::Endpoint last_ack = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=3>");
    last_ack.gets("<SEQ=301><ACK=101><CTL=FIN,ACK><WND=3>");
    last_ack.send("hello");
    last_ack.close();
    CHECK(last_ack.state() == "LAST-ACK");
    last_ack.sends();
    last_ack.gets("<SEQ=302><ACK=104><CTL=ACK><WND=10>");
    CHECK(last_ack.sends() == "<SEQ=104><ACK=302><DATA=2><CTL=FIN,ACK>");
    last_ack.gets("<SEQ=302><ACK=107><CTL=ACK><WND=10>");
    CHECK(last_ack.state() == "CLOSED");
}

TEST_CASE("after CLOSE, CLOSE: connection closing and no second FIN")
{
    for (const State state : already_closed)
        check_error(
            state, [](test::Endpoint& endpoint) { return endpoint.close(); }, "connection closing",
            std::errc::broken_pipe);
}

// ---- 3.6.1. Half-Closed Connections ---------------------------------------------------------------------------------

TEST_CASE("half-duplex CLOSE with unread text: RST instead of FIN (MAY-1, SHLD-3)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint established = test::in(State::Established, {.half_duplex_close = true}, numbers);
        established.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
        established.sends();
        CHECK_FALSE(established.close());
        CHECK(established.moves() == "CLOSED");
        CHECK(established.sends() == "<SEQ=101><CTL=RST>");

        test::Endpoint close_wait = test::in(State::Established, {.half_duplex_close = true}, numbers);
        close_wait.gets("<SEQ=301><ACK=101><DATA=5><CTL=FIN,ACK>");
        close_wait.sends();
        CHECK_FALSE(close_wait.close());
        CHECK(close_wait.moves() == "CLOSE-WAIT, CLOSED");
        CHECK(close_wait.sends() == "<SEQ=101><CTL=RST>");
    }
}

TEST_CASE("half-duplex CLOSE with everything read: FIN as ever, and text that then comes draws a RST (SHLD-3)")
{
    for (const bool fin_acknowledged : {false, true}) {
        CAPTURE(fin_acknowledged);
        test::Endpoint endpoint = test::in(State::Established, {.half_duplex_close = true});
        endpoint.close();
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=FIN,ACK>");
        if (fin_acknowledged) endpoint.gets("<SEQ=301><ACK=102><CTL=ACK>");
        endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
        CHECK(endpoint.state() == "CLOSED");
        CHECK(endpoint.sends() == "<SEQ=102><CTL=RST>");
    }
}

TEST_CASE("half-duplex CLOSE, then the peer's FIN alone: an orderly end")
{
    test::Endpoint endpoint = test::in(State::Established, {.half_duplex_close = true});
    endpoint.close();
    endpoint.gets("<SEQ=301><ACK=102><CTL=FIN,ACK>");
    CHECK(endpoint.state() == "TIME-WAIT");
    CHECK(endpoint.tells() == "connection closing");
}

TEST_CASE("half-duplex CLOSE, then text that was read before comes again with the FIN: an orderly end")
{
    for (const bool fin_acknowledged : {false, true}) {
        CAPTURE(fin_acknowledged);
        test::Endpoint endpoint = test::in(State::Established, {.half_duplex_close = true});
        endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>"); // our ACK of it is lost
        endpoint.receive();
        endpoint.close();
        if (fin_acknowledged) endpoint.gets("<SEQ=306><ACK=102><CTL=ACK>");
        endpoint.sends();
        endpoint.gets("<SEQ=301><ACK=102><DATA=5><CTL=FIN,ACK>");
        CHECK(endpoint.state() == "TIME-WAIT");
        CHECK(endpoint.sends() == "<SEQ=102><ACK=307><CTL=ACK>");
    }
}

TEST_CASE("shutdown with half-duplex CLOSE chosen: reading goes on")
{
    test::Endpoint endpoint = test::in(State::Established, {.half_duplex_close = true});
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
    endpoint.shutdown();
    endpoint.gets("<SEQ=306><ACK=102><DATA=5><CTL=ACK>");
    CHECK(endpoint.state() == "FIN-WAIT-2");
    CHECK(endpoint.receive().octets == "abcdefghij");
}

TEST_CASE("the process has gone: CLOSE ends reading whatever the options say")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
    endpoint.sends();
    endpoint.close_both_ways();
    CHECK(endpoint.sends() == "<SEQ=101><CTL=RST>");
}

// ---- 3.10.5. ABORT --------------------------------------------------------------------------------------------------

TEST_CASE("CLOSED, ABORT: connection does not exist")
{
    check_error(
        State::Closed, [](test::Endpoint& endpoint) { return endpoint.abort(); }, "connection does not exist",
        std::errc::not_connected);
}

TEST_CASE("ABORT where the peer knows of the connection: RST at SND.NXT and CLOSED")
{
    for (const test::Numbers& numbers : test::both) {
        for (const State state :
             {State::SynReceived, State::Established, State::FinWait1, State::FinWait2, State::CloseWait}) {
            CAPTURE(numbers.name);
            CAPTURE(name(state));
            test::Endpoint endpoint = test::in(state, {}, numbers);
            const std::string rst = "<SEQ=" + std::to_string(endpoint.snd_nxt()) + "><CTL=RST>";
            CHECK_FALSE(endpoint.abort());
            CHECK(endpoint.moves() == "CLOSED");
            CHECK(endpoint.sends() == rst);
            CHECK(endpoint.send("hello").error == Error::does_not_exist);
        }
    }
}

TEST_CASE("ABORT elsewhere: CLOSED and no RST")
{
    for (const State state : {State::Listen, State::SynSent, State::Closing, State::LastAck, State::TimeWait}) {
        CAPTURE(name(state));
        test::Endpoint endpoint = test::in(state);
        CHECK_FALSE(endpoint.abort());
        CHECK(endpoint.moves() == "CLOSED");
        CHECK(endpoint.sends() == "");
    }
}

TEST_CASE("ABORT with text queued and text unread: all of it is forgotten")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=3>");
    endpoint.send("hello");
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK><WND=3>");
    endpoint.sends();
    endpoint.abort();
    CHECK(endpoint.sends() == "<SEQ=104><CTL=RST>");
    CHECK(endpoint.connection.queued() == 0);
    CHECK(endpoint.connection.unread() == 0);
}

// ---- 3.10.6. STATUS -------------------------------------------------------------------------------------------------

TEST_CASE("STATUS: the state in every state, and in CLOSED connection does not exist")
{
    check_error(
        State::Closed, [](test::Endpoint& endpoint) { return endpoint.status(); }, "connection does not exist",
        std::errc::not_connected);
    for (const State state : all_states()) {
        if (state == State::Closed) continue;
        CAPTURE(name(state));
        test::Endpoint endpoint = test::in(state);
        CHECK_FALSE(endpoint.status());
        CHECK(endpoint.state() == name(state));
    }
}
