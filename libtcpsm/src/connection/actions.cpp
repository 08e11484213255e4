// What the rows of the table do. RFC 9293, 3.10.

#include "machine/actions.hpp"

#include <algorithm>

#include "connection/context.hpp"

namespace tcpsm {
namespace {

void send_syn(Context& ctx, Flags flags)
{
    Tcb& tcb = ctx.tcb();
    tcb.snd.iss = ctx.iss;
    tcb.snd.una = tcb.snd.iss;
    tcb.snd.nxt = tcb.snd.iss + 1;
    ctx.emit_syn(flags, false);
}

} // namespace

namespace action {

// ---- user calls -----------------------------------------------------------------------------------------------------

void create_tcb(Context& ctx)
{
    ctx.begin();
    ctx.tcb().snd.iss = ctx.iss;
    if (ctx.earlier != nullptr) ctx.tcb().ts = *ctx.earlier;
    ctx.tcb().rcv.wnd = ctx.receive_limit();
}

void note_passive_open(Context& ctx)
{
    ctx.tcb().passive = true;
}

void note_active_open(Context& ctx)
{
    ctx.tcb().passive = false;
}

void queue_text(Context& ctx)
{
    const std::size_t used = ctx.send_queue().size();
    const std::size_t room = ctx.options().send_buffer > used ? ctx.options().send_buffer - used : 0;
    ctx.answer.octets = std::min(room, ctx.offered.size());
    ctx.send_queue().append(ctx.offered.first(ctx.answer.octets));
    if (ctx.urgent && ctx.answer.octets > 0) { // 3.10.2: SND.UP is what follows the last octet of this SEND
        SendVariables& snd = ctx.tcb().snd;
        const std::uint32_t before_text = ctx.tcb().state != State::Listen && ctx.retransmitting_syn() ? 1 : 0;
        snd.up = snd.una + before_text + static_cast<std::uint32_t>(ctx.send_queue().size());
        snd.urgent = true;
    }
    if (ctx.answer.octets == 0 && !ctx.offered.empty()) ctx.answer.error = Error::insufficient_resources;
}

void deliver_text(Context& ctx)
{
    ctx.answer.octets = ctx.deliver(ctx.into);
    if (ctx.answer.octets == 0 && !ctx.into.empty()) ctx.answer.error = Error::would_block;
}

void queue_close(Context& ctx)
{
    ctx.tcb().close_queued = true;
}

void report_state(Context&)
{
    // the answer is the state itself
}

void delete_tcb(Context& ctx)
{
    ctx.forget();
}

// ---- what to send ---------------------------------------------------------------------------------------------------

void snd_syn(Context& ctx)
{
    send_syn(ctx, Flag::SYN);
    ctx.start_waiting(ctx.tcb().snd.nxt);
}

void snd_syn_ack(Context& ctx)
{
    send_syn(ctx, Flag::SYN | Flag::ACK);
    ctx.update_send_window();
    // From SYN-SENT the same ISS goes out again (3.10.7.3, fourth): Karn applies, and the SYN's timer runs on.
    if (ctx.tcb().state == State::SynSent)
        ctx.stop_timing();
    else
        ctx.start_waiting(ctx.tcb().snd.nxt);
}

void snd_ack(Context& ctx)
{
    ctx.owe_ack();
}

void snd_challenge_ack(Context& ctx)
{
    if (ctx.may_challenge()) ctx.owe_ack();
}

void snd_fin(Context& ctx)
{
    // The FIN follows what is queued; `transmit` forms it when that has been sent.
    ctx.tcb().fin_queued = true;
}

void snd_rst(Context& ctx)
{
    if (!ctx.options().linux_checks) {
        ctx.emit(Flag::RST, ctx.seq_without_text(), {}, false);
    } else if (ctx.segment != nullptr) { // text that comes after CLOSE is answered as where there is no connection
        reply_rst(ctx);
    } else {
        const std::uint16_t wnd = ctx.offer_window(false);
        Segment& rst = ctx.emit(Flag::RST | Flag::ACK, ctx.seq_without_text(), {}, false);
        rst.ack = ctx.tcb().rcv.nxt;
        rst.wnd = wnd;
    }
}

void answer_other_syn(Context& ctx)
{
    if (ctx.options().linux_checks) reply_rst(ctx);
}

void reply_rst(Context& ctx)
{
    const Segment& seg = ctx.seg();
    if (seg.has(Flag::ACK))
        ctx.emit(Flag::RST, seg.ack, {}, false);
    else
        ctx.emit(Flag::RST | Flag::ACK, Seq(0), {}, false).ack = seg.seq + seg.len();
    ctx.out.segments.back().from = ctx.to; // there may be no connection that knows them
    ctx.out.segments.back().to = ctx.from;
}

void resend(Context& ctx)
{
    ctx.retransmit_front();
}

void probe_window(Context& ctx)
{
    ctx.probe_window();
}

void probe_peer(Context& ctx)
{
    ctx.probe_peer();
}

// ---- what a segment told --------------------------------------------------------------------------------------------

void note_syn(Context& ctx)
{
    Tcb& tcb = ctx.tcb();
    tcb.rcv.irs = ctx.seg().seq;
    tcb.rcv.nxt = ctx.seg().seq + 1;
    ctx.offer_window(true);
    ctx.agree_on_options();
}

void note_ack_of_syn(Context& ctx)
{
    ctx.note_acknowledged(ctx.seg().ack);
    ctx.update_send_window();
    ctx.congestion().open(ctx.options(), ctx.effective_mss(), ctx.tcb().syn_retransmitted);
    ctx.recovery().begin(ctx.tcb().snd.iss);
    ctx.note_nothing_small();
    ctx.adjust_window(); // a SYN can offer 65535 octets only
    ctx.start_keepalive_timer();
    const bool measured = ctx.options().linux_checks && ctx.rto().srtt() > Duration(0);
    if (ctx.tcb().syn_retransmitted && ctx.options().rto_after_lost_syn > Duration(0) && !measured)
        ctx.rto().restart(ctx.options().rto_after_lost_syn); // RFC 6298, 5.7
    if (ctx.take_held()) ctx.owe_ack();                      // text that came with the SYN
}

void note_ack(Context& ctx)
{
    const Segment& seg = ctx.seg();
    const SendVariables& snd = ctx.tcb().snd;
    const bool tells_of_holes = ctx.note_sack_blocks();
    const bool acknowledges = snd.una < seg.ack;
    if (acknowledges) {
        ctx.note_acknowledged(seg.ack);
    } else { // RFC 5681, 2: what a duplicate ACK is
        const bool same_window = snd.wnd == std::uint32_t{seg.wnd} << snd.shift;
        if (tells_of_holes || (seg.len() == 0 && same_window)) ctx.note_duplicate_ack();
    }
    // The RFC asks SND.WL1 and SND.WL2 alone. But text that the peer sends again is older than they are, and if what it
    // acknowledges is new, SND.UNA moves: with the window of before, the right edge would lie where it never was told.
    if (acknowledges || snd.wl1 < seg.seq || (snd.wl1 == seg.seq && snd.wl2 <= seg.ack)) ctx.update_send_window();
    ctx.note_probe_answered();
}

void note_urgent(Context& ctx)
{
    ReceiveVariables& rcv = ctx.tcb().rcv;
    rcv.up = ctx.seg().seq + ctx.seg().up;
    rcv.urgent = true;
    ctx.advise(Error::urgent_data); // MUST-32
}

void take_text(Context& ctx)
{
    Tcb& tcb = ctx.tcb();
    const Segment& seg = ctx.seg();
    // Only what is new and in the window: the idealized segment of the first check.
    const Seq first = seg.seq + (seg.has(Flag::SYN) ? 1U : 0U);
    const std::uint32_t old = first < tcb.rcv.nxt ? static_cast<std::uint32_t>(tcb.rcv.nxt - first) : 0;
    if (old >= seg.text_len) return;
    const Seq begin = first + old;
    const auto hole = static_cast<std::uint32_t>(begin - tcb.rcv.nxt);
    if (hole >= tcb.rcv.wnd) return;
    const std::uint32_t count = std::min(seg.text_len - old, tcb.rcv.wnd - hole);
    const auto text = ctx.text.subspan(old, count);

    if (hole > 0) { // SHLD-31
        ctx.leave_waiting();
        ctx.receive_queue().write(ctx.receive_queue().size() + hole, text);
        ctx.held().add(begin, begin + count);
        return;
    }
    if (ctx.held().empty()) ctx.consider_waiting(count);
    if (ctx.options().reads && ctx.receive_queue().size() == 0 && ctx.held().empty()) {
        tcb.rcv.nxt += count; // straight into the RECEIVE that waits
        ctx.count_delivered({text, {}});
        ctx.leave_urgent_mode();
        ctx.adjust_window();
        return;
    }
    ctx.receive_queue().append(text);
    tcb.rcv.nxt += count;
    ctx.take_held();
    ctx.satisfy_receive();
    ctx.adjust_window();
}

void hold_rest(Context& ctx)
{
    const Segment& seg = ctx.seg();
    if (ctx.options().linux_checks) return; // it must come again
    const Seq begin = seg.seq + 1;          // after the SYN
    const std::uint32_t count = std::min(seg.text_len, ctx.tcb().rcv.wnd);
    if (count > 0) {
        ctx.receive_queue().write(0, ctx.text.first(count));
        ctx.held().add(begin, begin + count);
    }
    if (seg.has(Flag::FIN) && count == seg.text_len) ctx.held().add_fin(begin + count);
}

void note_fin(Context& ctx)
{
    ++ctx.tcb().rcv.nxt;
    ctx.adjust_window();
    ctx.consider_waiting_with_fin();
    ctx.signal(Error::closing);
}

void start_2msl(Context& ctx)
{
    for (const TimerKind kind : ctx.timers().kinds())
        if (kind != TimerKind::time_wait) ctx.cancel_timer(kind);
    ctx.recovery() = {}; // all that was sent is acknowledged
    ctx.set_timer(TimerKind::time_wait, ctx.two_msl());
}

// ---- what the user is told ------------------------------------------------------------------------------------------

void signal_reset(Context& ctx)
{
    // The peer had closed, so linux tells of a broken pipe, not of a reset.
    const bool closed_before = ctx.options().linux_checks && ctx.tcb().state == State::CloseWait;
    ctx.signal(closed_before ? Error::closing : Error::reset);
}

void signal_open_reset(Context& ctx)
{
    ctx.signal(Error::open_reset);
}

void signal_refused(Context& ctx)
{
    ctx.signal(ctx.options().linux_checks ? Error::reset : Error::refused);
}

void signal_user_timeout(Context& ctx)
{
    ctx.signal(Error::user_timeout);
}

void signal_timed_out(Context& ctx)
{
    ctx.signal(Error::timed_out);
}

void signal_unreachable(Context& ctx)
{
    ctx.signal(Error::unreachable);
}

void error_does_not_exist(Context& ctx)
{
    ctx.answer.error = Error::does_not_exist;
}

void error_already_exists(Context& ctx)
{
    ctx.answer.error = Error::already_exists;
}

void error_closing(Context& ctx)
{
    ctx.answer.error = Error::closing;
}

void error_remote_unspecified(Context& ctx)
{
    ctx.answer.error = Error::remote_unspecified;
}

} // namespace action

// ---- what the rows ask ----------------------------------------------------------------------------------------------

namespace guard {

bool from_listen(const Context& ctx)
{
    return ctx.tcb().passive;
}

bool nothing_queued(const Context& ctx)
{
    return ctx.send_queue().size() == 0;
}

bool remote_specified(const Context& ctx)
{
    return ctx.tcb().remote_specified;
}

bool text_would_be_lost(const Context& ctx)
{
    return ctx.tcb().reading_over && ctx.receive_queue().size() > 0;
}

bool reading_over(const Context& ctx)
{
    return ctx.tcb().reading_over;
}

bool text_waits(const Context& ctx)
{
    return ctx.receive_queue().size() > 0;
}

bool rfc5961(const Context& ctx)
{
    return ctx.options().rfc5961;
}

bool rfc1337(const Context& ctx)
{
    return ctx.options().rfc1337;
}

} // namespace guard
} // namespace tcpsm
