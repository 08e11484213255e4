// What is counted, and what is written to the history: as much as the level of recording asks for.

#include <algorithm>

#include "network/world.hpp"

namespace tcpsm {
namespace {

/// Whether a call is done to a host, not by its user.
bool is_done_to_host(Call call)
{
    return call == Call::crash || call == Call::reboot || call == Call::kill || call == Call::exit;
}

} // namespace

Counts World::counts(HostId id) const
{
    if (!counting()) return {};
    Counts counts = hosts_[id].counts;
    const HostEntry& host = hosts_[id];
    counts.segments_sent = host.segments_sent;
    counts.descriptors = host.stack.processes().descriptors();
    counts.unconnected = host.stack.unconnected();
    counts.overflows = host.stack.overflows();
    return counts;
}

void World::count_changes(HostId id)
{
    Counts& counts = hosts_[id].counts;
    for (const auto& [from, to] : out_.changes) {
        // A listener's child begins in LISTEN and may return there (3.10.7.4), but only the listener stands there.
        const bool child_begins = from == State::Listen && to == State::SynReceived;
        const bool child_returns = from == State::SynReceived && to == State::Listen;
        if (from != State::Closed && !child_begins) --counts.standing[static_cast<std::size_t>(from)];
        if (to != State::Closed && !child_returns) {
            const std::uint32_t now = ++counts.standing[static_cast<std::size_t>(to)];
            std::uint32_t& peak = counts.peak[static_cast<std::size_t>(to)];
            peak = std::max(peak, now);
        }
        if (child_begins) ++counts.passive_opens;
        if (to == State::SynSent) ++counts.active_opens;
        if (to == State::TimeWait) ++counts.time_waits;
    }
    out_.changes.clear();
}

// ---- reports --------------------------------------------------------------------------------------------------------

void World::record_reports(HostId id)
{
    std::uint64_t octets = history_.add_octets(out_.delivered);
    for (const Report& report : out_.reports) {
        Record record;
        record.host = id;
        record.connection = report.connection;
        record.from = report.from;
        record.to = report.to;
        record.timer = report.timer;
        record.error = report.error;
        record.why = report.why;
        record.count = report.count;
        record.deadline = report.deadline;
        record.offset = report.offset;
        switch (report.kind) {
        case ReportKind::state: record.kind = RecordKind::state; break;
        case ReportKind::timer_set: record.kind = RecordKind::timer_set; break;
        case ReportKind::timer_fired: record.kind = RecordKind::timer_fired; break;
        case ReportKind::timer_cancelled: record.kind = RecordKind::timer_cancelled; break;
        case ReportKind::signal: record.kind = RecordKind::signal; break;
        case ReportKind::returned:
            record.kind = RecordKind::returned;
            record.call = Call::close;
            break;
        case ReportKind::logged:
            record.kind = RecordKind::logged;
            record.log = report.log;
            record.port = static_cast<Port>(report.count);
            record.count = 0;
            break;
        case ReportKind::not_accepted:
            ++hosts_[id].counts.failed_calls[static_cast<std::size_t>(Error::too_many_open_files)];
            if (!recording_states()) continue;
            record.kind = RecordKind::call;
            record.call = Call::accept;
            record.error = Error::too_many_open_files;
            break;
        case ReportKind::refused: continue; // told by the record of the arrival
        case ReportKind::deliver:
            record.kind = RecordKind::deliver;
            record.octets = octets;
            octets += report.count;
            break;
        }
        add(record);
    }
    out_.reports.clear();
    out_.delivered.clear();
}

void World::add(Record record)
{
    record.time = now_;
    record.event = event_;
    history_.add(record);
}

// ---- calls ----------------------------------------------------------------------------------------------------------

void World::record_call(HostId id, Call what, const Called& called)
{
    // Who asks again and again whether there is something would fill the history of `states`.
    const bool failed = called.error != Error::none && called.error != Error::would_block;
    if (!recording() && !failed && !is_done_to_host(what)) return;
    Record record;
    record.host = id;
    record.kind = RecordKind::call;
    record.call = what;
    record.connection = called.connection;
    record.error = called.error;
    record.count = static_cast<std::uint32_t>(called.count);
    record.process = called.process;
    record.deadline = called.until;
    add(record);
}

// ---- segments -------------------------------------------------------------------------------------------------------

std::uint32_t World::record_departure(const Departure& departure, const SegmentName& name, HostId to_host)
{
    std::uint64_t octets = history_.add_octets(departure.text.first);
    if (!departure.text.second.empty()) history_.add_octets(departure.text.second);
    const std::uint32_t segment = history_.add(SentSegment{.name = name,
                                                           .from_host = name.host,
                                                           .to_host = to_host,
                                                           .from = departure.from,
                                                           .to = departure.to,
                                                           .segment = departure.segment,
                                                           .sent = now_,
                                                           .why = departure.why,
                                                           .state = departure.state,
                                                           .retransmission = departure.retransmission,
                                                           .connection = departure.connection,
                                                           .octets = octets});
    note(RecordKind::sent, segment);
    return segment;
}

std::uint32_t World::record_injection(const Departure& departure, HostId from, HostId to)
{
    const std::uint32_t segment = history_.add(SentSegment{.name = {no_host, injected_, 0},
                                                           .from_host = from,
                                                           .to_host = to,
                                                           .from = departure.from,
                                                           .to = departure.to,
                                                           .segment = departure.segment,
                                                           .sent = now_,
                                                           .octets = history_.add_octets(departure.text.first)});
    note(RecordKind::sent, segment);
    return segment;
}

void World::note(RecordKind kind, std::uint32_t segment)
{
    if (!recording()) return;
    const SentSegment& sent = history_.segments()[segment];
    Record record;
    record.host = sent.from_host;
    record.kind = kind;
    record.connection = sent.connection;
    record.why = sent.why;
    record.segment = segment;
    record.port = sent.from.port;
    add(record);
}

void World::note_lost(std::uint32_t segment, Time where)
{
    if (!recording()) return;
    const SentSegment& sent = history_.segments()[segment];
    Record record;
    record.host = sent.to_host;
    record.kind = RecordKind::lost;
    record.segment = segment;
    record.deadline = where;
    add(record);
}

void World::record_arrival(const InFlight& flight)
{
    const HostEntry& host = hosts_[flight.to_host];
    Record record;
    record.host = flight.to_host;
    record.kind = RecordKind::arrived;
    record.segment = flight.record;
    record.port = flight.to.port;
    record.why = out_.arrived;
    if (!host.up) record.why.check = Check::host_down;
    for (const Report& report : out_.reports) {
        record.connection = std::max(record.connection, report.connection);
        if (report.kind == ReportKind::refused) record.why = report.why;
    }
    if (record.connection == 0) record.connection = host.stack.connection_of(flight.to.port, flight.from);
    add(record);
}

// ---- the beginning of a history -------------------------------------------------------------------------------------

void World::clear_history()
{
    history_.clear();
    if (!recording_states()) return;
    ++event_;
    for (std::size_t id = 0; id < hosts_.size(); ++id) {
        hosts_[id].stack.for_each_connection([&](const Connection& connection) {
            Record record;
            record.host = static_cast<HostId>(id);
            record.kind = RecordKind::initial;
            record.connection = connection.number;
            record.to = connection.state();
            record.port = connection.local().port;
            add(record);
        });
    }
}

} // namespace tcpsm
