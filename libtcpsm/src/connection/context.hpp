#pragma once
// One event being processed: what the checks, the rows of the table and the transmission work on.

#include <algorithm>
#include <span>

#include "machine/dispatch.hpp"
#include "tcpsm/connection/connection.hpp"

namespace tcpsm {

struct Context {
    Connection& connection;
    const Time now;
    Output& out;

    // the segment that arrived, where one did
    const Segment* segment = nullptr;
    std::span<const std::uint8_t> text{};
    Endpoint from{};
    Endpoint to{};

    // what a user call brought and what it answers
    Seq iss{};
    std::span<const std::uint8_t> offered{};
    std::span<std::uint8_t> into{};
    Transfer answer{};

    // the event that happened last, and the row it fired
    Why why{};
    bool ack_owed = false;

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

    // ---- what can be done ----
    /// Looks an event up in the table and does what it says. Here, and nowhere else, a connection changes its state.
    /// @return false where the table has no row for it
    bool happen(Event event);
    /// The segment failed a check and is not processed further.
    void refuse(Check check);
    /// An ACK is due when this event is over.
    void owe_ack() { ack_owed = true; }
    /// Sends a segment now, with RCV.NXT as its ACK where that bit is set, and the window; the caller fills in SEG.SEQ.
    /// `stretch` of the send queue is its text.
    struct Stretch {
        std::uint32_t offset = 0;
        std::uint32_t length = 0;
    };
    Segment& emit(Flags flags, Stretch stretch, bool retransmission);
    /// <SEQ=ISS><CTL=SYN>, or with <ACK=RCV.NXT>; it says how large a segment we can take.
    void emit_syn(Flags flags, bool retransmission);
    void signal(Error error);
    /// Adds to the reports. The caller asks `reporting` first, so that nothing is made that nobody wants.
    bool reporting() const { return out.reporting; }
    void report(const Report& what);

    /// The SYN's sender is the remote socket that a passive OPEN left unspecified (3.10.7.2).
    void fill_in_remote()
    {
        connection.remote_ = from;
        tcb().remote_specified = true;
    }

    void set_timer(TimerKind kind, Duration after);
    void cancel_timer(TimerKind kind);
    /// Nobody will read or close any more what has come to FIN-WAIT-2: linux tcp_fin_timeout ends it.
    void start_fin_wait_2_timeout()
    {
        if (tcb().state == State::FinWait2 && tcb().reading_over && options().fin_timeout > Duration(0) &&
            !connection.timers_[TimerKind::fin_wait_2].running())
            set_timer(TimerKind::fin_wait_2, options().fin_timeout);
    }
    /// Something was sent that must be acknowledged: RFC 6298, 5.1; user timeout.
    void start_waiting(Seq last);
    /// Hands over text from the receive queue to the user.
    std::size_t deliver(std::span<std::uint8_t> to_user);
    /// The user has got this text: count and report it.
    void count_delivered(Octets octets);
    /// Where a RECEIVE is always outstanding, it gets all there is.
    void satisfy_receive();
    /// The peer has been told of RCV.WND.
    void offer_window() { connection.right_edge_ = tcb().rcv.nxt + tcb().rcv.wnd; }
    /// RCV.WND after text came or was read (3.8.6): it never draws the right edge back.
    void adjust_window();
    /// True where reading made so much room that the peer should hear of it (3.8.6.2.2).
    bool window_update_due() const;
    /// Takes what was held behind a hole that has now been filled; true where there was something.
    bool take_held();
    /// True where retransmitting has gone on for too long (3.8.3, R2).
    bool r2_reached() const;

    /// Our SYN is not acknowledged yet. After CLOSE in SYN-RECEIVED that may still be so in FIN-WAIT-1.
    bool retransmitting_syn() const
    {
        return tcb().state == State::SynSent || tcb().state == State::SynReceived ||
               numbers_outstanding() > send_queue().size();
    }
    /// Octets of text that were sent and not acknowledged. In FIN-WAIT-1 before the ACK of our SYN nothing is queued.
    std::uint32_t text_outstanding() const
    {
        return std::min(numbers_outstanding(), static_cast<std::uint32_t>(send_queue().size()));
    }
    int retransmissions() const { return connection.retransmissions_; }

    // used by actions.cpp
    /// Sequence numbers that were sent and not acknowledged, the FIN's aside.
    std::uint32_t numbers_outstanding() const
    {
        return static_cast<std::uint32_t>(tcb().snd.nxt - tcb().snd.una) - (tcb().fin_sent ? 1U : 0U);
    }
    void begin();
    void note_acknowledged(Seq ack);
    void update_send_window();
    void forget();
    void retransmit_front();
    /// Karn: what is acknowledged next may be an answer to either of two copies.
    void stop_timing() { connection.timing_ = false; }
};

} // namespace tcpsm
