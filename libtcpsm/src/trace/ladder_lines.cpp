#include "trace/ladder_lines.hpp"

#include <algorithm>
#include <map>

#include "tcpsm/trace/trace.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm {
namespace {

/// Follows the states of all connections through a history.
class States {
public:
    void apply(const Record& record)
    {
        if (record.kind == RecordKind::state || record.kind == RecordKind::initial) {
            states_[{record.host, record.connection}] = record.to;
        } else if (stops_host(record)) {
            std::erase_if(states_, [&](const auto& entry) { return entry.first.first == record.host; });
        }
    }
    /// The state of a connection; where there is none, that of the host's listener.
    [[nodiscard]] State of(HostId host, std::uint32_t connection) const
    {
        for (const std::uint32_t number : {connection, std::uint32_t{0}})
            if (const auto found = states_.find({host, number}); found != states_.end()) return found->second;
        return State::Closed;
    }

private:
    std::map<std::pair<HostId, std::uint32_t>, State> states_;
};

struct Sides {
    HostId left = no_host;
    HostId right = no_host;
    [[nodiscard]] bool shows(HostId host) const { return host == left || host == right; }
};

/// The hosts of the first segment; the one that was made first stands on the left.
Sides choose_sides(const History& history)
{
    for (std::size_t i = 0; i < history.segments().size(); ++i) {
        const SentSegment& s = history.segments()[i];
        const HostId to = s.to_host == no_host ? s.from_host : s.to_host;
        return {std::min(s.from_host, to), std::max(s.from_host, to)};
    }
    const auto hosts = static_cast<HostId>(history.hosts().size());
    return {hosts > 0 ? HostId{0} : no_host, hosts > 1 ? HostId{1} : no_host};
}

std::string title(const History& history, HostId host)
{
    if (host == no_host) return {};
    const std::string& name = history.hosts()[host].name;
    return name.size() == 1 ? "TCP Peer " + name : name;
}

/// "FIN,ACK seq=100 ack=300 len=10"
std::string compact_notation(const Segment& segment)
{
    std::string text = to_string(segment.flags);
    text += " seq=" + std::to_string(segment.seq.value());
    if (segment.has(Flag::ACK)) text += " ack=" + std::to_string(segment.ack.value());
    if (segment.text_len > 0) text += " len=" + std::to_string(segment.text_len);
    return text;
}

class Builder {
public:
    Builder(const History& history, const LadderOptions& options)
        : history_(history), options_(options), sides_(choose_sides(history))
    {
    }

    LadderText build()
    {
        text_.left_title = title(history_, sides_.left);
        text_.right_title = title(history_, sides_.right);
        text_.lines.push_back(first_line());
        const Log<Record>& records = history_.records();
        for (std::size_t begin = 0; begin < records.size();) {
            std::size_t end = begin;
            for (; end < records.size() && records[end].event == records[begin].event; ++end)
                states_.apply(records[end]);
            event(begin, end);
            begin = end;
        }
        return std::move(text_);
    }

private:
    /// The states before anything happens that the ladder shows.
    LadderLine first_line()
    {
        const Log<Record>& records = history_.records();
        std::size_t first = 0;
        while (first < records.size() && !always_shown(records[first])) ++first;
        const std::uint32_t event = first < records.size() ? records[first].event : 0xffffffff;
        for (std::size_t i = 0; i < records.size() && records[i].event < event; ++i) states_.apply(records[i]);
        LadderLine line;
        line.left = std::string(name(states_.of(sides_.left, first_connection(sides_.left, event))));
        line.right = std::string(name(states_.of(sides_.right, first_connection(sides_.right, event))));
        states_ = {};
        return line;
    }

    static bool always_shown(const Record& record) { return record.kind == RecordKind::sent || changes_host(record); }
    static bool changes_host(const Record& record) { return stops_host(record) || ends_process(record); }

    /// The connection that a host has to do with first: before the event where it has one, else from then on.
    std::uint32_t first_connection(HostId host, std::uint32_t event) const
    {
        std::uint32_t later = 0;
        for (std::size_t i = 0; i < history_.records().size(); ++i) {
            const Record& record = history_.records()[i];
            if (record.host != host || record.connection == 0) continue;
            if (record.event < event) return record.connection;
            if (later == 0) later = record.connection;
        }
        return later;
    }

    void event(std::size_t begin, std::size_t end)
    {
        const bool had_segments = shows_segment(begin, end);
        for (std::size_t i = begin; i < end; ++i) {
            const Record& record = history_.records()[i];
            switch (record.kind) {
            case RecordKind::call:
                if ((options_.events || changes_host(record)) && sides_.shows(record.host)) add_call(record);
                break;
            case RecordKind::state:
                if (!had_segments && record.connection != 0 && sides_.shows(record.host)) add_state(record);
                break;
            case RecordKind::returned:
                if (options_.events && sides_.shows(record.host))
                    add_remark(record, std::string(name(record.call)) + " returns");
                break;
            case RecordKind::logged:
                if (options_.events && sides_.shows(record.host)) add_remark(record, "log: " + log_in_short(record));
                break;
            case RecordKind::sent: add_departure(record); break;
            case RecordKind::arrived: add_arrival(record); break;
            case RecordKind::lost: mark_lost(record); break;
            default: break;
            }
        }
    }

    bool shows_segment(std::size_t begin, std::size_t end) const
    {
        for (std::size_t i = begin; i < end; ++i) {
            const RecordKind kind = history_.records()[i].kind;
            if ((kind == RecordKind::sent || kind == RecordKind::arrived) && visible(history_.records()[i].segment))
                return true;
        }
        return false;
    }

    bool visible(std::uint32_t segment) const
    {
        const SentSegment& s = history_.segments()[segment];
        if (from_off_the_path(s)) return sides_.shows(s.to_host);
        return sides_.shows(s.from_host) && (s.to_host == no_host || sides_.shows(s.to_host));
    }
    /// Injected by a third host, which has no side: it comes from where the other one is.
    bool from_off_the_path(const SentSegment& s) const { return s.name.host == no_host && !sides_.shows(s.from_host); }
    /// A host that talks to itself sends to the right.
    bool rightwards(const SentSegment& s) const
    {
        return from_off_the_path(s) ? s.to_host == sides_.right : s.from_host == sides_.left;
    }

    LadderLine line_of(const Record& record, const SentSegment& s) const
    {
        LadderLine line;
        line.time = record.time;
        line.segment = history_.name(s);
        line.notation = to_notation(s.segment);
        line.compact = compact_notation(s.segment);
        line.retransmission = s.retransmission;
        return line;
    }

    /// Beside a segment that is not simply the next one.
    static std::string_view what_made_it(const SentSegment& s)
    {
        switch (s.why.event) {
        case Event::RetransmissionTimeout: return "(RTO)";
        case Event::PersistTimeout: return "(probe)";
        case Event::KeepaliveTimeout: return "(keep-alive)";
        default: return s.retransmission ? "(again)" : "";
        }
    }

    void add_departure(const Record& record)
    {
        if (!visible(record.segment)) return;
        const SentSegment& s = history_.segments()[record.segment];
        LadderLine line = line_of(record, s);
        const bool sent_by_host = s.name.host != no_host && s.name.copy == 0;
        const std::string state = sent_by_host ? std::string(name(s.state)) : std::string();
        const bool right = rightwards(s);
        (right ? line.left : line.right) = state;
        // What nobody sent, or the network copied, is in the network from the beginning.
        const Mark leaves = right ? Mark::right : Mark::left;
        (right ? line.left_mark : line.right_mark) = sent_by_host ? leaves : Mark::in_network;
        (right ? line.right_mark : line.left_mark) = Mark::in_network;
        line.comment = what_made_it(s);
        if (s.name.copy > 0) line.comment = "(duplicate)";
        if (s.name.host == no_host) line.comment = "(injected)";
        if (from_off_the_path(s)) line.comment = "(injected by " + history_.hosts()[s.from_host].name + ")";
        if (options_.why && s.name.host != no_host) line.why = reason(s.why);
        departed_[record.segment] = text_.lines.size();
        text_.lines.push_back(line);
    }

    void add_arrival(const Record& record)
    {
        if (!visible(record.segment)) return;
        const SentSegment& s = history_.segments()[record.segment];
        const bool right = rightwards(s);
        const auto departed = departed_.find(record.segment);
        const bool follows = departed != departed_.end() && departed->second + 1 == text_.lines.size();
        if (!follows) {
            text_.lines.push_back(line_of(record, s));
            text_.lines.back().retransmission = false;
            (right ? text_.lines.back().left_mark : text_.lines.back().right_mark) = Mark::in_network;
        }
        LadderLine& line = text_.lines.back();
        if (follows && s.name.host == no_host) // injected: it has no sender's end
            (right ? line.left_mark : line.right_mark) = Mark::in_network;
        (right ? line.right_mark : line.left_mark) = right ? Mark::right : Mark::left;
        (right ? line.right : line.left) = std::string(name(states_.of(record.host, record.connection)));
        if (record.why.check != Check::none) {
            line.refused = true;
            line.comment +=
                (line.comment.empty() ? "" : " ") + ("(refused: " + std::string(name(record.why.check)) + ")");
        }
        if (options_.why) add_arrival_reason(line, record.why);
    }

    /// What the receiver found the segment to be, behind the reason why it was sent.
    static void add_arrival_reason(LadderLine& line, const Why& why)
    {
        std::string found;
        if (why.check != Check::none)
            found = std::string(explain(why.check)) + suffix(reference(why));
        else if (why.row != no_row)
            found = reason(why);
        if (!found.empty() && !line.why.empty()) line.why += "; then ";
        line.why += found;
    }

    void mark_lost(const Record& record)
    {
        const auto departed = departed_.find(record.segment);
        if (departed == departed_.end()) return;
        const SentSegment& s = history_.segments()[record.segment];
        LadderLine& line = text_.lines[departed->second];
        const bool right = rightwards(s);
        (right ? line.right_mark : line.left_mark) = Mark::lost;
        if (s.to_host != no_host)
            (right ? line.right : line.left) = std::string(name(states_.of(s.to_host, peer_of(s))));
    }

    /// The receiver's connection, if it has met any segment of the same one.
    std::uint32_t peer_of(const SentSegment& s) const
    {
        for (std::size_t i = 0; i < history_.segments().size(); ++i) {
            const SentSegment& other = history_.segments()[i];
            if (other.from == s.to && other.to == s.from && other.connection != 0) return other.connection;
        }
        return 0;
    }

    void add_state(const Record& record)
    {
        LadderLine line;
        line.time = record.time;
        (record.host == sides_.left ? line.left : line.right) = std::string(name(record.to));
        line.comment = "(" + state_reason(record) + ")";
        if (options_.why) line.why = reason(record.why);
        text_.lines.push_back(line);
    }

    std::string state_reason(const Record& record) const
    {
        switch (record.why.event) {
        case Event::TimeWaitTimeout: return "2 MSL";
        case Event::R2Reached: return "R2";
        default: return std::string(name(record.why.event));
        }
    }

    void add_call(const Record& record)
    {
        const bool starved = record.error == Error::too_many_open_files;
        if (record.call == Call::receive || (record.call == Call::accept && !starved)) return; // nothing one could see
        std::string said = std::string(name(record.call));
        if (record.call == Call::send || record.call == Call::socket) said += " " + std::to_string(record.count);
        if (record.process != 0) said += " " + std::string(history_.process(record));
        if (record.error != Error::none) said += ": " + std::string(sentence(record.error));
        if (record.deadline != Time{}) said += ", waits " + to_string(record.deadline - record.time);
        add_remark(record, said);
    }

    void add_remark(const Record& record, const std::string& said)
    {
        LadderLine line;
        line.time = record.time;
        (record.host == sides_.left ? line.left : line.right) = "(" + said + ")";
        text_.lines.push_back(line);
    }

    static std::string suffix(const std::string& section) { return section.empty() ? "" : " (" + section + ")"; }
    static std::string reason(const Why& why) { return because(why) + suffix(reference(why)); }

    const History& history_;
    const LadderOptions& options_;
    Sides sides_;
    States states_;
    LadderText text_;
    std::map<std::uint32_t, std::size_t> departed_; // segment -> its line
};

} // namespace

LadderText ladder_lines(const History& history, const LadderOptions& options)
{
    return Builder(history, options).build();
}

} // namespace tcpsm
