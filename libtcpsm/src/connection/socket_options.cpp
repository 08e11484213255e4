// Two options of sockets that RFC 9293 does not know, as Linux has them. SO_LINGER: a CLOSE that waits until the peer
// has acknowledged everything, the FIN included, or its time is over. TCP_DEFER_ACCEPT: text ends the handshake.

#include "connection/context.hpp"

namespace tcpsm {

// ---- SO_LINGER ------------------------------------------------------------------------------------------------------

bool Context::waits_for_ack_of_fin() const
{
    switch (tcb().state) {
    case State::FinWait1:
    case State::Closing:
    case State::LastAck: return true;
    case State::SynReceived:
    case State::Established: return tcb().close_queued; // 3.10.4: the FIN waits for the handshake
    default: return false;
    }
}

void Context::linger()
{
    if (options().linger <= Duration(0) || connection.lingers_ || !waits_for_ack_of_fin()) return;
    connection.lingers_ = true;
    cancel_timer(TimerKind::keepalive); // while a FIN is outstanding, nobody else need be asked
    set_timer(TimerKind::linger, options().linger);
}

void Context::leave_lingering()
{
    connection.lingers_ = false;
    cancel_timer(TimerKind::linger);
    if (synchronized(tcb().state) && tcb().state != State::TimeWait) start_keepalive_timer();
    if (reporting()) report({.kind = ReportKind::returned, .to = tcb().state});
}

// ---- TCP_DEFER_ACCEPT -----------------------------------------------------------------------------------------------

int Context::deferred_timeouts() const
{
    if (options().defer_accept <= Duration(0)) return 0;
    // The option is a time, but what is counted are the timeouts of a SYN,ACK that it holds.
    Duration interval = options().rto_initial;
    Duration passed = interval;
    int timeouts = 1;
    for (; passed < options().defer_accept && timeouts < 255; ++timeouts) {
        interval = std::min(2 * interval, options().rto_max);
        passed += interval;
    }
    return timeouts;
}

bool Context::defers_accept() const
{
    const bool bare = seg().len() == 0 && seg().seq == tcb().rcv.nxt;
    return bare && tcb().passive && connection.deferral_ != Connection::Deferral::excluded &&
           retransmissions() < deferred_timeouts();
}

bool Context::waits_for_text_quietly() const
{
    // The last of them sends it again all the same: whoever has no text answers it, and is taken.
    return connection.deferral_ == Connection::Deferral::done && tcb().state == State::SynReceived &&
           retransmissions() + 1 < deferred_timeouts();
}

} // namespace tcpsm
