#pragma once
// One event being processed: what the checks, the rows of the table and the transmission work on. Its functions stand
// in chapters: context.cpp (the event itself, segments, timers), acknowledgments.cpp, retransmission.cpp, transmit.cpp,
// receive_window.cpp, segment_options.cpp, probes.cpp.

#include <algorithm>
#include <span>

#include "machine/dispatch.hpp"
#include "tcpsm/connection/connection.hpp"

namespace tcpsm::detail {

struct Context {
    Connection& connection;
    const Time now;
    Output& out;

    // the segment that arrived, where one did
    const Segment* segment = nullptr;
    std::span<const std::uint8_t> text{};
    Endpoint from{};
    Endpoint to{};
    bool successor = false; // somebody listens where it was sent to

    // what a user call brought and what it answers
    Seq iss{};
    const TimestampVariables* earlier = nullptr; // of the connection whose four-tuple is taken over
    std::span<const std::uint8_t> offered{};
    std::span<std::uint8_t> into{};
    bool urgent = false;
    Transfer answer{};

    // the event that happened last, and the row it fired
    Why why{};
    bool ack_owed = false;
    bool ack_may_wait = false;

    // ---- the parts of the connection ----
    Tcb& tcb() { return connection.tcb_; }
    const Tcb& tcb() const { return connection.tcb_; }
    const Segment& seg() const { return *segment; }
    const ConnectionOptions& options() const { return *connection.options_; }
    OctetRing& send_queue() { return connection.send_queue_; }
    const OctetRing& send_queue() const { return connection.send_queue_; }
    OctetRing& receive_queue() { return connection.receive_queue_; }
    const OctetRing& receive_queue() const { return connection.receive_queue_; }
    Reassembly& held() { return connection.held_; }
    RtoEstimator& rto() { return connection.rto_; }
    Congestion& congestion() { return connection.congestion_; }
    Recovery& recovery() { return connection.recovery_; }
    const Timers& timers() const { return connection.timers_; }
    bool runs(TimerKind kind) const { return connection.timers_[kind].running(); }

    // ---- the event ----
    /// Looks an event up in the table and does what it says. Here, and nowhere else, a connection changes its state.
    /// @return false where the table has no row for it
    bool happen(Event event);
    /// The segment failed a check and is not processed further.
    void refuse(Check check);
    void signal(Error error);
    /// The user is told of something that ends nothing (3.9.1.8, MUST-47).
    void advise(Error error);
    /// Adds to the reports. The caller asks `reporting` first, so that nothing is made that nobody wants.
    bool reporting() const { return out.wants(Recording::everything); }
    void report(const Report& what);
    /// A change of state is reported before what it led to, in a place that is kept for it.
    std::size_t keep_place();
    void report_change(std::size_t place, State before);

    // ---- segments ----
    /// Sends a segment now, with RCV.NXT as its ACK where that bit is set, the window, and the options that were agreed
    /// on. `stretch` of the send queue is its text.
    struct Stretch {
        std::uint32_t offset = 0;
        std::uint32_t length = 0;
    };
    Segment& emit(Flags flags, Seq seq, Stretch stretch, bool retransmission);
    /// Where a segment without text stands: at SND.NXT; but where that lies beyond the peer's window, after a probe or
    /// since the window shrank, at the window's right edge (docs/decisions/0027).
    Seq seq_without_text() const;
    /// <SEQ=ISS><CTL=SYN>, or with <ACK=RCV.NXT>; it says how large a segment we can take.
    void emit_syn(Flags flags, bool retransmission);
    /// A stretch of text at SND.UNA + offset, and the FIN where it follows and was sent before; again.
    void emit_again(Stretch stretch);
    /// The SYN's sender is the remote socket that a passive OPEN left unspecified (3.10.7.2).
    void fill_in_remote()
    {
        connection.remote_ = from;
        tcb().remote_specified = true;
    }

    // ---- timers ----
    void set_timer(TimerKind kind, Duration after);
    void cancel_timer(TimerKind kind)
    {
        if (runs(kind)) stop_timer(kind);
    }
    void stop_timer(TimerKind kind) ///< one that runs
    {
        connection.timers_.stop(kind);
        if (reporting()) report({.kind = ReportKind::timer_cancelled, .timer = kind});
    }
    /// Nobody will read or close any more what has come to FIN-WAIT-2: linux tcp_fin_timeout ends it.
    void start_fin_wait_2_timeout();
    /// How long TIME-WAIT lasts here.
    Duration two_msl();

    // ---- SO_LINGER and TCP_DEFER_ACCEPT (socket_options.cpp) ----
    /// CLOSE has been called: it waits, where the options say so and there is something to wait for.
    void linger();
    /// There is nothing left to wait for, or the time is over: CLOSE returns.
    void leave_lingering();
    bool waits_for_ack_of_fin() const;
    /// The ACK that would end the handshake brings no text, and the listener waits for some.
    bool defers_accept() const;
    void note_deferral() { connection.deferral_ = Connection::Deferral::done; }
    /// Of the timeouts of the SYN,ACK, how many come before its listener takes an ACK without text.
    int deferred_timeouts() const;
    /// The SYN,ACK need not be sent again: its ACK has come, and was kept from the listener.
    bool waits_for_text_quietly() const;

    // ---- acknowledgments (acknowledgments.cpp) ----
    /// An ACK is due when this event is over.
    void owe_ack() { ack_owed = true; }
    /// So does one that may wait for company (3.8.6.3).
    void settle_ack();
    /// Text came in order and filled no hole: may its ACK wait?
    void consider_waiting(std::uint32_t octets);
    /// linux: so does the ACK of a FIN, where there was text before.
    void consider_waiting_with_fin();
    /// linux: something is out of order, and the next ACKs do not wait.
    void leave_waiting();
    /// linux: the application answers what has come, so its next ACKs may ride along.
    void note_conversation();
    /// RFC 5961, 7: whether one more challenge ACK may be sent now.
    bool may_challenge();

    // ---- retransmission (retransmission.cpp) ----
    /// Something was sent that must be acknowledged: RFC 6298, 5.1; user timeout.
    void start_waiting(Seq last);
    void note_acknowledged(Seq ack);
    void measure_round_trip(Seq ack);
    void note_progress(std::uint32_t octets);
    /// An ACK of nothing new: the peer may hold what lies beyond a hole.
    void note_duplicate_ack();
    /// What the peer says it holds. True where that is news.
    bool note_sack_blocks();
    void retransmit_front();
    /// Resends what is taken for lost, as far as congestion control lets it.
    void resend_lost()
    {
        if (recovery().phase() != Recovery::Phase::none) resend_in_phase();
    }
    void resend_in_phase();
    /// True where retransmitting has gone on for too long (3.8.3, R2).
    bool r2_reached() const;
    /// Karn: what is acknowledged next may be an answer to either of two copies.
    void stop_timing() { connection.timing_ = false; }
    void note_nothing_small() { connection.small_sent_ = tcb().snd.una; }
    bool small_in_flight() const { return tcb().snd.una < connection.small_sent_; }
    int retransmissions() const { return connection.retransmissions_; }

    // ---- the windows (transmit.cpp, receive_window.cpp) ----
    void update_send_window();
    /// Sends what is queued and may be sent, and the FIN behind it.
    void send_text_and_fin();
    /// Hands over text from the receive queue to the user.
    std::size_t deliver(std::span<std::uint8_t> to_user);
    /// The user has got this text: count and report it.
    void count_delivered(Octets octets);
    /// Where a RECEIVE is always outstanding, it gets all there is.
    void satisfy_receive();
    /// The most that RCV.WND can be.
    std::uint32_t receive_limit() const;
    /// The peer is being told of RCV.WND: what stands in the header.
    std::uint16_t offer_window(bool syn, bool again = false);
    /// RCV.WND after text came or was read (3.8.6): it never draws the right edge back.
    void adjust_window();
    std::uint32_t first_window_of_linux() const;
    std::uint32_t window_of_linux(std::uint32_t room, std::uint32_t promised) const;
    /// True where reading made so much room that the peer should hear of it (3.8.6.2.2).
    bool window_update_due() const;
    /// Takes what was held behind a hole that has now been filled; true where there was something.
    bool take_held();
    /// The user has read what was urgent.
    void leave_urgent_mode();

    // ---- options of segments (segment_options.cpp) ----
    void add_syn_options(Segment& syn) const;
    void add_options(Segment& s) const;
    /// What both SYNs agree on (RFC 7323, 2.2, 3.2; RFC 2018, 2; RFC 9293, 3.7.1).
    void agree_on_options();
    /// The most text that a segment to the peer may carry: Eff.snd.MSS (3.7.1, MUST-16).
    std::uint32_t effective_mss() const;
    /// The most text that a segment to us may carry.
    std::uint32_t own_mss() const;
    std::uint32_t without_options(std::uint32_t mss) const;
    /// Nothing is agreed on yet, but the connection before had them (linux tcp_tw_reuse).
    bool expects_timestamps() const { return !tcb().timestamps && tcb().ts.recent != 0; }
    /// The clock that TSval shows: milliseconds.
    std::uint32_t timestamp() const;
    /// RFC 7323, 5.3, R1: the segment's timestamp is older than one that came before.
    bool timestamp_is_old() const;
    /// RFC 7323, 4.3, and 5.3, R3.
    void note_timestamp();

    // ---- probes (probes.cpp) ----
    /// Something waits, and nothing in flight will bring the ACK that lets it go.
    void start_persist_timer();
    void probe_window();
    /// The octet of a probe was sent and is not acknowledged: the persist timer, not the RTO, sends it again.
    bool probing() const { return text_outstanding() > 0 && !runs(TimerKind::retransmission); }
    /// The window has opened: the octet of the probe goes again, with what follows it.
    void leave_probing();
    /// The peer answers a probe, or what its closed window has no room for: nothing is given up (MUST-37, SHLD-17).
    void note_probe_answered();
    void start_keepalive_timer();
    void probe_peer();
    /// Nothing is outstanding, and nothing waits to be sent: only a keep-alive would tell of the peer (MUST-26).
    bool idle() const { return nothing_outstanding() && text_unsent() == 0; }
    /// Whether so many probes in a row went without an answer that the peer is taken for dead.
    bool keepalive_failed() const { return idle() && connection.probes_ >= options().keepalive_probes; }
    void note_heard();

    // ---- what is outstanding ----
    /// Our SYN is not acknowledged yet. After CLOSE in SYN-RECEIVED that may still be so in FIN-WAIT-1.
    bool retransmitting_syn() const
    {
        return tcb().state == State::SynSent || tcb().state == State::SynReceived ||
               numbers_outstanding() > send_queue().size();
    }
    /// Sequence numbers that were sent and not acknowledged, the FIN's aside.
    std::uint32_t numbers_outstanding() const
    {
        return static_cast<std::uint32_t>(tcb().snd.nxt - tcb().snd.una) - (tcb().fin_sent ? 1U : 0U);
    }
    /// Octets of text that were sent and not acknowledged. In FIN-WAIT-1 before the ACK of our SYN nothing is queued.
    std::uint32_t text_outstanding() const
    {
        return std::min(numbers_outstanding(), static_cast<std::uint32_t>(send_queue().size()));
    }
    std::uint32_t text_unsent() const { return static_cast<std::uint32_t>(send_queue().size()) - text_outstanding(); }
    bool nothing_outstanding() const { return tcb().snd.una == tcb().snd.nxt; }

    /// A new TCB: nothing of an earlier connection stays but the sockets that OPEN was given.
    void begin();
    void forget();
};

} // namespace tcpsm::detail
