// RFC 9293, 3.10.8. Timeouts; 3.8.3. TCP Connection Failures; RFC 6298.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

// ---- retransmission (RFC 6298, 5) -----------------------------------------------------------------------------------

TEST_CASE(
    "a SYN without an answer: sent again after 1, 2, 4, 8, 16, 32 and 60 s and given up after 183 s (MUST-22, MUST-23)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint({}, numbers);
        endpoint.open();
        endpoint.wait(1h);
        CHECK(endpoint.sends_in_time() == "0 s <SEQ=100><CTL=SYN>\n"
                                          "1 s <SEQ=100><CTL=SYN>\n"
                                          "3 s <SEQ=100><CTL=SYN>\n"
                                          "7 s <SEQ=100><CTL=SYN>\n"
                                          "15 s <SEQ=100><CTL=SYN>\n"
                                          "31 s <SEQ=100><CTL=SYN>\n"
                                          "63 s <SEQ=100><CTL=SYN>\n"
                                          "123 s <SEQ=100><CTL=SYN>");
        CHECK(endpoint.state() == "CLOSED");
        CHECK(endpoint.tells() == "connection timed out: retransmitted until R2 without an answer");
        CHECK(endpoint.send("hello").error == std::errc::timed_out);
    }
}

TEST_CASE("a SYN without an answer: still in SYN-SENT just before R2 and CLOSED at it (MUST-22)")
{
    test::Endpoint endpoint({.r2_syn = 3s});
    endpoint.open();
    endpoint.wait(3s - 1ns);
    CHECK(endpoint.state() == "SYN-SENT");
    endpoint.wait(1ns);
    CHECK(endpoint.state() == "CLOSED");
}

TEST_CASE("a SYN,ACK without an answer: sent again and given up likewise, after a passive OPEN too (MUST-22, MUST-23)")
{
    test::Endpoint endpoint;
    endpoint.listen();
    endpoint.gets("<SEQ=300><CTL=SYN>");
    endpoint.wait(4s);
    CHECK(endpoint.sends_in_time() == "0 s <SEQ=100><ACK=301><CTL=SYN,ACK>\n"
                                      "1 s <SEQ=100><ACK=301><CTL=SYN,ACK>\n"
                                      "3 s <SEQ=100><ACK=301><CTL=SYN,ACK>");
    endpoint.wait(179s - 1ns);
    CHECK(endpoint.state() == "SYN-RECEIVED");
    endpoint.wait(1ns);
    CHECK(endpoint.state() == "CLOSED");
}

TEST_CASE("text without an ACK: sent again with back-off and given up after R2 of 100 s (SHLD-11, MUST-20)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::Established, {}, numbers);
        endpoint.send("hello");
        endpoint.wait(123s - 1ns);
        CHECK(endpoint.sends_in_time() == "0 s <SEQ=101><ACK=301><DATA=5><CTL=ACK>\n"
                                          "1 s <SEQ=101><ACK=301><DATA=5><CTL=ACK>\n"
                                          "3 s <SEQ=101><ACK=301><DATA=5><CTL=ACK>\n"
                                          "7 s <SEQ=101><ACK=301><DATA=5><CTL=ACK>\n"
                                          "15 s <SEQ=101><ACK=301><DATA=5><CTL=ACK>\n"
                                          "31 s <SEQ=101><ACK=301><DATA=5><CTL=ACK>\n"
                                          "63 s <SEQ=101><ACK=301><DATA=5><CTL=ACK>");
        CHECK(endpoint.last().text == "hello");
        CHECK(endpoint.last().retransmission);
        CHECK(endpoint.state() == "ESTABLISHED");
        endpoint.wait(1ns); // the first time that the timer fires behind R2
        CHECK(endpoint.state() == "CLOSED");
        CHECK(endpoint.receive().error == Error::timed_out);
    }
}

TEST_CASE("the user has chosen another R2: it holds (MUST-21)")
{
    test::Endpoint endpoint = test::in(State::Established, {.r2 = 5s});
    endpoint.send("hello");
    endpoint.wait(7s - 1ns);
    CHECK(endpoint.state() == "ESTABLISHED");
    endpoint.wait(1ns);
    CHECK(endpoint.state() == "CLOSED");
}

TEST_CASE("R2 counts from the front of the queue: what was acknowledged in between does not count")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.send("hello");
    endpoint.send("world");
    endpoint.wait(80s);
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>"); // hello has arrived after all
    endpoint.wait(99s);
    CHECK(endpoint.state() == "ESTABLISHED");
    endpoint.wait(61s);
    CHECK(endpoint.state() == "CLOSED");
}

TEST_CASE("a FIN without an ACK: sent again, and in FIN-WAIT-1, CLOSING and LAST-ACK given up after R2")
{
    for (const State state : {State::FinWait1, State::Closing, State::LastAck}) {
        for (const test::Numbers& numbers : test::both) {
            CAPTURE(name(state));
            CAPTURE(numbers.name);
            test::Endpoint endpoint = test::in(state, {}, numbers);
            const std::string fin = "<SEQ=101><ACK=" + std::to_string(endpoint.rcv_nxt()) + "><CTL=FIN,ACK>";
            endpoint.wait(3s);
            CHECK(endpoint.sends_in_time() == std::string("1 s ").append(fin).append("\n3 s ").append(fin));
            endpoint.wait(120s);
            CHECK(endpoint.state() == "CLOSED");
        }
    }
}

TEST_CASE("text and FIN without an ACK: one segment carries both again")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.send("hello");
    endpoint.close();
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=5><CTL=ACK>\n<SEQ=106><ACK=301><CTL=FIN,ACK>");
    endpoint.wait(1s);
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=5><CTL=FIN,ACK>");
    endpoint.gets("<SEQ=301><ACK=107><CTL=ACK>");
    CHECK(endpoint.state() == "FIN-WAIT-2");
}

TEST_CASE("CLOSE in SYN-RECEIVED before the ACK of our SYN: the SYN,ACK is sent again first and then the FIN")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::SynReceived, {}, numbers);
        endpoint.close();
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=FIN,ACK>");
        endpoint.wait(1s);
        CHECK(endpoint.sends() == "<SEQ=100><ACK=301><CTL=SYN,ACK>");
        endpoint.gets("<SEQ=301><ACK=101><CTL=ACK>");
        CHECK(endpoint.state() == "FIN-WAIT-1");
        endpoint.wait(2s);
        CHECK(endpoint.sends() == "<SEQ=101><ACK=301><CTL=FIN,ACK>");
        endpoint.gets("<SEQ=301><ACK=102><CTL=ACK>");
        CHECK(endpoint.state() == "FIN-WAIT-2");
        CHECK_FALSE(endpoint.runs(TimerKind::retransmission));
    }
}

TEST_CASE("a retransmission after the peer has sent: it acknowledges what came in between")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.send("hello");
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK>");
    endpoint.sends();
    endpoint.wait(1s);
    CHECK(endpoint.sends() == "<SEQ=101><ACK=306><DATA=5><CTL=ACK>");
}

TEST_CASE("a timeout with three segments outstanding: only the earliest is sent again (RFC 6298, 5.4-5.6)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=4>");
    endpoint.send("abcdefghijkl");
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=4><CTL=ACK>\n"
                              "<SEQ=105><ACK=301><DATA=4><CTL=ACK>\n"
                              "<SEQ=109><ACK=301><DATA=4><CTL=ACK>");
    endpoint.wait(1s);
    CHECK(endpoint.sends() == "<SEQ=101><ACK=301><DATA=4><CTL=ACK>");
    CHECK(endpoint.last().text == "abcd");
    endpoint.gets("<SEQ=301><ACK=105><CTL=ACK>");
    CHECK(endpoint.left(TimerKind::retransmission) == 2s); // 5.3: started anew, and still backed off (Karn)
    endpoint.wait(2s);
    CHECK(endpoint.last().text == "efgh");
}

TEST_CASE("the timer: started by the first segment, restarted by an ACK, stopped by the last (RFC 6298, 5.1-5.3)")
{
    test::Endpoint endpoint = test::in(State::Established);
    CHECK_FALSE(endpoint.runs(TimerKind::retransmission));
    endpoint.send("hello");
    endpoint.wait(300ms);
    endpoint.send("world");
    CHECK(endpoint.left(TimerKind::retransmission) == 700ms); // 5.1: it runs on
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
    CHECK(endpoint.left(TimerKind::retransmission) == 1s); // 5.3
    endpoint.wait(200ms);
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>"); // a duplicate tells nothing
    CHECK(endpoint.left(TimerKind::retransmission) == 800ms);
    endpoint.gets("<SEQ=301><ACK=111><CTL=ACK>");
    CHECK_FALSE(endpoint.runs(TimerKind::retransmission)); // 5.2
    CHECK_FALSE(endpoint.runs(TimerKind::user_timeout));
}

// ---- round trips (RFC 6298, 2 and 3) --------------------------------------------------------------------------------

TEST_CASE("round trips are measured: SRTT, RTTVAR and RTO as computed by hand (MUST-18, RFC 6298, 2.2, 2.3)")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint({}, numbers);
        endpoint.open();
        endpoint.wait(400ms);
        endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
        CHECK(endpoint.connection.rto().srtt() == 400ms);
        CHECK(endpoint.connection.rto().rttvar() == 200ms);
        CHECK(endpoint.connection.rto().rto() == 1200ms);

        endpoint.send("hello");
        endpoint.wait(800ms);
        endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
        CHECK(endpoint.connection.rto().rttvar() == 250ms); // 3/4 200 + 1/4 |400 - 800|
        CHECK(endpoint.connection.rto().srtt() == 450ms);   // 7/8 400 + 1/8 800
        CHECK(endpoint.connection.rto().rto() == 1450ms);
    }
}

TEST_CASE("text that was sent twice: its ACK is no measurement and the back-off stays (MUST-18, RFC 6298, 3 karn)")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.send("hello");
    endpoint.wait(1500ms);
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
    CHECK(endpoint.connection.rto().srtt() == 0s);
    CHECK(endpoint.connection.rto().rto() == 2s);

    endpoint.send("world"); // sent once: this one counts, and ends the back-off
    endpoint.wait(100ms);
    endpoint.gets("<SEQ=301><ACK=111><CTL=ACK>");
    CHECK(endpoint.connection.rto().srtt() == 100ms);
    CHECK(endpoint.connection.rto().rto() == 1s); // the least, 2.4
}

TEST_CASE("several segments under way: one is measured at a time")
{
    test::Endpoint endpoint = test::in(State::Established);
    endpoint.send("hello");
    endpoint.wait(100ms);
    endpoint.send("world");
    endpoint.wait(100ms);
    endpoint.gets("<SEQ=301><ACK=111><CTL=ACK>"); // of both: the first was sent 200 ms ago
    CHECK(endpoint.connection.rto().srtt() == 200ms);
}

TEST_CASE("a lost SYN: the RTO is 3 s when text begins (RFC 6298, 5.7)")
{
    test::Endpoint endpoint;
    endpoint.open();
    endpoint.wait(1100ms);
    endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
    CHECK(endpoint.connection.rto().rto() == 3s);
    endpoint.send("hello");
    CHECK(endpoint.left(TimerKind::retransmission) == 3s);
}

TEST_CASE("a lost SYN,ACK: the RTO is 3 s when text begins (RFC 6298, 5.7)")
{
    test::Endpoint endpoint = test::in(State::SynReceived);
    endpoint.wait(1100ms);
    endpoint.gets("<SEQ=301><ACK=101><CTL=ACK>");
    CHECK(endpoint.connection.rto().rto() == 3s);
}

TEST_CASE("a SYN answered at once: the RTO stays 1 s (RFC 6298, 2.1, 2.4)")
{
    test::Endpoint endpoint;
    endpoint.open();
    CHECK(endpoint.left(TimerKind::retransmission) == 1s);
    endpoint.wait(20ms);
    endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
    CHECK(endpoint.connection.rto().rto() == 1s);
}

TEST_CASE("the SYN goes out again in a simultaneous open: its ACK is no measurement (RFC 6298, 3 karn)")
{
    test::Endpoint endpoint;
    endpoint.open();
    endpoint.wait(100ms);
    endpoint.gets("<SEQ=300><CTL=SYN>");
    CHECK(endpoint.left(TimerKind::retransmission) == 900ms); // the SYN's timer runs on
    endpoint.wait(100ms);
    endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
    CHECK(endpoint.connection.rto().srtt() == 0s);
}

// ---- user timeout ---------------------------------------------------------------------------------------------------

TEST_CASE("text unacknowledged for the user timeout: aborted with the RFC's sentence")
{
    test::Endpoint endpoint = test::in(State::Established, {.user_timeout = 20s});
    endpoint.wait(10s);
    endpoint.send("hello");
    endpoint.wait(20s - 1ns);
    CHECK(endpoint.state() == "ESTABLISHED");
    endpoint.sends();
    endpoint.wait(1ns);
    CHECK(endpoint.state() == "CLOSED");
    CHECK(endpoint.tells().ends_with("connection aborted due to user timeout"));
    CHECK(endpoint.sends() == "");
    const std::error_code error = endpoint.receive().error;
    CHECK(error.message() == "connection aborted due to user timeout");
    CHECK(error == std::errc::timed_out);
}

TEST_CASE("an ACK of new text: the user timeout begins again")
{
    test::Endpoint endpoint = test::in(State::Established, {.user_timeout = 20s});
    endpoint.send("hello");
    endpoint.send("world");
    endpoint.wait(15s);
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
    endpoint.wait(20s - 1ns);
    CHECK(endpoint.state() == "ESTABLISHED");
    endpoint.wait(1ns);
    CHECK(endpoint.state() == "CLOSED");
}

TEST_CASE("the user timeout is off: R2 alone decides")
{
    test::Endpoint endpoint = test::in(State::Established, {.r2 = 24h, .user_timeout = 0s});
    endpoint.send("hello");
    endpoint.wait(20h);
    CHECK(endpoint.state() == "ESTABLISHED");
}

// ---- other options while the connection exists (docs/decisions/0012) ------------------------------------------------

namespace {

void change(test::Endpoint& endpoint, const ConnectionOptions& options)
{
    endpoint.connection.set_options(
        std::make_shared<const ConnectionOptions>(options_while_open(endpoint.connection.options(), options)));
}

} // namespace

TEST_CASE("other options: what the opening told the peer or allocated stays, all else is taken over")
{
    const ConnectionOptions opened_with{.send_buffer = 1, .receive_buffer = 2, .mss = 3, .reads = true};
    const ConnectionOptions options = options_while_open(
        opened_with, {.msl = 4s, .user_timeout = 5s, .send_buffer = 6, .receive_buffer = 7, .mss = 8, .rfc1337 = true});
    CHECK(options.send_buffer == 1);
    CHECK(options.receive_buffer == 2);
    CHECK(options.mss == 3);
    CHECK(options.reads);
    CHECK(options.msl == 4s);
    CHECK(options.user_timeout == 5s);
    CHECK(options.rfc1337);
}

TEST_CASE("another user timeout: the timer that runs runs on, and the next ACK begins the new one")
{
    test::Endpoint endpoint = test::in(State::Established, {.user_timeout = 20s});
    endpoint.send("hello");
    endpoint.send("world");
    change(endpoint, {.user_timeout = 5s});
    CHECK(endpoint.left(TimerKind::user_timeout) == 20s);
    endpoint.wait(1ms);
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
    CHECK(endpoint.left(TimerKind::user_timeout) == 5s);
}

TEST_CASE("the user timeout is turned off while it runs: the next ACK ends it")
{
    test::Endpoint endpoint = test::in(State::Established, {.user_timeout = 20s});
    endpoint.send("hello");
    endpoint.send("world");
    change(endpoint, {.r2 = 24h, .user_timeout = 0s});
    CHECK(endpoint.runs(TimerKind::user_timeout));
    endpoint.wait(15s);
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
    CHECK_FALSE(endpoint.runs(TimerKind::user_timeout));
    endpoint.wait(1h);
    CHECK(endpoint.state() == "ESTABLISHED");
}

TEST_CASE("the user timeout is turned on: it begins with the next ACK of a part, or the next text")
{
    test::Endpoint endpoint = test::in(State::Established, {.user_timeout = 0s});
    endpoint.send("hello");
    endpoint.send("world");
    change(endpoint, {.user_timeout = 5s});
    CHECK_FALSE(endpoint.runs(TimerKind::user_timeout));
    endpoint.gets("<SEQ=301><ACK=106><CTL=ACK>");
    CHECK(endpoint.left(TimerKind::user_timeout) == 5s);
}

TEST_CASE("retries instead of R2, or R2 instead of them: what was sent again before counts")
{
    test::Endpoint by_time = test::in(State::Established, {.r2 = 100s});
    by_time.send("hello");
    by_time.wait(8s); // sent again after 1, 3 and 7 s
    change(by_time, {.retries = 3});
    by_time.wait(7s - 1ns);
    CHECK(by_time.state() == "ESTABLISHED");
    by_time.wait(1ns);
    CHECK(by_time.state() == "CLOSED");

    test::Endpoint by_number = test::in(State::Established, {.retries = 15});
    by_number.send("hello");
    by_number.wait(8s);
    change(by_number, {.r2 = 10s});
    by_number.wait(7s);
    CHECK(by_number.state() == "CLOSED");
}

TEST_CASE("another MSL: the 2 MSL timer that runs runs on, and the FIN again starts the new one")
{
    test::Endpoint endpoint = test::in(State::TimeWait);
    change(endpoint, {.msl = 5s});
    CHECK(endpoint.left(TimerKind::time_wait) > 10s);
    endpoint.gets("<SEQ=301><ACK=102><CTL=FIN,ACK>");
    CHECK(endpoint.left(TimerKind::time_wait) == 10s);
}

// ---- no timers ------------------------------------------------------------------------------------------------------

TEST_CASE("an ESTABLISHED connection with nothing to say: no timer runs and it stays for ever")
{
    test::Endpoint endpoint = test::in(State::Established);
    CHECK_FALSE(endpoint.connection.next_timer().running());
    endpoint.wait(100 * 24h);
    CHECK(endpoint.state() == "ESTABLISHED");
    CHECK(endpoint.sends() == "");
}

// ---- 2 MSL ----------------------------------------------------------------------------------------------------------

TEST_CASE("TIME-WAIT: 2 MSL to the nanosecond and no other timer runs (MUST-13)")
{
    test::Endpoint endpoint = test::in(State::TimeWait, {.msl = 30s});
    for (const TimerKind kind : {TimerKind::retransmission, TimerKind::user_timeout, TimerKind::fin_wait_2})
        CHECK_FALSE(endpoint.runs(kind));
    endpoint.wait(60s - 1ns);
    CHECK(endpoint.state() == "TIME-WAIT");
    endpoint.wait(1ns);
    CHECK(endpoint.moves() == "CLOSED");
    CHECK(endpoint.sends() == "");
    CHECK(endpoint.tells() == "");
}

TEST_CASE("TIME-WAIT from CLOSING: our FIN's timer is off, and text of ours that waited is no more")
{
    test::Endpoint endpoint = test::in(State::Closing);
    CHECK(endpoint.runs(TimerKind::retransmission));
    endpoint.gets("<SEQ=302><ACK=102><CTL=ACK>");
    CHECK_FALSE(endpoint.runs(TimerKind::retransmission));
    CHECK(endpoint.left(TimerKind::time_wait) == 240s);
}

TEST_CASE("TIME-WAIT, the FIN again: acknowledged again and 2 MSL begin anew")
{
    for (const test::Numbers& numbers : test::both) {
        CAPTURE(numbers.name);
        test::Endpoint endpoint = test::in(State::TimeWait, {.msl = 30s}, numbers);
        endpoint.wait(50s);
        endpoint.gets("<SEQ=301><ACK=102><CTL=FIN,ACK>");
        CHECK(endpoint.sends() == "<SEQ=102><ACK=302><CTL=ACK>");
        CHECK(endpoint.left(TimerKind::time_wait) == 60s);
        endpoint.wait(60s - 1ns);
        CHECK(endpoint.state() == "TIME-WAIT");
        endpoint.wait(1ns);
        CHECK(endpoint.state() == "CLOSED");
    }
}

TEST_CASE("TIME-WAIT, the FIN again with text that was taken before: acknowledged again and 2 MSL begin anew")
{
    test::Endpoint endpoint = test::in(State::FinWait2, {.msl = 30s});
    endpoint.gets("<SEQ=301><ACK=102><DATA=5><CTL=FIN,ACK>");
    endpoint.wait(50s);
    endpoint.sends();
    endpoint.gets("<SEQ=301><ACK=102><DATA=5><CTL=FIN,ACK>");
    CHECK(endpoint.sends() == "<SEQ=102><ACK=307><CTL=ACK>");
    CHECK(endpoint.left(TimerKind::time_wait) == 60s);
    CHECK(endpoint.receive().octets == "abcde");
}

TEST_CASE("TIME-WAIT, anything but the FIN: 2 MSL go on")
{
    test::Endpoint endpoint = test::in(State::TimeWait, {.msl = 30s});
    endpoint.wait(50s);
    endpoint.gets("<SEQ=302><ACK=102><CTL=ACK>");         // an ACK
    endpoint.gets("<SEQ=295><ACK=102><DATA=3><CTL=ACK>"); // an old duplicate
    endpoint.gets("<SEQ=305><CTL=SYN>");                  // a SYN
    CHECK(endpoint.left(TimerKind::time_wait) == 10s);
}

TEST_CASE("TIME-WAIT of zero: the state is passed through at once")
{
    test::Endpoint endpoint = test::in(State::FinWait2, {.time_wait = 0s});
    endpoint.gets("<SEQ=301><ACK=102><CTL=FIN,ACK>");
    CHECK(endpoint.state() == "TIME-WAIT");
    endpoint.wait(0s);
    CHECK(endpoint.moves() == "TIME-WAIT, CLOSED");
    CHECK(endpoint.sends() == "<SEQ=102><ACK=302><CTL=ACK>");
}

// ---- linux ----------------------------------------------------------------------------------------------------------

TEST_CASE("linux tcp_fin_timeout: an orphaned FIN-WAIT-2 ends, one that somebody reads stays")
{
    const ConnectionOptions options{.fin_timeout = 60s, .half_duplex_close = true};
    test::Endpoint orphan = test::in(State::FinWait2, options);
    orphan.wait(60s - 1ns);
    CHECK(orphan.state() == "FIN-WAIT-2");
    orphan.wait(1ns);
    CHECK(orphan.state() == "CLOSED");

    test::Endpoint read = test::in(State::Established, options);
    read.shutdown();
    read.gets("<SEQ=301><ACK=102><CTL=ACK>");
    read.wait(1h);
    CHECK(read.state() == "FIN-WAIT-2");
    read.close(); // now it is an orphan too
    read.wait(60s);
    CHECK(read.state() == "CLOSED");
}

TEST_CASE("linux tcp_syn_retries and tcp_syn_linear_timeouts: four times after 1 s and then with back-off")
{
    test::Endpoint endpoint({.syn_retries = 2, .syn_linear_timeouts = 4});
    endpoint.open();
    endpoint.wait(1h);
    CHECK(endpoint.sends_in_time() == "0 s <SEQ=100><CTL=SYN>\n"
                                      "1 s <SEQ=100><CTL=SYN>\n"
                                      "2 s <SEQ=100><CTL=SYN>\n"
                                      "3 s <SEQ=100><CTL=SYN>\n"
                                      "4 s <SEQ=100><CTL=SYN>\n"
                                      "5 s <SEQ=100><CTL=SYN>\n"
                                      "7 s <SEQ=100><CTL=SYN>");
    CHECK(endpoint.state() == "CLOSED");
}

TEST_CASE("linux tcp_retries2: so many retransmissions, whatever time they take")
{
    test::Endpoint endpoint = test::in(State::Established, {.retries = 3});
    endpoint.send("hello");
    endpoint.wait(1h);
    CHECK(endpoint.sends_in_time() == "0 s <SEQ=101><ACK=301><DATA=5><CTL=ACK>\n"
                                      "1 s <SEQ=101><ACK=301><DATA=5><CTL=ACK>\n"
                                      "3 s <SEQ=101><ACK=301><DATA=5><CTL=ACK>\n"
                                      "7 s <SEQ=101><ACK=301><DATA=5><CTL=ACK>");
    CHECK(endpoint.state() == "CLOSED");
}
