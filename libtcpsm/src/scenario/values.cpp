// The values that a scenario is made of: times, numbers, states, names.

#include <algorithm>
#include <array>
#include <charconv>

#include "scenario/reading.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::reading {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t nanoseconds;
};
constexpr std::array<Unit, 5> units{{
    {"ns", 1},
    {"us", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"min", 60'000'000'000},
}};
constexpr std::string_view a_time = "a time with a unit: ns, us, ms, s or min";
constexpr std::int64_t longest_seconds = 1'000'000'000;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<std::int64_t> digits(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || !is_digit(text[0]) || fault != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

/// "1.25" of a unit, in whole nanoseconds; nothing where it is finer than that or too long.
std::optional<Duration> times_unit(std::string_view number, std::int64_t unit)
{
    const std::size_t point = std::min(number.find('.'), number.size());
    const auto whole = digits(number.substr(0, point));
    const std::int64_t most = longest_seconds * 1'000'000'000 / unit;
    if (!whole || *whole > most) return {};
    std::int64_t result = *whole * unit;
    for (const char c : number.substr(std::min(point + 1, number.size()))) {
        if (unit % 10 != 0 && c != '0') return {};
        unit /= 10;
        result += (c - '0') * unit;
    }
    return Duration(result);
}

bool is_decimal(std::string_view number)
{
    const std::size_t point = std::min(number.find('.'), number.size());
    const auto all_digits = [](std::string_view part) { return !part.empty() && std::ranges::all_of(part, is_digit); };
    return all_digits(number.substr(0, point)) && (point == number.size() || all_digits(number.substr(point + 1)));
}

} // namespace

// ---- nodes ----------------------------------------------------------------------------------------------------------

bool check_keys(Reading& r, const Element& map, const Known& known, const Known& required)
{
    bool good = true;
    for (std::size_t i = 0; i < map.entries(); ++i) {
        if (std::ranges::find(known, map.key(i).text) != known.end()) continue;
        good = false;
        unknown(r, map.key(i).words(), known);
    }
    if (!good) return false; // what is missing may be there, written wrongly
    for (const std::string& key : required) {
        if (map.find(key) != nullptr) continue;
        good = false;
        std::string all;
        for (std::size_t i = 0; i < required.size(); ++i)
            all += (i == 0 ? "" : i + 1 < required.size() ? ", " : " and ") + required[i];
        r.problems.add(map.place, "no '" + key + '\'', all);
    }
    return good;
}

bool require_map(Reading& r, const Element& node, const std::string& expected)
{
    if (node.kind == Element::Kind::map) return true;
    r.problems.add(node.place, node.found(), expected);
    return false;
}

bool require_list(Reading& r, const Element& node, const std::string& expected)
{
    if (node.kind == Element::Kind::list) return true;
    r.problems.add(node.place, node.found(), expected);
    return false;
}

std::optional<Text> require_scalar(Reading& r, const Element& node, const std::string& expected)
{
    if (node.kind == Element::Kind::scalar) return node.words();
    r.problems.add(node.place, node.found(), expected);
    return std::nullopt;
}

// ---- values ---------------------------------------------------------------------------------------------------------

void unexpected(Reading& r, const Text& text, std::string expected, std::string suggestion)
{
    r.problems.add(text.place, text.found(), std::move(expected), std::move(suggestion));
}

void unknown(Reading& r, const Text& text, const Known& known, std::string_view of)
{
    unexpected(r, text, (of.empty() ? std::string() : std::string(of) + ' ') + one_of(known),
               nearest(text.text, known));
}

bool require_end(Reading& r, const Words& words, const std::string& behind)
{
    if (words.done()) return true;
    unexpected(r, words.rest(), "nothing behind " + behind);
    return false;
}

std::optional<Duration> read_duration(Reading& r, const Text& text)
{
    const std::size_t split = std::min(text.text.find_first_not_of("0123456789."), text.text.size());
    const std::string_view number = text.text.substr(0, split);
    std::string_view unit_name = text.text.substr(split);
    unit_name.remove_prefix(std::min(unit_name.find_first_not_of(' '), unit_name.size()));

    if (text.text.starts_with('-') && text.text.size() > 1 && is_digit(text.text[1])) {
        unexpected(r, text, "a time that is not negative");
        return {};
    }
    const auto* const unit = std::ranges::find(units, unit_name, &Unit::name);
    if (!is_decimal(number) || unit == units.end()) {
        Known names;
        for (const Unit& known : units) names.emplace_back(known.name);
        std::string guess = unit_name.empty() ? "s" : nearest(unit_name, names);
        if (same_word(unit_name, "sec") || same_word(unit_name, "seconds") || same_word(unit_name, "second"))
            guess = "s";
        const bool can_guess = is_decimal(number) && !guess.empty();
        unexpected(r, text, std::string(a_time), can_guess ? std::string(number) + guess : std::string());
        return {};
    }
    const auto duration = times_unit(number, unit->nanoseconds);
    if (!duration) unexpected(r, text, "whole nanoseconds, and at most 1000000000s");
    return duration;
}

std::optional<std::int64_t> read_number(Reading& r, const Text& text, std::int64_t least, std::int64_t most)
{
    const auto value = digits(text.text);
    if (value && *value >= least && *value <= most) return value;
    unexpected(r, text, "a number from " + std::to_string(least) + " to " + std::to_string(most));
    return {};
}

std::optional<std::uint64_t> read_size(Reading& r, const Text& text)
{
    const std::size_t split = std::min(text.text.find_first_not_of("0123456789"), text.text.size());
    const std::string_view unit = text.text.substr(split);
    const auto number = digits(text.text.substr(0, split));
    if (number && *number > 0 && *number <= 1'000'000 && (unit == "MB" || unit == "GB"))
        return static_cast<std::uint64_t>(*number) * (unit == "MB" ? 1'000'000U : 1'000'000'000U);
    unexpected(r, text, "a size, such as 500MB or 4GB");
    return {};
}

std::optional<bool> read_yes_no(Reading& r, const Text& text)
{
    for (const std::string_view yes : {"yes", "true", "on"})
        if (same_word(text.text, yes)) return true;
    for (const std::string_view no : {"no", "false", "off"})
        if (same_word(text.text, no)) return false;
    unknown(r, text, {"yes", "no"});
    return {};
}

std::optional<std::uint32_t> percentage(std::string_view word)
{
    if (!word.ends_with('%')) return {};
    word.remove_suffix(1);
    const std::size_t point = std::min(word.find('.'), word.size());
    std::string all(word.substr(0, point));
    std::string fraction(word.substr(std::min(point + 1, word.size())));
    if (fraction.size() > 4 || all.empty() || all.size() > 3) return {};
    fraction.resize(4, '0');
    all += fraction;
    std::uint32_t value = 0;
    const auto [end, fault] = std::from_chars(all.data(), all.data() + all.size(), value);
    if (fault != std::errc() || end != all.data() + all.size()) return {};
    return value;
}

std::optional<State> read_state(Reading& r, const Text& text)
{
    if (const auto state = parse_state(text.text)) return state;
    Known names;
    for (const State state : all_states()) names.emplace_back(name(state));
    unexpected(r, text, "a state: " + one_of(names), nearest(text.text, names));
    return {};
}

std::optional<Flags> read_flags(Reading& r, const Element& node)
{
    Flags all;
    const auto add = [&](const Text& text) {
        const auto flags = parse_flags(text.text);
        if (flags && !text.empty()) {
            all = all | *flags;
            return true;
        }
        unknown(r, text, {"SYN", "FIN", "RST", "PSH", "URG", "ECE", "CWR", "ACK"}, "control bits such as FIN ACK:");
        return false;
    };
    if (node.kind == Element::Kind::list) {
        for (const Element& item : node.items)
            if (!add(item.words())) return {};
        return all;
    }
    const auto text = require_scalar(r, node, "control bits, such as FIN ACK");
    if (!text) return {};
    for (std::size_t at = 0; at <= text->text.size();) {
        const std::size_t end = std::min(text->text.find_first_of(", ", at), text->text.size());
        const bool between = end == at && end < text->text.size() && text->text[end] == ' ';
        if (!between && !add(text->part(at, end - at))) return {};
        at = end + 1;
    }
    return all;
}

std::optional<Port> read_port(Reading& r, const Text& text)
{
    const auto value = digits(text.text);
    if (value && *value >= 1 && *value <= 65535) return static_cast<Port>(*value);
    unexpected(r, text, "a port from 1 to 65535");
    return {};
}

// ---- names ----------------------------------------------------------------------------------------------------------

bool is_host_name(std::string_view text)
{
    const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; };
    return !text.empty() && text.size() <= 32 && is_letter(text[0]) && std::ranges::all_of(text, fits);
}

std::optional<std::string> read_host(Reading& r, const Text& text)
{
    if (std::ranges::find(r.hosts, text.text) != r.hosts.end()) return std::string(text.text);
    if (r.hosts.empty())
        unexpected(r, text, "a host that 'hosts:' names");
    else
        unknown(r, text, r.hosts, "the host");
    return {};
}

std::optional<HostName> read_host_name(Reading& r, const Text& text)
{
    const std::size_t mark = text.text.find('#');
    const auto host = read_host(r, text.part(0, mark));
    if (!host) return {};
    if (mark == std::string_view::npos) return HostName{*host, 0};
    const auto number = read_number(r, text.part(mark + 1), 1, 1'000'000);
    if (!number) return {};
    return HostName{*host, static_cast<std::uint32_t>(*number)};
}

std::optional<std::string> read_process_name(Reading& r, const Text& text)
{
    if (is_host_name(text.text)) return std::string(text.text);
    unexpected(r, text, "the name of a process: a letter, and then letters, digits, _ or -");
    return {};
}

std::optional<Remote> read_remote(Reading& r, const Text& text)
{
    const std::size_t colon = text.text.find(':');
    if (colon == std::string_view::npos) {
        const bool known = std::ranges::find(r.hosts, text.text) != r.hosts.end();
        unexpected(r, text, "HOST:PORT, such as server:80", known ? std::string(text.text) + ":80" : std::string());
        return {};
    }
    const auto host = read_host(r, text.part(0, colon));
    if (!host) return {};
    const auto port = read_port(r, text.part(colon + 1));
    if (!port) return {};
    return Remote{*host, *port};
}

namespace {

/// A name taken apart: "client", ".", "4", "'".
struct SegmentParts {
    Text host;
    Text number;
    std::size_t copies = 0;
};

SegmentParts take_apart(const Text& text)
{
    std::string_view bare = text.text;
    while (bare.ends_with('\'')) bare.remove_suffix(1);
    SegmentParts parts;
    parts.copies = text.text.size() - bare.size();
    const std::size_t point = bare.find('.');
    const bool short_form =
        point == std::string_view::npos && bare.size() > 1 && is_letter(bare[0]) && is_digit(bare[1]);
    const std::size_t split = short_form ? 1 : std::min(point, bare.size());
    const std::size_t after = short_form ? 1 : std::min(split + 1, bare.size());
    parts.host = text.part(0, split);
    parts.number = text.part(after, bare.size() - after);
    return parts;
}

} // namespace

std::string with_point(const Reading& r, std::string_view text)
{
    for (const std::string& host : r.hosts)
        if (host.size() > 1 && text.starts_with(host) && digits(text.substr(host.size())))
            return host + '.' + std::string(text.substr(host.size()));
    return {};
}

bool looks_like_segment(std::string_view text)
{
    const SegmentParts parts = take_apart({text, {}, false});
    return parts.copies > 0 || (!parts.number.empty() && is_host_name(parts.host.text));
}

std::optional<std::string> read_segment_name(Reading& r, const Text& text, SegmentUse use)
{
    const SegmentParts parts = take_apart(text);
    const bool injected = parts.host.text == "inject";
    if (parts.number.empty() || (injected && use == SegmentUse::sent_by_host) ||
        (parts.copies > 0 && use == SegmentUse::sent_by_host)) {
        const std::string such = r.hosts.empty() || r.hosts[0].size() == 1 ? "A4" : r.hosts[0] + ".4";
        unexpected(r, text, "the name of a segment that a host sends, such as " + such, with_point(r, text.text));
        return {};
    }
    std::string result = "inject";
    if (!injected) {
        const auto host = read_host(r, parts.host);
        if (!host) return {};
        result = *host;
    }
    const auto number = read_number(r, parts.number, 1, 4'000'000'000);
    if (!number) return {};
    if (result.size() > 1) result += '.';
    return result + std::to_string(*number) + std::string(parts.copies, '\'');
}

} // namespace tcpsm::reading
