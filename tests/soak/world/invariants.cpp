#include "soak/world/invariants.hpp"

#include <algorithm>

namespace tcpsm::soak {
namespace {

bool in_progress(const Standing& end)
{
    return end.state() > State::Listen;
}

bool runs(const Standing& end, TimerKind kind)
{
    return end.timers()[kind].running();
}

/// Sequence numbers that were sent and not acknowledged.
std::uint32_t outstanding(const Tcb& tcb)
{
    return static_cast<std::uint32_t>(tcb.snd.nxt - tcb.snd.una);
}

/// Octets of text among them: not the FIN, and not the SYN, before which nothing is acknowledged.
std::uint32_t text_outstanding(const Standing& end)
{
    const std::uint32_t all = outstanding(end.tcb());
    const std::uint32_t numbers = all - (all > 0 && end.tcb().fin_sent ? 1U : 0U);
    const bool syn = end.tcb().snd.una == end.tcb().snd.iss;
    return numbers - (syn && numbers > 0 ? 1U : 0U);
}

std::uint32_t text_unsent(const Standing& end)
{
    return static_cast<std::uint32_t>(end.queued()) - text_outstanding(end);
}

bool sends_text(State state)
{
    return state == State::Established || state == State::CloseWait || state == State::FinWait1 ||
           state == State::Closing || state == State::LastAck;
}

} // namespace

std::string timer_without_reason(const Standing& end)
{
    const Tcb& tcb = end.tcb();
    const State state = end.state();
    if (!in_progress(end))
        return end.timers()[end.timers().next()].running() ? "a timer runs where there is no connection" : "";
    if (runs(end, TimerKind::retransmission) && outstanding(tcb) == 0) return "RTO runs, and nothing is outstanding";
    if (runs(end, TimerKind::user_timeout) && outstanding(tcb) == 0)
        return "the user timeout runs, and nothing is outstanding";
    if (runs(end, TimerKind::persist)) {
        if (!sends_text(state)) return "the persist timer runs in a state that sends nothing";
        if (outstanding(tcb) > 1) return "the persist timer runs, and more than a probe is outstanding";
        if (end.queued() == 0) return "the persist timer runs, and nothing waits";
    }
    if (runs(end, TimerKind::delayed_ack) && tcb.rcv.nxt == tcb.ts.last_ack_sent)
        return "the delayed ACK runs, and none is owed";
    if (runs(end, TimerKind::keepalive) && (!end.options().keepalive || !synchronized(state)))
        return "the keep-alive timer runs, and nobody asked for it";
    if (runs(end, TimerKind::time_wait) != (state == State::TimeWait)) return "2 MSL and TIME-WAIT differ";
    if (runs(end, TimerKind::fin_wait_2) && state != State::FinWait2)
        return "the FIN-WAIT-2 timer runs in another state";
    return {};
}

std::string left_behind(const Standing& end)
{
    if (!in_progress(end)) return {};
    const bool resends = runs(end, TimerKind::retransmission) || runs(end, TimerKind::persist);
    if (outstanding(end.tcb()) > 0 && !resends) return "what is outstanding has no timer that sends it again";
    if (!sends_text(end.state())) return {};
    if (text_unsent(end) > 0 && outstanding(end.tcb()) == 0 && !runs(end, TimerKind::persist))
        return "text waits, nothing is in flight, and no timer runs";
    if (end.tcb().fin_queued && !end.tcb().fin_sent && text_unsent(end) == 0 && !resends)
        return "the FIN waits, and nothing is before it";
    return {};
}

std::string contradiction(const Standing& end)
{
    const Tcb& tcb = end.tcb();
    if (!in_progress(end)) return {};
    if (tcb.snd.una > tcb.snd.nxt) return "SND.UNA > SND.NXT";
    if (tcb.snd.nxt < tcb.snd.iss && outstanding(tcb) > 0) return "SND.NXT < ISS";
    if (tcb.state >= State::Established && text_outstanding(end) > end.queued())
        return "more text is outstanding than is queued";
    if (tcb.fin_sent && text_unsent(end) > 0) return "text waits behind the FIN";
    if (end.state() > State::SynSent && tcb.ts.last_ack_sent > tcb.rcv.nxt && tcb.timestamps)
        return "an ACK was sent of what has not come";
    if (end.rto().rto() <= Duration(0)) return "RTO is not positive";
    if (end.congestion().controls() && end.congestion().window() == 0) return "cwnd is zero";
    return {};
}

std::string wrong_with(const Standing& end)
{
    if (std::string wrong = contradiction(end); !wrong.empty()) return wrong;
    if (std::string wrong = timer_without_reason(end); !wrong.empty()) return wrong;
    return left_behind(end);
}

std::string wrong_between(const Tcb& sender, const Tcb& receiver)
{
    if (sender.state <= State::Listen || receiver.state <= State::Listen) return {};
    if (receiver.state == State::SynSent) return {}; // it has no RCV.NXT yet
    if (receiver.rcv.irs != sender.snd.iss) return "IRS is not the peer's ISS";
    if (receiver.rcv.nxt > sender.snd.nxt) return "RCV.NXT > the peer's SND.NXT";
    if (sender.snd.una > receiver.rcv.nxt) return "SND.UNA > the peer's RCV.NXT";
    if (sender.state == State::SynSent) return {}; // it has agreed on nothing yet
    if (sender.snd.shift != receiver.rcv.shift) return "Snd.Wind.Shift is not the peer's Rcv.Wind.Shift";
    if (sender.timestamps != receiver.timestamps || sender.sack != receiver.sack ||
        sender.window_scaling != receiver.window_scaling)
        return "the two ends did not agree on the same options";
    return {};
}

std::string too_much_in_flight(const Connection& end)
{
    const Tcb& tcb = end.tcb();
    if (!end.congestion().controls() || !synchronized(tcb.state)) return {};
    const std::uint32_t mss = tcb.send_mss;
    const std::uint32_t pipe = end.recovery().pipe(tcb.snd.una, tcb.snd.nxt, mss);
    // Limited transmit adds two segments; the FIN takes a number of its own.
    return pipe > end.congestion().window() + 2 * mss + 1 ? "in flight is more than cwnd allows" : "";
}

} // namespace tcpsm::soak
