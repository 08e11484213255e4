// What a segment that a check refused was found to be.

#include "explain/arrival.hpp"
#include "explain/headlines.hpp"

namespace tcpsm::viz {
namespace {

Phrase without_connection(const Segment& seg)
{
    if (seg.has(Flag::RST)) return Phrase::refused_rst_without_connection;
    const bool opens = seg.has(Flag::SYN) && !seg.has(Flag::ACK);
    return opens ? Phrase::refused_syn_without_listener : Phrase::refused_without_connection;
}

// 3.10.7.4, first.
Phrase outside_window(const Arrival& a)
{
    const Segment& seg = a.seg;
    if (seg.has(Flag::RST)) return Phrase::refused_rst_outside;
    if (a.nothing_new()) {
        if (seg.has(Flag::SYN)) return seg.has(Flag::ACK) ? Phrase::refused_syn_ack_again : Phrase::refused_syn_again;
        if (seg.has(Flag::FIN)) return Phrase::refused_fin_again;
        return Phrase::refused_text_again;
    }
    if (!a.numbers.rcv_nxt) return Phrase::refused_outside;
    if (seg.len() == 0 && seg.seq + 1 == *a.numbers.rcv_nxt) return Phrase::refused_probe;
    if (seg.seq < *a.numbers.rcv_nxt) return Phrase::refused_old;
    return a.numbers.rcv_wnd == 0U && seg.seq == *a.numbers.rcv_nxt ? Phrase::refused_no_room : Phrase::refused_outside;
}

// 3.10.7.4, fourth. Before RFC 5961 it ended the connection.
Phrase syn_in_connection(const Arrival& a)
{
    if (a.after == State::Closed) return Phrase::refused_syn_resets;
    return a.answered() ? Phrase::refused_syn : Phrase::refused_syn_quietly;
}

// 3.10.7.4, fifth.
Phrase ack_of_nothing(const Arrival& a)
{
    if (!synchronized(a.before)) return Phrase::refused_ack_of_nothing_opening;
    return a.answered() ? Phrase::refused_ack_of_nothing : Phrase::refused_ack_of_nothing_quietly;
}

// RFC 7323, 5.3.
Phrase old_timestamp(const Arrival& a)
{
    return a.numbers.ts_recent ? Phrase::refused_timestamp : Phrase::refused_timestamp_unknown;
}

} // namespace

Phrase what_was_refused(const Arrival& a)
{
    switch (a.record.why.check) {
    case Check::none: break;
    case Check::no_connection: return without_connection(a.seg);
    case Check::listen_rst: return Phrase::refused_rst_in_listen;
    case Check::listen_ack: return Phrase::refused_ack_in_listen;
    case Check::listen_other: return Phrase::refused_in_listen;
    case Check::syn_sent_ack:
        return a.seg.has(Flag::RST) ? Phrase::refused_rst_ack_in_syn_sent : Phrase::refused_ack_in_syn_sent;
    case Check::syn_sent_rst: return Phrase::refused_rst_in_syn_sent;
    case Check::syn_sent_other: return Phrase::refused_in_syn_sent;
    case Check::sequence_number: return outside_window(a);
    case Check::rst_bit: return a.answered() ? Phrase::refused_rst_not_exact : Phrase::refused_rst_not_exact_quietly;
    case Check::syn_bit: return syn_in_connection(a);
    case Check::ack_bit: return Phrase::refused_without_ack;
    case Check::ack_range: return a.answered() ? Phrase::refused_ack_too_old : Phrase::refused_ack_too_old_quietly;
    case Check::ack_field: return ack_of_nothing(a);
    case Check::timestamp: return old_timestamp(a);
    case Check::timestamp_absent: return Phrase::refused_timestamp_absent;
    case Check::host_down: return Phrase::refused_host_down;
    case Check::accept_queue: return Phrase::refused_accept_queue;
    case Check::backlog: return Phrase::refused_backlog;
    case Check::peer_timestamp: return Phrase::refused_peer_timestamp;
    case Check::deferred_accept: return Phrase::refused_deferred_accept;
    }
    return Phrase::got_something;
}

} // namespace tcpsm::viz
