// Segments in the network: how they leave, what the rules do to them, and how they arrive.

#include <algorithm>

#include "network/world.hpp"

namespace tcpsm {

void World::depart(HostId id)
{
    for (Departure& departure : out_.segments) depart(id, departure);
    out_.segments.clear();
}

void World::depart(HostId id, Departure& departure)
{
    HostEntry& sender = hosts_[id];
    ++sender.segments_sent;
    const SegmentName name{id, sender.segments_sent, 0};
    if (!nat_boxes_.empty()) {
        depart_through_boxes(name, departure);
        return;
    }
    const HostId to_host = owner(departure.to.address);
    const std::uint32_t record = note_departure(departure, name, to_host);
    route(departure, name, to_host, to_host != no_host, record);
}

/// The history has the addresses that the sender wrote, and the host for which the segment is.
void World::depart_through_boxes(const SegmentName& name, Departure& departure)
{
    const NatBoxes::Passage passage = nat_boxes_.pass(departure.from, departure.to);
    const HostId to_host = owner(passage.to.address);
    const std::uint32_t record = note_departure(departure, name, to_host);
    departure.from = passage.from;
    departure.to = passage.to;
    route(departure, name, to_host, to_host != no_host && !passage.dropped, record);
}

void World::route(const Departure& departure, const SegmentName& name, HostId to_host, bool reachable,
                  std::uint32_t record)
{
    const Link* special = links_.empty() ? nullptr : link(name.host, to_host);
    const Duration delay = special != nullptr ? special->delay : options_.delay;
    const bool cut = !reachable || (special != nullptr && special->cut);

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

bool World::release(std::string_view segment)
{
    const auto found = std::find_if(held_.begin(), held_.end(), [&](const Held& held) { return held.name == segment; });
    if (found == held_.end()) return false;
    land_at(found->flight, now_);
    held_.erase(found);
    return true;
}

void World::inject(HostId from, Endpoint source, HostId to, Port to_port, const Segment& segment, std::string_view text)
{
    begin_event();
    ++injected_;
    Departure departure;
    departure.segment = segment;
    departure.segment.text_len = static_cast<std::uint32_t>(text.size());
    departure.text.first = {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
    departure.from = source;
    departure.to = {hosts_[to].stack.address(), to_port};
    NatBoxes::Passage passage{departure.from, departure.to};
    if (!nat_boxes_.empty()) passage = nat_boxes_.pass(departure.from, departure.to);
    to = owner(passage.to.address);
    const std::uint32_t record = recording() ? record_injection(departure, from, to) : 0;
    departure.from = passage.from;
    departure.to = passage.to;
    const Link* special = link(from, to);
    const Duration delay = special != nullptr ? special->delay : options_.delay;
    if (!nat_boxes_.is_box(departure.to.address))
        land_at(take_off(departure, to, record), now_ + delay);
    else
        note_lost(record, now_ + delay / 2);
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
    if (recording()) record_arrival(flight);
    take_reports(flight.to_host);
    free_flights_.push_back(flight_index);
    constexpr std::size_t much = 4096; // room for so many is given back when nothing is in the network
    if (free_flights_.size() >= much && free_flights_.size() == flights_.size()) give_flights_back();
}

void World::give_flights_back()
{
    flights_ = std::vector<InFlight>();
    free_flights_ = std::vector<std::uint32_t>();
}

} // namespace tcpsm
