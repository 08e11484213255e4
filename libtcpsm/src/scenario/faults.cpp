// `faults:`: what the network does, and to which segments.

#include <algorithm>
#include <array>
#include <charconv>

#include "scenario/reading.hpp"

namespace tcpsm::reading {
namespace {

struct KindWord {
    std::string_view word;
    Selector::Kind kind;
};
// In the singular and in upper case, as the figures write control bits.
constexpr std::array<KindWord, 11> fault_kinds{{
    {"segment", Selector::Kind::any},
    {"SYN", Selector::Kind::syn},
    {"SYN,ACK", Selector::Kind::syn_ack},
    {"SYN-ACK", Selector::Kind::syn_ack},
    {"FIN", Selector::Kind::fin},
    {"RST", Selector::Kind::rst},
    {"ACK", Selector::Kind::ack},
    {"pure ACK", Selector::Kind::pure_ack},
    {"data", Selector::Kind::text},
    {"text", Selector::Kind::text},
    {"retransmission", Selector::Kind::retransmission},
}};

constexpr std::array<std::string_view, 10> ordinals{"first", "second",  "third",  "fourth", "fifth",
                                                    "sixth", "seventh", "eighth", "ninth",  "tenth"};

const KindWord* find_kind(std::string_view word)
{
    for (const KindWord& known : fault_kinds)
        if (same_word(word, known.word) || same_word(word, std::string(known.word) + 's')) return &known;
    return nullptr;
}

bool read_kind(Reading& r, Words& words, Selector& selector)
{
    if (words.take("pure") || words.take("bare")) {
        if (words.take("ACK") || words.take("ACKs")) {
            selector.kind = Selector::Kind::pure_ack;
            return true;
        }
        unknown(r, words.peek(), {"ACK"});
        return false;
    }
    const KindWord* const known = find_kind(words.peek().text);
    if (known == nullptr) {
        Known all;
        for (const KindWord& kind : fault_kinds) all.emplace_back(kind.word);
        unknown(r, words.peek(), all);
        return false;
    }
    words.next();
    selector.kind = known->kind;
    if (known->kind != Selector::Kind::any && !words.take("segment")) static_cast<void>(words.take("segments"));
    return true;
}

std::optional<std::uint32_t> ordinal(std::string_view word)
{
    for (std::uint32_t i = 0; i < ordinals.size(); ++i)
        if (same_word(ordinals[i], word)) return i + 1;
    const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
    const std::string_view ending = word.substr(digits);
    if (digits == 0 || digits > 6) return {};
    if (!same_word(ending, "th") && !same_word(ending, "st") && !same_word(ending, "nd") && !same_word(ending, "rd"))
        return {};
    std::uint32_t value = 0;
    std::from_chars(word.data(), word.data() + digits, value);
    if (value == 0) return {};
    return value;
}

/// "every", "first", "5% of".
bool read_how_many(Reading& r, Words& words, Selector& selector)
{
    static_cast<void>(words.take("the"));
    const Text word = words.next();
    if (same_word(word.text, "every") || same_word(word.text, "all")) return true;
    if (const auto nth = ordinal(word.text)) {
        selector.nth = *nth;
        return true;
    }
    if (word.text.ends_with('%')) {
        const auto chance = percentage(word.text);
        if (!chance || *chance == 0 || *chance > Rule::one_million) {
            unexpected(r, word, "a percentage from 0.0001% to 100%");
            return false;
        }
        selector.chance = *chance;
        if (!words.take("of")) {
            unexpected(r, words.peek(), "'of segments', or of some kind of them");
            return false;
        }
        static_cast<void>(words.take("the"));
        return true;
    }
    Known known{"every", "first", "second"};
    for (const std::string& host : r.hosts) known.push_back(host.size() == 1 ? host + '1' : host + ".1");
    const std::string named = with_point(r, word.text);
    unexpected(r, word, "a segment's name, or 'every', 'first' or '5% of' and the kind of segment",
               named.empty() ? nearest(word.text, known) : named);
    return false;
}

bool read_where(Reading& r, Words& words, Selector& selector)
{
    while (!words.done()) {
        if (words.take("from") || words.peek().text == "to") {
            const bool to = words.take("to");
            const auto host = read_host(r, words.next());
            if (!host) return false;
            (to ? selector.to : selector.from) = *host;
        } else if (words.take("in")) {
            selector.state = read_state(r, words.next());
            if (!selector.state) return false;
        } else {
            unexpected(r, words.rest(), "'from HOST', 'to HOST' or 'in STATE'");
            return false;
        }
    }
    return true;
}

/// A fault for each segment that is named or described: one, or a list of them.
void add_faults(Reading& r, const Element& node, const Fault& fault, Scenario& scenario)
{
    const bool list = node.kind == Element::Kind::list;
    const auto add = [&](const Element& item) {
        const auto text = require_scalar(r, item, "a segment, such as client.4 or first SYN from client");
        const auto selector = text ? read_selector(r, *text) : std::nullopt;
        if (!selector) return;
        Fault& added = scenario.faults.emplace_back(fault);
        if (list) added.place = item.place;
        added.segment = *selector;
        added.text += selector->text;
    };
    if (!list) return add(node);
    if (node.items.empty()) r.problems.add(node.place, "an empty list", "at least one segment");
    for (const Element& item : node.items) add(item);
}

void read_lose(Reading& r, const Element& node, Fault fault, Scenario& scenario)
{
    fault.kind = Fault::Kind::lose;
    add_faults(r, node, fault, scenario);
}

void read_delay(Reading& r, const Element& node, Fault fault, Scenario& scenario)
{
    fault.kind = Fault::Kind::delay;
    if (!require_map(r, node, "a map, such as { segment: client.4, by: 2s }")) return;
    if (!check_keys(r, node, {"segment", "by"}, {"segment", "by"})) return;
    if (const auto text = require_scalar(r, *node.find("by"), "a time"))
        fault.by = read_duration(r, *text).value_or(Duration{});
    add_faults(r, *node.find("segment"), fault, scenario);
}

void read_duplicate(Reading& r, const Element& node, Fault fault, Scenario& scenario)
{
    fault.kind = Fault::Kind::duplicate;
    if (node.kind != Element::Kind::map) return add_faults(r, node, fault, scenario);
    if (!check_keys(r, node, {"segment", "after"}, {"segment"})) return;
    if (const Element* const after = node.find("after"))
        if (const auto text = require_scalar(r, *after, "a time"))
            fault.by = read_duration(r, *text).value_or(Duration{});
    add_faults(r, *node.find("segment"), fault, scenario);
}

void read_hold(Reading& r, const Element& node, Fault fault, Scenario& scenario)
{
    fault.kind = Fault::Kind::hold;
    if (!require_map(r, node, "a map, such as { segment: client.4, until: 5s }")) return;
    if (!check_keys(r, node, {"segment", "until"}, {"segment", "until"})) return;
    fault.until = read_moment(r, *node.find("until")).value_or(Moment{never});
    add_faults(r, *node.find("segment"), fault, scenario);
}

void read_cut(Reading& r, const Element& node, Fault fault, Scenario& scenario)
{
    fault.kind = Fault::Kind::cut;
    if (!require_map(r, node, "a map, such as { between: [client, server], from: 2s, until: 5s }")) return;
    if (!check_keys(r, node, {"between", "from", "until"}, {"between"})) return;
    for (const std::string_view key : {"from", "until"})
        if (const Element* const moment = node.find(key))
            if (const auto read = read_moment(r, *moment)) (key == "from" ? fault.from : fault.until) = *read;
    const Element* const between = node.find("between");
    if (!require_two_hosts(r, *between)) return;
    std::array<std::string, 2> ends;
    for (std::size_t i = 0; i < 2; ++i)
        if (const auto text = require_scalar(r, between->items[i], "a host"))
            ends[i] = read_host(r, *text).value_or(std::string());
    fault.a = ends[0];
    fault.b = ends[1];
    fault.text = "cut: " + node.on_one_line();
    scenario.faults.push_back(std::move(fault));
}

void read_fault(Reading& r, const Element& node, Scenario& scenario)
{
    if (!require_map(r, node, "a fault, such as lose: client.4")) return;
    if (!check_keys(r, node, {"lose", "delay", "duplicate", "hold", "cut"})) return;
    if (node.entries() != 1) {
        const Place place = node.entries() > 1 ? node.key(1).place : node.place;
        r.problems.add(place, node.entries() > 1 ? "a second fault, " + node.key(1).found() : "no fault",
                       "one fault in each item of the list");
        return;
    }
    const std::string& what = node.key(0).text;
    Fault fault;
    fault.place = node.place;
    fault.text = what + ": ";
    if (what == "lose")
        read_lose(r, node.value(0), fault, scenario);
    else if (what == "delay")
        read_delay(r, node.value(0), fault, scenario);
    else if (what == "duplicate")
        read_duplicate(r, node.value(0), fault, scenario);
    else if (what == "hold")
        read_hold(r, node.value(0), fault, scenario);
    else
        read_cut(r, node.value(0), fault, scenario);
}

} // namespace

std::optional<Selector> read_selector(Reading& r, const Text& text)
{
    Selector selector;
    selector.text = std::string(text.text);
    Words words(text);
    const Text first = words.peek();
    if (looks_like_segment(first.text) && !ordinal(first.text) && !first.text.ends_with('%')) {
        const auto segment = read_segment_name(r, words.next(), SegmentUse::sent_by_host);
        if (!segment || !require_end(r, words, "the name of the segment")) return {};
        selector.name = *segment;
        return selector;
    }
    if (!read_how_many(r, words, selector) || !read_kind(r, words, selector) || !read_where(r, words, selector))
        return {};
    return selector;
}

void read_faults(Reading& r, const Element& node, Scenario& scenario)
{
    if (node.kind == Element::Kind::nothing) return;
    if (!require_list(r, node, "a list of faults")) return;
    for (const Element& item : node.items) read_fault(r, item, scenario);
}

} // namespace tcpsm::reading
