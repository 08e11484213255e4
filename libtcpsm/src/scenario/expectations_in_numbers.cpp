// `count:` and `clients:`: what is expected of many.

#include <algorithm>
#include <array>
#include <utility>

#include "scenario/errors.hpp"
#include "scenario/happenings.hpp"
#include "scenario/reading_expectations.hpp"

namespace tcpsm::reading {

std::optional<std::string> read_one_of(Reading& r, const Text& text, const Known& known, const std::string& expected)
{
    const auto found = std::ranges::find_if(known, [&](const std::string& k) { return same_word(k, text.text); });
    if (found != known.end()) return *found;
    unexpected(r, text, expected, nearest(text.text, known));
    return {};
}

std::optional<Time> read_time(Reading& r, const Text& text)
{
    const auto since = read_duration(r, text);
    if (!since) return {};
    return Time{} + *since;
}

std::optional<std::string> read_result(Reading& r, const Element& node)
{
    const auto text = require_scalar(r, node, "ok, or a name of std::errc such as connection_reset");
    if (!text) return {};
    return read_one_of(r, *text, errc_names(), "a result: " + one_of(errc_names()));
}

namespace {

constexpr std::int64_t most_counted = 1'000'000'000'000;

std::optional<std::uint64_t> read_counted(Reading& r, const Text& text)
{
    const auto number = read_number(r, text, 0, most_counted);
    if (!number) return {};
    return static_cast<std::uint64_t>(*number);
}

void read_happening(Reading& r, const Text& text, ExpectCount& count)
{
    Known known;
    for (const auto& [name, of] : happenings) {
        if (name == text.text) count.of = of;
        known.emplace_back(name);
    }
    if (std::ranges::find(known, text.text) == known.end()) unknown(r, text, known);
}

/// What is counted: one of four keys says it. False where it is none of them.
bool read_of(Reading& r, const std::string& key, const Text& text, ExpectCount& count)
{
    if (key == "state" || key == "peak") {
        count.of = key == "state" ? ExpectCount::Of::standing : ExpectCount::Of::peak;
        count.state = read_state(r, text).value_or(State::Closed);
        if (count.state == State::Closed && r.problems.none())
            unexpected(r, text, "a state in which connections stand");
        return true;
    }
    if (key == "failed") {
        count.of = ExpectCount::Of::failed;
        count.error = read_one_of(r, text, errc_names(), "a result: " + one_of(errc_names())).value_or(std::string());
        return true;
    }
    if (key != "of") return false;
    read_happening(r, text, count);
    return true;
}

void read_bound(Reading& r, const std::string& key, const Text& text, ExpectCount& count)
{
    const auto number = read_counted(r, text);
    if (!number) return;
    if (key != "most") count.least = *number;
    if (key != "least") count.most = *number;
}

} // namespace

void read_count(Reading& r, const Element& node, Found& found)
{
    if (!require_map(r, node, "a map, such as { host: client, state: TIME-WAIT, at: 30s, is: 5 }")) return;
    if (!check_keys(r, node, {"host", "state", "peak", "failed", "of", "at", "is", "least", "most"}, {"host"})) return;
    ExpectCount count;
    int subjects = 0;
    int bounds = 0;
    for (std::size_t i = 0; i < node.entries(); ++i) {
        const std::string& key = node.key(i).text;
        const auto text = require_scalar(r, node.value(i), "a value for '" + key + '\'');
        if (!text) continue;
        if (key == "host") {
            count.host = read_host(r, *text).value_or(std::string());
        } else if (key == "at") {
            count.at = read_time(r, *text);
        } else if (read_of(r, key, *text, count)) {
            ++subjects;
        } else {
            read_bound(r, key, *text, count);
            bounds += key == "is" ? 2 : 1;
        }
    }
    if (subjects != 1)
        r.problems.add(node.place, subjects == 0 ? "nothing to count" : "more than one thing to count",
                       "one of state, peak, failed and of");
    if (count.of == ExpectCount::Of::memory && count.at)
        r.problems.add(node.find("at")->place, "memory at a moment", "none: it is known at the end of the run");
    if (bounds == 0 || bounds > 2)
        r.problems.add(node.place, bounds == 0 ? "no number" : "'is' beside another bound", "is, or least and most");
    found.emplace_back(count);
}

void read_clients(Reading& r, const Element& node, Found& found)
{
    if (!require_map(r, node, "a map, such as { done: 100, failed: 0 }")) return;
    ExpectClients expected;
    using Number = std::pair<std::string_view, std::optional<std::uint64_t>*>;
    const std::array numbers{Number{"begun", &expected.begun}, Number{"done", &expected.done},
                             Number{"failed", &expected.failed}, Number{"opened", &expected.opened},
                             Number{"answered", &expected.answered}};
    Known known{"workload", "first_failure", "last_answer", "error"};
    for (const Number& number : numbers) known.emplace_back(number.first);
    if (!check_keys(r, node, known)) return;
    for (std::size_t i = 0; i < node.entries(); ++i) {
        const std::string& key = node.key(i).text;
        const auto text = require_scalar(r, node.value(i), "a value for '" + key + '\'');
        if (!text) continue;
        for (const Number& number : numbers)
            if (number.first == key) *number.second = read_counted(r, *text);
        if (key == "first_failure") expected.first_failure = read_time(r, *text);
        if (key == "last_answer") expected.last_answer = read_time(r, *text);
        if (key == "error") expected.error = read_result(r, node.value(i));
        if (key == "workload") {
            const auto number = read_number(r, *text, 1, std::max<std::int64_t>(r.workloads, 1));
            expected.workload = static_cast<std::uint32_t>(number.value_or(1));
        }
    }
    if (r.workloads == 0) r.problems.add(node.place, "'clients' in a scenario without any", "'workloads:'");
    found.emplace_back(expected);
}

} // namespace tcpsm::reading
