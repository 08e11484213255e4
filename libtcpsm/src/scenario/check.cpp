// Judging a run: what its expectations and its claim say, and whether its script, faults and changes came to anything.

#include "scenario/judgement.hpp"

namespace tcpsm {
namespace {

bool is_condition(const Moment& moment)
{
    return std::holds_alternative<Condition>(moment);
}

void check_steps(const Scenario& scenario, const Simulation& simulation, std::vector<Failure>& failures)
{
    std::size_t injected = 0;
    const History& history = simulation.network.history();
    for (std::size_t i = 0; i < history.segments().size(); ++i)
        if (history.segments()[i].name.host == no_host) ++injected;
    for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
        const Step& step = scenario.steps[i];
        if (!simulation.fired(i))
            failures.push_back({step.place, step.text,
                                is_condition(step.moment) ? "the step never fired: its condition never held"
                                                          : "the step never fired: the run ended before"});
        else if (step.action.verb == Call::inject && injected-- == 0)
            failures.push_back(
                {step.place, step.text, "nothing was injected: there was no connection to take it from"});
    }
}

void check_faults(const Scenario& scenario, const Simulation& simulation, std::vector<Failure>& failures)
{
    for (std::size_t i = 0; i < scenario.faults.size(); ++i)
        if (!simulation.applied(i))
            failures.push_back({scenario.faults[i].place, scenario.faults[i].text, "the fault never applied"});
}

void check_changes(const Scenario& scenario, const Simulation& simulation, std::vector<Failure>& failures)
{
    for (std::size_t i = 0; i < scenario.changes.size(); ++i)
        if (!simulation.changed(i))
            failures.push_back(
                {scenario.changes[i].place, scenario.changes[i].text(), "the change never came: the run ended before"});
}

void check_claim(const Claim& claim, const Simulation& simulation, std::vector<Failure>& all)
{
    const Decision decision = decide(claim, simulation);
    if (decision.verdict == claim.verdict) return;
    all.push_back({claim.place, "verdict: " + std::string(name(claim.verdict)), std::string(name(decision.verdict))});
    all.insert(all.end(), decision.failures.begin(), decision.failures.end());
}

} // namespace

std::vector<Failure> check(const Scenario& scenario, const Simulation& simulation)
{
    std::vector<Failure> all = failures(scenario.expectations, judge(scenario.expectations, simulation));
    if (scenario.claim) check_claim(*scenario.claim, simulation, all);
    check_steps(scenario, simulation, all);
    check_faults(scenario, simulation, all);
    check_changes(scenario, simulation, all);
    return all;
}

} // namespace tcpsm
