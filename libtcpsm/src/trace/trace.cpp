#include "tcpsm/trace/trace.hpp"

#include <algorithm>

namespace tcpsm {

std::string_view name(Fate fate)
{
    switch (fate) {
    case Fate::delivered: return "delivered";
    case Fate::refused: return "refused";
    case Fate::lost: return "lost";
    case Fate::in_flight: return "in flight";
    }
    return "";
}

Trace::Trace(const History& history) : history_(&history), outcomes_(history.segments().size())
{
    for (std::size_t i = 0; i < history.records().size(); ++i) {
        const Record& record = history.records()[i];
        if (record.kind == RecordKind::lost) {
            outcomes_[record.segment] = {.fate = Fate::lost, .time = record.deadline};
        } else if (record.kind == RecordKind::arrived) {
            const bool refused = record.why.check != Check::none;
            outcomes_[record.segment] = {.fate = refused ? Fate::refused : Fate::delivered,
                                         .time = record.time,
                                         .why = record.why,
                                         .connection = record.connection};
        }
    }
}

std::optional<std::size_t> Trace::find(std::string_view segment) const
{
    for (std::size_t i = 0; i < history_->segments().size(); ++i)
        if (history_->name(history_->segments()[i]) == segment) return i;
    return std::nullopt;
}

std::optional<HostId> Trace::host(std::string_view name) const
{
    for (std::size_t i = 0; i < history_->hosts().size(); ++i)
        if (history_->hosts()[i].name == name) return static_cast<HostId>(i);
    return std::nullopt;
}

std::vector<State> Trace::states(HostId host, std::uint32_t connection, bool with_listener) const
{
    std::vector<State> own;
    std::vector<State> listener;
    for (std::size_t i = 0; i < history_->records().size(); ++i) {
        const Record& record = history_->records()[i];
        if (record.host != host || (record.connection != connection && record.connection != 0)) continue;
        std::vector<State>& states = record.connection == connection ? own : listener;
        if (record.kind == RecordKind::initial) {
            states = {record.to};
        } else if (record.kind == RecordKind::state) {
            if (states.empty()) states.push_back(record.from);
            states.push_back(record.to);
        }
    }
    // A child begins in LISTEN, where its listener's opening moves end.
    const bool child = !own.empty() && own.front() == State::Listen;
    if (connection == 0 || !with_listener || !child || listener.empty()) return own;
    const auto opened = std::find(listener.begin(), listener.end(), State::Listen);
    listener.erase(opened, listener.end());
    listener.insert(listener.end(), own.begin(), own.end());
    return listener;
}

std::vector<std::uint8_t> Trace::delivered(HostId host, std::uint32_t connection) const
{
    std::vector<std::uint8_t> all;
    for (std::size_t i = 0; i < history_->records().size(); ++i) {
        const Record& record = history_->records()[i];
        if (record.kind != RecordKind::deliver || record.host != host || record.connection != connection) continue;
        const auto octets = history_->octets(record.octets, record.count);
        all.insert(all.end(), octets.begin(), octets.end());
    }
    return all;
}

} // namespace tcpsm
