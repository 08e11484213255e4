#include "connection/context.hpp"

#include <algorithm>

namespace tcpsm {

bool Context::happen(Event event)
{
    Tcb& t = tcb();
    const State before = t.state;
    const std::size_t first_report = out.reports.size();
    const std::size_t first_segment = out.segments.size();
    if (out.reporting) out.reports.emplace_back(); // the state's change stands before what it led to
    const bool owed = ack_owed;
    ack_owed = false;

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
    if (ack_owed) {
        connection.ack_pending_ = true;
        connection.ack_why_ = why;
    }
    ack_owed = owed;
    if (out.reporting) {
        const auto at = out.reports.begin() + static_cast<std::ptrdiff_t>(first_report);
        if (t.state != before)
            *at = {
                .kind = ReportKind::state, .from = before, .to = t.state, .connection = connection.number, .why = why};
        else
            out.reports.erase(at);
    }
    return fired.row != no_row;
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

Segment& Context::emit(Flags flags, Stretch stretch, bool retransmission)
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
    s.text_len = stretch.length;
    if (flags.has(Flag::RST)) return s;
    s.wnd = static_cast<std::uint16_t>(std::min<std::uint32_t>(tcb().rcv.wnd, 65535));
    if (!flags.has(Flag::ACK)) return s;
    s.ack = tcb().rcv.nxt;
    connection.ack_pending_ = false;
    offer_window();
    return s;
}

void Context::emit_syn(Flags flags, bool retransmission)
{
    Segment& syn = emit(flags, {}, retransmission);
    syn.seq = tcb().snd.iss;
    syn.options.add_mss(options().mss); // SHLD-5
}

void Context::signal(Error error)
{
    connection.signal_ = error;
    if (reporting()) report({.kind = ReportKind::signal, .error = error});
}

void Context::set_timer(TimerKind kind, Duration after)
{
    // A deadline beyond the end of time is no deadline.
    const Time deadline = after < never - now ? now + after : never - Duration(1);
    connection.timers_.set(kind, {deadline, ++out.timers_set});
    if (reporting()) report({.kind = ReportKind::timer_set, .timer = kind, .deadline = deadline});
}

void Context::cancel_timer(TimerKind kind)
{
    if (!connection.timers_[kind].running()) return;
    connection.timers_.stop(kind);
    if (reporting()) report({.kind = ReportKind::timer_cancelled, .timer = kind});
}

void Context::start_waiting(Seq last)
{
    if (!connection.timing_) { // one measurement at a time (RFC 6298, section 3)
        connection.timing_ = true;
        connection.timed_ = last;
        connection.timed_since_ = now;
    }
    if (connection.timers_[TimerKind::retransmission].running()) return;
    connection.front_since_ = now;
    set_timer(TimerKind::retransmission, rto().rto());
    if (options().user_timeout > Duration(0) && !connection.timers_[TimerKind::user_timeout].running())
        set_timer(TimerKind::user_timeout, options().user_timeout);
}

void Context::note_acknowledged(Seq ack)
{
    Tcb& t = tcb();
    const bool of_syn = t.state == State::SynSent || t.state == State::SynReceived;
    const auto acked = static_cast<std::uint32_t>(ack - t.snd.una) - (of_syn ? 1U : 0U);
    send_queue().discard(std::min<std::size_t>(acked, send_queue().size())); // SYN and FIN are not in the queue
    t.snd.una = ack;
    connection.retransmissions_ = 0;
    connection.front_since_ = now;
    if (connection.timing_ && connection.timed_ <= ack) {
        connection.timing_ = false;
        rto().sample(now - connection.timed_since_, options());
    }
    if (t.snd.una == t.snd.nxt) { // RFC 6298, 5.2
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

void Context::update_send_window()
{
    SendVariables& snd = tcb().snd;
    snd.wnd = seg().wnd;
    snd.max_wnd = std::max(snd.max_wnd, snd.wnd);
    snd.wl1 = seg().seq;
    snd.wl2 = seg().ack;
}

bool Context::r2_reached() const
{
    const ConnectionOptions& o = options();
    if (retransmitting_syn()) {
        const bool active = tcb().state == State::SynSent;
        const int limit = active ? o.syn_retries : o.synack_retries;
        if (limit >= 0) return retransmissions() >= limit + (active ? o.syn_linear_timeouts : 0);
        return now - connection.front_since_ >= o.r2_syn;
    }
    if (o.retries >= 0) return retransmissions() >= o.retries;
    return now - connection.front_since_ >= o.r2;
}

void Context::retransmit_front()
{
    Tcb& t = tcb();
    stop_timing();
    if (connection.retransmissions_ < 255) ++connection.retransmissions_;
    const bool linear = t.state == State::SynSent && connection.retransmissions_ <= options().syn_linear_timeouts;
    if (!linear) rto().back_off(options());

    if (retransmitting_syn()) {
        t.syn_retransmitted = true;
        emit_syn(t.state == State::SynSent ? Flags(Flag::SYN) : Flag::SYN | Flag::ACK, true);
    } else {
        const std::uint32_t outstanding = text_outstanding();
        const auto length = std::min<std::uint32_t>(outstanding, t.send_mss);
        Flags flags = Flag::ACK;
        if (length > 0 && length == send_queue().size()) flags = flags | Flag::PSH;
        if (t.fin_sent && length == outstanding) flags = flags | Flag::FIN;
        emit(flags, {0, length}, true).seq = t.snd.una;
    }
    set_timer(TimerKind::retransmission, rto().rto());
}

void Context::count_delivered(Octets octets)
{
    if (octets.size() == 0) return;
    if (reporting()) {
        report({.kind = ReportKind::deliver,
                .count = static_cast<std::uint32_t>(octets.size()),
                .offset = connection.delivered_});
        out.delivered.insert(out.delivered.end(), octets.first.begin(), octets.first.end());
        out.delivered.insert(out.delivered.end(), octets.second.begin(), octets.second.end());
    }
    connection.delivered_ += octets.size();
}

void Context::satisfy_receive()
{
    if (!options().reads) return;
    const std::size_t all = receive_queue().size();
    count_delivered(receive_queue().read(0, all));
    receive_queue().discard(all);
}

std::size_t Context::deliver(std::span<std::uint8_t> to_user)
{
    const std::size_t count = std::min(to_user.size(), receive_queue().size());
    const Octets text_read = receive_queue().read(0, count);
    text_read.copy_to(to_user.data());
    count_delivered(text_read);
    receive_queue().discard(count);
    adjust_window();
    return count;
}

void Context::adjust_window()
{
    Tcb& t = tcb();
    const std::size_t limit = options().receive_buffer;
    const std::size_t unread = receive_queue().size();
    const auto room = static_cast<std::uint32_t>(limit > unread ? limit - unread : 0);
    const Seq edge = t.rcv.nxt + room;
    t.rcv.wnd = edge > connection.right_edge_ ? room : static_cast<std::uint32_t>(connection.right_edge_ - t.rcv.nxt);
}

bool Context::window_update_due() const
{
    const Tcb& t = tcb();
    if (t.state != State::Established && t.state != State::FinWait1 && t.state != State::FinWait2) return false;
    const auto known = static_cast<std::uint32_t>(connection.right_edge_ - t.rcv.nxt);
    const std::uint32_t gained = t.rcv.wnd - known;
    // Half the buffer; or, where the peer may be unable to send one full segment, as much as lets it.
    return gained >= options().receive_buffer / 2 || (known < options().mss && gained >= options().mss);
}

bool Context::take_held()
{
    if (held().empty()) return false;
    const std::uint32_t more = held().take(tcb().rcv.nxt);
    receive_queue().extend(more);
    tcb().rcv.nxt += more;
    if (more == 0) return false;
    satisfy_receive();
    adjust_window();
    return true;
}

/// A new TCB: nothing of an earlier connection stays but the sockets that OPEN was given.
void Context::begin()
{
    Tcb fresh;
    fresh.state = tcb().state;
    fresh.remote_specified = tcb().remote_specified;
    tcb() = fresh;
    rto() = RtoEstimator(options().rto_initial);
    connection.signal_ = Error::none;
    connection.timing_ = false;
    connection.retransmissions_ = 0;
    connection.delivered_ = 0;
}

void Context::forget()
{
    for (TimerKind kind :
         {TimerKind::retransmission, TimerKind::user_timeout, TimerKind::time_wait, TimerKind::fin_wait_2})
        cancel_timer(kind);
    connection.send_queue_.release();
    connection.receive_queue_.release();
    connection.held_.clear();
    connection.ack_pending_ = false;
    tcb().remote_specified = false;
}

} // namespace tcpsm
