#include "scenario/watch.hpp"

#include <algorithm>
#include <charconv>

namespace tcpsm {
namespace {

/// The reader's spelling, "client.4'", as the history has it.
SegmentName segment_name(const Network& network, std::string_view text)
{
    SegmentName name;
    while (text.ends_with('\'')) {
        text.remove_suffix(1);
        ++name.copy;
    }
    const std::size_t digits = text.find_last_not_of("0123456789") + 1;
    std::from_chars(text.data() + digits, text.data() + text.size(), name.number);
    std::string_view host = text.substr(0, digits);
    if (host.ends_with('.')) host.remove_suffix(1);
    name.host = network.host_id(host); // no_host for "inject", which no host may be called
    return name;
}

} // namespace

Watch::Watch(const Network& network, const Condition& condition)
{
    for (const Clause& clause : condition.clauses) {
        Watched& watched = clauses_.emplace_back();
        watched.clause = clause;
        if (clause.segment.empty())
            watched.host = network.host_id(clause.host.host);
        else
            watched.segment = segment_name(network, clause.segment);
    }
}

bool Watch::operator()(const Network& network)
{
    const History& history = network.history();
    if (history.records().size() < records_read_) records_read_ = 0; // it was cleared
    for (; records_read_ < history.records().size(); ++records_read_)
        for (Watched& watched : clauses_) read(watched, history, history.records()[records_read_]);
    return std::all_of(clauses_.begin(), clauses_.end(), [&](const Watched& w) { return holds(w, network); });
}

void Watch::read(Watched& watched, const History& history, const Record& record)
{
    const Clause& clause = watched.clause;
    const bool same_host = record.host == watched.host;
    const bool same_connection = same_host && record.connection == clause.host.number();
    switch (clause.kind) {
    case Clause::Kind::is:
        if (record.kind != RecordKind::state || !same_host) return;
        if (record.connection == 0) watched.listener = record.to;
        if (same_connection) watched.seen = true;
        return;
    case Clause::Kind::was:
        if (record.kind != RecordKind::state || !same_host) return;
        if (same_connection && record.to == clause.state) watched.seen = true;
        if (record.connection == 0 && record.to == State::Listen && clause.state == State::Listen) watched.seen = true;
        return;
    case Clause::Kind::received:
        if (record.kind == RecordKind::deliver && same_connection) watched.octets += record.count;
        return;
    case Clause::Kind::left:
    case Clause::Kind::arrived: {
        const auto wanted = clause.kind == Clause::Kind::left ? RecordKind::sent : RecordKind::arrived;
        if (record.kind == wanted && history.segments()[record.segment].name == watched.segment) watched.seen = true;
        return;
    }
    }
}

bool Watch::holds(const Watched& watched, const Network& network)
{
    const Clause& clause = watched.clause;
    if (clause.kind == Clause::Kind::received) return watched.octets >= clause.octets;
    if (clause.kind != Clause::Kind::is) return watched.seen;
    const State state = network.state(watched.host, clause.host.number());
    if (clause.state == State::Listen && watched.listener == State::Listen) return true;
    // There is no connection before the beginning either; what is waited for is the end.
    return state == clause.state && (state != State::Closed || watched.seen);
}

} // namespace tcpsm
