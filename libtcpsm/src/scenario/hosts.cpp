// `network:` and `hosts:`.

#include <algorithm>

#include "scenario/reading.hpp"

namespace tcpsm::reading {
namespace {

constexpr std::size_t most_hosts = 254; // as many as 192.0.2.0/24 has addresses

// Words that mean something else where a host's name could stand.
const Known reserved{"at",          "when",  "same_event", "segment", "segments", "call",   "delivered",
                     "connections", "never", "enters",     "told",    "inject",   "every",  "all",
                     "first",       "the",   "and",        "time",    "count",    "clients"};

void read_link(Reading& r, const Element& node, Scenario& scenario)
{
    if (!require_map(r, node, "a link, such as { from: client, to: server, delay: 80ms }")) return;
    const Element* const between = node.find("between");
    const Known required = between != nullptr ? Known{"between", "delay"} : Known{"from", "to", "delay"};
    if (!check_keys(r, node, {"from", "to", "between", "delay"}, required)) return;
    std::optional<Duration> duration;
    if (const auto text = require_scalar(r, *node.find("delay"), "a time")) duration = read_duration(r, *text);

    std::vector<std::string> ends;
    const auto read_end = [&](const Element& end) {
        if (const auto text = require_scalar(r, end, "a host"))
            if (const auto host = read_host(r, *text)) ends.push_back(*host);
    };
    if (between != nullptr) {
        if (!require_two_hosts(r, *between)) return;
        for (const Element& item : between->items) read_end(item);
        for (const std::string_view key : {"from", "to"})
            if (const Element* const twice = node.find(key))
                r.problems.add(twice->place, "'" + std::string(key) + "' beside 'between'", "one of the two");
    } else {
        read_end(*node.find("from"));
        read_end(*node.find("to"));
    }
    if (ends.size() != 2 || !duration) return;
    scenario.links.push_back({ends[0], ends[1], *duration});
    if (between != nullptr) scenario.links.push_back({ends[1], ends[0], *duration});
}

/// Notes a host that stands in a second place: it has one way to the others.
bool stands_once(Reading& r, const Scenario& scenario, const Text& host)
{
    for (const ScenarioNat& nat : scenario.nats) {
        if (nat.box != host.text && std::ranges::find(nat.behind, host.text) == nat.behind.end()) continue;
        unexpected(r, host, "a host that is named once in 'nat'");
        return false;
    }
    return true;
}

void read_nat(Reading& r, const Element& node, Scenario& scenario)
{
    if (!require_map(r, node, "a NAT box, such as { box: gateway, behind: [alice, bob] }")) return;
    if (!check_keys(r, node, {"box", "behind"}, {"box", "behind"})) return;
    ScenarioNat& nat = scenario.nats.emplace_back();
    const auto one = [&](const Element& item) -> std::string {
        const auto text = require_scalar(r, item, "a host");
        if (!text || !stands_once(r, scenario, *text)) return {};
        return read_host(r, *text).value_or(std::string());
    };
    nat.box = one(*node.find("box"));
    const Element& behind = *node.find("behind");
    if (!require_list(r, behind, "a list of hosts")) return;
    if (behind.items.empty()) r.problems.add(behind.place, "an empty list", "at least one host");
    for (const Element& item : behind.items) nat.behind.push_back(one(item));
}

void read_switches(Reading& r, const Element& key, const Element& node, ScenarioHost& host)
{
    host.place = key.place;
    host.name = key.text;
    if (node.kind == Element::Kind::nothing) return; // all defaults
    if (!require_map(r, node, "a map of the host's switches, such as { iss: 100 }")) return;
    Known known{"iss", "accepts", "reads", "profile"};
    known.insert(known.end(), setting_keys().begin(), setting_keys().end());
    check_keys(r, node, known);
    for (std::size_t i = 0; i < node.entries(); ++i) {
        const std::string& name = node.key(i).text;
        const Element& value = node.value(i);
        if (name == "iss") {
            host.iss = read_iss(r, value).value_or(std::vector<std::uint32_t>{});
            continue;
        }
        if (std::ranges::find(known, name) == known.end()) continue;
        const auto text = require_scalar(r, value, "a value for '" + name + '\'');
        if (!text) continue;
        if (name == "accepts") {
            host.accepts = read_yes_no(r, *text).value_or(true);
        } else if (name == "reads") {
            host.reads = read_yes_no(r, *text).value_or(true);
        } else if (name == "profile") {
            host.profile = read_profile(r, *text);
        } else if (const auto setting = read_setting(r, name, *text)) {
            host.settings.push_back(*setting);
        }
    }
}

} // namespace

bool require_two_hosts(Reading& r, const Element& node)
{
    if (!require_list(r, node, "two hosts, such as [client, server]")) return false;
    const std::size_t count = node.items.size();
    if (count == 2) return true;
    r.problems.add(node.place, std::to_string(count) + (count == 1 ? " host" : " hosts"), "two");
    return false;
}

std::optional<std::vector<std::uint32_t>> read_iss(Reading& r, const Element& node)
{
    std::vector<std::uint32_t> all;
    const auto read = [&](const Element& item) {
        if (const auto text = require_scalar(r, item, "an initial sequence number"))
            if (const auto value = read_number(r, *text, 0, 0xFFFFFFFF))
                all.push_back(static_cast<std::uint32_t>(*value));
    };
    if (node.kind != Element::Kind::list) {
        read(node);
    } else {
        for (const Element& item : node.items) read(item);
    }
    if (all.empty()) return {};
    return all;
}

std::optional<std::string> read_profile(Reading& r, const Text& text)
{
    if (profile(text.text)) return std::string(text.text);
    unknown(r, text, {"rfc9293", "linux"}, "the profile");
    return {};
}

std::optional<Recording> read_recording(Reading& r, const Text& text)
{
    Known known;
    for (const Recording level : {Recording::nothing, Recording::counts, Recording::states, Recording::everything}) {
        if (same_word(name(level), text.text)) return level;
        known.emplace_back(name(level));
    }
    unknown(r, text, known);
    return {};
}

std::optional<std::uint64_t> read_seed(Reading& r, const Text& text)
{
    const auto value = read_number(r, text, 0, INT64_MAX);
    if (!value) return {};
    return static_cast<std::uint64_t>(*value);
}

void read_network(Reading& r, const Element& node, Scenario& scenario)
{
    if (!require_map(r, node, "a map, such as { delay: 50ms }")) return;
    check_keys(r, node, {"delay", "links", "nat"});
    if (const Element* const delay = node.find("delay"))
        if (const auto text = require_scalar(r, *delay, "a time"))
            scenario.delay = read_duration(r, *text).value_or(scenario.delay);
    const Element* const links = node.find("links");
    if (links != nullptr && require_list(r, *links, "a list of links"))
        for (const Element& link : links->items) read_link(r, link, scenario);
    const Element* const nats = node.find("nat");
    if (nats != nullptr && require_list(r, *nats, "a list of NAT boxes"))
        for (const Element& nat : nats->items) read_nat(r, nat, scenario);
}

void read_hosts(Reading& r, const Element& node, Scenario& scenario)
{
    if (!require_map(r, node, "a map of hosts, such as { client: { iss: 100 }, server: {} }")) return;
    if (node.entries() == 0) r.problems.add(node.place, "no host", "at least one");
    if (node.entries() > most_hosts)
        r.problems.add(node.key(most_hosts).place, "more than " + std::to_string(most_hosts) + " hosts", "fewer");
    for (std::size_t i = 0; i < node.entries(); ++i) {
        const Element& key = node.key(i);
        if (!is_host_name(key.text))
            r.problems.add(key.place, key.found(), "a host's name: a letter, then letters, digits, - or _, 32 at most");
        else if (std::ranges::find(reserved, key.text) != reserved.end())
            r.problems.add(key.place, key.found(), "a host's name that is no word of the format");
        read_switches(r, key, node.value(i), scenario.hosts.emplace_back());
    }
}

} // namespace tcpsm::reading
