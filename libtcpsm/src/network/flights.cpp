// Segments in the network: how they leave, what the rules do to them, and how they arrive.

#include <algorithm>

#include "network/world.hpp"

namespace tcpsm {

void World::depart(HostId id)
{
    for (const Departure& departure : out_.segments) depart(id, departure);
    out_.segments.clear();
}

void World::depart(HostId id, const Departure& departure)
{
    HostEntry& sender = hosts_[id];
    ++sender.segments_sent;
    const HostId to_host = owner(departure.to.address);
    const SegmentName name{id, sender.segments_sent, 0};

    std::uint32_t record = 0;
    if (recording()) {
        std::uint64_t octets = history_.add_octets(departure.text.first);
        if (!departure.text.second.empty()) history_.add_octets(departure.text.second);
        record = history_.add(SentSegment{.name = name,
                                          .from_host = id,
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
        Record left;
        left.host = id;
        left.kind = RecordKind::sent;
        left.connection = departure.connection;
        left.why = departure.why;
        left.segment = record;
        left.port = departure.from.port;
        add(left);
    }
    route(departure, name, to_host, record);
}

void World::route(const Departure& departure, const SegmentName& name, HostId to_host, std::uint32_t record)
{
    const Link* special = links_.empty() ? nullptr : link(name.host, to_host);
    const Duration delay = special != nullptr ? special->delay : options_.delay;
    const bool cut = to_host == no_host || (special != nullptr && special->cut);

    std::optional<Verdict> verdict;
    if (!faults_.empty()) {
        const std::string text = history_.name(name);
        const std::string_view to = to_host == no_host ? std::string_view{} : hosts_[to_host].name;
        verdict = faults_.ask({.name = text,
                               .from = hosts_[name.host].name,
                               .to = to,
                               .segment = departure.segment,
                               .state = departure.state,
                               .retransmission = departure.retransmission,
                               .sent = now_});
    }
    Time arrives = now_ + delay;
    if (cut || (verdict && verdict->kind == Verdict::Kind::lose)) {
        note_lost(record, now_ + delay / 2);
        return;
    }
    if (verdict && verdict->kind == Verdict::Kind::delay) arrives += verdict->by;
    const std::uint32_t flight = take_off(departure, to_host, record);
    if (verdict && verdict->kind == Verdict::Kind::hold) {
        held_.push_back({history_.name(name), flight});
        note(RecordKind::held, record);
        return;
    }
    land_at(flight, arrives);
    if (verdict && verdict->kind == Verdict::Kind::duplicate)
        duplicate(departure, to_host, record, arrives + verdict->by);
}

void World::duplicate(const Departure& departure, HostId to_host, std::uint32_t record, Time arrives)
{
    std::uint32_t copy = record;
    if (recording()) {
        SentSegment segment = history_.segments()[record];
        ++segment.name.copy;
        copy = history_.add(segment);
        note(RecordKind::sent, copy);
    }
    land_at(take_off(departure, to_host, copy), arrives);
}

std::uint32_t World::take_off(const Departure& departure, HostId to_host, std::uint32_t record)
{
    std::uint32_t index = 0;
    if (free_flights_.empty()) {
        index = static_cast<std::uint32_t>(flights_.size());
        flights_.emplace_back();
    } else {
        index = free_flights_.back();
        free_flights_.pop_back();
    }
    InFlight& flight = flights_[index];
    flight.segment = departure.segment;
    flight.from = departure.from;
    flight.to = departure.to;
    flight.to_host = to_host;
    flight.record = record;
    flight.text.clear();
    if (departure.text.size() > 0) {
        flight.text.resize(departure.text.size());
        departure.text.copy_to(flight.text.data());
    }
    return index;
}

void World::land_at(std::uint32_t flight, Time arrives)
{
    queue_.push(arrives, Pending::make_key(PendingKind::arrival, ++arrivals_), flight, 0, 0);
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

bool World::release(std::string_view segment)
{
    const auto found = std::find_if(held_.begin(), held_.end(), [&](const Held& held) { return held.name == segment; });
    if (found == held_.end()) return false;
    land_at(found->flight, now_);
    held_.erase(found);
    return true;
}

void World::inject(HostId from, Port from_port, HostId to, Port to_port, const Segment& segment, std::string_view text)
{
    begin_event();
    Departure departure;
    departure.segment = segment;
    departure.segment.text_len = static_cast<std::uint32_t>(text.size());
    departure.text.first = {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
    departure.from = {hosts_[from].stack.address(), from_port};
    departure.to = {hosts_[to].stack.address(), to_port};
    const SegmentName name{no_host, ++injected_, 0};
    std::uint32_t record = 0;
    if (recording()) {
        record = history_.add(SentSegment{.name = name,
                                          .from_host = from,
                                          .to_host = to,
                                          .from = departure.from,
                                          .to = departure.to,
                                          .segment = departure.segment,
                                          .sent = now_,
                                          .octets = history_.add_octets(departure.text.first)});
        note(RecordKind::sent, record);
    }
    const Link* special = link(from, to);
    land_at(take_off(departure, to, record), now_ + (special != nullptr ? special->delay : options_.delay));
    --depth_;
}

void World::arrive(std::uint32_t flight_index)
{
    InFlight& flight = flights_[flight_index];
    HostEntry& host = hosts_[flight.to_host];
    out_.arrived = {};
    if (host.up) {
        touch(flight.to_host);
        host.stack.segment_arrives(flight.segment, flight.text, flight.from, flight.to, now_, out_);
    }
    if (recording()) {
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
    take_reports(flight.to_host);
    free_flights_.push_back(flight_index);
}

} // namespace tcpsm
