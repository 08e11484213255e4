// What a segment that arrived was found to be, where no check refused it.

#include <algorithm>

#include "explain/arrival.hpp"
#include "explain/headlines.hpp"

namespace tcpsm::viz {
namespace {

bool passed_through(const Arrival& a, State state)
{
    return std::find(a.states.begin(), a.states.end(), state) != a.states.end();
}

// 3.10.7.4, fifth, in SYN-RECEIVED, and what came with the ACK.
Phrase ack_of_syn(const Arrival& a)
{
    if (a.after == State::Closed) return Phrase::got_text_for_nobody;
    if (a.seg.has(Flag::FIN) && a.after != State::Established && a.after != State::FinWait1)
        return Phrase::got_ack_of_syn_with_fin;
    if (a.after == State::FinWait1) return Phrase::got_ack_of_syn_close_waited;
    if (a.after != State::Established) return Phrase::got_several;
    if (a.seg.has(Flag::SYN)) return Phrase::got_syn_ack_crossed;
    return a.event() == Event::RcvText ? Phrase::got_ack_of_syn_with_text : Phrase::got_ack_of_syn;
}

Phrase ack_of_fin(const Arrival& a)
{
    switch (a.after) {
    case State::FinWait2: return Phrase::got_ack_of_fin_then_waits;
    case State::TimeWait: return Phrase::got_ack_of_fin_in_closing;
    default: return Phrase::got_ack_of_fin_closed;
    }
}

Phrase fin(const Arrival& a)
{
    const bool moved = !a.states.empty();
    if (!moved) return a.before == State::TimeWait ? Phrase::got_fin_again_in_time_wait : Phrase::got_fin_after_fin;
    if (!a.seg.has(Flag::FIN)) return Phrase::got_text_before_fin;
    if (a.event() == Event::RcvFinAckOfFin) return Phrase::got_fin_and_ack_of_fin;
    switch (a.after) {
    case State::Closing: return Phrase::got_fin_crossed;
    case State::TimeWait: return Phrase::got_fin_in_fin_wait_2;
    default: return Phrase::got_fin;
    }
}

Phrase text(const Arrival& a)
{
    if (a.after == State::Closed) return Phrase::got_text_for_nobody;
    if (a.after == State::FinWait2 && a.before == State::FinWait1) return Phrase::got_ack_of_fin_with_text;
    if (!a.states.empty()) return ack_of_fin(a); // nothing can follow the peer's FIN
    if (a.record.why.row == no_row) return Phrase::got_text_after_fin;
    if (a.hole()) return Phrase::got_text_early;
    const bool more = a.numbers.rcv_nxt && a.rcv_nxt_after && a.fin() < *a.rcv_nxt_after;
    if (more) return Phrase::got_text_that_was_missing;
    return a.answered() ? Phrase::got_text : Phrase::got_text_ack_waits;
}

/// Whether what is resent was under way when the retransmission timer fired, rather than at a fast retransmit.
bool recovers_from_timeout(const Arrival& a)
{
    // Back to where what is resent was sent first: a timer that fired before that is over and done with.
    const std::vector<Flight>& flights = a.scene.story.flights();
    auto flight = std::lower_bound(flights.begin(), flights.end(), a.scene.moment,
                                   [](const Flight& f, std::uint32_t m) { return f.sent_moment < m; });
    while (flight != flights.begin()) {
        --flight;
        if (flight->from != a.record.host || flight->from_connection != a.record.connection) continue;
        const SentSegment& sent = a.scene.history.segments()[flight->segment];
        if (sent.retransmission && sent.why.event == Event::RetransmissionTimeout) return true;
        if (!sent.retransmission && sent.segment.len() > 0 && sent.segment.seq <= a.resent->segment.seq) return false;
    }
    return false;
}

/// An ACK that made the connection send something again.
Phrase resending(const Arrival& a)
{
    if (a.seg.ack != *a.numbers.snd_una)
        return recovers_from_timeout(a) ? Phrase::got_ack_after_timeout : Phrase::got_ack_partial;
    return a.resent->segment.seq == a.seg.ack ? Phrase::got_ack_third : Phrase::got_ack_more_lost;
}

bool answers_keepalive(const Arrival& a)
{
    const Numbers& n = a.numbers;
    if (n.last_sent == none || n.arrivals_since > 0) return false;
    return a.scene.history.segments()[n.last_sent].why.event == Event::KeepaliveTimeout;
}

/// An ACK of nothing that was not acknowledged before.
Phrase nothing_new(const Arrival& a)
{
    const Numbers& n = a.numbers;
    if (a.changes_window()) return Phrase::got_window;
    if (n.snd_wnd == 0U && a.window() == 0) return Phrase::got_window_still_zero;
    if (answers_keepalive(a)) return Phrase::got_ack_of_probe;
    // RFC 5681, 2.
    const bool duplicate = a.seg.len() == 0 && *n.snd_una < *n.snd_nxt && n.snd_wnd.has_value();
    return duplicate ? Phrase::got_ack_duplicate : Phrase::got_ack_known;
}

/// An ACK and nothing else, in a state where the connection is synchronized.
Phrase ack(const Arrival& a)
{
    const Numbers& n = a.numbers;
    if (a.seg.has(Flag::FIN) && a.hole()) return Phrase::got_fin_early;
    if (a.seg.text_len > 0 && a.before >= State::CloseWait) return Phrase::got_text_after_fin;
    if (!n.snd_una || !n.snd_nxt) return Phrase::got_ack;
    if (a.seg.ack < *n.snd_una) return Phrase::got_ack_old;
    if (a.resent != nullptr && n.snd_wnd && !a.changes_window()) return resending(a);
    const bool waits_for_fin = a.before == State::FinWait1 || a.before == State::Closing || a.before == State::LastAck;
    if (waits_for_fin && a.seg.ack != *n.snd_nxt) return Phrase::got_ack_not_of_fin;
    if (a.seg.ack == *n.snd_una) return nothing_new(a);
    return a.seg.ack == *n.snd_nxt ? Phrase::got_ack_of_all : Phrase::got_ack_of_some;
}

Phrase rst(const Arrival& a)
{
    switch (a.before) {
    case State::SynSent: return Phrase::got_rst_opening;
    case State::SynReceived: return a.after == State::Listen ? Phrase::got_rst_back_to_listen : Phrase::got_rst_refused;
    case State::TimeWait: return a.after == State::Closed ? Phrase::got_rst_in_time_wait : Phrase::got_rst_ignored;
    default: break;
    }
    const bool exact = !a.numbers.rcv_nxt || a.seg.seq == *a.numbers.rcv_nxt; // without RFC 5961 it need not be
    return exact ? Phrase::got_rst : Phrase::got_rst_in_window;
}

Phrase syn(const Arrival& a)
{
    if (a.before == State::Listen) return Phrase::got_syn;
    if (a.before == State::SynReceived) return Phrase::got_syn_again_in_syn_received;
    return a.sent.from_host == a.record.host ? Phrase::got_syn_of_itself : Phrase::got_syn_crossed;
}

} // namespace

Phrase what_arrived(const Arrival& a)
{
    const State before = a.before;
    if (a.opens_anew) return Phrase::got_new_syn;
    if (before == State::SynReceived && passed_through(a, State::Established)) return ack_of_syn(a);
    if (a.states.size() > 1) return Phrase::got_several;
    switch (a.event()) {
    case Event::RcvSyn: return syn(a);
    case Event::RcvSynAck: return Phrase::got_syn_ack;
    case Event::RcvRst: return rst(a);
    case Event::RcvAckOfSyn: return Phrase::got_ack_of_syn;
    case Event::RcvAckOfFin: return a.states.empty() ? ack(a) : ack_of_fin(a);
    case Event::RcvUrgent: return Phrase::got_urgent;
    case Event::RcvText: return before == State::SynSent ? Phrase::got_syn_ack : text(a);
    case Event::RcvFin:
    case Event::RcvFinAckOfFin: return fin(a);
    default: return a.seg.has(Flag::ACK) && synchronized(before) ? ack(a) : Phrase::got_something;
    }
}

} // namespace tcpsm::viz
