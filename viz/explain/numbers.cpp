#include "explain/numbers.hpp"

#include <algorithm>

#include "tcpsm/machine/transitions.hpp"

namespace tcpsm::viz {
namespace {

/// The first segment of a connection: its SYN, or the SYN,ACK of one that a listener made.
bool begins(const SentSegment& sent)
{
    if (!sent.segment.has(Flag::SYN) || sent.retransmission) return false;
    const bool crossed =
        sent.why.row != no_row && transitions()[static_cast<std::size_t>(sent.why.row)].from == State::SynSent;
    return !sent.segment.has(Flag::ACK) || !crossed;
}

class Look {
public:
    Look(const History& history, const Story& story, HostId host, std::uint32_t connection)
        : history_(history), story_(story), host_(host), connection_(connection)
    {
        numbers_.agreed = agreed_options(history, story, host, connection);
    }

    Numbers before(std::uint32_t moment)
    {
        const std::vector<Flight>& flights = story_.flights();
        auto flight = std::lower_bound(flights.begin(), flights.end(), moment,
                                       [](const Flight& f, std::uint32_t m) { return f.sent_moment < m; });
        while (flight != flights.begin()) {
            --flight;
            const SentSegment& sent = history_.segments()[flight->segment];
            // A peer's ACKs never go back, so the one that was sent last has said the most.
            if (!numbers_.snd_una && flight->end_moment < moment && ack_processed(*flight, sent.segment)) {
                numbers_.snd_una = sent.segment.ack;
                numbers_.snd_wnd = window(sent.segment, numbers_.agreed.snd_shift);
            }
            if (bare_ && flight->end_moment <= bare_->moment && ack_processed(*flight, sent.segment))
                judge_bare(sent.segment);
            const bool ours = flight->from == host_ && flight->from_connection == connection_;
            if (ours && numbers_.last_sent == none) numbers_.last_sent = flight->segment;
            if (ours) note_departure(sent, flight->sent_moment);
            if (numbers_.snd_una && numbers_.snd_nxt && numbers_.rcv_nxt) break;
            if (ours && begins(sent)) break;
        }
        if (!numbers_.snd_una) numbers_.snd_una = numbers_.iss;
        const auto& moments = story_.moments();
        const auto end = moment < moments.size() ? moments[moment].first : moments.back().end;
        if (numbers_.rcv_nxt) note_arrivals(moments[last_told_].end, end);
        return numbers_;
    }

private:
    /// Nothing where the shift is not known.
    [[nodiscard]] std::optional<std::uint32_t> window(const Segment& seg, std::uint8_t shift) const
    {
        if (seg.has(Flag::SYN)) return seg.wnd;
        if (!numbers_.agreed.known) return std::nullopt;
        return std::uint32_t{seg.wnd} << shift;
    }

    /// Whether the ACK of a segment was processed at its arrival.
    [[nodiscard]] bool ack_processed(const Flight& flight, const Segment& seg) const
    {
        if (flight.arrived_record == none || flight.to != host_ || flight.to_connection != connection_) return false;
        if (!seg.has(Flag::ACK) || seg.has(Flag::RST)) return false;
        if (flight.check == Check::none) return true;
        // With a zero window text is refused, but its ACK is valid all the same (3.10.7.4, first): the answer tells.
        if (flight.check != Check::sequence_number || seg.len() == 0 || seg.has(Flag::SYN)) return false;
        const Moment& arrival = story_.moments()[flight.end_moment];
        for (std::uint32_t i = arrival.first; i < arrival.end; ++i) {
            const Record& r = history_.records()[i];
            if (r.kind != RecordKind::sent || r.host != host_ || r.connection != connection_) continue;
            const Segment& answer = history_.segments()[r.segment].segment;
            if (answer.has(Flag::ACK) && answer.ack == seg.seq && answer.wnd == 0) return true;
        }
        return false;
    }

    void note_departure(const SentSegment& sent, std::uint32_t moment)
    {
        const Segment& seg = sent.segment;
        if (seg.has(Flag::RST)) return; // it has the numbers of what it answers
        if (!numbers_.rcv_nxt && seg.has(Flag::ACK)) {
            numbers_.rcv_nxt = last_ack_sent_ = seg.ack;
            numbers_.rcv_wnd = window(seg, numbers_.agreed.rcv_shift);
            if (const auto stamps = seg.options.timestamps()) numbers_.ts_recent = stamps->echo;
            last_told_ = moment;
        }
        if (seg.has(Flag::SYN)) numbers_.iss = seg.seq;
        if (numbers_.snd_nxt || asks_only(sent)) return;
        // What is resent when a closed window opens goes beyond what was sent before.
        const Seq end = seg.seq + seg.len();
        highest_ = highest_ ? std::max(*highest_, end) : end;
        if (sent.retransmission) return;
        if (seg.len() > 0)
            numbers_.snd_nxt = highest_;
        else
            bare_ = {moment, seg.seq};
    }

    /// A segment without text stands at SND.NXT, or at the edge of a window that SND.NXT has passed
    /// (docs/decisions/0027): the window that the peer had told before says which.
    void judge_bare(const Segment& told)
    {
        const std::optional<std::uint32_t> wnd = window(told, numbers_.agreed.snd_shift);
        if (!numbers_.snd_nxt && (!wnd || bare_->seq != told.ack + *wnd)) numbers_.snd_nxt = highest_;
        bare_.reset(); // at the edge: what was sent before it tells
    }

    /// What has come since the peer was last told: its ACK may wait (3.8.6.3), and a pure ACK is not answered.
    void note_arrivals(std::uint32_t first, std::uint32_t end)
    {
        for (std::uint32_t i = first; i < end; ++i) {
            const Record& r = history_.records()[i];
            if (r.kind != RecordKind::arrived || r.host != host_ || r.connection != connection_) continue;
            ++numbers_.arrivals_since;
            if (r.segment >= history_.segments().size()) continue;
            const Segment& seg = history_.segments()[r.segment].segment;
            note_timestamp(seg, r.why.check);
            const bool brings = r.why.event == Event::RcvText || r.why.event == Event::RcvFin;
            if (brings && r.why.check == Check::none && r.why.row != no_row) note_text_and_fin(seg);
        }
    }

    void note_timestamp(const Segment& seg, Check check)
    {
        const bool before = check == Check::timestamp || check == Check::timestamp_absent;
        if (!numbers_.ts_recent || before || check == Check::sequence_number) return;
        const auto stamps = seg.options.timestamps();
        if (stamps && !older(stamps->value, *numbers_.ts_recent) && seg.seq <= last_ack_sent_)
            numbers_.ts_recent = stamps->value;
    }

    void note_text_and_fin(const Segment& seg)
    {
        Seq& next = *numbers_.rcv_nxt;
        const Seq end = seg.seq + (seg.has(Flag::SYN) ? 1U : 0U) + seg.text_len;
        if (next < seg.seq || end < next) return;
        auto count = static_cast<std::uint32_t>(end - next);
        if (numbers_.rcv_wnd) count = std::min(count, *numbers_.rcv_wnd);
        if (seg.has(Flag::FIN) && next + count == end) ++count;
        next += count;
        if (numbers_.rcv_wnd) *numbers_.rcv_wnd -= std::min(count, *numbers_.rcv_wnd);
    }

    const History& history_;
    const Story& story_;
    const HostId host_;
    const std::uint32_t connection_;
    Numbers numbers_;
    std::optional<Seq> highest_;
    struct Bare {
        std::uint32_t moment = 0;
        Seq seq;
    };
    std::optional<Bare> bare_; // a segment without text that may stand before SND.NXT
    Seq last_ack_sent_;
    std::uint32_t last_told_ = 0; // the moment in which the peer was last told of RCV.NXT
};

} // namespace

Numbers numbers_before(const History& history, const Story& story, HostId host, std::uint32_t connection,
                       std::uint32_t moment)
{
    return connection == 0 ? Numbers{} : Look(history, story, host, connection).before(moment);
}

bool asks_only(const SentSegment& sent)
{
    const bool probes = sent.why.event == Event::KeepaliveTimeout || sent.why.event == Event::PersistTimeout;
    return probes && sent.segment.len() == 0;
}

bool older(std::uint32_t timestamp, std::uint32_t other)
{
    return static_cast<std::int32_t>(timestamp - other) < 0;
}

} // namespace tcpsm::viz
