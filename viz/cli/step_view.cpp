#include "cli/step_view.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/happenings.hpp"
#include "cli/terminal.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::cli {
namespace {

constexpr std::array<std::string_view, 8> labels{"state",   "SND.UNA", "SND.NXT", "SND.WND",
                                                 "RCV.NXT", "RCV.WND", "RTO",     "next timer"};

/// A host's connection as the table shows it.
struct Column {
    std::string title;
    std::array<std::string, labels.size()> values;
};

std::string next_timer(const Connection& connection)
{
    const Timer& next = connection.next_timer();
    if (!next.running()) return "-";
    return fmt::format("{} at {}", name(connection.timers().next()), to_string(next.deadline));
}

std::string point(Seq seq)
{
    return std::to_string(seq.value());
}

Column column(const std::string& title, const Connection& connection)
{
    const Tcb& tcb = connection.tcb();
    const bool knows_peer = tcb.state >= State::SynReceived; // before, RCV.NXT has no value
    return {title,
            {std::string(name(tcb.state)), point(tcb.snd.una), point(tcb.snd.nxt), std::to_string(tcb.snd.wnd),
             knows_peer ? point(tcb.rcv.nxt) : "-", std::to_string(tcb.rcv.wnd), to_string(connection.rto().rto()),
             next_timer(connection)}};
}

/// Where a connection that is no more has ended: in CLOSED, or back in LISTEN.
State last_state(const History& history, HostId host, std::uint32_t connection)
{
    for (std::size_t i = history.records().size(); i > 0; --i) {
        const Record& record = history.records()[i - 1];
        if (record.kind == RecordKind::state && record.host == host && record.connection == connection)
            return record.to;
    }
    return State::Closed;
}

Column without_connection(const Host& host, const History& history)
{
    Column column{std::string(host.name()), {}};
    column.values.fill("-");
    const std::uint32_t newest = host.connections(); // 0, the listeners, where there has been none
    column.values.front() = host.up() ? std::string(name(last_state(history, host.id(), newest))) : "down";
    return column;
}

/// The host's newest connection that there still is.
Column column(const Host& host, const History& history)
{
    std::uint32_t number = host.connections();
    while (number > 0 && !host.connection(number).valid()) --number;
    if (number == 0) return without_connection(host, history);
    const std::string title = number == 1 ? std::string(host.name()) : fmt::format("{}#{}", host.name(), number);
    return column(title, host.connection(number).connection());
}

std::vector<Column> columns(Network network) // a copy, because handles of hosts can change their world
{
    std::vector<Column> all;
    for (const Host& host : network.hosts()) all.push_back(column(host, network.history()));
    return all;
}

std::string table(const std::vector<Column>& before, const std::vector<Column>& now, bool colour)
{
    constexpr std::size_t least = 22;
    std::vector<std::size_t> widths(now.size(), least);
    for (std::size_t c = 0; c < now.size(); ++c)
        for (const std::string& value : now[c].values) widths[c] = std::max(widths[c], value.size() + 4);

    std::string text = fmt::format("  {:<12}", "");
    for (std::size_t c = 0; c < now.size(); ++c) text += fmt::format("{:<{}}", now[c].title, widths[c]);
    text = text.substr(0, text.find_last_not_of(' ') + 1) + '\n';
    for (std::size_t row = 0; row < labels.size(); ++row) {
        std::string line = fmt::format("  {:<12}", labels[row]);
        std::size_t blanks = 0;
        for (std::size_t c = 0; c < now.size(); ++c) {
            const std::string& value = now[c].values[row];
            const bool changed = value != "-" && value != before[c].values[row];
            line += std::string(blanks, ' ') + (changed ? painted(value + " *", "1", colour) : value);
            blanks = widths[c] - value.size() - (changed ? 2 : 0);
        }
        text += line + '\n';
    }
    return text;
}

std::string title(const Cursor& cursor, bool colour)
{
    const std::string time = to_string(cursor.now().network.now());
    const std::string text = cursor.position() == 0 ? fmt::format("{}: nothing has happened yet", time)
                                                    : fmt::format("{}, event {}", time, cursor.position());
    return painted(text, "1", colour) + '\n';
}

} // namespace

std::string describe(const Cursor& cursor, bool colour)
{
    const History& history = cursor.now().network.history();
    std::string text = title(cursor, colour);
    if (cursor.position() > 0)
        for (std::size_t i = cursor.first_record(); i < history.records().size(); ++i)
            text += "  " + in_words(history, history.records()[i]) + '\n';
    return text + '\n' + table(columns(cursor.before().network), columns(cursor.now().network), colour) + '\n';
}

} // namespace tcpsm::cli
