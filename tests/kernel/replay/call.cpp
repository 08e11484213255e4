#include "replay/call.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

namespace tcpsm::kernel {
namespace {

bool is_name(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == ',')) text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// "close (SO_LINGER 2) begins": the verb, what stands in parentheses, and the rest.
struct Parts {
    std::string_view verb;
    std::string_view arguments;
    std::string_view rest;
};

std::optional<Parts> split(std::string_view text)
{
    Parts parts;
    const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_name) - text.begin());
    parts.verb = text.substr(0, end);
    text = trimmed(text.substr(end));
    if (text.starts_with('(')) {
        const std::size_t close = text.find(')');
        if (close == std::string_view::npos) return std::nullopt;
        parts.arguments = trimmed(text.substr(1, close - 1));
        text = trimmed(text.substr(close + 1));
    }
    parts.rest = text;
    return parts;
}

template <class Number>
std::optional<Number> number(std::string_view text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// The number that follows a word: `after(2, "idle 2 intvl 1", "idle")`.
template <class Number>
std::optional<Number> after(std::string_view text, std::string_view word)
{
    const std::size_t found = text.find(word);
    if (found == std::string_view::npos || (found > 0 && is_name(text[found - 1]))) return std::nullopt;
    text = text.substr(found + word.size());
    const auto begin = text.find_first_not_of(" =");
    if (begin == std::string_view::npos) return std::nullopt;
    text = text.substr(begin);
    const auto end = std::find_if_not(text.begin(), text.end(), is_name) - text.begin();
    return number<Number>(text.substr(0, static_cast<std::size_t>(end)));
}

/// Whether a call may carry these words without meaning something else by them: "again", "in CLOSE-WAIT", "after
/// shutdown". Flags, and words that choose another socket or way of calling, are no remarks.
bool only_remarks(std::string_view text)
{
    constexpr std::array<std::string_view, 17> meaning{"MSG_",   "SO_",    "TCP_",   "SHUT_", "listener", "first",
                                                       "second", "other",  "return", "begin", "block",    "urgent",
                                                       "peek",   "vector", "#",      "fork",  "thread"};
    return std::none_of(meaning.begin(), meaning.end(),
                        [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

Call unknown(std::string_view what)
{
    Call call;
    call.unsupported = std::string(what);
    return call;
}

Call listen_call(const Parts& parts)
{
    const auto port = after<Port>(parts.arguments, "port");
    const auto backlog = after<std::uint32_t>(parts.arguments, "backlog");
    if (!port || !backlog || !parts.rest.empty()) return unknown("listen with other arguments");
    return {.verb = Verb::listen, .port = *port, .backlog = *backlog};
}

Call bind_call(const Parts& parts)
{
    const auto port = number<Port>(parts.arguments);
    if (!port || !parts.rest.empty()) return unknown("bind with other arguments");
    return {.verb = Verb::bind, .port = *port};
}

/// "connect", "connect #2", "connect (ephemeral)", "connect (bound port 40000)": the last two make a socket of their
/// own, and the number only counts.
Call connect_call(const Parts& parts)
{
    Call call{.verb = Verb::connect};
    const bool counted = parts.rest.starts_with('#') && number<unsigned>(parts.rest.substr(1));
    if (!counted && !only_remarks(parts.rest)) return unknown("connect with other arguments");
    if (parts.arguments.empty() || parts.arguments == "ephemeral") return call;
    const auto port = after<Port>(parts.arguments, "bound port");
    if (!port) return unknown("connect with other arguments");
    call.port = *port;
    return call;
}

Call write_call(const Parts& parts)
{
    Call call{.verb = Verb::write};
    const std::size_t end = parts.rest.find(' ');
    if (const auto count = number<std::size_t>(parts.rest.substr(0, end))) {
        call.count = *count;
        call.counted = true;
    }
    if (!parts.arguments.empty() || !only_remarks(parts.rest)) return unknown("write with flags");
    return call;
}

Call close_call(const Parts& parts)
{
    if (parts.arguments.empty()) {
        if (parts.rest == "listener") return {.verb = Verb::close_listener};
        if (parts.rest == "returned") return {.verb = Verb::close_returned};
        return only_remarks(parts.rest) ? Call{.verb = Verb::close} : unknown("another close");
    }
    const auto linger = after<unsigned>(parts.arguments, "SO_LINGER");
    if (linger && *linger == 0 && only_remarks(parts.rest))
        return {.verb = Verb::close, .switches = {{"so_linger", "0"}}};
    // One that waits is told in three lines: it begins, it is called, it has returned.
    if (linger && parts.rest == "begins")
        return {.verb = Verb::set_option, .switches = {{"so_linger", std::to_string(*linger)}}};
    return unknown(linger ? "SO_LINGER" : "another close");
}

Call keepalive(std::string_view text)
{
    Call call{.verb = Verb::set_option, .switches = {{"so_keepalive", "1"}}};
    constexpr std::array<std::array<std::string_view, 2>, 3> names{
        {{"idle", "tcp_keepalive_time"}, {"intvl", "tcp_keepalive_intvl"}, {"cnt", "tcp_keepalive_probes"}}};
    for (const auto& [word, name] : names)
        if (const auto value = after<unsigned>(text, word)) call.switches.emplace_back(name, std::to_string(*value));
    return call;
}

Call option_call(const Parts& parts)
{
    const std::string_view arguments = parts.arguments;
    const std::string_view name = arguments.substr(0, arguments.find_first_of(" ,="));
    const std::string_view value = trimmed(arguments.substr(name.size()));
    const std::string_view given = trimmed(value.starts_with('=') ? value.substr(1) : value);
    if (name == "SO_KEEPALIVE" && (given.empty() || given == "1")) return keepalive(parts.rest);
    if (name == "SO_KEEPALIVE" && given == "0") return {.verb = Verb::set_option, .switches = {{"so_keepalive", "0"}}};
    constexpr std::array<std::array<std::string_view, 2>, 6> known{{{"TCP_NODELAY", "tcp_nodelay"},
                                                                    {"TCP_KEEPIDLE", "tcp_keepalive_time"},
                                                                    {"TCP_KEEPINTVL", "tcp_keepalive_intvl"},
                                                                    {"TCP_KEEPCNT", "tcp_keepalive_probes"},
                                                                    {"TCP_SYNCNT", "tcp_syn_retries"},
                                                                    {"TCP_LINGER2", "tcp_fin_timeout"}}};
    for (const auto& [option, switch_name] : known) {
        if (option != name || !parts.rest.empty()) continue;
        const bool flag = option == "TCP_NODELAY" && given.empty();
        return {.verb = Verb::set_option, .switches = {{std::string(switch_name), flag ? "1" : std::string(given)}}};
    }
    return unknown(name.empty() ? "setsockopt" : name);
}

} // namespace

Call parse_call(std::string_view text)
{
    const auto parts = split(text);
    if (!parts) return unknown(text);
    const std::string_view verb = parts->verb;
    if (verb == "listen") return listen_call(*parts);
    if (verb == "bind") return bind_call(*parts);
    if (verb == "connect") return connect_call(*parts);
    if (verb == "write" || verb == "send") return write_call(*parts);
    if (verb == "close") return close_call(*parts);
    if (verb == "setsockopt") return option_call(*parts);
    const bool plain = parts->arguments.empty() && only_remarks(parts->rest);
    if (verb == "accept" && plain) return {.verb = Verb::accept};
    if ((verb == "read" || verb == "recv") && plain) return {.verb = Verb::read};
    if (verb == "shutdown" && only_remarks(parts->rest) && (parts->arguments == "WR" || parts->arguments == "SHUT_WR"))
        return {.verb = Verb::shutdown};
    if (verb == "getsockopt" && parts->arguments == "SO_ERROR") return {.verb = Verb::get_error};
    return unknown(text);
}

Call parse_call_in_note(std::string_view text)
{
    constexpr std::string_view keepalive_on = "keepalive on";
    if (text.starts_with(keepalive_on)) return keepalive(text.substr(keepalive_on.size()));
    return {};
}

std::vector<std::string> socket_options_in(std::string_view text)
{
    std::vector<std::string> names;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_name(text[at])) {
            ++at;
            continue;
        }
        const auto end = static_cast<std::size_t>(
            std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_name) - text.begin());
        const std::string_view word = text.substr(at, end - at);
        const bool option = word.starts_with("SO_") || word.starts_with("TCP_") || word.starts_with("IP_");
        if (option && std::find(names.begin(), names.end(), word) == names.end()) names.emplace_back(word);
        at = end;
    }
    return names;
}

} // namespace tcpsm::kernel
