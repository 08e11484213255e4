#pragma once
// A run of many connections in numbers.

#include <string>

#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm::cli {

/// The moments whose counts `summary` compares. To be called before the run.
void ask_for_counts(const Scenario& scenario, Simulation& simulation);
/// What each workload came to, then what each host has counted: with a heading, and without a ladder.
[[nodiscard]] std::string summary(const Scenario& scenario, const Simulation& simulation);

} // namespace tcpsm::cli
