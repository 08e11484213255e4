#include "soak/world/witness.hpp"

#include <algorithm>

#include "tcpsm/machine/transitions.hpp"

namespace tcpsm::soak {
namespace {

/// Adds [from, until) to stretches that do not touch.
void join(std::map<std::uint32_t, std::uint32_t>& stretches, std::uint32_t from, std::uint32_t until)
{
    auto at = stretches.upper_bound(from);
    if (at != stretches.begin() && std::prev(at)->second >= from) --at;
    while (at != stretches.end() && at->first <= until) {
        from = std::min(from, at->first);
        until = std::max(until, at->second);
        at = stretches.erase(at);
    }
    stretches[from] = until;
}

bool holds(const std::map<std::uint32_t, std::uint32_t>& stretches, std::uint32_t from, std::uint32_t until)
{
    const auto after = stretches.upper_bound(from);
    return after != stretches.begin() && std::prev(after)->second >= until;
}

void note_signal(Account& account, Error error)
{
    if (error == Error::closing) { // once; but linux says EPIPE of a RST in CLOSE-WAIT
        account.failed = account.failed || account.ended;
        account.ended = true;
    } else if (!ends_nothing(error)) {
        account.failed = true;
    }
}

} // namespace

std::string Witness::read(const History& history)
{
    const auto& records = history.records();
    for (; records_read_ < records.size(); ++records_read_) {
        const Record& record = records[records_read_];
        std::string wrong;
        switch (record.kind) {
        case RecordKind::signal: note_signal(of(record.host, record.connection), record.error); break;
        case RecordKind::sent: wrong = left(history, history.segments()[record.segment]); break;
        case RecordKind::arrived: arrived(history, record); break;
        case RecordKind::deliver: wrong = delivered(history, record); break;
        case RecordKind::state: wrong = state_changed(record); break;
        default: break;
        }
        if (!wrong.empty()) return std::string(record.host == 0 ? "A: " : "B: ") + wrong;
    }
    return {};
}

/// Each change of state is a row of the table, from where the connection was.
std::string Witness::state_changed(const Record& record)
{
    if (record.why.row < 0) return "a change of state without a row";
    const Transition& row = transitions()[static_cast<std::size_t>(record.why.row)];
    if (row.from != record.from || row.to != record.to || row.event != record.why.event)
        return "a change of state that is not its row";
    if (row.stays) return "a change of state by a row that stays";
    if (record.why.event == Event::RcvRst && record.from >= State::Closing)
        of(record.host, record.connection).reset_at_the_end = true;
    return {};
}

/// Deliveries follow each other, and are what the peer's application has to send.
std::string Witness::delivered(const History& history, const Record& record)
{
    std::string& got = of(record.host, record.connection).got;
    if (record.offset != got.size()) return "a delivery that does not follow the last one";
    for (const std::uint8_t octet : history.octets(record.octets, record.count)) got += static_cast<char>(octet);
    const std::string_view text = text_[1 - record.host];
    if (text.substr(std::min<std::size_t>(record.offset, text.size()), record.count) !=
        std::string_view(got).substr(record.offset))
        return "what was delivered is not what was sent";
    return {};
}

/// A segment left: its text is the application's, its window and its SACK blocks are true.
std::string Witness::left(const History& history, const SentSegment& sent)
{
    if (sent.connection == 0) return {};
    const Segment& segment = sent.segment;
    Account& account = of(sent.from_host, sent.connection);
    if (segment.has(Flag::SYN)) account.iss = segment.seq;
    const bool keeps_alive = sent.why.event == Event::KeepaliveTimeout; // its octet means nothing
    if (segment.text_len > 0 && !keeps_alive) {
        if (!sent.retransmission) sent_text_[sent.from_host] = true;
        if (!account.iss) return "text without a SYN before it";
        const auto offset = static_cast<std::uint32_t>(segment.seq - *account.iss - 1);
        const std::string_view text = text_[sent.from_host];
        if (offset > text.size() || segment.text_len > text.size() - offset) return "text that nobody sent";
        const auto octets = history.octets(sent.octets, segment.text_len);
        if (!std::equal(octets.begin(), octets.end(), text.begin() + offset,
                        [](std::uint8_t a, char b) { return static_cast<char>(a) == b; }))
            return "a segment has other text than was sent";
        if (std::string wrong = in_window(account, sent.from_host, segment); !wrong.empty()) return wrong;
    }
    if (segment.has(Flag::RST) || !segment.has(Flag::ACK)) return {};
    if (segment.has(Flag::URG) && segment.up < 65'535) { // MUST-62: it follows an octet of ours
        const Seq urgent = segment.seq + segment.up;
        if (!account.iss || urgent <= *account.iss + 1 ||
            static_cast<std::size_t>(urgent - *account.iss - 1) > text_[sent.from_host].size())
            return "the urgent pointer follows no text";
    }
    if (std::string wrong = told_edge(account, segment); !wrong.empty()) return wrong;
    return told_sack(account, segment);
}

/// MUST-34: text stays within the window that the peer has told, but for the octet of a probe (3.8.6.1).
std::string Witness::in_window(const Account& account, std::size_t host, const Segment& segment)
{
    for (const auto& [number, peer] : accounts_[1 - host])
        if (peer.edge && peer.iss && account.irs == peer.iss && segment.seq + segment.text_len > *peer.edge + 1)
            return "text beyond the window by " + std::to_string(segment.seq + segment.text_len - *peer.edge);
    return {};
}

/// SHLD-14: the right edge of the window does not recede.
std::string Witness::told_edge(Account& account, const Segment& segment)
{
    // A SYN has no scale (RFC 7323, 2.2), so that one sent again may say less than the ACKs that went before it.
    if (segment.has(Flag::SYN) && account.edge) return {};
    const std::uint32_t shift = segment.has(Flag::SYN) ? 0 : account.shift;
    const Seq edge = segment.ack + (std::uint32_t{segment.wnd} << shift);
    if (account.edge && edge < *account.edge)
        return "the right edge recedes by " + std::to_string(*account.edge - edge);
    account.edge = edge;
    return {};
}

/// RFC 2018, 3: a block is text that has come and lies beyond a hole.
std::string Witness::told_sack(const Account& account, const Segment& segment)
{
    const Options::SackBlocks told = segment.options.sack();
    for (std::size_t i = 0; i < told.count; ++i) {
        const SackBlock& block = told.blocks[i];
        if (!(block.left < block.right)) return "a SACK block that is empty";
        if (!(segment.ack < block.left)) return "a SACK block that is not beyond a hole";
        if (!account.irs || !holds(account.arrived, static_cast<std::uint32_t>(block.left - *account.irs),
                                   static_cast<std::uint32_t>(block.right - *account.irs)))
            return "a SACK block that has not come";
    }
    return {};
}

void Witness::arrived(const History& history, const Record& record)
{
    if (record.connection == 0) return;
    const Segment& segment = history.segments()[record.segment].segment;
    Account& account = of(record.host, record.connection);
    if (segment.has(Flag::SYN) && !account.irs) account.irs = segment.seq;
    if (segment.text_len == 0 || !account.irs) return;
    const Seq first = segment.seq + (segment.has(Flag::SYN) ? 1U : 0U);
    if (first <= *account.irs) return;
    const auto from = static_cast<std::uint32_t>(first - *account.irs);
    join(account.arrived, from, from + segment.text_len);
}

} // namespace tcpsm::soak
