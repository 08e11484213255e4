// `workloads:`: clients by count and rate, their server, and floods.

#include <algorithm>

#include "scenario/reading.hpp"

namespace tcpsm::reading {
namespace {

constexpr std::int64_t most_clients = 10'000'000;
constexpr std::int64_t most_workload_octets = 1'000'000'000;

/// "500/s", "500 per s", "10/min"
std::optional<Rate> read_rate(Reading& r, const Text& text)
{
    const std::string_view all = text.text;
    const std::size_t digits = std::min(all.find_first_not_of("0123456789"), all.size());
    std::size_t unit = std::min(all.find_first_not_of(' ', digits), all.size());
    for (const std::string_view per : {"/", "per "})
        if (all.substr(unit).starts_with(per)) {
            unit = std::min(all.find_first_not_of(' ', unit + per.size()), all.size());
            const bool seconds = all.substr(unit) == "s";
            if (digits == 0 || (!seconds && all.substr(unit) != "min")) break;
            const auto count = read_number(r, text.part(0, digits), 1, most_clients);
            if (!count) return {};
            return Rate{static_cast<std::uint32_t>(*count), seconds ? Duration(1s) : Duration(1min)};
        }
    unexpected(r, text, "a rate, such as 500/s or 10/min");
    return {};
}

std::optional<Side> read_side(Reading& r, const Text& text)
{
    if (same_word(text.text, "client")) return Side::client;
    if (same_word(text.text, "server")) return Side::server;
    if (same_word(text.text, "nobody")) return Side::neither;
    unknown(r, text, {"client", "server", "nobody"});
    return {};
}

template <class Value>
void take(std::optional<Value> read, Value& into)
{
    if (read) into = *read;
}

void read_count(Reading& r, const Text& text, std::int64_t least, std::int64_t most, std::uint32_t& into)
{
    if (const auto number = read_number(r, text, least, most)) into = static_cast<std::uint32_t>(*number);
}

/// What clients and floods have in common. False where it is none of that.
bool read_when(Reading& r, const std::string& key, const Text& text, Rate& rate, Time& begins)
{
    if (key == "rate") {
        take(read_rate(r, text), rate);
    } else if (key == "begins") {
        if (const auto since = read_duration(r, text)) begins = Time{} + *since;
    } else {
        return false;
    }
    return true;
}

bool read_of_clients(Reading& r, const std::string& key, const Text& text, Workload& w)
{
    if (key == "clients") return read_count(r, text, 1, most_clients, w.clients), true;
    if (key == "requests") return read_count(r, text, 0, most_clients, w.requests), true;
    if (key == "pause") return take(read_duration(r, text), w.pause), true;
    if (key == "request") return read_count(r, text, 1, most_workload_octets, w.request), true;
    if (key == "response") return read_count(r, text, 1, most_workload_octets, w.response), true;
    if (key == "client_process") return take(read_process_name(r, text), w.client_process), true;
    if (key == "server_process") return take(read_process_name(r, text), w.server_process), true;
    return false;
}

void read_of_connections(Reading& r, const std::string& key, const Text& text, Workload& w)
{
    if (key == "keep_alive") take(read_yes_no(r, text), w.keep_alive);
    if (key == "closes") take(read_side(r, text), w.closes);
    if (key == "forgets_to_close") take(read_side(r, text), w.forgets);
    if (key == "keepalive_requests") read_count(r, text, 1, most_clients, w.keepalive_requests);
    if (key == "keepalive_timeout") take(read_duration(r, text), w.keepalive_timeout);
    if (key == "backlog") read_count(r, text, 0, 1'000'000, w.backlog);
    if (key == "accept_every") take(read_duration(r, text), w.accept_every);
    if (key == "answers_after") take(read_duration(r, text), w.answers_after);
}

std::vector<std::string> read_from(Reading& r, const Element& node)
{
    std::vector<std::string> hosts;
    const auto one = [&](const Element& item) {
        if (const auto text = require_scalar(r, item, "a host"))
            if (const auto host = read_host(r, *text)) hosts.push_back(*host);
    };
    if (node.kind != Element::Kind::list) {
        one(node);
    } else {
        for (const Element& item : node.items) one(item);
        if (node.items.empty()) r.problems.add(node.place, "an empty list", "at least one host");
    }
    return hosts;
}

/// Takes the host of "server:80" for the workload, and the port for its half.
void read_target(Reading& r, const Text& text, std::string& host, Port& port)
{
    const auto remote = read_remote(r, text);
    if (!remote) return;
    host = remote->host;
    port = remote->port;
}

void read_clients(Reading& r, const Element& node, ScenarioWorkload& workload)
{
    static const Known keys{"clients",
                            "from",
                            "to",
                            "client_process",
                            "server_process",
                            "rate",
                            "begins",
                            "requests",
                            "pause",
                            "request",
                            "response",
                            "closes",
                            "keep_alive",
                            "keepalive_requests",
                            "backlog",
                            "keepalive_timeout",
                            "forgets_to_close",
                            "accept_every",
                            "answers_after"};
    if (!check_keys(r, node, keys, {"clients", "from", "to"})) return;
    Workload w;
    for (std::size_t i = 0; i < node.entries(); ++i) {
        const std::string& key = node.key(i).text;
        if (key == "from") {
            workload.from = read_from(r, node.value(i));
            continue;
        }
        const auto text = require_scalar(r, node.value(i), "a value for '" + key + '\'');
        if (!text) continue;
        if (key == "to")
            read_target(r, *text, workload.to, w.port);
        else if (!read_when(r, key, *text, w.rate, w.begins) && !read_of_clients(r, key, *text, w))
            read_of_connections(r, key, *text, w);
    }
    workload.what = w;
}

void read_flood(Reading& r, const Element& node, ScenarioWorkload& workload)
{
    if (!check_keys(r, node, {"flood", "from", "syns", "rate", "begins"}, {"flood", "from", "syns"})) return;
    Flood flood;
    for (std::size_t i = 0; i < node.entries(); ++i) {
        const std::string& key = node.key(i).text;
        const auto text = require_scalar(r, node.value(i), "a value for '" + key + '\'');
        if (!text) continue;
        if (key == "flood") read_target(r, *text, workload.to, flood.port);
        if (key == "from") workload.from = read_from(r, node.value(i));
        if (key == "syns") read_count(r, *text, 1, most_clients, flood.syns);
        static_cast<void>(read_when(r, key, *text, flood.rate, flood.begins));
    }
    workload.what = flood;
}

} // namespace

void read_workloads(Reading& r, const Element& node, Scenario& scenario)
{
    if (!require_list(r, node, "a list of workloads")) return;
    if (node.items.empty()) r.problems.add(node.place, "no workload", "at least one");
    for (const Element& item : node.items) {
        if (!require_map(r, item, "a workload, such as { clients: 100, from: client, to: server:80 }")) continue;
        ScenarioWorkload& workload = scenario.workloads.emplace_back();
        workload.place = item.place;
        if (item.find("flood") != nullptr)
            read_flood(r, item, workload);
        else
            read_clients(r, item, workload);
        if (std::holds_alternative<Workload>(workload.what)) ++r.workloads;
    }
}

} // namespace tcpsm::reading
