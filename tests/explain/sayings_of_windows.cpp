#include "explain/sayings.hpp"

namespace tcpsm::test {
namespace {

constexpr std::string_view opened = "<SEQ=300><ACK=101><CTL=SYN,ACK>";

ConnectionOptions reno()
{
    return {.congestion = CongestionControl::reno};
}

/// An active OPEN whose SYN,ACK has options.
void open_with(Alone& w, std::string_view options)
{
    w.opens();
    w.gets(std::string(opened) + std::string(options));
}

/// Segments of 536 octets are on their way, from 101 on, and the first of them is missing at the peer.
void lose_the_first(Alone& w)
{
    open_with(w, "");
    w.socket.send(std::string(10'000, 'x'));
    for (int i = 0; i < 3; ++i) w.gets("<SEQ=301><ACK=101><CTL=ACK>");
}

void close_a_connection_of_a_listener(Alone& w)
{
    w.is_in(State::SynReceived);
    w.gets("<SEQ=301><ACK=101><CTL=ACK>");
    w.accepts();
    w.socket.close();
    w.gets("<SEQ=301><ACK=102><CTL=FIN,ACK>");
}

void twice(Alone& w, std::string_view segment)
{
    w.gets(segment);
    w.gets(segment);
}

} // namespace

std::vector<Saying> sayings_of_windows()
{
    using enum State;
    ConnectionOptions with_sack = reno();
    with_sack.sack = true;
    with_sack.initial_window = 10;
    return {
        {"A#2 got B's SYN in TIME-WAIT, newer than all that the old connection sent: the old one is CLOSED, and a new "
         "one is in SYN-RECEIVED.",
         [](Alone& w) {
             close_a_connection_of_a_listener(w);
             w.gets("<SEQ=5000><CTL=SYN>");
         }},
        {"A got 10 octets from B in ESTABLISHED; the ACK may wait a little for something to go with.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
         },
         with({.delayed_ack = 200ms})},
        {"A got B's URG bit in ESTABLISHED: what lies before 306 is urgent.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><CTL=URG,ACK><UP=5>");
         }},
        // ---- acknowledgments of nothing new
        {"A got a duplicate ACK from B in ESTABLISHED: it still asks for 101, so what begins there may be late or "
         "lost.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send("hello");
             w.gets("<SEQ=301><ACK=101><CTL=ACK>");
         }},
        {"A got B's ACK in ESTABLISHED: its window is still 0.",
         [](Alone& w) {
             w.is_in(Established);
             twice(w, "<SEQ=301><ACK=101><CTL=ACK><WND=0>");
         }},
        {"A got B's ACK in ESTABLISHED: it acknowledges nothing new, but the window is now 2000 octets.",
         [](Alone& w) {
             open_with(w, "<WS=2>");
             w.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
             w.gets("<SEQ=301><ACK=101><CTL=ACK><WND=500>");
         },
         with({.window_scaling = true})},
        {"A got B's ACK in ESTABLISHED: it says nothing new, but it answers the keep-alive probe, so B is there.",
         [](Alone& w) {
             w.is_in(Established);
             w.waits();
             w.gets("<SEQ=301><ACK=101><CTL=ACK>");
         },
         with(alive())},
        // ---- what is taken for lost
        {"A got the third duplicate ACK from B in ESTABLISHED: what begins at 101 is taken for lost, so it is sent "
         "again without waiting for the RTO (fast retransmit).",
         lose_the_first, with(reno())},
        {"A got B's ACK in ESTABLISHED, which still asks for 101: more of what lies behind is taken for lost and sent "
         "again.",
         [](Alone& w) {
             open_with(w, "<SACKOK>");
             w.socket.send(std::string(8 * 536, 'x')); // the first and the third segment are missing at the peer
             w.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=637-1173>");
             w.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=1709-2245,637-1173>");
             w.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=1709-2781,637-1173>");
             w.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=1709-4389,637-1173>");
         },
         with(with_sack)},
        {"A got B's ACK in ESTABLISHED: what lies before 637 is acknowledged, but not all that was under way at the "
         "fast retransmit, so what follows is taken for lost too and sent again.",
         [](Alone& w) {
             lose_the_first(w);
             w.gets("<SEQ=301><ACK=637><CTL=ACK>");
         },
         with(reno())},
        {"A got B's ACK in ESTABLISHED: what lies before 637 is acknowledged. All that was under way when its RTO "
         "fired is taken for lost, so what follows is sent again.",
         [](Alone& w) {
             open_with(w, "");
             w.socket.send(std::string(10'000, 'x'));
             w.waits();
             w.gets("<SEQ=301><ACK=637><CTL=ACK>");
         },
         with(reno())},
        {"A got B's RST in ESTABLISHED, which lies in its window, so the connection is CLOSED at once.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=305><CTL=RST>");
         },
         with({.rfc5961 = false})},
    };
}

std::vector<Saying> sayings_of_limits()
{
    using enum State;
    ConnectionOptions one_challenge;
    one_challenge.challenge_acks = 1;
    return {
        {"A got inject.2 (ACK) in ESTABLISHED with the timestamp 999, older than 1000, which came before: it drops it "
         "and answers with an ACK.",
         [](Alone& w) {
             open_with(w, "<TS=1000,0>");
             w.gets("<SEQ=301><ACK=101><CTL=ACK><TS=999,0>");
         },
         with({.timestamps = true})},
        {"A got inject.3 (ACK) in ESTABLISHED with the timestamp 1999, older than 2000, which came before: it drops it "
         "and answers with an ACK.",
         [](Alone& w) {
             open_with(w, "<TS=1000,0>");
             w.gets("<SEQ=301><ACK=101><CTL=ACK><TS=2000,0>"); // it is not answered, and counts all the same
             w.gets("<SEQ=301><ACK=101><CTL=ACK><TS=1999,0>");
         },
         with({.timestamps = true})},
        {"A got inject.2 (ACK) in ESTABLISHED with the timestamp 999, older than one that came before: it drops it and "
         "answers with an ACK.",
         [](Alone& w) {
             open_with(w, "<TS=1000,0>");
             w.clear_history();
             w.gets("<SEQ=301><ACK=101><CTL=ACK><TS=999,0>");
         },
         with({.timestamps = true})},
        {"A got inject.2 (ACK) in ESTABLISHED without a timestamp, though both sides agreed on them: it drops it and "
         "says nothing.",
         [](Alone& w) {
             open_with(w, "<TS=1000,0>");
             w.gets("<SEQ=301><ACK=101><CTL=ACK>");
         },
         with({.timestamps = true})},
        {"A got inject.2 (ACK) in ESTABLISHED, just before what it expects, as a probe is that only asks for an "
         "answer: it answers with an ACK.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=300><ACK=101><CTL=ACK>");
         }},
        {"A got B's RST in ESTABLISHED, in the window but not exactly where it expects the next octet: it may be "
         "forged, so A drops it, and has just sent as many challenge ACKs as it may.",
         [](Alone& w) {
             w.is_in(Established);
             twice(w, "<SEQ=305><CTL=RST>");
         },
         with(one_challenge)},
        {"A got a SYN from B in ESTABLISHED: it cannot belong to a connection that is open already, so A drops it, and "
         "has just sent as many challenge ACKs as it may.",
         [](Alone& w) {
             w.is_in(Established);
             twice(w, "<SEQ=310><CTL=SYN>");
         },
         with(one_challenge)},
        {"A got a SYN from B in ESTABLISHED: in an open connection that is an error (rfc5961 is off), so it answers "
         "with a RST, and the connection is CLOSED.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=310><CTL=SYN>");
         },
         with({.rfc5961 = false})},
        {"A got inject.3 (ACK) in ESTABLISHED, which acknowledges what it has never sent: it drops it, and has just "
         "sent as many challenge ACKs as it may.",
         [](Alone& w) {
             w.is_in(Established);
             twice(w, "<SEQ=301><ACK=102><CTL=ACK>");
         },
         with(one_challenge)},
        {"A got inject.3 (ACK) in ESTABLISHED, whose ACK is too old to be true: it drops it, and has just sent as many "
         "challenge ACKs as it may.",
         [](Alone& w) {
             w.is_in(Established);
             twice(w, "<SEQ=301><ACK=4294900000><CTL=ACK>");
         },
         with(one_challenge)},
    };
}

std::vector<Saying> sayings_of_queues()
{
    using enum State;
    return {
        {"A calls send() in ESTABLISHED: 5 octets are queued until B acknowledges what is under way.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send("hello");
             w.socket.send("again");
         },
         with({.nagle = true})},
        {"A calls send() in ESTABLISHED: of 10000 octets, some leave at once, and the rest waits until B acknowledges "
         "what is under way.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send(std::string(10'000, 'x'));
         },
         with(reno())},
        {"A calls send() in ESTABLISHED: of 700 octets, some leave at once, and the rest waits until B acknowledges "
         "what is under way.", // as many octets leave as it brings, but others come first
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send(std::string(536, 'x'));
             w.socket.send(std::string(400, 'x'));
             w.socket.send(std::string(700, 'x'));
         },
         with({.nagle = true})},
        {"A calls send() in ESTABLISHED: 1000 octets are queued, for B's window has too little room to be worth a "
         "segment.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><CTL=ACK><WND=10>");
             w.socket.send(std::string(1000, 'x'));
         }},
        {"A calls send() in ESTABLISHED: 5 octets are queued for now.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
             w.clear_history();
             w.socket.send("hello");
         }},
    };
}

std::vector<Saying> sayings_of_probes()
{
    using enum State;
    const auto with_closed_window = [](Alone& w) {
        w.is_in(Established);
        w.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
        w.socket.send("hello");
        w.waits();
    };
    ConnectionOptions impatient;
    impatient.r2 = 500ms;
    return {
        {"A's persist timer fires: B's window was 0 when it heard of it last, so it probes it with one octet of its "
         "text, and will wait 2 s next.",
         with_closed_window},
        {"A's persist timer fires: B's window was 0 when it heard of it last, so it probes it once more, and will wait "
         "4 s next.",
         [=](Alone& w) {
             with_closed_window(w);
             w.waits();
         }},
        {"A's persist timer fires: B's window was 0 when it heard of it last, so it probes it with a segment without "
         "text that asks for an answer, and will wait 2 s next.",
         with_closed_window, with({.probe_octet = false})},
        {"A's persist timer fires: its text has waited long enough for a larger segment, so 10 octets leave, as B's "
         "window allows.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><CTL=ACK><WND=10>");
             w.socket.send(std::string(1000, 'x'));
             w.waits();
         }},
        {"A's persist timer fires once more in ESTABLISHED, and none of its probes was answered for long enough (R2): "
         "it gives up, and the connection is CLOSED.",
         with_closed_window, with(impatient)},
        {"A's keep-alive timer fires: it has heard nothing from B for 10 s, so it asks whether it is there, and will "
         "wait 75 s for an answer.",
         [](Alone& w) {
             w.is_in(Established);
             w.waits();
         },
         with(alive())},
        {"A's keep-alive timer fires: it has heard nothing from B for long enough, so it asks whether it is there, "
         "and will wait 75 s for an answer.",
         [](Alone& w) {
             w.is_in(Established);
             w.clear_history();
             w.waits();
         },
         with(alive())},
        {"A's keep-alive timer fires: B has not answered (probes so far: 1), so it asks once more, and will wait 75 s "
         "for an answer.",
         [](Alone& w) {
             w.is_in(Established);
             w.waits();
             w.waits();
         },
         with(alive())},
        {"A's keep-alive timer fires: the connection has not been silent for long enough, so it does not ask B yet, "
         "and looks again in 5 s.",
         [](Alone& w) {
             w.is_in(Established);
             w.run_for(4990ms);
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
             w.waits();
         },
         with(alive())},
        {"A's keep-alive timer fires in ESTABLISHED: B has not answered (probes so far: 2), so it is taken for dead: a "
         "RST leaves, and the connection is CLOSED.",
         [](Alone& w) {
             w.is_in(Established);
             for (int i = 0; i < 3; ++i) w.waits();
         },
         with(alive())},
        {"A's delayed-ACK timer fires: nothing left that the ACK could have gone with, so it leaves alone.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
             w.waits();
         },
         with({.delayed_ack = 200ms})},
    };
}

} // namespace tcpsm::test
