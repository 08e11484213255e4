// RFC 9293, 3.10.1 to 3.10.6: the user calls. What each does in each state stands in the table.

#include <algorithm>
#include <utility>

#include "connection/context.hpp"

namespace tcpsm {
namespace {

/// A call on a connection that has ended answers what ended it, once: the delayed response of 3.10.
Error ended_by(Error& signal, Error answer, bool linux_checks)
{
    if (linux_checks && answer == Error::does_not_exist && signal == Error::closing) return signal; // EOF, EPIPE
    if (answer != Error::does_not_exist || signal == Error::none || signal == Error::closing) return answer;
    return std::exchange(signal, linux_checks ? Error::closing : Error::none);
}

/// SO_LINGER with no time throws the connection away. What is in TIME-WAIT is not the user's any more.
bool close_is_abort(const ConnectionOptions& options, State state)
{
    return options.linger == Duration(0) && state > State::Listen && state != State::TimeWait;
}

} // namespace

Connection Connection::child_of(const Connection& listener, Seq iss)
{
    Connection child(listener.options_);
    child.local_ = listener.local_;
    child.tcb_.state = listener.tcb_.state;
    child.tcb_.passive = true;
    child.tcb_.rcv.wnd = std::min<std::uint32_t>(listener.options_->receive_buffer, 65535);
    child.tcb_.snd.iss = iss;
    return child;
}

Error Connection::open(Endpoint local, Endpoint remote, Seq iss, Time now, Output& out,
                       const TimestampVariables& earlier)
{
    Context ctx{.connection = *this, .now = now, .out = out, .iss = iss, .earlier = &earlier};
    if (tcb_.state == State::Closed || tcb_.state == State::Listen) {
        if (local.port != 0) local_ = local;
        if (remote.port != 0) {
            remote_ = remote;
            tcb_.remote_specified = true;
        }
    }
    ctx.happen(Event::ActiveOpen);
    return ctx.answer.error;
}

Error Connection::listen(Endpoint local, Seq iss, Time now, Output& out)
{
    Context ctx{.connection = *this, .now = now, .out = out, .iss = iss};
    if (tcb_.state == State::Closed) local_ = local;
    ctx.happen(Event::PassiveOpen);
    return ctx.answer.error;
}

Transfer Connection::send(std::span<const std::uint8_t> octets, Time now, Output& out, SendOptions how)
{
    Context ctx{
        .connection = *this, .now = now, .out = out, .iss = tcb_.snd.iss, .offered = octets, .urgent = how.urgent};
    ctx.happen(Event::Send);
    ctx.answer.error = ended_by(signal_, ctx.answer.error, options_->linux_checks);
    return ctx.answer;
}

Transfer Connection::receive(std::span<std::uint8_t> into, Time now, Output& out)
{
    Context ctx{.connection = *this, .now = now, .out = out, .into = into};
    ctx.happen(Event::Receive);
    ctx.answer.error = ended_by(signal_, ctx.answer.error, options_->linux_checks);
    if (ctx.window_update_due()) {
        ack_ = Ack::now;
        ack_why_ = ctx.why;
    }
    return ctx.answer;
}

Error Connection::close(Time now, Output& out)
{
    if (close_is_abort(*options_, tcb_.state)) return abort(now, out);
    const Error answer = options_->half_duplex_close ? end_both_ways(now, out) : shutdown(now, out);
    Context ctx{.connection = *this, .now = now, .out = out};
    ctx.linger();
    return answer;
}

Error Connection::shutdown(Time now, Output& out)
{
    Context ctx{.connection = *this, .now = now, .out = out};
    ctx.happen(Event::Close);
    return ended_by(signal_, ctx.answer.error, options_->linux_checks);
}

Error Connection::close_both_ways(Time now, Output& out)
{
    return close_is_abort(*options_, tcb_.state) ? abort(now, out) : end_both_ways(now, out);
}

Error Connection::end_both_ways(Time now, Output& out)
{
    tcb_.reading_over = true;
    Context ctx{.connection = *this, .now = now, .out = out};
    ctx.happen(Event::Close);
    ctx.start_fin_wait_2_timeout();
    return ended_by(signal_, ctx.answer.error, options_->linux_checks);
}

Error Connection::abort(Time now, Output& out)
{
    Context ctx{.connection = *this, .now = now, .out = out};
    ctx.happen(Event::Abort);
    return ended_by(signal_, ctx.answer.error, options_->linux_checks);
}

void Connection::icmp(IcmpError error, Time now, Output& out)
{
    if (error == IcmpError::source_quench) return; // MUST-55
    Context ctx{.connection = *this, .now = now, .out = out};
    const bool hard = error == IcmpError::protocol_unreachable || error == IcmpError::port_unreachable ||
                      error == IcmpError::fragmentation_needed;                     // SHLD-26
    if (!hard || !ctx.happen(Event::IcmpHardError)) ctx.advise(Error::unreachable); // SHLD-25, MUST-56
}

void Connection::keep_alive(Time now, Output& out)
{
    Context ctx{.connection = *this, .now = now, .out = out};
    ctx.cancel_timer(TimerKind::keepalive);
    if (synchronized(tcb_.state) && tcb_.state != State::TimeWait) ctx.start_keepalive_timer();
}

Error Connection::status(Time now, Output& out)
{
    Context ctx{.connection = *this, .now = now, .out = out};
    ctx.happen(Event::Status);
    return ctx.answer.error;
}

} // namespace tcpsm
