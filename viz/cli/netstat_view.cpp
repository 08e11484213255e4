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

/// Nobody has a descriptor of it, and its end is under way.
bool is_orphan(const NetstatLine& line)
{
    const bool ends = line.state == State::FinWait1 || line.state == State::FinWait2 || line.state == State::Closing ||
                      line.state == State::LastAck;
    return ends && !line.process;
}

/// The line of `ss -s`. What is established is the MIB's tcpCurrEstab (RFC 4022): ESTABLISHED or CLOSE-WAIT; what is
/// closed, sockets without a connection and those in TIME-WAIT.
std::string summary(const Host& host, const std::vector<NetstatLine>& lines)
{
    const StateCounts counts = counts_of(lines);
    const auto of = [&](State state) { return counts[static_cast<std::size_t>(state)]; };
    const std::uint32_t unconnected = host.counts().unconnected;
    return fmt::format("TCP:   {} (estab {}, closed {}, orphaned {}, synrecv {}, timewait {})\n",
                       total(counts) + unconnected, of(State::Established) + of(State::CloseWait),
                       unconnected + of(State::TimeWait), std::ranges::count_if(lines, is_orphan),
                       of(State::SynReceived), of(State::TimeWait));
}

/// "7/web"; a dash where no process has it.
std::string program_column(const NetstatLine& line)
{
    return line.process ? fmt::format("{}/{}", line.process->index + 1, line.program) : "-";
}

} // namespace

std::string netstat_heading(const Host& host)
{
    return fmt::format("{}, {}{}\n", host.name(), to_string(host.address()), host.up() ? "" : ", is down");
}

std::string netstat_lines(const Host& host, Time now, NetstatColumns columns)
{
    if (!host.up()) return {};
    constexpr std::string_view row = "{:<5} {:>6} {:>6} {:<23} {:<23} {:<11}{}{}";
    const auto program = [&](const std::string& text) {
        return columns.programs ? fmt::format(" {:<19}", text) : std::string();
    };
    const auto timer = [&](const std::string& text) { return columns.timers ? ' ' + text : std::string(); };
    const std::vector<NetstatLine> lines = sorted(host);
    std::string text =
        without_blanks_at_end(fmt::format(row, "Proto", "Recv-Q", "Send-Q", "Local Address", "Foreign Address", "State",
                                          program("PID/Program name"), timer("Timer")));
    for (const NetstatLine& line : lines)
        text += without_blanks_at_end(fmt::format(row, "tcp", line.receive_queue, line.send_queue,
                                                  to_string(line.local), remote(line), netstat_name(line.state),
                                                  program(program_column(line)), timer(timer_column(line, now))));
    return text + summary(host, lines);
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

std::string netstat_statistics(const Host& host)
{
    if (!host.up()) return {};
    const Counts counts = host.counts();
    std::string text =
        fmt::format("Tcp:\n    {} active connection openings\n    {} passive connection openings\n"
                    "    {} segments sent out\n    {} segments retransmitted\n",
                    counts.active_opens, counts.passive_opens, counts.segments_sent, counts.retransmissions);
    std::string more;
    const auto times = [&](std::uint64_t count, std::string_view words) {
        if (count > 0) more += fmt::format("    {} time{} {}\n", count, count == 1 ? "" : "s", words);
    };
    times(counts.overflows.syn_cookies, "a SYN was answered with a cookie (SyncookiesSent)");
    times(counts.overflows.syn_queue, "a SYN was dropped, the SYN queue was full (TCPReqQFullDrop)");
    times(counts.overflows.accept_queue, "the accept queue of a listener was full (ListenOverflows)");
    times(counts.overflows.time_waits, "a connection skipped TIME-WAIT, its table was full (TCPTimeWaitOverflow)");
    if (!more.empty()) text += "TcpExt:\n" + more;
    const std::vector<LogEntry> log = host.log();
    if (!log.empty()) text += "Log:\n";
    for (const LogEntry& entry : log) text += "    " + to_string(entry) + '\n';
    return text;
}

} // namespace tcpsm::cli
