// `claim:`, what people say and what decides whether it is so.

#include <array>

#include "scenario/reading.hpp"

namespace tcpsm {

std::string_view name(Claim::Verdict verdict)
{
    switch (verdict) {
    case Claim::Verdict::is_true: return "true";
    case Claim::Verdict::is_false: return "false";
    case Claim::Verdict::depends: return "depends";
    case Claim::Verdict::undecided: return "undecided";
    }
    return "";
}

namespace reading {
namespace {

std::optional<Claim::Verdict> read_verdict(Reading& r, const Element& node)
{
    constexpr std::array<Claim::Verdict, 3> verdicts{Claim::Verdict::is_true, Claim::Verdict::is_false,
                                                     Claim::Verdict::depends};
    const auto text = require_scalar(r, node, "true, false or depends");
    if (!text) return {};
    Known known;
    for (const Claim::Verdict verdict : verdicts) {
        if (name(verdict) == text->text) return verdict;
        known.emplace_back(name(verdict));
    }
    unknown(r, *text, known);
    return {};
}

void read_sentence(Reading& r, const Element& node, std::string& into)
{
    const auto text = require_scalar(r, node, "a sentence");
    if (!text) return;
    if (text->text.empty()) return unexpected(r, *text, "a sentence");
    into = std::string(text->text);
}

void read_list(Reading& r, const Element& claim, const std::string& key, std::vector<Expectation>& expectations)
{
    const Element& node = *claim.find(key);
    const bool empty = node.kind == Element::Kind::list && node.items.empty();
    if (empty || node.kind == Element::Kind::nothing)
        return r.problems.add(node.place, empty ? "an empty list" : "nothing",
                              "at least one expectation in '" + key + '\'');
    read_expectations(r, node, expectations);
}

} // namespace

void read_claim(Reading& r, const Element& node, Scenario& scenario)
{
    if (!require_map(r, node, "a map with what is said, the verdict, and what decides it")) return;
    const Known keys{"says", "says_zh", "verdict", "answer", "answer_zh", "source", "if_true", "if_false"};
    if (!check_keys(r, node, keys, keys)) return;
    Claim claim;
    claim.place = node.find("verdict")->place;
    read_sentence(r, *node.find("says"), claim.says);
    read_sentence(r, *node.find("says_zh"), claim.says_zh);
    claim.verdict = read_verdict(r, *node.find("verdict")).value_or(Claim::Verdict::undecided);
    read_sentence(r, *node.find("answer"), claim.answer);
    read_sentence(r, *node.find("answer_zh"), claim.answer_zh);
    read_sentence(r, *node.find("source"), claim.source);
    read_list(r, node, "if_true", claim.if_true);
    read_list(r, node, "if_false", claim.if_false);
    scenario.claim = std::move(claim);
}

} // namespace reading
} // namespace tcpsm
