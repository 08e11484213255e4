#pragma once
// A simulation that can be walked forwards and backwards.

#include <cstddef>
#include <vector>

#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm::cli {

/// Stands between two events that left a record; what leaves none is passed over. To go back is to take a copy that was
/// kept and to walk forwards again: the same seed gives the same run.
class Timeline {
public:
    explicit Timeline(const Scenario& scenario);

    /// One event on; false, and nothing changes, at the end.
    bool forward();
    /// One event back; false at the beginning.
    bool back();

    [[nodiscard]] std::size_t position() const { return position_; } ///< events since the beginning
    [[nodiscard]] const Simulation& now() const { return now_; }
    [[nodiscard]] const Simulation& before() const { return before_; } ///< the last event; `now` at the beginning
    /// The records of the last event: from this one of the history to its end.
    [[nodiscard]] std::size_t first_record() const { return records(before_); }
    [[nodiscard]] static std::size_t records(const Simulation& simulation)
    {
        return simulation.network.history().records().size();
    }

private:
    // A copy of the world costs some kilobytes, so not every one is kept.
    static constexpr std::size_t events_per_copy = 64;

    std::vector<Simulation> kept_; // at every 64th position
    Simulation before_;
    Simulation now_;
    std::size_t position_ = 0;
};

} // namespace tcpsm::cli
