// RFC 9293, 3.10.7. SEGMENT ARRIVES: each check in the RFC's order, refused by its name and answered as the RFC says.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr std::array synchronized_states{State::Established, State::FinWait1, State::FinWait2, State::CloseWait,
                                         State::Closing,     State::LastAck,  State::TimeWait};

/// What an ACK without text looks like in each of those states: the FINs that went by are counted.
std::string plain_ack(const test::Endpoint& endpoint)
{
    return "<SEQ=" + std::to_string(endpoint.snd_nxt()) + "><ACK=" + std::to_string(endpoint.rcv_nxt()) + "><CTL=ACK>";
}

/// Ten octets of window.
} // namespace

// ---- 3.10.7.1. CLOSED STATE -----------------------------------------------------------------------------------------

TEST_CASE("CLOSED, a RST: dropped without an answer")
{
    test::Endpoint endpoint;
    endpoint.gets("<SEQ=300><ACK=100><CTL=RST,ACK>");
    CHECK(endpoint.refused() == "no connection");
    CHECK(endpoint.sends() == "");
}

TEST_CASE("CLOSED, a segment with ACK: RST at its acknowledgment number")
{
    test::Endpoint endpoint;
    endpoint.gets("<SEQ=300><ACK=100><CTL=ACK>");
    CHECK(endpoint.refused() == "no connection");
    CHECK(endpoint.sends() == "<SEQ=100><CTL=RST>");
}

TEST_CASE("CLOSED, a segment without ACK: RST at 0 that acknowledges all of it")
{
    test::Endpoint endpoint;
    endpoint.gets("<SEQ=300><DATA=5><CTL=SYN,FIN>");
    CHECK(endpoint.refused() == "no connection");
    CHECK(endpoint.sends() == "<SEQ=0><ACK=307><CTL=RST,ACK>");
}

// ---- 3.10.7.2. LISTEN STATE -----------------------------------------------------------------------------------------

TEST_CASE("LISTEN, first check: a RST is ignored")
{
    test::Endpoint endpoint = test::in(State::Listen);
    endpoint.gets("<SEQ=300><ACK=100><CTL=RST,ACK>");
    CHECK(endpoint.refused() == "RST in LISTEN");
    CHECK(endpoint.sends() == "");
    CHECK(endpoint.state() == "LISTEN");
}

TEST_CASE("LISTEN, second check: an ACK draws a RST at its acknowledgment number")
{
    for (const std::string_view ctl : {"ACK", "SYN,ACK", "FIN,ACK"}) {
        CAPTURE(ctl);
        test::Endpoint endpoint = test::in(State::Listen);
        endpoint.gets("<SEQ=300><ACK=555><CTL=" + std::string(ctl) + ">");
        CHECK(endpoint.refused() == "ACK in LISTEN");
        CHECK(endpoint.sends() == "<SEQ=555><CTL=RST>");
        CHECK(endpoint.state() == "LISTEN");
    }
}

TEST_CASE("LISTEN, third check: a SYN is answered and its text and FIN wait for ESTABLISHED")
{
    test::Endpoint endpoint = test::in(State::Listen);
    endpoint.gets("<SEQ=300><CTL=SYN>");
    CHECK(endpoint.refused() == "");
    CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=SYN,ACK>");
    CHECK(endpoint.state() == "SYN-RECEIVED");
    CHECK(endpoint.connection.tcb().snd.una == Seq(100));
    CHECK(endpoint.connection.tcb().snd.nxt == Seq(101));
}

TEST_CASE("LISTEN, fourth check: text without SYN and ACK is dropped")
{
    test::Endpoint endpoint = test::in(State::Listen);
    endpoint.gets("<SEQ=300><DATA=5>");
    CHECK(endpoint.refused() == "no SYN in LISTEN");
    CHECK(endpoint.sends() == "");
    CHECK(endpoint.state() == "LISTEN");
}

TEST_CASE("LISTEN, a refused segment: the remote socket stays unspecified and a SEND says so")
{
    for (const std::string_view stray : {"<SEQ=300><CTL=RST>", "<SEQ=300><ACK=555><CTL=ACK>", "<SEQ=300><DATA=5>"}) {
        CAPTURE(stray);
        test::Endpoint endpoint = test::in(State::Listen);
        endpoint.gets(stray);
        endpoint.sends();
        CHECK(endpoint.send("hello").error == Error::remote_unspecified);
        CHECK(endpoint.sends() == "");
        CHECK(endpoint.state() == "LISTEN");
    }
}

// ---- 3.10.7.3. SYN-SENT STATE ---------------------------------------------------------------------------------------

TEST_CASE("SYN-SENT, first check: an ACK of what was not sent draws a RST and the endpoint keeps waiting")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::SynSent, {}, numbers);
        endpoint.gets("<SEQ=300><ACK=100><CTL=SYN,ACK>"); // not above ISS
        CHECK(endpoint.refused() == "ACK in SYN-SENT");
        CHECK(endpoint.sends() == "<SEQ=100><CTL=RST>");
        endpoint.gets("<SEQ=300><ACK=102><CTL=ACK>"); // beyond SND.NXT
        CHECK(endpoint.refused() == "ACK in SYN-SENT");
        CHECK(endpoint.sends() == "<SEQ=102><CTL=RST>");
        CHECK(endpoint.state() == "SYN-SENT");
        CHECK(endpoint.runs(TimerKind::retransmission));
    }
}

TEST_CASE("SYN-SENT, first check: a RST with a wrong ACK is dropped without an answer")
{
    test::Endpoint endpoint = test::in(State::SynSent);
    endpoint.gets("<SEQ=0><ACK=100><CTL=RST,ACK>");
    CHECK(endpoint.refused() == "ACK in SYN-SENT");
    CHECK(endpoint.sends() == "");
    CHECK(endpoint.state() == "SYN-SENT");
}

TEST_CASE("SYN-SENT, second check: a RST counts only where it acknowledges the SYN")
{
    test::Endpoint endpoint = test::in(State::SynSent);
    endpoint.gets("<SEQ=300><CTL=RST>");
    CHECK(endpoint.refused() == "RST without ACK in SYN-SENT");
    CHECK(endpoint.state() == "SYN-SENT");

    endpoint.gets("<SEQ=0><ACK=101><CTL=RST,ACK>");
    CHECK(endpoint.state() == "CLOSED");
    CHECK(endpoint.tells() == "connection reset");
    CHECK(endpoint.sends() == "");
    const std::error_code told = endpoint.send("hello").error;
    CHECK(told == std::errc::connection_refused); // what connect() of a socket answers
}

TEST_CASE("SYN-SENT, fourth check: a SYN,ACK completes the open (MUST-14)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::SynSent, {}, numbers);
        endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1000>");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=ACK>");
        CHECK(endpoint.moves() == "ESTABLISHED");
        CHECK(endpoint.connection.tcb().send_mss == 1000);
        CHECK_FALSE(endpoint.runs(TimerKind::retransmission));
    }
}

TEST_CASE("SYN-SENT, fourth check: a SYN alone is a simultaneous open and the same ISS goes out again (MUST-10)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::SynSent, {}, numbers);
        endpoint.gets("<SEQ=300><CTL=SYN>");
        CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=SYN,ACK>");
        endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
        CHECK(endpoint.moves() == "SYN-RECEIVED, ESTABLISHED");
        CHECK(endpoint.sends() == ""); // no ACK of an ACK
    }
}

TEST_CASE("SYN-SENT, fifth check: neither SYN nor RST is dropped")
{
    test::Endpoint endpoint = test::in(State::SynSent);
    endpoint.gets("<SEQ=300><ACK=101><DATA=5><CTL=ACK>");
    CHECK(endpoint.refused() == "no SYN in SYN-SENT");
    CHECK(endpoint.sends() == "");
    CHECK(endpoint.state() == "SYN-SENT");
}

// ---- 3.10.7.4. Other States: first, check sequence number (table 6) -------------------------------------------------

TEST_CASE("table 6, no text and a window: acceptable from RCV.NXT to the last octet of the window")
{
    for (const test::Numbers& numbers : test::both) {
        for (const std::string_view outside : {"300", "311"}) {
            CAPTURE(numbers.name);
            CAPTURE(outside);
            test::Endpoint endpoint = test::in(State::Established, test::ten_octets, numbers);
            endpoint.gets("<SEQ=" + std::string(outside) + "><ACK=101><CTL=ACK>");
            CHECK(endpoint.refused() == "sequence number");
            CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=ACK>");
        }
        for (const std::string_view inside : {"301", "310"}) {
            CAPTURE(inside);
            test::Endpoint endpoint = test::in(State::Established, test::ten_octets, numbers);
            endpoint.gets("<SEQ=" + std::string(inside) + "><ACK=101><CTL=ACK>");
            CHECK(endpoint.refused() == "");
            CHECK(endpoint.sends() == "");
        }
    }
}

TEST_CASE("table 6, no text and a zero window: acceptable at RCV.NXT alone")
{
    test::Endpoint endpoint = test::in(State::Established, test::ten_octets);
    endpoint.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=311><CTL=ACK><WND=0>");

    endpoint.gets("<SEQ=311><ACK=101><CTL=ACK>");
    CHECK(endpoint.refused() == "");
    for (const std::string_view outside : {"310", "312"}) {
        CAPTURE(outside);
        endpoint.gets("<SEQ=" + std::string(outside) + "><ACK=101><CTL=ACK>");
        CHECK(endpoint.refused() == "sequence number");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=311><CTL=ACK>");
    }
}

TEST_CASE("table 6, text and a zero window: not acceptable and answered with an ACK")
{
    test::Endpoint endpoint = test::in(State::Established, test::ten_octets);
    endpoint.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    endpoint.sends();
    endpoint.gets("<SEQ=311><ACK=101><DATA=1><CTL=ACK>");
    CHECK(endpoint.refused() == "sequence number");
    CHECK(endpoint.sends_with_window() == "<SEQ=101><ACK=311><CTL=ACK><WND=0>");
    CHECK(endpoint.receive().octets == "abcdefghij");
}

TEST_CASE("table 6, text and a window: acceptable where its first or its last octet lies inside")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, test::ten_octets, numbers);
        endpoint.gets("<SEQ=296><ACK=101><DATA=5><CTL=ACK>"); // ends at 300
        CHECK(endpoint.refused() == "sequence number");
        endpoint.gets("<SEQ=311><ACK=101><DATA=5><CTL=ACK>"); // begins behind the window
        CHECK(endpoint.refused() == "sequence number");
        CHECK(endpoint.receive().octets == "");

        endpoint.gets("<SEQ=310><ACK=101><DATA=5><CTL=ACK>"); // its first octet
        CHECK(endpoint.refused() == "");
        endpoint.gets("<SEQ=299><ACK=101><DATA=3><CTL=ACK>"); // its last octet
        CHECK(endpoint.refused() == "");
        CHECK(endpoint.receive().octets == "a"); // 301
    }
}

TEST_CASE("zero window, a valid ACK on text that is refused: the ACK counts all the same")
{
    test::Endpoint endpoint = test::in(State::Established, test::ten_octets);
    endpoint.send("hello");
    endpoint.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    CHECK(endpoint.snd_una() == 101);
    endpoint.gets("<SEQ=311><ACK=106><DATA=1><CTL=ACK>");
    CHECK(endpoint.refused() == "sequence number");
    CHECK(endpoint.snd_una() == 106);
    CHECK_FALSE(endpoint.runs(TimerKind::retransmission));
}

TEST_CASE("zero window, a RST at RCV.NXT: the connection is reset (MUST-66)")
{
    test::Endpoint endpoint = test::in(State::Established, test::ten_octets);
    endpoint.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    endpoint.sends();
    endpoint.gets("<SEQ=311><CTL=RST>");
    CHECK(endpoint.state() == "CLOSED");
}

TEST_CASE("every synchronized state, a sequence number outside the window: answered with an ACK and dropped")
{
    for (const State state : synchronized_states) {
        CAPTURE(name(state));
        test::Endpoint endpoint = test::in(state);
        const std::string answer = plain_ack(endpoint);
        endpoint.gets("<SEQ=70000><ACK=101><DATA=5><CTL=ACK>");
        CHECK(endpoint.refused() == "sequence number");
        CHECK(endpoint.sends() == answer);
        CHECK(endpoint.state() == name(state));
    }
}

TEST_CASE("SYN-RECEIVED, the SYN again: answered with an ACK and dropped")
{
    for (test::Endpoint endpoint : {test::in(State::SynReceived), test::in_syn_received_after_active_open()}) {
        endpoint.gets("<SEQ=300><CTL=SYN>");
        CHECK(endpoint.refused() == "sequence number");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=ACK>");
        CHECK(endpoint.state() == "SYN-RECEIVED");
    }
}

TEST_CASE("SYN-RECEIVED, the SYN with its text again: it is no second SYN and the open goes on")
{
    test::Endpoint endpoint = test::in(State::Listen);
    endpoint.gets("<SEQ=300><DATA=5><CTL=SYN>");
    endpoint.sends();
    endpoint.gets("<SEQ=300><DATA=5><CTL=SYN>"); // its last octet lies in the window, its SYN does not
    CHECK(endpoint.state() == "SYN-RECEIVED");
    endpoint.gets("<SEQ=306><ACK=101><CTL=ACK>");
    CHECK(endpoint.state() == "ESTABLISHED");
    CHECK(endpoint.receive().octets == "abcde");
}

// ---- second, check the RST bit --------------------------------------------------------------------------------------

TEST_CASE("a RST exactly at RCV.NXT: the connection is reset and the user is told (MUST-12, RFC 5961, 3.2 rst-2)")
{
    for (const State state : {State::Established, State::FinWait1, State::FinWait2, State::CloseWait}) {
        CAPTURE(name(state));
        test::Endpoint endpoint = test::in(state);
        endpoint.gets("<SEQ=" + std::to_string(endpoint.rcv_nxt()) + "><CTL=RST>");
        CHECK(endpoint.moves() == "CLOSED");
        CHECK(endpoint.tells() == "connection reset");
        CHECK(endpoint.sends() == "");
        const std::error_code next_call = endpoint.receive().error;
        CHECK(next_call.message() == "connection reset");
        CHECK(next_call == std::errc::connection_reset);
        CHECK(endpoint.receive().error == Error::does_not_exist); // it is said once
    }
}

TEST_CASE("CLOSING, LAST-ACK and TIME-WAIT, a RST exactly at RCV.NXT: CLOSED and nothing is said")
{
    for (const State state : {State::Closing, State::LastAck, State::TimeWait}) {
        CAPTURE(name(state));
        test::Endpoint endpoint = test::in(state);
        endpoint.gets("<SEQ=302><CTL=RST>");
        CHECK(endpoint.moves() == "CLOSED");
        CHECK(endpoint.tells() == "");
        CHECK(endpoint.sends() == "");
    }
}

TEST_CASE("SYN-RECEIVED after a passive OPEN, a RST: back to LISTEN and the user is not told (MUST-11)")
{
    test::Endpoint endpoint = test::in(State::SynReceived);
    endpoint.gets("<SEQ=301><CTL=RST>");
    CHECK(endpoint.moves() == "LISTEN");
    CHECK(endpoint.tells() == "");
    CHECK(endpoint.sends() == "");
    CHECK_FALSE(endpoint.connection.next_timer().running());

    endpoint.gets("<SEQ=300><CTL=SYN>"); // and it listens
    CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=SYN,ACK>");
}

TEST_CASE("SYN-RECEIVED after a passive OPEN, a RST after a SYN with text: the next connection does not get that text")
{
    test::Endpoint endpoint = test::in(State::Listen);
    endpoint.gets("<SEQ=300><DATA=5><CTL=SYN>");
    endpoint.gets("<SEQ=301><CTL=RST>");
    CHECK(endpoint.state() == "LISTEN");
    endpoint.sends();

    endpoint.gets("<SEQ=300><CTL=SYN>");
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK>");
    CHECK(endpoint.state() == "ESTABLISHED");
    CHECK(endpoint.rcv_nxt() == 301);
    CHECK(endpoint.receive().octets == "");
}

TEST_CASE("SYN-RECEIVED after an active OPEN, a RST: the connection was refused (MUST-11)")
{
    test::Endpoint endpoint = test::in_syn_received_after_active_open();
    endpoint.gets("<SEQ=301><CTL=RST>");
    CHECK(endpoint.moves() == "CLOSED");
    CHECK(endpoint.tells() == "connection refused");
    CHECK(endpoint.receive().error == std::errc::connection_refused);
}

TEST_CASE("a RST in the window but not at RCV.NXT: challenge ACK and the connection stands (RFC 5961, 3.2 rst-3)")
{
    for (const test::Numbers& numbers : test::both) {
        for (const State state : synchronized_states) {
            CAPTURE(numbers.name);
            CAPTURE(name(state));
            test::Endpoint endpoint = test::in(state, {}, numbers);
            const std::string answer = plain_ack(endpoint);
            endpoint.gets("<SEQ=" + std::to_string(endpoint.rcv_nxt() + 1) + "><CTL=RST>");
            CHECK(endpoint.refused() == "RST bit");
            CHECK(endpoint.sends() == answer);
            CHECK(endpoint.state() == name(state));
        }
    }
}

TEST_CASE("a RST outside the window: dropped without an answer (RFC 5961, 3.2 rst-1)")
{
    for (const test::Numbers& numbers : test::both) {
        for (const std::string_view outside : {"300", "311"}) {
            CAPTURE(numbers.name);
            CAPTURE(outside);
            test::Endpoint endpoint = test::in(State::Established, test::ten_octets, numbers);
            endpoint.gets("<SEQ=" + std::string(outside) + "><CTL=RST>");
            CHECK(endpoint.refused() == "sequence number");
            CHECK(endpoint.sends() == "");
            CHECK(endpoint.state() == "ESTABLISHED");
        }
    }
}

TEST_CASE("a RST with text: it resets as one without (SHLD-2)")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.gets("<SEQ=301><DATA=9><CTL=RST>");
    CHECK(endpoint.state() == "CLOSED");
}

// ---- fourth, check the SYN bit --------------------------------------------------------------------------------------

TEST_CASE("a SYN in a synchronized state: challenge ACK whatever its number, the connection stands (RFC 5961, 4.2 syn)")
{
    for (const State state : synchronized_states) {
        CAPTURE(name(state));
        test::Endpoint endpoint = test::in(state);
        const std::string answer = plain_ack(endpoint);
        endpoint.gets("<SEQ=" + std::to_string(endpoint.rcv_nxt() + 5) + "><CTL=SYN>");
        CHECK(endpoint.refused() == "SYN bit");
        CHECK(endpoint.sends() == answer);
        endpoint.gets("<SEQ=90000><CTL=SYN>"); // a peer that has restarted
        CHECK(endpoint.refused() == "sequence number");
        CHECK(endpoint.sends() == answer);
        CHECK(endpoint.state() == name(state));
    }
}

TEST_CASE("SYN-RECEIVED after a passive OPEN, another SYN in the window: back to LISTEN (MUST-11)")
{
    test::Endpoint endpoint = test::in(State::SynReceived);
    endpoint.gets("<SEQ=305><CTL=SYN>");
    CHECK(endpoint.moves() == "LISTEN");
    CHECK(endpoint.sends() == "");
}

TEST_CASE("SYN-RECEIVED after an active OPEN, another SYN in the window: challenge ACK")
{
    test::Endpoint endpoint = test::in_syn_received_after_active_open();
    endpoint.gets("<SEQ=305><CTL=SYN>");
    CHECK(endpoint.refused() == "SYN bit");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=ACK>");
    CHECK(endpoint.state() == "SYN-RECEIVED");
}

// ---- fifth, check the ACK field -------------------------------------------------------------------------------------

TEST_CASE("every state from SYN-RECEIVED on, the ACK bit off: dropped without an answer")
{
    for (const State state : {State::SynReceived, State::Established, State::FinWait1, State::FinWait2,
                              State::CloseWait, State::Closing, State::LastAck, State::TimeWait}) {
        CAPTURE(name(state));
        test::Endpoint endpoint = test::in(state);
        endpoint.gets("<SEQ=" + std::to_string(endpoint.rcv_nxt()) + "><DATA=5>");
        CHECK(endpoint.refused() == "ACK bit");
        CHECK(endpoint.sends() == "");
        CHECK(endpoint.state() == name(state));
    }
}

TEST_CASE("SYN-RECEIVED, an ACK of something else than the SYN: RST at its acknowledgment number")
{
    for (const test::Numbers& numbers : test::both) {
        for (const std::string_view wrong : {"100", "102"}) {
            CAPTURE(numbers.name);
            CAPTURE(wrong);
            test::Endpoint endpoint = test::in(State::SynReceived, {}, numbers);
            endpoint.gets("<SEQ=301><ACK=" + std::string(wrong) + "><CTL=ACK>");
            CHECK(endpoint.refused() == "ACK field");
            CHECK(endpoint.sends() == "<SEQ=" + std::string(wrong) + "><CTL=RST>");
            CHECK(endpoint.state() == "SYN-RECEIVED");
        }
    }
}

TEST_CASE("SYN-RECEIVED, the ACK of the SYN: ESTABLISHED and what rides on it is processed")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::SynReceived, {}, numbers);
        endpoint.gets("<SEQ=301><ACK=101><DATA=3><CTL=FIN,ACK>");
        CHECK(endpoint.moves() == "ESTABLISHED, CLOSE-WAIT");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=305><CTL=ACK>"); // one ACK for all of it
        CHECK(endpoint.receive().octets == "abc");
    }
}

TEST_CASE("an ACK of what was not sent: answered with an ACK and dropped with its text (RFC 5961, 5.2 data)")
{
    for (const test::Numbers& numbers : test::both) {
        for (const State state : {State::Established, State::CloseWait}) {
            CAPTURE(numbers.name);
            CAPTURE(name(state));
            test::Endpoint endpoint = test::in(state, {}, numbers);
            const std::string answer = plain_ack(endpoint);
            endpoint.gets("<SEQ=" + std::to_string(endpoint.rcv_nxt()) + "><ACK=102><DATA=5><CTL=ACK>");
            CHECK(endpoint.refused() == "ACK field");
            CHECK(endpoint.sends() == answer);
            CHECK(endpoint.connection.unread() == 0);
        }
    }
}

TEST_CASE("an ACK older than SND.UNA but within the largest window: the ACK tells nothing and the text is taken")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, {}, numbers);
        endpoint.send("hello");
        endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
        endpoint.sends();
        endpoint.gets("<SEQ=301><ACK=103><DATA=3><CTL=ACK><WND=1>");
        CHECK(endpoint.refused() == "");
        CHECK(endpoint.snd_una() == 106);
        CHECK(endpoint.sends() == "<SEQ=106><ACK=304><CTL=ACK>");
        CHECK(endpoint.receive().octets == "abc");
    }
}

TEST_CASE("an ACK older than SND.UNA - MAX.SND.WND: an ACK answers, its text is dropped (MAY-12, RFC 5961, 5.2 data)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=20>", {}, numbers);
        endpoint.gets("<SEQ=301><ACK=81><DATA=5><CTL=ACK><WND=20>"); // exactly at the edge
        CHECK(endpoint.refused() == "");
        endpoint.sends();
        endpoint.gets("<SEQ=306><ACK=80><DATA=5><CTL=ACK><WND=20>");
        CHECK(endpoint.refused() == "ACK range");
        CHECK(endpoint.sends() == "<SEQ=101><ACK=306><CTL=ACK>");
        CHECK(endpoint.receive().octets == "abcde");
    }
}

TEST_CASE("a window update: taken from newer segments alone, by SND.WL1 and SND.WL2")
{
    test::Endpoint endpoint = test::in(State::Established);
    const auto wnd = [&] { return endpoint.connection.tcb().snd.wnd; };
    endpoint.send("hello");
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK><WND=1000>");
    CHECK(wnd() == 1000);
    endpoint.gets("<SEQ=306><ACK=103><CTL=ACK><WND=900>"); // newer by SEQ
    CHECK(wnd() == 900);
    endpoint.gets("<SEQ=306><ACK=106><CTL=ACK><WND=800>"); // newer by ACK
    CHECK(wnd() == 800);
    endpoint.gets("<SEQ=306><ACK=103><CTL=ACK><WND=700>"); // late
    CHECK(wnd() == 800);
    endpoint.gets("<SEQ=306><ACK=106><CTL=ACK><WND=600>"); // no older than the last: a bare update
    CHECK(wnd() == 600);
    endpoint.gets("<SEQ=307><ACK=105><CTL=ACK><WND=500>"); // newer by SEQ, but its ACK is older than SND.UNA
    CHECK(wnd() == 600);
    endpoint.gets("<SEQ=310><ACK=106><DATA=5><CTL=ACK><WND=400>"); // out of order, and the newest
    CHECK(wnd() == 400);
    endpoint.gets("<SEQ=306><ACK=106><DATA=4><CTL=ACK><WND=300>"); // what it overtook
    CHECK(wnd() == 400);
    CHECK(endpoint.rcv_nxt() == 315);
}

TEST_CASE("a window of 65535: it is no negative number (MUST-1)")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK><WND=65535>");
    CHECK(endpoint.connection.tcb().snd.wnd == 65535);
}

TEST_CASE("FIN-WAIT-1, the ACK of our FIN: FIN-WAIT-2")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::FinWait1, {}, numbers);
        endpoint.gets("<SEQ=301><ACK=102><CTL=ACK>");
        CHECK(endpoint.moves() == "FIN-WAIT-2");
        CHECK(endpoint.sends() == "");
        CHECK_FALSE(endpoint.connection.next_timer().running());
    }
}

TEST_CASE("FIN-WAIT-1, an ACK of the text but not of the FIN: the state stays")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.send("hello");
    endpoint.close();
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
    CHECK(endpoint.state() == "FIN-WAIT-1");
    CHECK(endpoint.runs(TimerKind::retransmission));
    endpoint.gets("<SEQ=301><ACK=107><CTL=ACK>");
    CHECK(endpoint.state() == "FIN-WAIT-2");
}

TEST_CASE("CLOSING, the ACK of our FIN: TIME-WAIT (MUST-13)")
{
    test::Endpoint endpoint = test::in(State::Closing);
    endpoint.gets("<SEQ=302><ACK=102><CTL=ACK>");
    CHECK(endpoint.moves() == "TIME-WAIT");
    CHECK(endpoint.left(TimerKind::time_wait) == 240s);
}

TEST_CASE("LAST-ACK, the ACK of our FIN: CLOSED")
{
    test::Endpoint endpoint = test::in(State::LastAck);
    endpoint.gets("<SEQ=302><ACK=102><CTL=ACK>");
    CHECK(endpoint.moves() == "CLOSED");
    CHECK(endpoint.sends() == "");
}

// ---- eighth, check the FIN bit --------------------------------------------------------------------------------------

TEST_CASE("a FIN in each state that waits for one: acknowledged and the user is told (MUST-12)")
{
    struct Expected {
        State state;
        std::string_view next;
        std::string_view answer;
    };
    for (const Expected& expected : {Expected{State::Established, "CLOSE-WAIT", "<SEQ=101><ACK=302><CTL=ACK>"},
                                     Expected{State::FinWait1, "CLOSING", "<SEQ=102><ACK=302><CTL=ACK>"},
                                     Expected{State::FinWait2, "TIME-WAIT", "<SEQ=102><ACK=302><CTL=ACK>"}}) {
        for (const test::Numbers& numbers : test::both) {
            CAPTURE(name(expected.state));
            CAPTURE(numbers.name);
            test::Endpoint endpoint = test::in(expected.state, {}, numbers);
            endpoint.gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
            CHECK(endpoint.moves() == expected.next);
            CHECK(endpoint.sends() == expected.answer);
            CHECK(endpoint.tells() == "connection closing");
        }
    }
}

TEST_CASE("FIN-WAIT-1, a FIN that acknowledges ours: TIME-WAIT at once, figure 5's note 2")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::FinWait1, {}, numbers);
        endpoint.gets("<SEQ=301><ACK=102><DATA=3><CTL=FIN,ACK>");
        CHECK(endpoint.moves() == "TIME-WAIT");
        CHECK(endpoint.sends() == "<SEQ=102><ACK=305><CTL=ACK>");
        CHECK(endpoint.receive().octets == "abc"); // text that came with the FIN is not lost
    }
}

TEST_CASE("FIN-WAIT-1, a FIN that acknowledges ours but leaves a hole: FIN-WAIT-2 until the hole is filled")
{
    test::Endpoint endpoint = test::in(State::FinWait1);
    endpoint.gets("<SEQ=304><ACK=102><DATA=3><CTL=FIN,ACK>");
    CHECK(endpoint.moves() == "FIN-WAIT-2");
    CHECK(endpoint.sends() == "<SEQ=102><ACK=301><CTL=ACK>");
    endpoint.gets("<SEQ=301><ACK=102><DATA=3><CTL=ACK>");
    CHECK(endpoint.moves() == "TIME-WAIT");
    CHECK(endpoint.sends() == "<SEQ=102><ACK=308><CTL=ACK>");
    CHECK(endpoint.receive().octets == "abcdef");
}

TEST_CASE("CLOSE-WAIT, CLOSING and LAST-ACK, the FIN again: acknowledged and the state stays")
{
    for (const State state : {State::CloseWait, State::Closing, State::LastAck}) {
        CAPTURE(name(state));
        test::Endpoint endpoint = test::in(state);
        const std::string answer = plain_ack(endpoint);
        endpoint.gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
        CHECK(endpoint.sends() == answer);
        CHECK(endpoint.state() == name(state));
        CHECK(endpoint.rcv_nxt() == 302);
    }
}

TEST_CASE("CLOSE-WAIT, text behind the FIN: ignored")
{
    test::Endpoint endpoint = test::in(State::CloseWait);
    endpoint.gets("<SEQ=302><ACK=101><DATA=5><CTL=ACK>");
    CHECK(endpoint.connection.unread() == 0);
    CHECK(endpoint.rcv_nxt() == 302);
    CHECK(endpoint.receive().error == Error::closing);
}
