#pragma once
// A run of many connections in numbers.

#include <string>

#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm::viz {

/// The moments whose counts `summary` compares. To be called before the run.
void ask_for_counts(const Scenario& scenario, Simulation& simulation);
/// What each workload came to.
[[nodiscard]] std::string summary_of_workloads(const Scenario& scenario, const Simulation& simulation);
/// The same, then what each host has counted: with a heading, and without a ladder.
[[nodiscard]] std::string summary(const Scenario& scenario, const Simulation& simulation);

} // namespace tcpsm::viz
