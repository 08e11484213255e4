// Judging what is expected of many: by what hosts have counted, and how far workloads have come.

#include "scenario/errors.hpp"
#include "scenario/judgement.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm {

namespace {

std::uint64_t counted(const Counts& counts, const ExpectCount& expected)
{
    switch (expected.of) {
    case ExpectCount::Of::standing: return counts.in(expected.state);
    case ExpectCount::Of::peak: return counts.peak[static_cast<std::size_t>(expected.state)];
    case ExpectCount::Of::active_opens: return counts.active_opens;
    case ExpectCount::Of::passive_opens: return counts.passive_opens;
    case ExpectCount::Of::time_waits: return counts.time_waits;
    case ExpectCount::Of::segments: return counts.segments_sent;
    case ExpectCount::Of::retransmissions: return counts.retransmissions;
    case ExpectCount::Of::descriptors: return counts.descriptors;
    case ExpectCount::Of::unconnected: return counts.unconnected;
    case ExpectCount::Of::accept_overflows: return counts.overflows.accept_queue;
    case ExpectCount::Of::syn_drops: return counts.overflows.syn_queue;
    case ExpectCount::Of::syn_cookies: return counts.overflows.syn_cookies;
    case ExpectCount::Of::time_wait_overflows: return counts.overflows.time_waits;
    case ExpectCount::Of::memory: // is the host's own
    case ExpectCount::Of::failed: break;
    }
    std::uint64_t failed = 0;
    for (std::size_t error = 0; error < error_count; ++error)
        if (errc_name(static_cast<Error>(error)) == expected.error) failed += counts.failed_calls[error];
    return failed;
}

} // namespace

Judgement judge(const ExpectCount& expected, const Simulation& simulation)
{
    const HostId host = simulation.network.host_id(expected.host);
    const std::optional<Counts> counts =
        expected.at ? simulation.counts_at(*expected.at, host) : simulation.network.counts(host);
    if (!counts) return "the run ended before";
    const std::uint64_t found =
        expected.of == ExpectCount::Of::memory ? simulation.network.memory(host) : counted(*counts, expected);
    return differs(found >= expected.least && found <= expected.most, std::to_string(found));
}

Judgement judge(const ExpectClients& expected, const Simulation& simulation)
{
    const WorkloadReport report = simulation.report(expected.workload);
    std::string found;
    const auto compare = [&](std::string_view what, const auto& asked, const auto& is, const std::string& text) {
        if (asked && *asked != is) found += (found.empty() ? "" : ", ") + std::string(what) + ' ' + text;
    };
    const auto number = [&](std::string_view what, const std::optional<std::uint64_t>& asked, std::uint64_t is) {
        compare(what, asked, is, std::to_string(is));
    };
    const auto time = [&](std::string_view what, const std::optional<Time>& asked, Time is) {
        compare(what, asked, is, is == never ? "never" : to_string(is));
    };
    number("begun", expected.begun, report.begun);
    number("done", expected.done, report.done);
    number("failed", expected.failed, report.failed);
    number("opened", expected.opened, report.opened);
    number("answered", expected.answered, report.answered);
    time("first_failure", expected.first_failure, report.first_failure);
    const std::string error(errc_name(report.error));
    compare("error", expected.error, error, error);
    time("last_answer", expected.last_answer, report.last_answer);
    return differs(found.empty(), found);
}

} // namespace tcpsm
