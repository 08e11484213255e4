#pragma once
// A run of many connections in numbers.

#include <string>

#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm::viz {

/// The moments whose counts `summary` compares. To be called before the run.
void ask_for_counts(const Scenario& scenario, Simulation& simulation);
/// What each workload came to.
[[nodiscard]] std::string summary_of_workloads(const Scenario& scenario, const Simulation& simulation);
/// What the kernels of its hosts have logged, host by host; empty where none has.
[[nodiscard]] std::string kernel_logs(const Scenario& scenario, const Simulation& simulation);
/// The workloads, then what each host has counted, and the logs: with a heading, and without a ladder.
[[nodiscard]] std::string summary(const Scenario& scenario, const Simulation& simulation);

} // namespace tcpsm::viz
