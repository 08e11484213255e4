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
    std::uint64_t seed = seed_ + index;
    const std::uint64_t random = next_random(seed);
    rules_.push_back({std::move(rule), random});
    return {index};
}

std::optional<Verdict> Faults::ask(const Flight& flight)
{
    for (Entry& entry : rules_)
        if (answers(entry, flight)) return entry.rule.verdict;
    return std::nullopt;
}

bool Faults::answers(Entry& entry, const Flight& flight)
{
    const Rule& rule = entry.rule;
    if (entry.applied >= rule.times) return false;
    if (!rule.segment.empty() && rule.segment != flight.name) return false;
    if (rule.when && !rule.when(flight)) return false;
    if (rule.chance < Rule::one_million && next_random(entry.random) % Rule::one_million >= rule.chance) return false;
    if (entry.seen++ < rule.skip) return false;
    ++entry.applied;
    return true;
}

} // namespace tcpsm
