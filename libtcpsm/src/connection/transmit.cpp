// RFC 9293, 3.8: which segments are due. Called once after everything that happened at one moment, so that text, FIN
// and ACK share a segment where they can (MUST-58).
//
// What comes later has its place here: Nagle (3.7.4) and silly-window avoidance (3.8.6.2.1) decide whether a short
// segment may go, congestion control (3.8.2) bounds how much may be outstanding, delayed ACKs (3.8.6.3) decide whether
// the bare ACK goes now, and a zero window starts the persist timer (3.8.6.1).

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

/// Sends what is queued, as far as the peer's window reaches, and the FIN behind it.
void send_text_and_fin(Context& ctx)
{
    Tcb& tcb = ctx.tcb();
    while (!tcb.fin_sent) {
        const std::uint32_t outstanding = ctx.text_outstanding();
        const auto unsent = static_cast<std::uint32_t>(ctx.send_queue().size()) - outstanding;
        const std::uint32_t usable = tcb.snd.wnd > outstanding ? tcb.snd.wnd - outstanding : 0; // MUST-34
        const std::uint32_t length = std::min({unsent, usable, std::uint32_t{tcb.send_mss}});
        const bool last = length == unsent;
        const bool fin = tcb.fin_queued && last;
        if (length == 0 && !fin) return;

        Flags flags = Flag::ACK;
        if (length > 0 && last) flags = flags | Flag::PSH; // MUST-61
        if (fin) flags = flags | Flag::FIN;
        ctx.emit(flags, {outstanding, length}, false).seq = tcb.snd.nxt;
        tcb.snd.nxt += length + (fin ? 1U : 0U);
        tcb.fin_sent = fin;
        ctx.start_waiting(tcb.snd.nxt);
    }
}

} // namespace

void Connection::transmit_due(Time now, Output& out)
{
    Context ctx{.connection = *this, .now = now, .out = out, .why = last_why_};
    if (may_send_text(tcb_.state)) send_text_and_fin(ctx);
    if (!ack_pending_) return;
    ctx.why = ack_why_;
    ctx.emit(Flag::ACK, {}, false).seq = tcb_.snd.nxt;
}

} // namespace tcpsm
