#pragma once
// A scenario at work.

#include <cstddef>
#include <string>
#include <vector>

#include "tcpsm/network/network.hpp"
#include "tcpsm/scenario/scenario.hpp"

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
    /// Whether a change has come; by its place in Scenario::changes.
    [[nodiscard]] bool changed(std::size_t change) const { return network.fired(changes_[change]); }

private:
    /// What a fault became: a rule, or the step that cuts a link.
    struct Applied {
        bool is_rule = false;
        RuleId rule;
        StepId step;
    };

    Time until_;
    std::vector<StepId> steps_;
    std::vector<Applied> faults_;
    std::vector<StepId> changes_;
};

/// Something that a scenario says and that is not so.
struct Failure {
    Place place;
    std::string expectation; ///< "client: [CLOSED, SYN-SENT]"
    std::string found;       ///< "CLOSED, SYN-SENT, ESTABLISHED"
};

/// Judges a run: what was expected and is not so, then steps that never fired, faults that never applied and changes
/// that never came, each in the order of the file.
[[nodiscard]] std::vector<Failure> check(const Scenario& scenario, const Simulation& simulation);

} // namespace tcpsm
