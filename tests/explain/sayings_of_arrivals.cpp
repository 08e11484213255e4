#include "explain/sayings.hpp"

namespace tcpsm::test {

std::vector<Saying> sayings_of_arrivals()
{
    using enum State;
    return {
        // ---- opening
        {"A got B's SYN in LISTEN, so it answers with SYN,ACK: the new connection is in SYN-RECEIVED.",
         [](Alone& w) {
             w.is_in(Listen);
             w.gets("<SEQ=300><CTL=SYN>");
         }},
        {"A got B's SYN in SYN-SENT before any answer to its own, so both open at once: it answers with SYN,ACK and is "
         "in SYN-RECEIVED.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><CTL=SYN>");
         }},
        {"A got another SYN in SYN-RECEIVED: it forgets this opening and is back in LISTEN.",
         [](Alone& w) {
             w.is_in(SynReceived);
             w.gets("<SEQ=310><CTL=SYN>");
         }},
        {"A got B's SYN,ACK in SYN-SENT: its SYN is acknowledged, so the connection is ESTABLISHED.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
         }},
        {"A got B's SYN,ACK in SYN-RECEIVED: its SYN is acknowledged, so the connection is ESTABLISHED.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><CTL=SYN>");
             w.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
         }},
        {"A got inject.1 (SYN,FIN,ACK) in SYN-SENT, which means several things at once: by way of ESTABLISHED, it is "
         "in CLOSE-WAIT.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><ACK=101><CTL=SYN,FIN,ACK>");
         }},
        {"A got the ACK of its SYN in SYN-RECEIVED, so the connection is ESTABLISHED.",
         [](Alone& w) {
             w.is_in(SynReceived);
             w.gets("<SEQ=301><ACK=101><CTL=ACK>");
         }},
        {"A got the ACK of its SYN in SYN-RECEIVED, and 10 octets with it, so the connection is ESTABLISHED.",
         [](Alone& w) {
             w.is_in(SynReceived);
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
         }},
        {"A got the ACK of its SYN and B's FIN in one segment: by way of ESTABLISHED, it is in CLOSE-WAIT.",
         [](Alone& w) {
             w.is_in(SynReceived);
             w.gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
         }},
        {"A got the ACK of its SYN in SYN-RECEIVED. close() has waited for that: by way of ESTABLISHED, it is in "
         "FIN-WAIT-1.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><CTL=SYN>");
             w.socket.send("hello");
             w.socket.close();
             w.gets("<SEQ=301><ACK=101><CTL=ACK>");
         }},
        // ---- closing
        {"A got B's FIN in ESTABLISHED: B has nothing more to send, so A is in CLOSE-WAIT.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
         }},
        {"A got the ACK of its FIN in FIN-WAIT-1, so it is in FIN-WAIT-2 and waits for B's FIN.",
         [](Alone& w) {
             w.is_in(FinWait1);
             w.gets("<SEQ=301><ACK=102><CTL=ACK>");
         }},
        {"A got the ACK of its FIN in FIN-WAIT-1, and 10 octets with it, so it is in FIN-WAIT-2 and waits for B's FIN.",
         [](Alone& w) {
             w.is_in(FinWait1);
             w.gets("<SEQ=301><ACK=102><DATA=10><CTL=ACK>");
         }},
        {"A got the ACK of its FIN in CLOSING: both FINs are acknowledged on its side, so it waits out 2 MSL in "
         "TIME-WAIT.",
         [](Alone& w) {
             w.is_in(Closing);
             w.gets("<SEQ=302><ACK=102><CTL=ACK>");
         }},
        {"A got the ACK of its FIN in LAST-ACK, so the connection is CLOSED.",
         [](Alone& w) {
             w.is_in(LastAck);
             w.gets("<SEQ=302><ACK=102><CTL=ACK>");
         }},
        {"A got B's FIN in FIN-WAIT-1, but not the ACK of its own: both close at once, so it is in CLOSING.",
         [](Alone& w) {
             w.is_in(FinWait1);
             w.gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
         }},
        {"A got B's FIN and the ACK of its own in one segment, so it goes from FIN-WAIT-1 straight to TIME-WAIT and "
         "waits out 2 MSL.",
         [](Alone& w) {
             w.is_in(FinWait1);
             w.gets("<SEQ=301><ACK=102><CTL=FIN,ACK>");
         }},
        {"A got B's FIN in FIN-WAIT-2, so it acknowledges it and waits out 2 MSL in TIME-WAIT, in case the FIN comes "
         "again.",
         [](Alone& w) {
             w.is_in(FinWait2);
             w.gets("<SEQ=301><ACK=102><CTL=FIN,ACK>");
         }},
        {"A got B's FIN again in TIME-WAIT: its ACK may not have arrived, so it answers once more and starts 2 MSL "
         "anew.",
         [](Alone& w) {
             w.is_in(TimeWait);
             w.gets("<SEQ=301><ACK=102><CTL=FIN,ACK>");
         }},
        {"A got a second FIN from B in CLOSE-WAIT: the first one counts, so it only acknowledges.",
         [](Alone& w) {
             w.is_in(CloseWait);
             w.gets("<SEQ=302><ACK=101><CTL=FIN,ACK>");
         }},
        {"A got B's FIN too early in ESTABLISHED: octets from 301 on are missing, so it keeps the FIN, and its ACK "
         "asks for 301.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=311><ACK=101><CTL=FIN,ACK>");
         }},
        {"A got in ESTABLISHED the octets that were missing before B's FIN: now the FIN counts, so it is in "
         "CLOSE-WAIT.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=311><ACK=101><CTL=FIN,ACK>");
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
         }},
        // ---- text
        {"A got 10 octets from B in ESTABLISHED and acknowledges them.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
         }},
        {"A got 1 octet from B too early in FIN-WAIT-2: those from 301 on are missing, so it keeps them, and its ACK "
         "asks for 301.",
         [](Alone& w) {
             w.is_in(FinWait2);
             w.gets("<SEQ=302><ACK=102><DATA=1><CTL=ACK>");
         }},
        {"A got 10 octets from B in ESTABLISHED that were missing: with what it kept behind them, it acknowledges all "
         "before 316.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=311><ACK=101><DATA=5><CTL=ACK>");
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
         }},
        {"A got text from B in CLOSE-WAIT, but nothing can follow a FIN: it ignores the text.",
         [](Alone& w) {
             w.is_in(CloseWait);
             w.gets("<SEQ=302><ACK=101><DATA=10><CTL=ACK>");
         }},
        {"A got 10 octets from B in FIN-WAIT-2 that nobody will read any more: it answers with a RST, and the "
         "connection is CLOSED.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.close();
             w.gets("<SEQ=301><ACK=102><CTL=ACK>");
             w.gets("<SEQ=301><ACK=102><DATA=10><CTL=ACK>");
         },
         with({.half_duplex_close = true})},
        // ---- acknowledgments
        {"A got B's ACK in ESTABLISHED: all that it has sent is acknowledged.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send("hello");
             w.gets("<SEQ=301><ACK=106><CTL=ACK>");
         }},
        {"A got B's ACK in ESTABLISHED: what lies before 103 is acknowledged, the rest not yet.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send("hello");
             w.gets("<SEQ=301><ACK=103><CTL=ACK>");
         }},
        {"A got B's ACK in LAST-ACK, which does not cover its FIN, so it waits on.",
         [](Alone& w) {
             w.is_in(LastAck);
             w.gets("<SEQ=302><ACK=101><CTL=ACK>");
         }},
        {"A got B's ACK in TIME-WAIT: it says nothing new.",
         [](Alone& w) {
             w.is_in(TimeWait);
             w.gets("<SEQ=302><ACK=102><CTL=ACK>");
         }},
        {"A got an old ACK of B in ESTABLISHED: a later one has come before it, so it says nothing new.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send("hello");
             w.gets("<SEQ=301><ACK=106><CTL=ACK>");
             w.gets("<SEQ=301><ACK=103><CTL=ACK>");
         }},
        {"A got B's ACK in ESTABLISHED: it acknowledges nothing new, but the window is now 2000 octets.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
             w.gets("<SEQ=301><ACK=101><CTL=ACK><WND=2000>");
         }},
        {"A got B's ACK in ESTABLISHED.",
         [](Alone& w) {
             w.is_in(Established);
             w.clear_history();
             w.gets("<SEQ=301><ACK=101><CTL=ACK>");
         }},
        // ---- resets
        {"A got B's RST in ESTABLISHED, exactly where it expects the next octet, so the connection is CLOSED at once.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><CTL=RST>");
         }},
        {"A got B's RST in SYN-SENT, which acknowledges its SYN: the connection is refused, and CLOSED.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=0><ACK=101><CTL=RST,ACK>");
         }},
        {"A got B's RST in SYN-RECEIVED after opening actively: the connection is refused, and CLOSED.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><CTL=SYN>");
             w.gets("<SEQ=301><CTL=RST>");
         }},
        {"A got B's RST in SYN-RECEIVED: this opening has come to nothing, so it is back in LISTEN.",
         [](Alone& w) {
             w.is_in(SynReceived);
             w.gets("<SEQ=301><CTL=RST>");
         }},
        {"A got B's RST in TIME-WAIT: the wait ends before its time, and the connection is CLOSED.",
         [](Alone& w) {
             w.is_in(TimeWait);
             w.gets("<SEQ=302><CTL=RST>");
         }},
        {"A got B's RST in TIME-WAIT, but tcp_rfc1337 is on: it ignores the RST and waits on.",
         [](Alone& w) {
             w.is_in(TimeWait);
             w.gets("<SEQ=302><CTL=RST>");
         },
         with({.rfc1337 = true})},
    };
}

std::vector<Saying> sayings_of_refusals()
{
    using enum State;
    return {
        // ---- CLOSED
        {"A got B's SYN, but nobody listens on port 80: it answers with a RST.",
         [](Alone& w) {
             w.port = 80;
             w.gets("<SEQ=300><CTL=SYN>");
         }},
        {"A got inject.1 (ACK), but it has no such connection: it answers with a RST.",
         [](Alone& w) {
             w.port = 80;
             w.gets("<SEQ=301><ACK=101><CTL=ACK>");
         }},
        {"A got B's RST, but it has no such connection: there is nothing to reset.",
         [](Alone& w) {
             w.port = 80;
             w.gets("<SEQ=301><CTL=RST>");
         }},
        // ---- LISTEN
        {"A got B's RST in LISTEN: it has sent nothing that a RST could answer, so it drops it.",
         [](Alone& w) {
             w.is_in(Listen);
             w.gets("<SEQ=300><CTL=RST>");
         }},
        {"A got inject.1 (ACK, 10 octets) in LISTEN: it has sent nothing that could be acknowledged, so it answers "
         "with a RST.",
         [](Alone& w) {
             w.is_in(Listen);
             w.gets("<SEQ=300><ACK=100><DATA=10><CTL=ACK>");
         }},
        {"A got inject.1 (FIN) in LISTEN: it opens no connection and belongs to none, so it is dropped.",
         [](Alone& w) {
             w.is_in(Listen);
             w.gets("<SEQ=300><CTL=FIN>");
         }},
        {"A got inject.1 (no control bits, 1 octet) in LISTEN: it opens no connection and belongs to none, so it is "
         "dropped.",
         [](Alone& w) {
             w.is_in(Listen);
             w.gets("<SEQ=300><DATA=1>");
         }},
        {"A got B's SYN in LISTEN, but its queue of connections is full: it drops the SYN and says nothing.",
         [](Alone& w) {
             w.port = 80;
             w.a.listen(80, {.backlog = 0});
             w.gets("<SEQ=300><CTL=SYN>");
         }},
        {"inject.6 (ACK) ends the handshake, but as many connections wait to be accepted at A#3 as there is room for: "
         "it is dropped, and A#3 will send its SYN,ACK again.",
         [](Alone& w) {
             w.port = 80;
             w.a.listen(80, {.backlog = 2});
             const auto syn = [&](Port from) { w.peer_port = from, w.gets("<SEQ=300><CTL=SYN>"); };
             const auto ack = [&](Port from, std::uint32_t connection) {
                 w.peer_port = from;
                 const Seq next = w.a.connection(connection).standing().tcb().snd.nxt;
                 w.gets("<SEQ=301><ACK=" + std::to_string(next.value()) + "><CTL=ACK>");
             };
             syn(5001), syn(5002), ack(5001, 1), syn(5003), ack(5002, 2), ack(5003, 3);
         }},
        {"inject.1 (SYN) reaches A, but A is down: nobody hears it.",
         [](Alone& w) {
             w.is_in(Listen);
             w.a.crash();
             w.gets("<SEQ=300><CTL=SYN>");
         }},
        // ---- SYN-SENT
        {"A got inject.1 (ACK) in SYN-SENT, and it does not acknowledge its SYN: it answers with a RST and waits on.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><ACK=99><CTL=ACK>");
         }},
        {"A got B's RST in SYN-SENT, but it does not acknowledge its SYN: it drops the RST and waits on.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><ACK=99><CTL=RST,ACK>");
         }},
        {"A got B's RST without an ACK in SYN-SENT: that does not answer its SYN, so it drops it and waits on.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><CTL=RST>");
         }},
        {"A got inject.1 (ACK) in SYN-SENT, but B's SYN has not come yet: it drops it and waits on.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><ACK=101><CTL=ACK>");
         }},
        // ---- the window
        {"A got B's FIN again in LAST-ACK: it has had it before, so it only acknowledges it once more.",
         [](Alone& w) {
             w.is_in(LastAck);
             w.gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
         }},
        {"A got B's SYN,ACK again in ESTABLISHED: it has had it before, so it only acknowledges it once more.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
         }},
        {"A got B's SYN again in SYN-RECEIVED: it has had it before, so it only acknowledges it once more.",
         [](Alone& w) {
             w.is_in(SynReceived);
             w.gets("<SEQ=300><CTL=SYN>");
         }},
        {"A got 10 octets from B again in ESTABLISHED: it has had them before, so it drops them and says once more "
         "what it expects.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
         }},
        {"A got inject.2 (ACK) in ESTABLISHED, which lies before what it expects: it drops it and answers with an ACK.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=290><ACK=101><CTL=ACK>");
         }},
        {"A got inject.2 (ACK) in ESTABLISHED, which lies outside its window: it drops it and answers with an ACK.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=65836><ACK=101><CTL=ACK>");
         }},
        {"A got B's RST in ESTABLISHED, but it lies outside its window: it drops the RST.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=300><CTL=RST>");
         }},
        {"A got inject.3 (ACK, 5 octets) in ESTABLISHED, but its window is 0: it has no room for it, and its ACK says "
         "so.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
             w.gets("<SEQ=311><ACK=101><DATA=5><CTL=ACK>");
         },
         with({.receive_buffer = 10})},
        // ---- the bits
        {"A got B's RST in ESTABLISHED, in the window but not exactly where it expects the next octet: it may be "
         "forged, so A answers with a challenge ACK.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=302><CTL=RST>");
         }},
        {"A got a SYN from B in ESTABLISHED: it cannot belong to a connection that is open already, so A answers with "
         "a challenge ACK.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=310><CTL=SYN>");
         }},
        {"A got inject.2 (no control bits, 10 octets) in ESTABLISHED without the ACK bit: it drops it.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><DATA=10>");
         }},
        {"A got inject.2 (ACK) in ESTABLISHED, which acknowledges what it has never sent: it drops it and answers with "
         "an ACK.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=102><CTL=ACK>");
         }},
        {"A got inject.2 (ACK) in SYN-RECEIVED, which does not acknowledge its SYN: it answers with a RST.",
         [](Alone& w) {
             w.is_in(SynReceived);
             w.gets("<SEQ=301><ACK=200><CTL=ACK>");
         }},
        {"A got inject.2 (ACK) in ESTABLISHED, whose ACK is too old to be true: it drops it and answers with an ACK.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=4294900000><CTL=ACK>");
         }},
    };
}

} // namespace tcpsm::test
