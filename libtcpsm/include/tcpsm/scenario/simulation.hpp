#pragma once
// A scenario at work.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tcpsm/network/network.hpp"
#include "tcpsm/scenario/scenario.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// The world of a scenario, with its script. A value: a copy has the same future, and what happens in one is nothing to
/// the other.
class Simulation {
public:
    explicit Simulation(const Scenario& scenario);

    Network network;

    /// One event; false where nothing is pending, or what is lies after the scenario's end.
    bool step();
    /// Runs to the end. Returns the number of events.
    std::size_t run();
    /// Runs to a moment, at most to the end; the clock then shows it. Returns the number of events.
    std::size_t run_until(Time time);

    [[nodiscard]] Time until() const { return until_; }
    /// Whether a step of the script has fired; by its place in Scenario::steps.
    [[nodiscard]] bool fired(std::size_t step) const { return network.fired(steps_[step]); }
    /// Whether a fault has done something; by its place in Scenario::faults.
    [[nodiscard]] bool applied(std::size_t fault) const;
    /// How far a workload has come; by its number in the file, from 1, floods not counted.
    [[nodiscard]] WorkloadReport report(std::uint32_t workload) const
    {
        return network.report(workloads_[workload - 1]);
    }
    [[nodiscard]] std::uint32_t workloads() const { return static_cast<std::uint32_t>(workloads_.size()); }
    /// The counts of that moment, which lies ahead, are to be kept, as those are that an expectation names.
    void ask_for_counts(Time time);
    /// What a host counted at such a moment, after all that happened then; nothing where the run has not come there.
    [[nodiscard]] std::optional<Counts> counts_at(Time time, HostId host) const;
    /// Whether a change has come; by its place in Scenario::changes.
    [[nodiscard]] bool changed(std::size_t change) const { return network.fired(changes_[change]); }

private:
    /// What a fault became: a rule, or the step that cuts a link.
    struct Applied {
        bool is_rule = false;
        RuleId rule;
        StepId step;
    };

    /// The counts of all hosts at one moment that expectations ask about.
    struct Sample {
        Time time;
        std::vector<Counts> counts; // by HostId; none where it has not come yet
    };
    void add_workload(const ScenarioWorkload& workload);
    void take_samples_before(Time time);

    Time until_;
    std::vector<Sample> samples_; // in the order of time
    std::size_t sampled_ = 0;
    std::vector<WorkloadId> workloads_;
    std::vector<StepId> steps_;
    std::vector<Applied> faults_;
    std::vector<StepId> changes_;
};

/// Judges a run: what was expected and is not so, a claim's verdict too, then steps that never fired, faults that never
/// applied and changes that never came, each in the order of the file.
[[nodiscard]] std::vector<Failure> check(const Scenario& scenario, const Simulation& simulation);

} // namespace tcpsm
#pragma GCC visibility pop
