#include "scenario/writing.hpp"

#include <algorithm>
#include <array>

#include "tcpsm/wire/notation.hpp"

namespace tcpsm::writing {
namespace {

constexpr std::string_view hexadecimal = "0123456789ABCDEF";

bool is_control(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// What is no character to look at, or breaks a line: 0x80 to 0x9F, U+2028, U+2029 and the mark of the byte order. The
/// number of the character that begins a text; 0 for any other.
std::uint32_t unprintable(std::string_view text)
{
    if (text.size() >= 2 && text[0] == '\xC2' && static_cast<unsigned char>(text[1]) < 0xA0)
        return static_cast<unsigned char>(text[1]);
    if (text.starts_with("\xE2\x80\xA8")) return 0x2028;
    if (text.starts_with("\xE2\x80\xA9")) return 0x2029;
    if (text.starts_with("\xEF\xBB\xBF")) return 0xFEFF;
    return 0;
}

bool needs_escapes(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i)
        if (is_control(text[i]) || unprintable(text.substr(i)) != 0) return true;
    return false;
}

bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Whether YAML takes a text without quotes for itself. More is put into quotes than must be: what begins with a sign
/// may be one of YAML's.
bool is_plain(std::string_view text, Where where)
{
    static constexpr std::array<std::string_view, 3> nothing{"null", "Null", "NULL"};
    if (text.empty() || std::ranges::find(nothing, text) != nothing.end()) return false;
    if (!is_letter_or_digit(text.front()) || text.back() == ' ' || text.back() == ':') return false;
    if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
    return where == Where::in_block || text.find_first_of(",[]{}") == std::string_view::npos;
}

struct Unit {
    std::string_view name;
    std::int64_t nanoseconds;
};
constexpr std::array<Unit, 4> units{{{"s", 1'000'000'000}, {"ms", 1'000'000}, {"us", 1'000}, {"ns", 1}}};
constexpr std::int64_t a_minute = 60'000'000'000;
constexpr Duration longest = 1'000'000'000s; // that is read

/// A number in units of so many, a power of ten, without trailing zeros.
std::string decimal(std::int64_t number, std::int64_t unit)
{
    std::string text = std::to_string(number / unit);
    if (number % unit == 0) return text;
    std::string fraction = std::to_string(unit + number % unit).substr(1);
    fraction.resize(fraction.find_last_not_of('0') + 1);
    return text + '.' + fraction;
}

std::string words(const Clause& clause)
{
    switch (clause.kind) {
    case Clause::Kind::is: return clause.host.text() + " is " + std::string(name(clause.state));
    case Clause::Kind::was: return clause.host.text() + " was " + std::string(name(clause.state));
    case Clause::Kind::received: return clause.host.text() + " has received " + std::to_string(clause.octets);
    case Clause::Kind::left: return clause.segment + " left";
    case Clause::Kind::arrived: return clause.segment + " arrived";
    }
    return {};
}

std::string remote(const Action& action)
{
    return action.remote + ':' + std::to_string(action.port);
}

std::string ordinal(std::uint32_t nth)
{
    static constexpr std::array<std::string_view, 10> named{"first", "second",  "third",  "fourth", "fifth",
                                                            "sixth", "seventh", "eighth", "ninth",  "tenth"};
    if (nth <= named.size()) return std::string(named[nth - 1]);
    const bool teen = nth % 100 / 10 == 1;
    const std::uint32_t last = teen ? 0 : nth % 10;
    return std::to_string(nth) + (last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

std::string_view word(Selector::Kind kind)
{
    switch (kind) {
    case Selector::Kind::any: return "segment";
    case Selector::Kind::pure_ack: return "pure ACK";
    case Selector::Kind::syn: return "SYN";
    case Selector::Kind::syn_ack: return "SYN,ACK";
    case Selector::Kind::fin: return "FIN";
    case Selector::Kind::rst: return "RST";
    case Selector::Kind::ack: return "ACK";
    case Selector::Kind::text: return "data";
    case Selector::Kind::retransmission: return "retransmission";
    }
    return {};
}

} // namespace

// ---- YAML -----------------------------------------------------------------------------------------------------------

std::string scalar(std::string_view text, Where where)
{
    return !needs_escapes(text) && is_plain(text, where) ? std::string(text) : in_quotes(text);
}

std::string in_quotes(std::string_view text)
{
    std::string result = "\"";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (const std::uint32_t number = unprintable(text.substr(i)); number != 0) {
            result += "\\u";
            for (int shift = 12; shift >= 0; shift -= 4) result += hexadecimal[(number >> shift) & 15];
            i += number < 0x100 ? 1 : 2; // the octets behind its first
        } else if (is_control(c)) {
            result += "\\x";
            result += hexadecimal[static_cast<unsigned char>(c) >> 4];
            result += hexadecimal[static_cast<unsigned char>(c) & 15];
        } else {
            if (c == '"' || c == '\\') result += '\\';
            result += c;
        }
    }
    return result + '"';
}

FlowMap& FlowMap::add_as_it_is(std::string_view key, std::string_view yaml)
{
    if (!inside_.empty()) inside_ += ", ";
    inside_ += scalar(key, Where::in_flow);
    inside_ += ": ";
    inside_ += yaml;
    return *this;
}

std::string flow_list(const std::vector<std::string>& items)
{
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
    return '[' + text + ']';
}

// ---- words ----------------------------------------------------------------------------------------------------------

std::string words(Duration duration)
{
    const std::int64_t count = std::min(duration, longest).count();
    if (count >= 10 * a_minute && count % a_minute == 0) return std::to_string(count / a_minute) + "min";
    for (const Unit& unit : units)
        if (count >= unit.nanoseconds) return decimal(count, unit.nanoseconds).append(unit.name);
    return "0s";
}

std::string words(Time time)
{
    return words(time.time_since_epoch());
}

std::string percentage(std::uint32_t in_a_million)
{
    return decimal(in_a_million, 10'000) + '%';
}

std::string words(const Condition& condition)
{
    std::string text;
    for (const Clause& clause : condition.clauses) text += (text.empty() ? "" : " and ") + words(clause);
    return text;
}

std::string words(const Moment& moment)
{
    const Time* const time = std::get_if<Time>(&moment);
    return time != nullptr ? words(*time) : words(std::get<Condition>(moment));
}

std::string words(const Action& action)
{
    std::string text(name(action.verb));
    const auto and_number = [&](std::string_view word, std::uint32_t number) {
        text += ' ';
        text += word;
        text += std::to_string(number);
    };
    switch (action.verb) {
    case Call::listen:
        and_number({}, action.port);
        if (action.backlog != Action{}.backlog) and_number("backlog ", action.backlog);
        break;
    case Call::bind: and_number({}, action.port); break;
    case Call::connect:
        text += ' ' + remote(action);
        if (action.from_port != 0) and_number("from ", action.from_port);
        break;
    case Call::send:
    case Call::socket: and_number({}, action.octets); break;
    case Call::receive:
        if (action.octets > 0) and_number({}, action.octets);
        break;
    case Call::inject:
        text += ' ' + words(action.segment, !action.last_window);
        if (action.port == 0) break;
        and_number("from " + (action.source.empty() ? std::string() : action.source + ':'), action.from_port);
        text += " to " + remote(action);
        break;
    default: break;
    }
    if (action.reuse_address) text += " reuseaddr";
    if (!action.process.empty()) text += (ends_process(action) ? " " : " as ") + action.process;
    return text;
}

std::string words(const Selector& selector)
{
    if (!selector.name.empty()) return selector.name;
    const bool by_chance = selector.chance < Rule::one_million;
    std::string text = selector.nth > 0 ? ordinal(selector.nth)
                       : by_chance      ? percentage(selector.chance) + " of"
                                        : "every";
    text += ' ';
    text += word(selector.kind);
    if (selector.nth == 0 && by_chance && selector.kind != Selector::Kind::text) text += 's'; // "5% of data"
    if (!selector.from.empty()) text += " from " + selector.from;
    if (!selector.to.empty()) text += " to " + selector.to;
    if (selector.state) text += " in " + std::string(name(*selector.state));
    return text;
}

std::string words(const Segment& segment, bool with_window)
{
    std::string text = "<SEQ=" + std::to_string(segment.seq.value());
    const auto add = [&](std::string_view field, std::uint32_t number) {
        text += "><";
        text += field;
        text += std::to_string(number);
    };
    if (segment.has(Flag::ACK)) add("ACK=", segment.ack.value());
    if (segment.text_len > 0) add("DATA=", segment.text_len);
    if (segment.flags != Flags()) text += "><CTL=" + to_string(segment.flags);
    if (with_window) add("WND=", segment.wnd);
    if (segment.has(Flag::URG) && segment.up != 0) add("UP=", segment.up);
    return text + '>' + to_notation(segment.options);
}

} // namespace tcpsm::writing
