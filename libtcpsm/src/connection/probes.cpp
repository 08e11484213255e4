// RFC 9293, 3.8.6.1. Zero-Window Probing; 3.8.6.2.1, the override timeout; 3.8.4. TCP Keep-Alives.

#include <algorithm>

#include "connection/context.hpp"

namespace tcpsm {
namespace {

/// The interval doubles with each probe (SHLD-30).
Duration backed_off(Duration interval, std::uint8_t probes, Duration most)
{
    for (std::uint8_t i = 0; i < probes && interval < most; ++i) interval *= 2;
    return std::min(interval, most);
}

} // namespace

void Context::start_persist_timer()
{
    const bool waits = text_unsent() > 0 || probing();
    if (!waits || runs(TimerKind::retransmission)) {
        if (!waits && runs(TimerKind::persist)) {
            cancel_timer(TimerKind::persist);
            connection.probes_ = 0;
        }
        return;
    }
    if (runs(TimerKind::persist)) return;
    connection.probes_ = 0;
    connection.front_since_ = now;
    // SHLD-29; or a piece of the window that is not worth a segment.
    set_timer(TimerKind::persist, tcb().snd.wnd == 0 ? rto().rto() : options().override_timeout);
}

void Context::leave_probing()
{
    if (!probing() || tcb().snd.wnd == 0) return;
    SendVariables& snd = tcb().snd;
    cancel_timer(TimerKind::persist);
    connection.probes_ = 0;
    const auto queued = static_cast<std::uint32_t>(send_queue().size());
    const std::uint32_t length = std::min({queued, snd.wnd, effective_mss()});
    snd.nxt = std::max(snd.nxt, snd.una + length);
    emit_again({0, length});
    start_waiting(snd.nxt);
    stop_timing();
}

void Context::probe_window()
{
    Tcb& t = tcb();
    if (t.snd.wnd > text_outstanding() && !probing()) { // 3.8.6.2.1: it has waited long enough
        const std::uint32_t length = std::min({text_unsent(), t.snd.wnd - text_outstanding(), effective_mss()});
        emit(length == text_unsent() ? Flag::ACK | Flag::PSH : Flags(Flag::ACK), t.snd.nxt,
             {text_outstanding(), length}, false);
        t.snd.nxt += length;
        start_waiting(t.snd.nxt);
        return;
    }
    if (connection.retransmissions_ < 255) ++connection.retransmissions_;
    if (connection.probes_ < 255) ++connection.probes_;
    if (!options().probe_octet) { // as Linux does: nothing new, at a number that must be answered
        emit(Flag::ACK, t.snd.una - 1, {}, false);
    } else if (probing()) {
        emit_again({0, text_outstanding()});
    } else { // one octet of new data
        emit(text_unsent() == 1 ? Flag::ACK | Flag::PSH : Flags(Flag::ACK), t.snd.nxt, {0, 1}, false);
        t.snd.nxt += 1;
    }
    set_timer(TimerKind::persist, backed_off(rto().rto(), connection.probes_, options().rto_max));
}

void Context::note_probe_answered()
{
    if (tcb().snd.wnd > 0 && !runs(TimerKind::persist)) return;
    connection.retransmissions_ = 0;
    connection.front_since_ = now;
    if (runs(TimerKind::user_timeout)) set_timer(TimerKind::user_timeout, options().user_timeout);
}

void Context::start_keepalive_timer()
{
    if (!options().keepalive || runs(TimerKind::fin_wait_2) || connection.lingers_) return;
    connection.probes_ = 0;
    set_timer(TimerKind::keepalive, options().keepalive_time);
}

void Context::probe_peer()
{
    // MUST-26: only where nothing is outstanding, and nothing came in the interval.
    const Duration silent = now - connection.heard_;
    if (!idle() || (connection.probes_ == 0 && silent < options().keepalive_time)) {
        set_timer(TimerKind::keepalive, idle() ? options().keepalive_time - silent : options().keepalive_time);
        return;
    }
    ++connection.probes_;
    emit(Flag::ACK, tcb().snd.nxt - 1, {}, false); // SHLD-12: no text, at a number that must be answered
    if (options().keepalive_octet) {               // MAY-6: for peers that answer nothing else
        static constexpr std::array<std::uint8_t, 1> no_meaning{0};
        out.segments.back().text = {no_meaning, {}};
        out.segments.back().segment.text_len = 1;
    }
    set_timer(TimerKind::keepalive, options().keepalive_interval);
}

void Context::note_heard()
{
    connection.heard_ = now;
    if (!runs(TimerKind::keepalive) || connection.probes_ == 0 || text_unsent() > 0) return;
    connection.probes_ = 0;
    set_timer(TimerKind::keepalive, options().keepalive_time);
}

} // namespace tcpsm
