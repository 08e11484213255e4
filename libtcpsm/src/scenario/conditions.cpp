// "client is ESTABLISHED and server has received 1000": what steps and faults wait for.

#include <algorithm>

#include "scenario/reading.hpp"

namespace tcpsm::reading {
namespace {

std::optional<Clause> read_segment_clause(Reading& r, const Text& name, Words& words)
{
    const Text verb = words.next();
    if (!same_word(verb.text, "left") && !same_word(verb.text, "arrived")) {
        unknown(r, verb, {"left", "arrived"});
        return {};
    }
    const auto segment = read_segment_name(r, name, SegmentUse::any);
    if (!segment) return {};
    Clause clause;
    clause.kind = same_word(verb.text, "left") ? Clause::Kind::left : Clause::Kind::arrived;
    clause.segment = *segment;
    return clause;
}

std::optional<Clause> read_host_clause(Reading& r, const Text& name, Words& words)
{
    const auto host = read_host_name(r, name);
    if (!host) return {};
    Clause clause;
    clause.host = *host;
    const Text verb = words.next();
    if (same_word(verb.text, "is") || same_word(verb.text, "was")) {
        clause.kind = same_word(verb.text, "is") ? Clause::Kind::is : Clause::Kind::was;
        const auto state = read_state(r, words.next());
        if (!state) return {};
        clause.state = *state;
        return clause;
    }
    if (!same_word(verb.text, "has")) {
        unknown(r, verb, {"is", "was", "has received"});
        return {};
    }
    if (!words.take("received")) {
        unknown(r, words.peek(), {"received"});
        return {};
    }
    const auto octets = read_number(r, words.next(), 1, 1'000'000'000'000);
    if (!octets) return {};
    static_cast<void>(words.take("octets"));
    clause.kind = Clause::Kind::received;
    clause.octets = static_cast<std::uint64_t>(*octets);
    return clause;
}

} // namespace

std::optional<Condition> read_condition(Reading& r, const Text& text)
{
    Condition condition;
    Words words(text);
    while (true) {
        const Text name = words.next();
        if (name.empty()) {
            unexpected(r, name, "a condition, such as client is ESTABLISHED");
            return {};
        }
        const Text verb = words.peek();
        const bool of_segment = same_word(verb.text, "left") || same_word(verb.text, "arrived");
        const bool of_host = !of_segment && std::ranges::find(r.hosts, name.text) != r.hosts.end(); // "h1", say
        const auto clause = of_segment || (!of_host && looks_like_segment(name.text))
                                ? read_segment_clause(r, name, words)
                                : read_host_clause(r, name, words);
        if (!clause) return {};
        condition.clauses.push_back(*clause);
        if (words.done()) return condition;
        if (words.take("and")) continue;
        unexpected(r, words.rest(), "'and', or nothing");
        return {};
    }
}

std::optional<Moment> read_moment(Reading& r, const Element& node)
{
    const auto text = require_scalar(r, node, "a time, or a condition such as client is ESTABLISHED");
    if (!text) return {};
    const bool is_time = text->text.find_first_of("0123456789-.+") == 0;
    if (!is_time) {
        if (const auto condition = read_condition(r, *text)) return Moment{*condition};
        return {};
    }
    if (const auto duration = read_duration(r, *text)) return Moment{Time{} + *duration};
    return {};
}

} // namespace tcpsm::reading
