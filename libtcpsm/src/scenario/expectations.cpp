// `expect:`, and the lists of a claim: what the run is said to show.

#include <algorithm>
#include <array>

#include "scenario/errors.hpp"
#include "scenario/reading_expectations.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::reading {
namespace {

constexpr std::int64_t most_of_32_bits = 0xFFFFFFFF;

Known names_of_checks(const std::string& before)
{
    Known all;
    for (std::size_t i = 1; i <= static_cast<std::size_t>(last_check); ++i)
        all.push_back(before + std::string(name(static_cast<Check>(i))));
    return all;
}

std::optional<std::string> read_because(Reading& r, const Text& text)
{
    Known known = names_of_checks("refused: ");
    for (const Event event : all_events()) known.emplace_back(name(event));
    return read_one_of(r, text, known, "what led to it: an event of 'tcpsm states', or 'refused: ' and a check");
}

std::optional<Fate> read_fate(Reading& r, const Text& text)
{
    constexpr std::array<Fate, 4> fates{Fate::delivered, Fate::refused, Fate::lost, Fate::in_flight};
    for (const Fate fate : fates)
        if (same_word(name(fate), text.text)) return fate;
    Known known;
    for (const Fate fate : fates) known.emplace_back(name(fate));
    unknown(r, text, known);
    return {};
}

std::optional<std::uint32_t> read_32_bits(Reading& r, const Text& text)
{
    const auto value = read_number(r, text, 0, most_of_32_bits);
    if (!value) return {};
    return static_cast<std::uint32_t>(*value);
}

/// In { flags: FIN,ACK } the comma ends the value, and YAML sees a key called ACK.
bool note_flags_without_quotes(Reading& r, const Element& map)
{
    for (std::size_t i = 0; i < map.entries(); ++i) {
        const Element& key = map.key(i);
        if (map.value(i).kind != Element::Kind::nothing || !parse_flags(key.text) || i == 0) continue;
        if (map.key(i - 1).text != "flags") continue;
        r.problems.add(key.place, key.found() + " as a key",
                       "'flags: FIN ACK', or quotes: a comma ends the value here");
        return true;
    }
    return false;
}

void read_segment_key(Reading& r, const std::string& key, const Element& value, ExpectSegment& segment)
{
    if (key == "flags") {
        segment.flags = read_flags(r, value);
        return;
    }
    const auto text = require_scalar(r, value, "a value for '" + key + '\'');
    if (!text) return;
    if (key == "name") segment.name = read_segment_name(r, *text, SegmentUse::any).value_or(std::string());
    if (key == "seq") segment.seq = read_32_bits(r, *text);
    if (key == "ack") segment.ack = read_32_bits(r, *text);
    if (key == "len") segment.len = read_32_bits(r, *text);
    if (key == "wnd") segment.wnd = read_32_bits(r, *text);
    if (key == "from") segment.from = read_host(r, *text);
    if (key == "because") segment.because = read_because(r, *text);
    if (key == "fate") segment.fate = read_fate(r, *text);
    if (key == "check")
        segment.check = read_one_of(r, *text, names_of_checks({}), "a check: " + one_of(names_of_checks({})));
    if (key == "sent") segment.sent = read_time(r, *text);
    if (key == "arrives") segment.arrives = read_time(r, *text);
}

void read_segment(Reading& r, const Element& node, Found& found)
{
    if (!require_map(r, node, "a map, such as { name: client.4, fate: lost }")) return;
    if (note_flags_without_quotes(r, node)) return;
    check_keys(r, node,
               {"name", "flags", "seq", "ack", "len", "wnd", "from", "because", "fate", "check", "sent", "arrives"},
               {"name"});
    ExpectSegment segment;
    for (std::size_t i = 0; i < node.entries(); ++i) read_segment_key(r, node.key(i).text, node.value(i), segment);
    found.emplace_back(segment);
}

void read_segments(Reading& r, const Element& node, Found& found)
{
    ExpectSegments segments;
    const auto read_count = [&](const Element& value) {
        if (const auto text = require_scalar(r, value, "a number of segments"))
            segments.count = read_32_bits(r, *text).value_or(0);
    };
    if (node.kind != Element::Kind::map) {
        read_count(node);
    } else {
        if (note_flags_without_quotes(r, node)) return;
        if (!check_keys(r, node, {"count", "from", "flags"}, {"count"})) return;
        read_count(*node.find("count"));
        if (const Element* const from = node.find("from"))
            if (const auto text = require_scalar(r, *from, "a host"))
                segments.from = read_host(r, *text).value_or(std::string());
        if (const Element* const flags = node.find("flags")) segments.flags = read_flags(r, *flags);
    }
    found.emplace_back(segments);
}

void read_call(Reading& r, const Element& node, Found& found)
{
    if (!require_map(r, node, "a map, such as { host: client, call: connect, result: connection_refused }")) return;
    if (!check_keys(r, node, {"host", "call", "nth", "result", "returns"}, {"host", "call", "result"})) return;
    ExpectCall expected;
    if (const auto text = require_scalar(r, *node.find("host"), "a host"))
        expected.host = read_host_name(r, *text).value_or(HostName{});
    Known known;
    for (std::size_t i = 0; i <= static_cast<std::size_t>(Call::socket); ++i)
        known.emplace_back(name(static_cast<Call>(i)));
    if (const auto text = require_scalar(r, *node.find("call"), "a call"))
        if (const auto word = read_one_of(r, *text, known, one_of(known)))
            expected.call = static_cast<Call>(std::ranges::find(known, *word) - known.begin());
    if (const Element* const nth = node.find("nth"))
        if (const auto text = require_scalar(r, *nth, "a number"))
            expected.nth = static_cast<std::uint32_t>(read_number(r, *text, 1, 1'000'000).value_or(1));
    expected.result = read_result(r, *node.find("result")).value_or(std::string());
    if (const Element* const returns = node.find("returns"))
        if (const auto text = require_scalar(r, *returns, "a time")) expected.returns = read_time(r, *text);
    found.emplace_back(expected);
}

/// A map from hosts to something: each entry is an expectation of its own.
template <class Read>
void for_each_host(Reading& r, const Element& node, const std::string& such, Read&& read)
{
    if (!require_map(r, node, "a map, such as " + such)) return;
    if (node.entries() == 0) r.problems.add(node.place, "an empty map", "a map, such as " + such);
    for (std::size_t i = 0; i < node.entries(); ++i) {
        if (node.key(i).text == "time") continue;
        const auto host = read_host_name(r, node.key(i).words());
        if (host) read(*host, node.value(i));
    }
}

void read_delivered(Reading& r, const Element& node, Found& found)
{
    for_each_host(r, node, "{ server: 1000 }", [&](const HostName& host, const Element& value) {
        const auto text = require_scalar(r, value, "a number of octets");
        const auto octets = text ? read_number(r, *text, 0, 1'000'000'000'000) : std::nullopt;
        if (octets) found.emplace_back(ExpectDelivered{host, static_cast<std::uint64_t>(*octets)});
    });
}

void read_at(Reading& r, const Element& node, bool enters, Found& found)
{
    const std::string such = "{ time: 61.1s, client: CLOSED }";
    if (!require_map(r, node, "a map, such as " + such)) return;
    const Element* const time_node = node.find("time");
    if (time_node == nullptr) return r.problems.add(node.place, "no 'time'", "a map, such as " + such);
    const auto time_text = require_scalar(r, *time_node, "a time");
    const auto time = time_text ? read_time(r, *time_text) : std::nullopt;
    if (node.entries() == 1) r.problems.add(node.place, "no host", "a map, such as " + such);
    for_each_host(r, node, such, [&](const HostName& host, const Element& value) {
        const auto text = require_scalar(r, value, "a state");
        const auto state = text ? read_state(r, *text) : std::nullopt;
        if (state && time) found.emplace_back(ExpectAt{*time, host, *state, enters});
    });
}

void read_connections(Reading& r, const Element& node, Found& found)
{
    for_each_host(r, node, "{ server: 1 }", [&](const HostName& host, const Element& value) {
        const auto text = require_scalar(r, value, "a number of connections");
        const auto count = text ? read_32_bits(r, *text) : std::nullopt;
        if (count) found.emplace_back(ExpectConnections{host.host, *count});
    });
}

void read_never(Reading& r, const Element& node, Found& found)
{
    for_each_host(r, node, "{ client: FIN-WAIT-2 }", [&](const HostName& host, const Element& value) {
        const auto one = [&](const Element& item) {
            const auto text = require_scalar(r, item, "a state");
            const auto state = text ? read_state(r, *text) : std::nullopt;
            if (state) found.emplace_back(ExpectNever{host, *state});
        };
        if (value.kind != Element::Kind::list) return one(value);
        for (const Element& item : value.items) one(item);
    });
}

void read_told(Reading& r, const Element& node, Found& found)
{
    for_each_host(r, node, "{ server: connection_reset }", [&](const HostName& host, const Element& value) {
        if (const auto result = read_result(r, value)) found.emplace_back(ExpectTold{host, *result});
    });
}

void read_states(Reading& r, const Element& key, const Element& node, Found& found)
{
    const auto host = read_host_name(r, key.words());
    if (!host || !require_list(r, node, "a list of states, such as [CLOSED, SYN-SENT, ESTABLISHED]")) return;
    if (node.items.empty()) r.problems.add(node.place, "an empty list", "at least one state");
    ExpectStates states{*host, {}};
    for (const Element& item : node.items)
        if (const auto text = require_scalar(r, item, "a state"))
            states.states.push_back(read_state(r, *text).value_or(State::Closed));
    found.emplace_back(states);
}

/// What stands behind a key of an expectation.
struct Kind {
    std::string_view key;
    void (*read)(Reading&, const Element&, Found&);
};
constexpr std::array kinds{
    Kind{"segment", read_segment},
    Kind{"segments", read_segments},
    Kind{"call", read_call},
    Kind{"delivered", read_delivered},
    Kind{"at", [](Reading& r, const Element& node, Found& found) { read_at(r, node, false, found); }},
    Kind{"enters", [](Reading& r, const Element& node, Found& found) { read_at(r, node, true, found); }},
    Kind{"connections", read_connections},
    Kind{"never", read_never},
    Kind{"told", read_told},
    Kind{"count", read_count},
    Kind{"clients", read_clients},
};

Found read_what(Reading& r, const Element& key, const Element& value)
{
    Found found;
    const auto* const kind = std::ranges::find(kinds, std::string_view(key.text), &Kind::key);
    if (kind != kinds.end()) {
        kind->read(r, value, found);
        return found;
    }
    if (std::ranges::find(r.hosts, key.text.substr(0, key.text.find('#'))) != r.hosts.end()) {
        read_states(r, key, value, found);
        return found;
    }
    Known all;
    for (const Kind& known : kinds) all.emplace_back(known.key);
    all.insert(all.end(), r.hosts.begin(), r.hosts.end());
    unknown(r, key.words(), all);
    return found;
}

} // namespace

void read_expectations(Reading& r, const Element& node, std::vector<Expectation>& expectations)
{
    if (node.kind == Element::Kind::nothing) return;
    if (!require_list(r, node, "a list of expectations")) return;
    for (const Element& item : node.items) {
        if (!require_map(r, item, "an expectation, such as client: [CLOSED, SYN-SENT, ESTABLISHED]")) continue;
        if (item.entries() != 1) {
            const bool more = item.entries() > 1;
            r.problems.add(more ? item.key(1).place : item.place,
                           more ? "a second expectation, " + item.key(1).found() : "no expectation",
                           "one expectation in each item of the list");
            continue;
        }
        const std::string text = item.key(0).text + ": " + item.value(0).on_one_line();
        for (What& what : read_what(r, item.key(0), item.value(0)))
            expectations.push_back({item.place, std::move(what), text});
    }
}

} // namespace tcpsm::reading
