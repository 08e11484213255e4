// `changes:`: what is changed for everybody while it runs.

#include "scenario/reading.hpp"

namespace tcpsm::reading {
namespace {

constexpr const char* such_change = "a change, such as { at: 2s, delay: 100ms }";

/// Notes where there is not exactly one thing that changes, beside the moment.
const Element* find_what(Reading& r, const Element& node, std::string& what)
{
    const Element* found = nullptr;
    for (std::size_t i = 0; i < node.entries(); ++i) {
        const Element& key = node.key(i);
        if (key.text == "at") continue;
        if (found != nullptr) {
            r.problems.add(key.place, "a second change, " + key.found(), "one change in each item of the list");
            return nullptr;
        }
        found = &node.value(i);
        what = key.text;
    }
    if (found == nullptr) r.problems.add(node.place, "nothing that changes", "one of msl, delay, loss, profile");
    return found;
}

std::optional<std::uint32_t> read_loss(Reading& r, const Text& text)
{
    const auto chance = percentage(text.text);
    if (chance && *chance <= Rule::one_million) return chance;
    const std::string with_mark = std::string(text.text) + '%';
    unexpected(r, text, "a percentage from 0% to 100%", percentage(with_mark) ? with_mark : std::string());
    return {};
}

/// False where the value is none.
bool read_value(Reading& r, const std::string& what, const Element& node, Change& change)
{
    const bool time = what == "msl" || what == "delay";
    const auto text = require_scalar(r, node, time ? "a time" : what == "loss" ? "a percentage" : "a profile");
    if (!text) return false;
    if (time) {
        const auto duration = read_duration(r, *text);
        change.kind = what == "msl" ? Change::Kind::msl : Change::Kind::delay;
        change.duration = duration.value_or(Duration{});
        return duration.has_value();
    }
    if (what == "loss") {
        const auto chance = read_loss(r, *text);
        change.kind = Change::Kind::loss;
        change.chance = chance.value_or(0);
        return chance.has_value();
    }
    const auto profile = read_profile(r, *text);
    change.kind = Change::Kind::profile;
    change.profile = profile.value_or(std::string());
    return profile.has_value();
}

void read_change(Reading& r, const Element& node, Scenario& scenario)
{
    if (!require_map(r, node, such_change)) return;
    if (!check_keys(r, node, {"at", "msl", "delay", "loss", "profile"})) return;
    Change change;
    change.place = node.place;
    const Element* const at = node.find("at");
    if (at == nullptr) return r.problems.add(node.place, "no 'at'", such_change);
    const auto at_text = require_scalar(r, *at, "a time");
    const auto time = at_text ? read_duration(r, *at_text) : std::nullopt;
    std::string what;
    const Element* const value = find_what(r, node, what);
    if (value == nullptr || !read_value(r, what, *value, change) || !time) return;
    change.at = Time{} + *time;
    scenario.changes.push_back(std::move(change));
}

} // namespace

void read_changes(Reading& r, const Element& node, Scenario& scenario)
{
    if (node.kind == Element::Kind::nothing) return;
    if (!require_list(r, node, "a list of changes")) return;
    for (const Element& item : node.items) read_change(r, item, scenario);
}

} // namespace tcpsm::reading
