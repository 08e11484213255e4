#include "tcpsm/trace/counts.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace tcpsm {
namespace {

std::uint32_t& at(StateCounts& counts, State state)
{
    return counts[static_cast<std::size_t>(state)];
}

/// Local port and peer in one word: a host has one address.
std::uint64_t pair_of(const SentSegment& arrived)
{
    return (std::uint64_t{arrived.from.address.value} << 32) | (std::uint64_t{arrived.from.port} << 16) |
           arrived.to.port;
}

/// Rows are made when an instant is over, of the hosts that it touched.
class Rows {
public:
    explicit Rows(const History& history) : history_(history), last_(history.hosts().size()) {}

    std::vector<CountsRow> all()
    {
        for (std::size_t i = 0; i < history_.records().size(); ++i) {
            const Record& record = history_.records()[i];
            if (record.time != now_) end_instant();
            now_ = record.time;
            counter_.read(history_, record);
        }
        end_instant();
        return std::move(rows_);
    }

private:
    void end_instant()
    {
        for (std::size_t i = 0; i < last_.size(); ++i) {
            const auto host = static_cast<HostId>(i);
            const StateCounts& counts = counter_.counts(host);
            if (counts == last_[i]) continue;
            last_[i] = counts;
            rows_.push_back({now_, host, counts});
        }
    }

    const History& history_;
    StateCounter counter_;
    std::vector<StateCounts> last_;
    std::vector<CountsRow> rows_;
    Time now_{};
};

std::optional<Shortage> shortage(LogLine line)
{
    switch (line) {
    case LogLine::none: break;
    case LogLine::time_wait_overflow: return Shortage::time_waits;
    case LogLine::syn_cookies: return Shortage::syn_cookies;
    case LogLine::syn_drops: return Shortage::queue;
    }
    return {};
}

std::optional<Shortage> shortage(const Record& record)
{
    if (record.kind == RecordKind::call && record.error == Error::address_not_available) return Shortage::ports;
    if (record.kind == RecordKind::call && record.error == Error::too_many_open_files) return Shortage::descriptors;
    if (record.kind == RecordKind::logged) return shortage(record.log);
    const Check check = record.why.check;
    if (record.kind == RecordKind::arrived && (check == Check::backlog || check == Check::accept_queue))
        return Shortage::queue;
    return {};
}

} // namespace

std::uint32_t total(const StateCounts& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint32_t{0});
}

void StateCounter::read(const History& history)
{
    while (read_ < history.records().size()) read(history, history.records()[read_]);
}

void StateCounter::read(const History& history, const Record& record)
{
    ++read_;
    switch (record.kind) {
    case RecordKind::arrived: arrived(history, record); break;
    case RecordKind::initial:
    case RecordKind::state: changed(history, record); break;
    case RecordKind::call:
        if (stops_host(record)) forget_all(of(record.host));
        break;
    default: break;
    }
}

const StateCounts& StateCounter::counts(HostId host) const
{
    static constexpr StateCounts none{};
    return host < hosts_.size() ? hosts_[host].counts : none;
}

StateCounter::HostCounts& StateCounter::of(HostId host)
{
    if (host >= hosts_.size()) hosts_.resize(host + std::size_t{1});
    return hosts_[host];
}

// Nothing is said when a machine stops: its connections leave no record.
void StateCounter::forget_all(HostCounts& host)
{
    host.counts = {};
    std::fill(host.states.begin(), host.states.end(), State::Closed);
    host.opened_by.clear();
}

// linux leaves a connection that is half open when its listener closes, and drops it silently when its peer speaks
// again: then a segment meets nothing where something stood.
void StateCounter::arrived(const History& history, const Record& record)
{
    event_ = record.event;
    arrival_ = record.segment;
    HostCounts& host = of(record.host);
    if (record.connection != 0 || host.opened_by.empty()) return;
    const auto found = host.opened_by.find(pair_of(history.segments()[record.segment]));
    if (found == host.opened_by.end()) return;
    State& state = host.states[found->second];
    if (state == State::SynReceived) {
        --at(host.counts, state);
        state = State::Closed;
    }
    host.opened_by.erase(found);
}

void StateCounter::changed(const History& history, const Record& record)
{
    HostCounts& host = of(record.host);
    const std::uint32_t number = record.connection;
    if (number >= host.states.size()) host.states.resize(number + std::size_t{1}, State::Closed);
    if (number == 0) { // a listener: they have no numbers, and there may be several
        if (record.kind == RecordKind::state && record.from != State::Closed) --at(host.counts, record.from);
        if (record.to != State::Closed) ++at(host.counts, record.to);
        return;
    }
    State& state = host.states[number];
    if (state != State::Closed) --at(host.counts, state);
    // A connection is in LISTEN only before its first change and after its last: it came from a listener, which stays,
    // but for one that goes "from passive to active" (3.10.1).
    const bool was_listener = record.from == State::Listen && record.to == State::SynSent;
    if (record.kind == RecordKind::state && was_listener) --at(host.counts, State::Listen);
    state = record.to == State::Listen ? State::Closed : record.to;
    if (state != State::Closed) ++at(host.counts, state);
    if (record.from == State::Listen && state == State::SynReceived && event_ == record.event)
        host.opened_by[pair_of(history.segments()[arrival_])] = number;
}

std::vector<CountsRow> counts_over_time(const History& history)
{
    return Rows(history).all();
}

std::vector<FirstShortage> first_shortages(const History& history)
{
    std::vector<FirstShortage> all;
    for (std::size_t i = 0; i < history.records().size(); ++i) {
        const Record& record = history.records()[i];
        const std::optional<Shortage> what = shortage(record);
        const auto is_same = [&](const FirstShortage& f) { return f.host == record.host && f.what == *what; };
        if (what && std::none_of(all.begin(), all.end(), is_same)) all.push_back({record.time, record.host, *what});
    }
    return all;
}

} // namespace tcpsm
