#include "fuzz/target/monitor.hpp"

#include "tcpsm/machine/transitions.hpp"

namespace tcpsm::fuzz {
namespace {

constexpr std::size_t most_segments = 20'000;

} // namespace

void Monitor::note(const Connection& connection, const Output& out)
{
    require(out.segments.size() < most_segments, "an event that sends without end");
    delivered_here_ = 0;
    const bool ends = !connection.in_progress(); // what it sent before that, it sent as another connection
    for (const Departure& departure : out.segments)
        if (!ends) check_departure(connection, departure);
    for (const Report& report : out.reports) check_report(connection, out, report);
}

void Monitor::note_arrival(const Segment& segment)
{
    const Seq first = segment.seq + (segment.has(Flag::SYN) ? 1U : 0U);
    if (segment.text_len > 0) arrived_.push_back({first, first + segment.text_len});
}

void Monitor::begin()
{
    sent_ = 0;
    delivered_ = 0;
    edge_.reset();
    arrived_.clear();
}

void Monitor::check_report(const Connection& connection, const Output& out, const Report& report)
{
    if (report.kind == ReportKind::deliver) {
        require(report.offset == delivered_, "a delivery that does not follow the last one");
        require(delivered_here_ + report.count <= out.delivered.size(), "a delivery without octets");
        const Seq first = connection.tcb().rcv.irs + 1 + static_cast<std::uint32_t>(report.offset);
        for (std::uint32_t i = 0; i < report.count; ++i)
            require(!connection.in_progress() || out.delivered[delivered_here_ + i] == peer_octet(first + i),
                    "what was delivered is not what was sent");
        delivered_ += report.count;
        delivered_here_ += report.count;
    }
    if (report.kind != ReportKind::state) return;
    require(report.why.row >= 0, "a change of state without a row");
    const Transition& row = transitions()[static_cast<std::size_t>(report.why.row)];
    require(row.from == report.from && row.to == report.to && row.event == report.why.event && !row.stays,
            "a change of state that is not its row");
    if (report.to <= State::Listen) begin();
}

void Monitor::check_departure(const Connection& connection, const Departure& departure)
{
    const Segment& segment = departure.segment;
    require(departure.text.size() == segment.text_len, "a text whose length is not SEG's");
    if (segment.text_len > 0 && departure.why.event != Event::KeepaliveTimeout) check_text(connection, departure);
    if (segment.has(Flag::RST) || !segment.has(Flag::ACK)) return;
    require(segment.ack == connection.tcb().rcv.nxt || segment.ack < connection.tcb().rcv.nxt,
            "an ACK of what has not come");
    check_edge(connection, segment);
    check_sack(segment);
}

void Monitor::check_text(const Connection& connection, const Departure& departure) const
{
    const Segment& segment = departure.segment;
    const auto place = static_cast<std::uint32_t>(segment.seq - connection.tcb().snd.iss - 1);
    require(place <= sent_ && segment.text_len <= sent_ - place, "text that nobody sent");
    std::vector<std::uint8_t> text(segment.text_len);
    departure.text.copy_to(text.data());
    for (std::uint32_t i = 0; i < segment.text_len; ++i)
        require(text[i] == our_octet(place + i), "a segment has other text than was sent");
}

/// SHLD-14. A SYN has no scale, so that one sent again may say less than the ACKs before it.
void Monitor::check_edge(const Connection& connection, const Segment& segment)
{
    if (segment.has(Flag::SYN) && edge_) return;
    const std::uint32_t shift = segment.has(Flag::SYN) ? 0 : connection.tcb().rcv.shift;
    const Seq edge = segment.ack + (std::uint32_t{segment.wnd} << shift);
    require(!edge_ || *edge_ <= edge, "the right edge recedes");
    edge_ = edge;
}

/// Up to where text has come without a hole, from a point on.
Seq Monitor::came_until(Seq point) const
{
    for (bool found = true; found;) {
        found = false;
        for (const Stretch& stretch : arrived_) {
            if (!(stretch.begin <= point && point < stretch.end)) continue;
            point = stretch.end;
            found = true;
        }
    }
    return point;
}

void Monitor::check_sack(const Segment& segment) const
{
    const Options::SackBlocks told = segment.options.sack();
    for (std::size_t i = 0; i < told.count; ++i) {
        require(told.blocks[i].left < told.blocks[i].right, "a SACK block that is empty");
        require(segment.ack < told.blocks[i].left, "a SACK block that is not beyond a hole");
        require(told.blocks[i].right <= came_until(told.blocks[i].left), "a SACK block that has not come");
    }
}

} // namespace tcpsm::fuzz
