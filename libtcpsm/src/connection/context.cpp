#include "connection/context.hpp"

#include <algorithm>

namespace tcpsm {

// ---- the event ------------------------------------------------------------------------------------------------------

bool Context::happen(Event event)
{
    Tcb& t = tcb();
    const State before = t.state;
    const std::size_t place = out.wants(Recording::states) ? keep_place() : 0;
    const std::size_t first_segment = out.segments.size();
    const bool owed = ack_owed;
    ack_owed = ack_may_wait = false;

    const Fired fired = dispatch(event, before, *this);
    t.state = fired.state;
    for (Why* w : {&why, &connection.last_why_}) { // by its parts: a copy would wait for them to reach memory
        w->event = event;
        w->check = why.check;
        w->row = fired.row;
    }

    for (std::size_t i = first_segment; i < out.segments.size(); ++i) {
        out.segments[i].why = why;
        out.segments[i].state = t.state;
    }
    if (ack_owed) settle_ack();
    ack_owed = owed;
    const bool returns = connection.lingers_ && !waits_for_ack_of_fin();
    if (out.wants(Recording::counts)) {
        if (t.state != before) out.changes.push_back({before, t.state});
        if (out.wants(Recording::states)) report_change(place, before);
    }
    if (returns) leave_lingering();
    return fired.row != no_row;
}

std::size_t Context::keep_place()
{
    out.reports.emplace_back();
    return out.reports.size() - 1;
}

void Context::report_change(std::size_t place, State before)
{
    const State after = tcb().state;
    if (after == before) {
        out.reports.erase(out.reports.begin() + static_cast<std::ptrdiff_t>(place));
        return;
    }
    out.reports[place] = {
        .kind = ReportKind::state, .from = before, .to = after, .connection = connection.number, .why = why};
}

void Context::report(const Report& what)
{
    out.reports.push_back(what);
    out.reports.back().connection = connection.number;
}

void Context::refuse(Check check)
{
    why = {Event::RcvSegment, check, no_row};
    if (reporting()) report({.kind = ReportKind::refused, .why = why});
}

void Context::signal(Error error)
{
    connection.signal_ = error;
    if (reporting()) report({.kind = ReportKind::signal, .error = error});
}

void Context::advise(Error error)
{
    if (options().soft_errors && reporting()) report({.kind = ReportKind::signal, .error = error});
}

// ---- segments -------------------------------------------------------------------------------------------------------

Segment& Context::emit(Flags flags, Seq seq, Stretch stretch, bool retransmission)
{
    // Filled in place: copying what was written a moment ago costs more than all the rest.
    Departure& departure = out.segments.emplace_back();
    if (stretch.length > 0) departure.text = send_queue().read(stretch.offset, stretch.length);
    departure.from = connection.local_;
    departure.to = connection.remote_;
    departure.why = why;
    departure.state = tcb().state;
    departure.retransmission = retransmission;
    departure.connection = connection.number;
    Segment& s = departure.segment;
    s.flags = flags;
    s.seq = seq;
    s.text_len = stretch.length;
    if (flags.has(Flag::RST)) return s;
    s.wnd = offer_window(flags.has(Flag::SYN), retransmission);
    if (!flags.has(Flag::ACK)) return s;
    s.ack = tcb().rcv.nxt;
    connection.ack_ = Connection::Ack::none;
    connection.unacknowledged_ = 0;
    cancel_timer(TimerKind::delayed_ack);
    const SendVariables& snd = tcb().snd;
    if (snd.urgent && seq < snd.up) { // MUST-62: the pointer names the octet after the urgent ones
        s.flags = flags | Flag::URG;
        s.up = static_cast<std::uint16_t>(std::min<std::int32_t>(snd.up - seq, 65535));
    }
    if (!flags.has(Flag::SYN) && (tcb().timestamps || tcb().sack)) add_options(s);
    tcb().ts.last_ack_sent = s.ack;
    return s;
}

void Context::emit_syn(Flags flags, bool retransmission)
{
    add_syn_options(emit(flags, tcb().snd.iss, {}, retransmission));
}

void Context::emit_again(Stretch stretch)
{
    const Tcb& t = tcb();
    const std::uint32_t end = stretch.offset + stretch.length;
    Flags flags = Flag::ACK;
    if (stretch.length > 0 && end == send_queue().size()) flags = flags | Flag::PSH;
    if (t.fin_sent && end == text_outstanding()) flags = flags | Flag::FIN;
    emit(flags, t.snd.una + stretch.offset, stretch, true);
}

// ---- timers ---------------------------------------------------------------------------------------------------------

void Context::set_timer(TimerKind kind, Duration after)
{
    // A deadline beyond the end of time is no deadline.
    const Time deadline = after < never - now ? now + after : never - Duration(1);
    connection.timers_.set(kind, {deadline, ++out.timers_set});
    if (reporting()) report({.kind = ReportKind::timer_set, .timer = kind, .deadline = deadline});
}

Duration Context::two_msl()
{
    // Linux held three and a half RTOs to be enough, where timestamps tell what is old: four, less the half of one.
    if (options().tw_recycle && tcb().timestamps) return 4 * rto().rto() - rto().rto() / 2;
    return options().two_msl();
}

void Context::start_fin_wait_2_timeout()
{
    if (tcb().state != State::FinWait2 || !tcb().reading_over || options().fin_timeout <= Duration(0)) return;
    if (runs(TimerKind::fin_wait_2)) return;
    cancel_timer(TimerKind::keepalive);
    set_timer(TimerKind::fin_wait_2, options().fin_timeout);
}

// ---- the connection's beginning and end -----------------------------------------------------------------------------

void Context::begin()
{
    Tcb fresh;
    fresh.state = tcb().state;
    fresh.remote_specified = tcb().remote_specified;
    tcb() = fresh;
    rto() = RtoEstimator(options().rto_initial);
    congestion() = {};
    recovery() = {};
    connection.signal_ = Error::none;
    connection.timing_ = connection.lingers_ = false;
    connection.deferral_ = Connection::Deferral::may;
    connection.retransmissions_ = connection.probes_ = connection.quick_acks_ = connection.challenges_ = 0;
    connection.unacknowledged_ = connection.largest_seen_ = 0;
    connection.conversing_ = false;
    connection.delivered_ = 0;
}

void Context::forget()
{
    for (const TimerKind kind : timers().kinds()) cancel_timer(kind);
    connection.send_queue_.release();
    connection.receive_queue_.release();
    connection.held_.clear();
    connection.recovery_ = {};
    connection.ack_ = Connection::Ack::none;
    tcb().remote_specified = false;
}

} // namespace tcpsm
