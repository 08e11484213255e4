#pragma once
// What is said about a scenario beside its ladder.

#include <string>

#include "tcpsm/scenario/scenario.hpp"
#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm::cli {

/// Its title and what it asks, with a blank line after them; empty where it has neither.
[[nodiscard]] std::string heading(const Scenario& scenario);
/// One line where a run ended with something still pending; else empty.
[[nodiscard]] std::string left_over(const Simulation& simulation);

} // namespace tcpsm::cli
