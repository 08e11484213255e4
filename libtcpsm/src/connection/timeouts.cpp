// RFC 9293, 3.10.8. Timeouts; 3.8.3. TCP Connection Failures.

#include "connection/context.hpp"

namespace tcpsm {

void Connection::timeout(Time now, Output& out)
{
    Context ctx{.connection = *this, .now = now, .out = out, .iss = tcb_.snd.iss};
    const TimerKind kind = timers_.fire();
    if (ctx.reporting()) ctx.report({.kind = ReportKind::timer_fired, .timer = kind});
    switch (kind) {
    case TimerKind::retransmission:
        ctx.happen(ctx.r2_reached() ? Event::R2Reached : Event::RetransmissionTimeout);
        break;
    case TimerKind::user_timeout: ctx.happen(Event::UserTimeout); break;
    case TimerKind::time_wait: ctx.happen(Event::TimeWaitTimeout); break;
    case TimerKind::fin_wait_2: ctx.happen(Event::FinWait2Timeout); break;
    case TimerKind::persist: ctx.happen(ctx.r2_reached() ? Event::R2Reached : Event::PersistTimeout); break;
    case TimerKind::keepalive:
        ctx.happen(ctx.keepalive_failed() ? Event::KeepaliveFailed : Event::KeepaliveTimeout);
        break;
    case TimerKind::delayed_ack: ctx.happen(Event::AckTimeout); break;
    case TimerKind::linger: ctx.leave_lingering(); break;
    }
}

} // namespace tcpsm
