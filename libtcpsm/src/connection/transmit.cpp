// RFC 9293, 3.8: which segments are due. Called once after everything that happened at one moment, so that text, FIN
// and ACK share a segment where they can (MUST-58).

#include <algorithm>

#include "connection/context.hpp"

namespace tcpsm {
namespace {

bool may_send_text(State state)
{
    // CLOSING and LAST-ACK too: text that was queued before the FIN may still be on its way (docs/decisions/0003).
    return state == State::Established || state == State::CloseWait || state == State::FinWait1 ||
           state == State::Closing || state == State::LastAck;
}

/// RFC 5681, 3.2, step 1 (RFC 3042): one more segment for each of the first two duplicate ACKs.
std::uint32_t limited_transmit(const Recovery& recovery, std::uint32_t mss)
{
    return recovery.phase() == Recovery::Phase::none ? std::min<std::uint32_t>(recovery.duplicates(), 2) * mss : 0;
}

/// How many octets more may be in flight: what the peer's window takes (U of 3.8.6.2.1) and congestion control allows.
std::uint32_t room(Context& ctx, std::uint32_t mss)
{
    const Tcb& tcb = ctx.tcb();
    const std::uint32_t outstanding = ctx.text_outstanding();
    const std::uint32_t usable = tcb.snd.wnd > outstanding ? tcb.snd.wnd - outstanding : 0; // MUST-34, SHLD-15
    if (!ctx.congestion().controls()) return usable;
    const std::uint32_t flight = ctx.recovery().pipe(tcb.snd.una, tcb.snd.nxt, mss);
    // Where SACK tells what has left the network, the flight has shrunk by it already.
    const std::uint32_t more = tcb.sack ? 0 : limited_transmit(ctx.recovery(), mss);
    const std::uint32_t allowed = ctx.congestion().window() + more;
    return std::min(usable, allowed > flight ? allowed - flight : 0);
}

/// 3.8.6.2.1, the sender's part of silly-window avoidance, and 3.7.4, Nagle's algorithm: is the segment that would go
/// now worth being sent? Every SEND is pushed, so the last of what is queued is.
bool worth_sending(const Context& ctx, std::uint32_t length, std::uint32_t unsent, std::uint32_t mss)
{
    const ConnectionOptions& options = ctx.options();
    if (length >= mss) return true;
    // linux, as Minshall proposed: only a small segment in flight holds the next one back.
    const bool small_in_flight = !options.linux_checks || ctx.small_in_flight();
    const bool waits = options.nagle && !ctx.nothing_outstanding() && small_in_flight;
    const bool last = length == unsent;
    if (last && ctx.tcb().fin_queued) return true; // nothing will come that could fill it
    if (waits) return false;
    return last || !options.silly_window_avoidance || length >= ctx.tcb().snd.max_wnd / 2;
}

/// linux hands segments of one size to the interface in bursts, half of cwnd at most, and sets PSH on the last of each.
class Burst {
public:
    Burst(Context& ctx, std::uint32_t mss)
        : ctx_(ctx),
          most_(ctx.options().linux_checks && ctx.congestion().controls()
                    ? std::max(ctx.congestion().window() / mss / 2, 1U)
                    : 0)
    {
    }
    void note_sent()
    {
        if (most_ > 0 && ++count_ == most_) end();
    }
    void end()
    {
        if (count_ > 1) {
            Segment& last = ctx_.out.segments.back().segment;
            last.flags = last.flags | Flag::PSH;
        }
        count_ = 0;
    }

private:
    Context& ctx_;
    std::uint32_t most_; // segments; zero for no bursts
    std::uint32_t count_ = 0;
};

} // namespace

void Context::update_send_window()
{
    SendVariables& snd = tcb().snd;
    const bool shifted = !seg().has(Flag::SYN); // RFC 7323, 2.2
    snd.wnd = std::uint32_t{seg().wnd} << (shifted ? snd.shift : 0);
    snd.max_wnd = std::max(snd.max_wnd, snd.wnd);
    snd.wl1 = seg().seq;
    snd.wl2 = seg().ack;
}

Seq Context::seq_without_text() const
{
    const SendVariables& snd = tcb().snd;
    if (snd.una == snd.iss) return snd.nxt; // no window holds a SYN back
    const std::int32_t beyond = snd.nxt - (snd.una + snd.wnd);
    const std::int32_t rounded_away = (1 << snd.shift) - 1; // RFC 7323, 2.4: so much may an edge seem to recede
    return beyond <= rounded_away ? snd.nxt : snd.una + snd.wnd;
}

void Context::send_text_and_fin()
{
    Tcb& t = tcb();
    const std::uint32_t mss = effective_mss();
    // RFC 5681, 4.1: after a pause the ACKs that would pace a burst are gone.
    if (nothing_outstanding() && now - connection.front_since_ > rto().rto())
        congestion().restart_after_idle(options());
    Burst burst(*this, mss);
    while (!t.fin_sent) {
        const std::uint32_t unsent = text_unsent();
        const std::uint32_t length = std::min({unsent, room(*this, mss), mss});
        const bool last = length == unsent;
        const bool fin = t.fin_queued && last;
        if (length == 0 && !fin) break;
        if (!fin && !worth_sending(*this, length, unsent, mss)) break;

        Flags flags = Flag::ACK;
        if (length > 0 && last) flags = flags | Flag::PSH; // MUST-61
        if (fin) flags = flags | Flag::FIN;
        emit(flags, t.snd.nxt, {text_outstanding(), length}, false);
        t.snd.nxt += length + (fin ? 1U : 0U);
        t.fin_sent = fin;
        if (length < mss) connection.small_sent_ = t.snd.nxt;
        start_waiting(t.snd.nxt);
        if (length == 0) break; // the FIN alone
        note_conversation();
        burst.note_sent();
    }
    burst.end();
}

void Connection::transmit_due(Time now, Output& out)
{
    Context ctx{.connection = *this, .now = now, .out = out, .why = last_why_};
    const bool something_waits = send_queue_.size() > 0 || (tcb_.fin_queued && !tcb_.fin_sent);
    if (something_waits && may_send_text(tcb_.state)) {
        ctx.resend_lost();
        ctx.leave_probing();
        ctx.send_text_and_fin();
        ctx.start_persist_timer();
    }
    if (ack_ != Ack::now) return;
    ctx.why = ack_why_;
    ctx.emit(Flag::ACK, ctx.seq_without_text(), {}, false);
}

} // namespace tcpsm
