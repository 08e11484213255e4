#pragma once
// Runs that may take long.

#include <cstddef>

#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm::cli {

/// How a run went.
struct Ran {
    std::size_t events = 0;
    Time last{};              ///< when the last event was
    bool interrupted = false; ///< by Ctrl-C: there may be more to come
};

/// Runs a scenario up to a moment, at most to its end; the clock then stands where the last event was. A run of more
/// than a second shows on standard error how far it is, where that is a terminal; the line is gone afterwards. Ctrl-C
/// ends the run after the event that is going on, and is told on standard error; a second one ends the process.
Ran run_watched(Simulation& simulation, Time until = never);

} // namespace tcpsm::cli
