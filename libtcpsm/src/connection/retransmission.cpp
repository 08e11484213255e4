// RFC 9293, 3.8.1. Retransmission Timeout, and 3.8.3. TCP Connection Failures; RFC 6298. RFC 5681, 3.2, and RFC 6582:
// fast retransmit and fast recovery. RFC 2018: what the peer holds is not resent.

#include "connection/context.hpp"

namespace tcpsm {
namespace {

constexpr std::uint8_t third_duplicate = 3; // RFC 5681, 3.2

} // namespace

void Context::start_waiting(Seq last)
{
    if (!connection.timing_) { // one measurement at a time (RFC 6298, section 3)
        connection.timing_ = true;
        connection.timed_ = last;
        connection.timed_since_ = now;
    }
    if (runs(TimerKind::retransmission)) return;
    cancel_timer(TimerKind::persist);
    connection.front_since_ = now;
    set_timer(TimerKind::retransmission, rto().rto());
    if (options().user_timeout > Duration(0) && !runs(TimerKind::user_timeout))
        set_timer(TimerKind::user_timeout, options().user_timeout);
}

void Context::note_acknowledged(Seq ack)
{
    Tcb& t = tcb();
    const bool of_syn = t.state == State::SynSent || t.state == State::SynReceived;
    const auto acked = static_cast<std::uint32_t>(ack - t.snd.una) - (of_syn ? 1U : 0U);
    send_queue().discard(std::min<std::size_t>(acked, send_queue().size())); // SYN and FIN are not in the queue
    t.snd.una = ack;
    if (t.snd.urgent && t.snd.up <= ack) t.snd.urgent = false;
    connection.retransmissions_ = 0;
    connection.front_since_ = now;
    connection.probes_ = 0;
    cancel_timer(TimerKind::persist);
    measure_round_trip(ack);
    if (!of_syn) note_progress(acked);
    if (nothing_outstanding()) { // RFC 6298, 5.2
        cancel_timer(TimerKind::retransmission);
        cancel_timer(TimerKind::user_timeout);
    } else { // RFC 6298, 5.3
        set_timer(TimerKind::retransmission, rto().rto());
        if (options().user_timeout > Duration(0))
            set_timer(TimerKind::user_timeout, options().user_timeout);
        else
            cancel_timer(TimerKind::user_timeout); // it was on when it was set
    }
}

void Context::measure_round_trip(Seq ack)
{
    if (connection.timing_ && connection.timed_ <= ack) {
        connection.timing_ = false;
        rto().sample(now - connection.timed_since_, options());
    } else if (tcb().timestamps && segment != nullptr) { // RFC 7323, 4: an echo tells which copy was acknowledged
        const auto stamps = seg().options.timestamps();
        if (stamps && stamps->echo != 0) rto().sample(std::chrono::milliseconds(timestamp() - stamps->echo), options());
    }
}

/// What the acknowledgment of text means to congestion control and recovery.
void Context::note_progress(std::uint32_t octets)
{
    if (!congestion().controls()) {
        recovery().note_acknowledged(tcb().snd.una);
        return;
    }
    const Recovery::Phase phase = recovery().phase();
    const bool over = recovery().note_acknowledged(tcb().snd.una);
    if (phase != Recovery::Phase::fast)
        congestion().acknowledged(octets);
    else if (over)
        congestion().leave_fast_recovery(text_outstanding());
    else if (!tcb().sack)
        congestion().partial_ack(octets);
}

bool Context::note_sack_blocks()
{
    if (!tcb().sack) return false;
    const Options::SackBlocks told = seg().options.sack();
    std::uint32_t news = 0;
    for (std::size_t i = 0; i < told.count; ++i) {
        const SackBlock& block = told.blocks[i];
        if (tcb().snd.una < block.left && block.left < block.right && block.right <= tcb().snd.nxt)
            news += recovery().note_sacked({block.left, block.right});
    }
    return news > 0;
}

void Context::note_duplicate_ack()
{
    if (!congestion().controls() || text_outstanding() == 0) return;
    const std::uint8_t duplicates = recovery().count_duplicate(tcb().snd.nxt);
    if (recovery().phase() == Recovery::Phase::fast) {
        if (!tcb().sack) congestion().duplicate(); // else the pipe shrinks by what SACK told
        return;
    }
    // RFC 6582, 3.2, step 1: not again for what was in flight when this was decided last.
    if (recovery().phase() != Recovery::Phase::none || duplicates != third_duplicate) return;
    if (!(tcb().snd.una > recovery().recover())) return;
    const auto flight = static_cast<std::uint32_t>(recovery().before_duplicates() - tcb().snd.una);
    congestion().enter_fast_recovery(flight, !tcb().sack);
    recovery().enter(Recovery::Phase::fast, tcb().snd.una, tcb().snd.nxt);
}

bool Context::r2_reached() const
{
    const ConnectionOptions& o = options();
    if (retransmitting_syn()) {
        const bool active = tcb().state == State::SynSent;
        const int limit = active ? o.syn_retries : o.synack_retries;
        const bool text_may_come = connection.deferral_ == Connection::Deferral::done;
        if (text_may_come && retransmissions() < deferred_timeouts()) return false;
        if (limit >= 0) return retransmissions() >= limit + (active ? o.syn_linear_timeouts : 0);
        return now - connection.front_since_ >= o.r2_syn;
    }
    if (o.orphan_retries >= 0 && tcb().reading_over && !connection.lingers_)
        return retransmissions() >= (o.orphan_retries > 0 ? o.orphan_retries : 8); // as Linux takes 0
    if (o.retries >= 0) return retransmissions() >= o.retries;
    return now - connection.front_since_ >= o.r2;
}

void Context::retransmit_front()
{
    Tcb& t = tcb();
    stop_timing();
    const bool quietly = waits_for_text_quietly();
    if (connection.retransmissions_ < 255) ++connection.retransmissions_;
    const bool linear = t.state == State::SynSent && connection.retransmissions_ <= options().syn_linear_timeouts;
    if (!linear) rto().back_off(options());

    if (quietly) {
        // The peer has our SYN,ACK.
    } else if (retransmitting_syn()) {
        t.syn_retransmitted = true;
        emit_syn(t.state == State::SynSent ? Flags(Flag::SYN) : Flag::SYN | Flag::ACK, true);
    } else {
        if (connection.retransmissions_ == options().retries1) advise(Error::not_answering); // R1 (SHLD-9)
        congestion().timeout(text_outstanding(), connection.retransmissions_ == 1);
        if (recovery().sacked().end_of(t.snd.una) != t.snd.una) recovery().forget_sacked(); // it has reneged
        if (congestion().controls()) recovery().enter(Recovery::Phase::timeout, t.snd.una, t.snd.nxt);
        const Seq hole_end = recovery().sacked().next_begin(t.snd.una, t.snd.una + text_outstanding());
        const auto length = std::min<std::uint32_t>(static_cast<std::uint32_t>(hole_end - t.snd.una), effective_mss());
        emit_again({0, length});
        const Segment& again = out.segments.back().segment;
        recovery().note_resent(again.seq + again.len()); // with the FIN, where it went along
    }
    set_timer(TimerKind::retransmission, rto().rto());
}

void Context::resend_in_phase()
{
    const SendVariables& snd = tcb().snd;
    const std::uint32_t mss = effective_mss();
    for (;;) {
        const SeqRange lost = recovery().next_lost(snd.una, mss);
        const auto length = static_cast<std::uint32_t>(lost.end - lost.begin);
        if (length == 0) return;
        // The first one goes whatever is in flight: that is what fast retransmit means.
        if (lost.begin != snd.una && recovery().pipe(snd.una, snd.nxt, mss) + length > congestion().window()) return;
        const auto offset = static_cast<std::uint32_t>(lost.begin - snd.una);
        const std::uint32_t of_text = text_outstanding() - std::min(text_outstanding(), offset); // the rest is the FIN
        stop_timing();
        emit_again({offset, std::min(length, of_text)});
        const Segment& again = out.segments.back().segment;
        recovery().note_resent(again.seq + again.len()); // with the FIN, where it went along
    }
}

} // namespace tcpsm
