#include "replay/summary.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

const ScenarioHost& host_of(const Scenario& scenario, const std::string& name)
{
    return *std::find_if(scenario.hosts.begin(), scenario.hosts.end(),
                         [&](const ScenarioHost& host) { return host.name == name; });
}

std::string span(Duration duration)
{
    return std::string(seconds(Time{} + duration)) + "s";
}

std::string words(const Rate& rate)
{
    if (rate.count == 0) return "all at once";
    return fmt::format("{} a {}", rate.count, rate.within == Duration(1min) ? "minute" : "second");
}

/// "90000 clients on client, 500 a second from 0s, 1 request each, to server:80"
std::string first_line(const ScenarioWorkload& workload, const Workload& w)
{
    return fmt::format("{} client{} on {}{}, {} from {}s, {} request{} each, to {}:{}{}\n", w.clients,
                       w.clients == 1 ? "" : "s", workload.from.size() > 1 ? "each of " : "",
                       fmt::join(workload.from, ", "), words(w.rate), seconds(w.begins), w.requests,
                       w.requests == 1 ? "" : "s", workload.to, w.port, w.keep_alive ? ", kept alive" : "");
}

/// As many as a host's ports allow, where its client closes first: each is free again when TIME-WAIT is over.
std::string sustainable(const Scenario& scenario, const ScenarioWorkload& workload, const Simulation& simulation)
{
    std::string text;
    for (const std::string& name : workload.from) {
        const Profile profile = scenario.options(host_of(scenario, name)).profile;
        const Duration length = profile.connection.two_msl();
        const HostId host = simulation.network.host_id(name);
        const auto before = simulation.counts_at(scenario.until - length, host);
        const int ports = profile.ephemeral_last - profile.ephemeral_first + 1;
        const double in_seconds = std::chrono::duration<double>(length).count();
        if (length <= Duration(0)) continue;
        text +=
            fmt::format("  {} can sustain {:.1f} connections a second to one remote port: {} ports / {} of TIME-WAIT\n",
                        name, ports / in_seconds, ports, span(length));
        if (!before || simulation.network.now() < scenario.until - Duration(1s)) continue;
        const auto opened = simulation.network.counts(host).active_opens - before->active_opens;
        text += fmt::format("  in the last {} it opened {}: {:.1f} a second\n", span(length), opened,
                            static_cast<double>(opened) / in_seconds);
    }
    return text;
}

std::string workload_lines(const Scenario& scenario, const ScenarioWorkload& workload, const WorkloadReport& report,
                           const Simulation& simulation)
{
    std::string text = first_line(workload, std::get<Workload>(workload.what));
    text += fmt::format("  {} begun, {} done, {} failed; {} connections, {} requests answered", report.begun,
                        report.done, report.failed, report.opened, report.answered);
    text += report.answered > 0 ? fmt::format(", the last at {}s\n", seconds(report.last_answer)) : "\n";
    if (report.failed == 0) return text;
    text += fmt::format("  the first failed at {}s: {}\n", seconds(report.first_failure),
                        make_error_code(report.error).message());
    if (report.error == Error::address_not_available) text += sustainable(scenario, workload, simulation);
    return text;
}

std::string flood_line(const ScenarioWorkload& workload, const Flood& flood)
{
    return fmt::format("{} SYNs of nobody, {} from {}s, to {}:{}\n", flood.syns, words(flood.rate),
                       seconds(flood.begins), workload.to, flood.port);
}

/// One line of the table: what is counted, for each host.
template <class Of>
std::string row(std::string_view what, const std::vector<Counts>& hosts, Of&& of)
{
    if (std::all_of(hosts.begin(), hosts.end(), [&](const Counts& c) { return of(c) == 0; })) return {};
    std::string text = fmt::format("{:<26}", what);
    for (const Counts& counts : hosts) text += fmt::format(" {:>12}", of(counts));
    return text + '\n';
}

std::string table(const Scenario& scenario, const Simulation& simulation)
{
    std::vector<Counts> hosts;
    std::string text(26, ' ');
    for (const ScenarioHost& host : scenario.hosts) {
        hosts.push_back(simulation.network.counts(simulation.network.host_id(host.name)));
        text += fmt::format(" {:>12}", host.name);
    }
    text += '\n';
    text += row("segments", hosts, [](const Counts& c) { return c.segments_sent; });
    text += row("  sent again", hosts, [](const Counts& c) { return c.retransmissions; });
    text += row("connections opened", hosts, [](const Counts& c) { return c.active_opens; });
    text += row("connections taken", hosts, [](const Counts& c) { return c.passive_opens; });
    text += row("TIME-WAITs", hosts, [](const Counts& c) { return c.time_waits; });
    for (const State state : all_states()) {
        const auto index = static_cast<std::size_t>(state);
        text += row(fmt::format("in {}, at most", name(state)), hosts, [&](const Counts& c) { return c.peak[index]; });
        text += row("  in the end", hosts, [&](const Counts& c) { return c.standing[index]; });
    }
    text += row("SYNs answered by cookies", hosts, [](const Counts& c) { return c.overflows.syn_cookies; });
    text += row("SYN queue full", hosts, [](const Counts& c) { return c.overflows.syn_queue; });
    text += row("accept queue full", hosts, [](const Counts& c) { return c.overflows.accept_queue; });
    text += row("TIME-WAIT table full", hosts, [](const Counts& c) { return c.overflows.time_waits; });
    for (std::size_t error = 1; error < error_count; ++error)
        text += row(fmt::format("calls: {}", make_error_code(static_cast<Error>(error)).message().substr(0, 18)), hosts,
                    [&](const Counts& c) { return c.failed_calls[error]; });
    return text;
}

} // namespace

void ask_for_counts(const Scenario& scenario, Simulation& simulation)
{
    for (const ScenarioHost& host : scenario.hosts) {
        const Duration length = scenario.options(host).profile.connection.two_msl();
        if (scenario.until - length > Time{}) simulation.ask_for_counts(scenario.until - length);
    }
}

std::string summary_of_workloads(const Scenario& scenario, const Simulation& simulation)
{
    std::string text;
    std::uint32_t number = 0;
    for (const ScenarioWorkload& workload : scenario.workloads) {
        if (const Flood* const flood = std::get_if<Flood>(&workload.what))
            text += flood_line(workload, *flood);
        else
            text += workload_lines(scenario, workload, simulation.report(++number), simulation);
    }
    return text;
}

std::string kernel_logs(const Scenario& scenario, const Simulation& simulation)
{
    std::string text;
    for (const ScenarioHost& host : scenario.hosts) {
        const std::vector<LogEntry> log = simulation.network.log(simulation.network.host_id(host.name));
        if (!log.empty()) text += fmt::format("\nthe log of {}\n", host.name);
        for (const LogEntry& entry : log) text += "  " + to_string(entry) + '\n';
    }
    return text;
}

std::string summary(const Scenario& scenario, const Simulation& simulation)
{
    std::string text = summary_of_workloads(scenario, simulation);
    if (scenario.recording != Recording::nothing)
        text += '\n' + table(scenario, simulation) + kernel_logs(scenario, simulation);
    return text;
}

} // namespace tcpsm::viz
