#include "explain/numbers.hpp"

#include <algorithm>

#include "tcpsm/machine/transitions.hpp"

namespace tcpsm::viz {
namespace {

/// Whether the ACK of a segment was processed at its arrival.
bool ack_processed(const Segment& seg, Check check, const Numbers& numbers)
{
    if (!seg.has(Flag::ACK) || seg.has(Flag::RST)) return false;
    // With a zero window text is refused, but its ACK is valid all the same (3.10.7.4, first).
    return check == Check::none ||
           (check == Check::sequence_number && seg.text_len > 0 && numbers.rcv_wnd == 0U && numbers.rcv_nxt == seg.seq);
}

void note_departure(const Segment& seg, bool retransmission, Numbers& numbers)
{
    if (seg.has(Flag::RST)) return; // it has the numbers of what it answers
    if (!numbers.rcv_nxt && seg.has(Flag::ACK)) {
        numbers.rcv_nxt = seg.ack; // whatever moves RCV.NXT is acknowledged at once
        numbers.rcv_wnd = seg.wnd;
    }
    if (!numbers.snd_nxt && !retransmission) numbers.snd_nxt = seg.seq + seg.len();
    if (seg.has(Flag::SYN)) numbers.iss = seg.seq;
}

/// The first segment of a connection: its SYN, or the SYN,ACK of one that a listener made.
bool begins(const SentSegment& sent)
{
    if (!sent.segment.has(Flag::SYN) || sent.retransmission) return false;
    const bool crossed =
        sent.why.row != no_row && transitions()[static_cast<std::size_t>(sent.why.row)].from == State::SynSent;
    return !sent.segment.has(Flag::ACK) || !crossed;
}

} // namespace

Numbers numbers_before(const History& history, const Story& story, HostId host, std::uint32_t connection,
                       std::uint32_t moment)
{
    Numbers numbers;
    if (connection == 0) return numbers;
    const std::vector<Flight>& flights = story.flights();
    auto flight = std::lower_bound(flights.begin(), flights.end(), moment,
                                   [](const Flight& f, std::uint32_t m) { return f.sent_moment < m; });
    while (flight != flights.begin()) {
        --flight;
        const Segment& seg = history.segments()[flight->segment].segment;
        const bool arrived = flight->arrived_record != none && flight->end_moment < moment;
        // A peer's ACKs never go back, so the one that was sent last has said the most.
        if (!numbers.snd_una && arrived && flight->to == host && flight->to_connection == connection &&
            ack_processed(seg, flight->check, numbers)) {
            numbers.snd_una = seg.ack;
            numbers.snd_wnd = seg.wnd;
        }
        const bool ours = flight->from == host && flight->from_connection == connection;
        if (ours) note_departure(seg, flight->retransmission, numbers);
        if (numbers.snd_una && numbers.snd_nxt && numbers.rcv_nxt) break;
        if (ours && begins(history.segments()[flight->segment])) break;
    }
    if (!numbers.snd_una) numbers.snd_una = numbers.iss;
    return numbers;
}

} // namespace tcpsm::viz
