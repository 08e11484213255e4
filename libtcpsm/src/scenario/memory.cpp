// What the workloads of a scenario may need at most, before anything runs.

#include <algorithm>

#include "scenario/reading.hpp"

namespace tcpsm {
namespace {

// What a connection needs as it was measured: an endpoint with what is pending for it, and its entry in TIME-WAIT.
constexpr std::uint64_t endpoint = 700;
constexpr std::uint64_t time_wait = 100;
constexpr std::uint64_t text_of_a_segment = 1460;

/// What is written to the history of a connection that serves for `requests`: of its opening and closing, of each
/// request, and of each segment of text.
std::uint64_t recorded(Recording level, const Workload& w, std::uint64_t requests)
{
    constexpr std::uint64_t record = sizeof(Record);
    constexpr std::uint64_t segment = sizeof(SentSegment);
    if (level == Recording::states) return 9 * record;
    if (level != Recording::everything) return 0;
    const std::uint64_t text = std::uint64_t{w.request} + w.response;
    const std::uint64_t request = 20 * record + 3 * segment + 2 * text;
    const std::uint64_t more = text / text_of_a_segment * (6 * record + 2 * segment);
    return 60 * record + 12 * segment + requests * (request + more);
}

std::uint64_t needed(const Workload& w, std::size_t hosts, Recording level)
{
    const std::uint64_t clients = std::uint64_t{w.clients} * hosts;
    const std::uint64_t requests = std::max<std::uint64_t>(w.requests, 1);
    const std::uint64_t on_each = w.keep_alive ? std::min<std::uint64_t>(requests, w.keepalive_requests) : 1;
    const std::uint64_t connections = clients * ((requests + on_each - 1) / on_each);
    const bool stay = w.closes == Side::neither || w.forgets != Side::neither;
    const std::uint64_t at_once = stay ? connections : clients;
    return at_once * (2 * endpoint + w.request + w.response) + connections * (time_wait + recorded(level, w, on_each));
}

std::uint64_t needed(const Flood& flood, Recording level)
{
    constexpr std::uint64_t retransmissions = 6;
    const std::uint64_t records = level == Recording::everything ? retransmissions * 4 : 0;
    return flood.syns * (endpoint + records * sizeof(Record) + records / 4 * sizeof(SentSegment));
}

/// "5.2 GB"
std::string size_text(std::uint64_t octets)
{
    const std::uint64_t tenths = octets / 100'000'000;
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " GB";
}

} // namespace

std::uint64_t memory_needed(const Scenario& scenario, const ScenarioWorkload& workload)
{
    if (const Flood* const flood = std::get_if<Flood>(&workload.what)) return needed(*flood, scenario.recording);
    return needed(std::get<Workload>(workload.what), workload.from.size(), scenario.recording);
}

namespace reading {

void check_memory(Reading& r, const Scenario& scenario)
{
    std::uint64_t all = 0;
    for (const ScenarioWorkload& workload : scenario.workloads) {
        all += memory_needed(scenario, workload);
        if (all <= scenario.memory) continue;
        const std::string less = scenario.recording > Recording::counts ? ", or 'recording: counts'" : "";
        r.problems.add(workload.place, "workloads that may need " + size_text(all) + " of memory",
                       "at most " + size_text(scenario.memory) + ": fewer clients or requests" + less +
                           "; 'memory:' sets the limit");
        return;
    }
}

} // namespace reading
} // namespace tcpsm
