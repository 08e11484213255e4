#include "cli/netstat_view.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "tcpsm/trace/counts.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::cli {
namespace {

/// As netstat spells it.
std::string_view netstat_name(State state)
{
    switch (state) {
    case State::Closed: return "CLOSE";
    case State::Listen: return "LISTEN";
    case State::SynSent: return "SYN_SENT";
    case State::SynReceived: return "SYN_RECV";
    case State::Established: return "ESTABLISHED";
    case State::FinWait1: return "FIN_WAIT1";
    case State::FinWait2: return "FIN_WAIT2";
    case State::CloseWait: return "CLOSE_WAIT";
    case State::Closing: return "CLOSING";
    case State::LastAck: return "LAST_ACK";
    case State::TimeWait: return "TIME_WAIT";
    }
    return "";
}

/// As netstat calls it; those that it does not show have their own name. Linux waits in FIN-WAIT-2 as in TIME-WAIT.
std::string_view netstat_name(TimerKind timer)
{
    switch (timer) {
    case TimerKind::retransmission: return "on";
    case TimerKind::time_wait:
    case TimerKind::fin_wait_2: return "timewait";
    case TimerKind::persist: return "probe";
    case TimerKind::keepalive: return "keepalive";
    default: return name(timer);
    }
}

/// "on (0.75)": the next timer to fire, and in how many seconds.
std::string timer_column(const NetstatLine& line, Time now)
{
    if (line.deadline == never) return "off (0)";
    return fmt::format("{} ({})", netstat_name(line.timer), seconds(Time{} + (line.deadline - now)));
}

std::string remote(const NetstatLine& line)
{
    return line.remote.port == 0 ? "0.0.0.0:*" : to_string(line.remote);
}

std::string without_blanks_at_end(const std::string& line)
{
    return line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
}

std::vector<NetstatLine> sorted(const Host& host)
{
    std::vector<NetstatLine> lines = host.netstat();
    std::ranges::stable_sort(lines, {}, &NetstatLine::connection); // a listener's is 0
    return lines;
}

StateCounts counts_of(const std::vector<NetstatLine>& lines)
{
    StateCounts counts{};
    for (const NetstatLine& line : lines) ++counts[static_cast<std::size_t>(line.state)];
    return counts;
}

/// The line of `ss -s`. What is established is the MIB's tcpCurrEstab (RFC 4022): ESTABLISHED or CLOSE-WAIT.
std::string summary(const StateCounts& counts)
{
    const auto of = [&](State state) { return counts[static_cast<std::size_t>(state)]; };
    return fmt::format("TCP:   {} (estab {}, synrecv {}, timewait {})\n", total(counts),
                       of(State::Established) + of(State::CloseWait), of(State::SynReceived), of(State::TimeWait));
}

} // namespace

std::string netstat_heading(const Host& host)
{
    return fmt::format("{}, {}{}\n", host.name(), to_string(host.address()), host.up() ? "" : ", is down");
}

std::string netstat_lines(const Host& host, Time now, bool timers)
{
    if (!host.up()) return {};
    constexpr std::string_view row = "{:<5} {:>6} {:>6} {:<23} {:<23} {:<11} {}";
    const std::vector<NetstatLine> lines = sorted(host);
    std::string text = without_blanks_at_end(fmt::format(row, "Proto", "Recv-Q", "Send-Q", "Local Address",
                                                         "Foreign Address", "State", timers ? "Timer" : ""));
    for (const NetstatLine& line : lines)
        text += without_blanks_at_end(fmt::format(row, "tcp", line.receive_queue, line.send_queue,
                                                  to_string(line.local), remote(line), netstat_name(line.state),
                                                  timers ? timer_column(line, now) : std::string()));
    return text + summary(counts_of(lines));
}

std::string netstat_counts(const Host& host)
{
    const StateCounts counts = counts_of(host.netstat());
    std::string text;
    for (const State state : all_states())
        if (const std::uint32_t count = counts[static_cast<std::size_t>(state)]; count > 0)
            text += fmt::format("{:>7} {}\n", count, name(state));
    return text.empty() && host.up() ? "(no connection)\n" : text;
}

} // namespace tcpsm::cli
