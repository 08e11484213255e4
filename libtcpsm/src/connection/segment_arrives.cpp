// RFC 9293, 3.10.7. SEGMENT ARRIVES: the checks, in the RFC's order. They decide what happened; the table decides what
// it means.

#include "connection/context.hpp"

namespace tcpsm {
namespace {

// 3.10.7.1. CLOSED STATE
void in_closed(Context& ctx)
{
    ctx.refuse(Check::no_connection);
    if (ctx.seg().has(Flag::RST)) return;
    ctx.happen(Event::RcvSegment);
}

// 3.10.7.2. LISTEN STATE
void in_listen(Context& ctx)
{
    const Segment& seg = ctx.seg();
    // First, check for a RST.
    if (seg.has(Flag::RST)) return ctx.refuse(Check::listen_rst);
    // Second, check for an ACK: none can be good.
    if (seg.has(Flag::ACK)) {
        ctx.refuse(Check::listen_ack);
        ctx.happen(Event::RcvBadAck);
        return;
    }
    // Third, check for a SYN. Security and compartments (A.1) are not modelled.
    if (seg.has(Flag::SYN)) {
        if (ctx.options().linux_checks && seg.has(Flag::FIN)) return ctx.refuse(Check::listen_other);
        ctx.fill_in_remote();
        ctx.happen(Event::RcvSyn);
        return;
    }
    // Fourth, other data or control: should not be reached.
    ctx.refuse(Check::listen_other);
}

// Sixth, check the URG bit: news where the pointer advances beyond what was known and what the user has (MUST-32).
void check_urgent(Context& ctx)
{
    const Segment& seg = ctx.seg();
    const ReceiveVariables& rcv = ctx.tcb().rcv;
    if (!seg.has(Flag::URG)) return;
    const Seq up = seg.seq + seg.up;
    const Seq consumed = rcv.nxt - static_cast<std::uint32_t>(ctx.receive_queue().size());
    if (consumed < up && (!rcv.urgent || rcv.up < up)) ctx.happen(Event::RcvUrgent);
}

// Sixth to eighth: what a segment brings once its ACK is in order.
void text_and_fin(Context& ctx, bool our_fin_acked_here)
{
    const Segment& seg = ctx.seg();
    // Sixth, check the URG bit.
    check_urgent(ctx);
    // Seventh, process the segment text, where any of it is new.
    const Tcb& tcb = ctx.tcb();
    const Seq fin = seg.seq + (seg.has(Flag::SYN) ? 1U : 0U) + seg.text_len;
    if (seg.text_len > 0 && fin > tcb.rcv.nxt) ctx.happen(Event::RcvText);
    if (tcb.state == State::Closed) return;
    // Eighth, check the FIN bit: it is acted on when everything before it has arrived.
    bool fin_is_next = ctx.held().take_fin(tcb.rcv.nxt);
    if (seg.has(Flag::FIN)) {
        if (fin == tcb.rcv.nxt)
            fin_is_next = tcb.rcv.wnd > 0;
        else if (fin > tcb.rcv.nxt && fin < tcb.rcv.nxt + tcb.rcv.wnd) {
            ctx.held().add_fin(fin);
            ctx.owe_ack(); // it says where the hole is (MAY-13)
        }
    }
    if (fin_is_next) ctx.happen(our_fin_acked_here ? Event::RcvFinAckOfFin : Event::RcvFin);
}

// 3.10.7.3. SYN-SENT STATE
void in_syn_sent(Context& ctx)
{
    const Segment& seg = ctx.seg();
    const SendVariables& snd = ctx.tcb().snd;
    // First, check the ACK bit.
    if (seg.has(Flag::ACK) && (seg.ack <= snd.iss || seg.ack > snd.nxt)) {
        ctx.refuse(Check::syn_sent_ack);
        if (seg.has(Flag::RST)) return;
        ctx.happen(Event::RcvBadAck);
        // linux asks again soon, once: the peer may have been in the middle of an earlier connection.
        if (ctx.options().linux_checks && ctx.retransmissions() == 0) ctx.set_timer(TimerKind::retransmission, 8ms);
        return;
    }
    // Second, check the RST bit. (RFC 5961's exact match has nothing to compare with here: there is no RCV.NXT yet.)
    if (seg.has(Flag::RST)) {
        if (!seg.has(Flag::ACK)) return ctx.refuse(Check::syn_sent_rst);
        ctx.happen(Event::RcvRst);
        return;
    }
    // Third, security: not modelled.
    // Fifth comes before the fourth in the code, to leave early: neither SYN nor RST.
    if (!seg.has(Flag::SYN)) return ctx.refuse(Check::syn_sent_other);
    // Fourth, check the SYN bit.
    if (!seg.has(Flag::ACK)) {
        ctx.happen(Event::RcvSyn);
        return;
    }
    ctx.happen(Event::RcvSynAck);
    if (!ctx.options().linux_checks) text_and_fin(ctx, false); // else it must come again
}

/// Table 6, segment acceptability tests.
bool acceptable(const Segment& seg, const ReceiveVariables& rcv, bool linux_checks)
{
    const auto in_window = [&](Seq point) { return rcv.nxt <= point && point < rcv.nxt + rcv.wnd; };
    if (linux_checks && seg.text_len == 0 && seg.seq == rcv.nxt + rcv.wnd) return true; // the edge itself
    if (seg.len() == 0) return rcv.wnd == 0 ? seg.seq == rcv.nxt : in_window(seg.seq);
    return rcv.wnd > 0 && (in_window(seg.seq) || in_window(seg.seq + seg.len() - 1));
}

/// True where the segment's FIN will be processed now, so that in FIN-WAIT-1 the ACK of our FIN waits for it (figure 5,
/// note 2).
bool fin_follows(const Segment& seg, const ReceiveVariables& rcv)
{
    const Seq fin = seg.seq + seg.text_len;
    return seg.has(Flag::FIN) && seg.seq <= rcv.nxt && rcv.nxt <= fin && fin < rcv.nxt + rcv.wnd;
}

/// RFC 7323, 3.2 and 5.3: false where the segment's timestamp, or its absence, refuses it. A RST is not judged by it.
bool check_timestamp(Context& ctx)
{
    const Segment& seg = ctx.seg();
    if (!ctx.tcb().timestamps || seg.has(Flag::RST)) return true;
    if (!seg.options.timestamps()) {
        if (ctx.options().accepts_without_timestamp) return true;
        ctx.refuse(Check::timestamp_absent);
        return false;
    }
    if (!ctx.timestamp_is_old()) return true;
    ctx.refuse(Check::timestamp);
    ctx.owe_ack();
    return false;
}

/// RFC 9293, 3.6.1, MAY-2, by the rules of RFC 6191, section 2: in TIME-WAIT, does this SYN open a new connection?
bool opens_anew(const Context& ctx)
{
    const Segment& seg = ctx.seg();
    const Tcb& tcb = ctx.tcb();
    if (!ctx.options().time_wait_reopen || !ctx.successor) return false;
    if (!seg.has(Flag::SYN) || seg.has(Flag::ACK) || seg.has(Flag::RST)) return false;
    const auto stamps = seg.options.timestamps();
    const bool higher = seg.seq > tcb.rcv.nxt;
    if (!stamps || !ctx.options().timestamps) return higher;
    if (!tcb.timestamps) return true; // the old connection had none: this SYN is younger than it
    const auto since = static_cast<std::int32_t>(stamps->value - tcb.ts.recent);
    return since > 0 || (since == 0 && higher);
}

enum class AckVerdict : std::uint8_t { go_on, go_on_with_our_fin_acked, stop };

// Fifth, check the ACK field.
AckVerdict check_ack(Context& ctx)
{
    const Segment& seg = ctx.seg();
    Tcb& tcb = ctx.tcb();
    SendVariables& snd = tcb.snd;
    if (!seg.has(Flag::ACK)) {
        ctx.refuse(Check::ack_bit);
        return AckVerdict::stop;
    }
    if (tcb.state == State::SynReceived) {
        if (!(snd.una < seg.ack && seg.ack <= snd.nxt)) {
            ctx.refuse(Check::ack_field);
            ctx.happen(Event::RcvBadAck);
            return AckVerdict::stop;
        }
        if (ctx.defers_accept()) {
            ctx.refuse(Check::deferred_accept);
            ctx.note_deferral();
            return AckVerdict::stop;
        }
        ctx.happen(Event::RcvAckOfSyn);
        if (tcb.close_queued) { // 3.10.4, SYN-RECEIVED: "queue for processing after entering ESTABLISHED"
            tcb.close_queued = false;
            ctx.happen(Event::Close);
        }
        return AckVerdict::go_on;
    }
    // MAY-12: RFC 5961, section 5
    const bool too_old = ctx.options().rfc5961 && seg.ack < snd.una - snd.max_wnd;
    if (seg.ack > snd.nxt || too_old) {
        ctx.refuse(seg.ack > snd.nxt ? Check::ack_field : Check::ack_range);
        return AckVerdict::stop;
    }
    if (snd.una <= seg.ack) ctx.happen(Event::RcvAck); // an older ACK is a duplicate and tells nothing
    const bool our_fin_acked = tcb.fin_sent && snd.una == snd.nxt;
    if (!our_fin_acked) return AckVerdict::go_on;
    const bool refused_text = tcb.reading_over && seg.text_len > 0; // it draws a RST, and its FIN is not reached
    if (tcb.state == State::FinWait1 && fin_follows(seg, tcb.rcv) && !refused_text)
        return AckVerdict::go_on_with_our_fin_acked;
    ctx.happen(Event::RcvAckOfFin);
    return tcb.state == State::Closed ? AckVerdict::stop : AckVerdict::go_on;
}

/// Not the RFC's: TIME-WAIT as Linux 6.18 was measured to have it. Whatever carries an ACK restarts 2 MSL, and is
/// answered unless it is exactly what was expected.
void in_time_wait_of_linux(Context& ctx)
{
    const Segment& seg = ctx.seg();
    const bool old = ctx.timestamp_is_old() && !seg.has(Flag::RST);
    const bool exact = !old && seg.seq == ctx.tcb().rcv.nxt && (seg.len() == 0 || seg.has(Flag::RST));
    if (seg.has(Flag::RST)) {
        if (exact)
            ctx.happen(Event::RcvRst);
        else
            ctx.refuse(Check::rst_bit);
        return;
    }
    if (!exact) {
        ctx.refuse(old ? Check::timestamp : Check::sequence_number);
        const bool limited = seg.len() == 0 || seg.has(Flag::SYN);
        if (!limited || ctx.may_challenge()) ctx.owe_ack();
    }
    if (old || seg.has(Flag::ACK)) ctx.set_timer(TimerKind::time_wait, ctx.two_msl());
}

// 3.10.7.4. Other States
void in_other_states(Context& ctx)
{
    const Segment& seg = ctx.seg();
    Tcb& tcb = ctx.tcb();

    ctx.note_heard();
    if (tcb.state == State::TimeWait && opens_anew(ctx)) {
        ctx.happen(Event::RcvNewSyn);
        return;
    }
    if (tcb.state == State::TimeWait && ctx.options().linux_checks) return in_time_wait_of_linux(ctx);
    // Not in the RFC's order: a peer that missed our last ACK repeats its FIN at RCV.NXT - 1, which Table 6 rejects
    // before the TIME-WAIT clauses below could restart 2 MSL. See docs/decisions/0001.
    if (tcb.state == State::TimeWait && seg.has(Flag::FIN) && !seg.has(Flag::SYN) && !seg.has(Flag::RST) &&
        seg.seq + seg.len() == tcb.rcv.nxt) {
        ctx.happen(Event::RcvFin);
        return;
    }
    // Not in the RFC's order either: the SYN,ACK that completes a simultaneous open (figure 7) lies at RCV.NXT - 1 too.
    // See docs/decisions/0007.
    if (tcb.state == State::SynReceived && !tcb.passive && seg.flags == (Flag::SYN | Flag::ACK) &&
        seg.seq == tcb.rcv.irs && seg.ack == tcb.snd.nxt) {
        check_ack(ctx);
        if (ctx.options().linux_checks) ctx.owe_ack();
        return;
    }

    // Before the first check, the timestamp (RFC 7323, 5.3).
    if (!check_timestamp(ctx)) return;
    // First, check sequence number.
    const bool zero_window_ack = tcb.rcv.wnd == 0 && seg.len() > 0 && seg.seq == tcb.rcv.nxt;
    // A SYN before the window is the one that was answered; text that comes with it again does not make it a new one.
    const bool syn_again = tcb.state == State::SynReceived && seg.has(Flag::SYN) && seg.seq < tcb.rcv.nxt;
    if (syn_again || !acceptable(seg, tcb.rcv, ctx.options().linux_checks)) {
        ctx.refuse(Check::sequence_number);
        if (seg.has(Flag::RST)) return;
        ctx.leave_waiting();
        // Two ends that refuse each other's ACKs would answer for ever: docs/decisions/0017.
        const bool limited = seg.len() == 0 || (ctx.options().linux_checks && seg.has(Flag::SYN));
        if (!limited || ctx.may_challenge()) ctx.owe_ack();
        // With a zero window no text is acceptable, but its ACK and its urgent pointer are valid (MUST-66).
        if (zero_window_ack && !seg.has(Flag::SYN) && check_ack(ctx) != AckVerdict::stop) check_urgent(ctx);
        return;
    }
    ctx.note_timestamp();
    // Second, check the RST bit, by RFC 5961: outside the window it was dropped above; only an exact one counts.
    if (seg.has(Flag::RST)) {
        if (seg.seq == tcb.rcv.nxt || !ctx.options().rfc5961) {
            ctx.happen(Event::RcvRst);
        } else {
            ctx.refuse(Check::rst_bit);
            if (ctx.may_challenge()) ctx.owe_ack();
        }
        return;
    }
    // Third, security: not modelled.
    // Fourth, check the SYN bit.
    if (seg.has(Flag::SYN)) {
        if (!(tcb.state == State::SynReceived && tcb.passive)) ctx.refuse(Check::syn_bit);
        ctx.happen(Event::RcvSyn);
        return;
    }
    // Fifth, check the ACK field.
    const AckVerdict verdict = check_ack(ctx);
    if (verdict == AckVerdict::stop) {
        if (ctx.why.check == Check::ack_field || ctx.why.check == Check::ack_range) {
            if (synchronized(tcb.state) && ctx.may_challenge()) ctx.owe_ack();
        }
        return;
    }
    // Sixth to eighth.
    text_and_fin(ctx, verdict == AckVerdict::go_on_with_our_fin_acked);
}

} // namespace

void Connection::segment_arrives(const Segment& seg, std::span<const std::uint8_t> text, Endpoint from, Endpoint to,
                                 Time now, Output& out, bool successor)
{
    Context ctx{.connection = *this,
                .now = now,
                .out = out,
                .segment = &seg,
                .text = text,
                .from = from,
                .to = to,
                .successor = successor,
                .iss = tcb_.snd.iss};
    switch (tcb_.state) {
    case State::Closed: in_closed(ctx); break;
    case State::Listen: in_listen(ctx); break;
    case State::SynSent: in_syn_sent(ctx); break;
    default:
        in_other_states(ctx);
        // Back in LISTEN: "the retransmission queue should be flushed" (3.10.7.4, second), and what the SYN brought.
        if (tcb_.state == State::Listen) ctx.forget();
        break;
    }
    if (ctx.ack_owed) {
        ack_ = Ack::now;
        ack_why_ = ctx.why;
    }
    ctx.start_fin_wait_2_timeout();
    out.arrived = ctx.why;
}

void Connection::cookie_arrives(const Segment& syn, Endpoint from, Endpoint to, Time now, Output& out)
{
    Context ctx{
        .connection = *this, .now = now, .out = out, .segment = &syn, .from = from, .to = to, .iss = tcb_.snd.iss};
    const std::size_t answer = out.segments.size();
    in_listen(ctx);
    out.segments.erase(out.segments.begin() + static_cast<std::ptrdiff_t>(answer), out.segments.end());
    ctx.stop_timing(); // when the cookie left is not known
    deferral_ = Deferral::excluded;
}

void Connection::turn_away(const Segment& seg, Endpoint from, Endpoint to, Time now, Output& out)
{
    Context ctx{
        .connection = *this, .now = now, .out = out, .segment = &seg, .from = from, .to = to, .iss = tcb_.snd.iss};
    ctx.happen(Event::Abort);
    out.arrived = ctx.why;
}

} // namespace tcpsm
