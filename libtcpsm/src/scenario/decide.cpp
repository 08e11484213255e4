// Deciding a claim: which of its two lists holds in a run.

#include <algorithm>

#include "scenario/judgement.hpp"

namespace tcpsm {
namespace {

/// The first expectation of a list that a record decided; where none was, the first one.
Evidence evidence(const std::vector<Expectation>& list, const std::vector<Judgement>& judged, Time end)
{
    const auto found =
        std::ranges::find_if(judged, [](const Judgement& judgement) { return judgement.record.has_value(); });
    const auto index = found == judged.end() ? 0 : static_cast<std::size_t>(found - judged.begin());
    return {list[index].place, list[index].text, judged[index].found, judged[index].record, end};
}

} // namespace

Decision decide(const Claim& claim, const Simulation& simulation)
{
    Decision decision;
    const std::vector<Judgement> for_it = judge(claim.if_true, simulation);
    const std::vector<Judgement> against = judge(claim.if_false, simulation);
    const bool is_true = std::ranges::all_of(for_it, &Judgement::holds);
    const bool is_false = std::ranges::all_of(against, &Judgement::holds);
    if (is_true && is_false && claim.verdict != Claim::Verdict::depends) {
        decision.failures.push_back({claim.if_true.front().place, claim.if_true.front().text,
                                     "it is so, and so is " + claim.if_false.front().text});
        return decision;
    }
    if (is_true) decision.evidence.push_back(evidence(claim.if_true, for_it, simulation.network.now()));
    if (is_false) decision.evidence.push_back(evidence(claim.if_false, against, simulation.network.now()));
    for (Evidence& one : decision.evidence)
        if (one.record) one.time = simulation.network.history().records()[*one.record].time;
    if (is_true || is_false) {
        decision.verdict = !is_false ? Claim::Verdict::is_true
                           : is_true ? Claim::Verdict::depends
                                     : Claim::Verdict::is_false;
        return decision;
    }
    decision.failures = failures(claim.if_true, for_it);
    const std::vector<Failure> rest = failures(claim.if_false, against);
    decision.failures.insert(decision.failures.end(), rest.begin(), rest.end());
    return decision;
}

} // namespace tcpsm
