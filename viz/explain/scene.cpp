#include "explain/scene.hpp"

#include <algorithm>

#include "tcpsm/wire/notation.hpp"

namespace tcpsm::viz {

// ---- who, and in which state ----------------------------------------------------------------------------------------

std::string Scene::who(HostId host, std::uint32_t connection) const
{
    if (host >= history.hosts().size()) return say(Phrase::why_its_peer);
    const std::string& name = history.hosts()[host].name;
    return connection > 1 ? fmt::format("{}#{}", name, connection) : name;
}

std::string Scene::peer_of(HostId host, std::uint32_t connection) const
{
    // The newest segments of the connection are near; it may also have sent nothing since the history began.
    const std::vector<Flight>& flights = story.flights();
    const auto after = std::upper_bound(flights.begin(), flights.end(), moment,
                                        [](std::uint32_t m, const Flight& flight) { return m < flight.sent_moment; });
    for (auto flight = after; connection != 0 && flight != flights.begin();) {
        --flight;
        if (flight->from == host && flight->from_connection == connection) return who(flight->to);
        if (flight->to == host && flight->to_connection == connection && flight->end_moment <= moment)
            return who(flight->from);
    }
    return who(no_host);
}

State Scene::state_before(HostId host, std::uint32_t connection) const
{
    return state_at(host, connection, now().first);
}

State Scene::state_at(HostId host, std::uint32_t connection, std::uint32_t record_index) const
{
    const auto changes = [&](std::uint32_t i) {
        const Record& r = record(i);
        return r.kind == RecordKind::state && r.host == host && r.connection == connection;
    };
    for (std::uint32_t i = record_index; i > now().first; --i)
        if (changes(i - 1)) return record(i - 1).to;
    for (std::uint32_t i = record_index; i < now().end; ++i)
        if (changes(i)) return record(i).from;
    const std::vector<std::uint32_t>& bands = story.bands_of(host, connection);
    for (std::size_t i = bands.size(); i > 0; --i) {
        const Band& band = story.bands()[bands[i - 1]];
        if (band.begin_moment > moment) continue;
        const bool there = band.end_moment == none || band.end_moment >= moment;
        return there ? band.state : State::Closed;
    }
    return State::Closed;
}

std::vector<const SentSegment*> Scene::departures(HostId host, std::uint32_t connection) const
{
    std::vector<const SentSegment*> all;
    for (std::uint32_t i = now().first; i < now().end; ++i) {
        const Record& r = record(i);
        if (r.kind != RecordKind::sent || r.host != host || r.connection != connection) continue;
        if (segment(r).name.host != no_host && segment(r).name.copy == 0) all.push_back(&segment(r));
    }
    return all;
}

// ---- how things are written -----------------------------------------------------------------------------------------

std::string Scene::with_contents(const SentSegment& segment) const
{
    const std::string name = history.name(segment);
    std::string flags = to_string(segment.segment.flags);
    if (flags.empty()) flags = say(Phrase::why_no_control_bits);
    const std::uint32_t text = segment.segment.text_len;
    if (text == 0) return say(Phrase::why_segment, name, flags);
    return say(Phrase::why_segment_with_text, name, flags, octets(language, text));
}

std::string octets(Language language, std::uint64_t count)
{
    return count == 1 ? say(language, Phrase::why_one_octet) : say(language, Phrase::why_octets, count);
}

std::string then(Language language, const std::string& first, const std::string& second)
{
    if (first.empty()) return second;
    if (second.empty()) return first;
    return say(language, Phrase::why_then, first, second);
}

std::string in_words(Duration left)
{
    // As many digits as the eye can follow while time runs.
    using namespace std::chrono_literals;
    const Duration step = left < 10ms ? Duration(10us) : Duration(10ms);
    return to_string(left <= Duration(0) ? Duration(0) : (left + step / 2) / step * step);
}

} // namespace tcpsm::viz
