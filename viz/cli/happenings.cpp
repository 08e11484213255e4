#include "cli/happenings.hpp"

#include <fmt/format.h>

#include "tcpsm/host/kernel_log.hpp"
#include "tcpsm/trace/trace.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::cli {
namespace {

std::string host_name(const History& history, HostId host)
{
    return host == no_host ? "nobody" : history.hosts()[host].name;
}

/// " (RFC 9293, 3.10.4)"; empty where the reason comes from nowhere.
std::string in_brackets(const Why& why)
{
    const std::string section = reference(why);
    return section.empty() ? section : " (" + section + ")";
}

/// "client", or "client#2" for its second connection.
std::string who(const History& history, const Record& record)
{
    std::string text = host_name(history, record.host);
    if (record.connection > 1) text += fmt::format("#{}", record.connection);
    return text;
}

std::string departure(const History& history, const SentSegment& sent)
{
    const std::string segment = fmt::format("{} {}", history.name(sent), to_notation(sent.segment));
    const std::string to = host_name(history, sent.to_host);
    if (sent.name.host == no_host) return fmt::format("{} appears on the way to {}: it was injected", segment, to);
    if (sent.name.copy > 0) return fmt::format("{} follows: the network has made a copy", segment);
    const std::string leaves = fmt::format("{} leaves {} for {}", segment, host_name(history, sent.from_host), to);
    if (sent.why.check != Check::none) return fmt::format("{}, in answer to what was refused", leaves);
    return fmt::format("{}, because: {}{}", leaves, because(sent.why), in_brackets(sent.why));
}

std::string arrival(const History& history, const SentSegment& sent, const Record& record)
{
    std::string text =
        fmt::format("{} {} arrives at {}", history.name(sent), to_notation(sent.segment), who(history, record));
    const Check check = record.why.check;
    if (check == Check::none) return text;
    return fmt::format("{} and is refused by the check \"{}\": {}{}", text, name(check), explain(check),
                       in_brackets(record.why));
}

std::string call(const History& history, const Record& record)
{
    std::string text = fmt::format("{}: the user calls {}", who(history, record), name(record.call));
    if (stops_host(record) || ends_process(record))
        text = fmt::format("{}: {}", who(history, record), name(record.call));
    if (record.process != 0) text += fmt::format(", process {}", history.process(record));
    if (record.call == Call::socket)
        text += fmt::format(", {} made", record.count);
    else if (record.count > 0)
        text += fmt::format(", {} octets", record.count);
    if (record.deadline != Time{}) text += fmt::format(", and waits until {} at most", to_string(record.deadline));
    if (record.error != Error::none) text += fmt::format("; the answer is \"error: {}\"", sentence(record.error));
    return text;
}

} // namespace

std::string in_words(const History& history, const Record& record)
{
    const std::string host = who(history, record);
    const auto segment = [&]() -> const SentSegment& { return history.segments()[record.segment]; };
    switch (record.kind) {
    case RecordKind::initial: return fmt::format("{}: begins in {}", host, name(record.to));
    case RecordKind::call: return call(history, record);
    case RecordKind::sent: return departure(history, segment());
    case RecordKind::arrived: return arrival(history, segment(), record);
    case RecordKind::lost: return fmt::format("{} is lost on the way", history.name(segment()));
    case RecordKind::held: return fmt::format("{} is held in the network", history.name(segment()));
    case RecordKind::state:
        return fmt::format("{}: {} to {}, on {}{}", host, name(record.from), name(record.to), name(record.why.event),
                           in_brackets(record.why));
    case RecordKind::timer_set:
        return fmt::format("{}: the {} timer is set to {}", host, name(record.timer), to_string(record.deadline));
    case RecordKind::timer_fired: return fmt::format("{}: the {} timer fires", host, name(record.timer));
    case RecordKind::timer_cancelled: return fmt::format("{}: the {} timer is stopped", host, name(record.timer));
    case RecordKind::signal: return fmt::format("{}: the user is told \"{}\"", host, sentence(record.error));
    case RecordKind::logged:
        return fmt::format("{}: the kernel logs \"{}\"", host, kernel_words(record.log, record.port));
    case RecordKind::returned: return fmt::format("{}: {} returns, in {}", host, name(record.call), name(record.to));
    case RecordKind::deliver: return fmt::format("{}: the user gets {} octets", host, record.count);
    }
    return {};
}

} // namespace tcpsm::cli
