#include "network/faults.hpp"

namespace tcpsm {
namespace {

/// SplitMix64: the same numbers on every machine, which the distributions of <random> do not promise.
std::uint64_t next_random(std::uint64_t& state)
{
    std::uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

} // namespace

RuleId Faults::add(Rule rule)
{
    const auto index = static_cast<std::uint32_t>(rules_.size());
    const bool draws = rule.chance < Rule::one_million;
    std::uint64_t seed = seed_ + series_;
    if (draws) ++series_;
    rules_.push_back({std::move(rule), draws ? next_random(seed) : 0});
    return {index};
}

void Faults::set_loss(std::uint32_t in_a_million)
{
    if (!loss_) {
        if (in_a_million == 0) return;
        loss_ = RuleId{static_cast<std::uint32_t>(rules_.size())};
        std::uint64_t seed = seed_ - 1; // those of the other rules count up from the seed
        rules_.push_back({Rule{.verdict = Verdict::lose()}, next_random(seed)});
    }
    rules_[loss_->index].rule.chance = in_a_million;
}

std::optional<Verdict> Faults::ask(const Flight& flight)
{
    std::optional<Verdict> verdict;
    for (Entry& entry : rules_) {
        if (!answers(entry, flight) || verdict) continue;
        verdict = entry.rule.verdict;
        ++entry.applied;
    }
    return verdict;
}

/// Counts and draws also where a rule before has decided: "the second FIN" is the second one, whatever else is done to
/// the first.
bool Faults::answers(Entry& entry, const Flight& flight)
{
    const Rule& rule = entry.rule;
    if (!rule.segment.empty() && rule.segment != flight.name) return false;
    if (rule.when && !rule.when(flight)) return false;
    if (rule.chance < Rule::one_million && next_random(entry.random) % Rule::one_million >= rule.chance) return false;
    const std::uint32_t before = entry.seen++;
    return before >= rule.skip && before - rule.skip < rule.times;
}

} // namespace tcpsm
