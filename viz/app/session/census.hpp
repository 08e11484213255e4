#pragma once
// A run in numbers. Where connections come by the ten thousand, nobody looks at one of them: what is kept is how many
// stand where.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "diagram/counts_plot.hpp"
#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm::viz {

/// What every host has counted after all that happened up to a time.
struct CountsThen {
    Time time{};
    std::vector<Counts> hosts; ///< by HostId
};

/// Runs a scenario once, and copies no world. What was counted is kept for the instants of a grid that grows coarser as
/// the run grows longer, and the curves for a few thousand points: so a run of any length takes some megabytes.
class Census {
public:
    explicit Census(const Scenario& scenario);

    /// Runs on for so many steps at most; true once the run is over.
    bool run_ahead(std::size_t steps);
    [[nodiscard]] bool over() const { return over_; }
    [[nodiscard]] std::uint64_t steps() const { return steps_; }
    /// The world where it has come to.
    [[nodiscard]] const Simulation& simulation() const { return simulation_; }

    /// In the order of time; where nothing happened between two instants of the grid, the second is left out.
    [[nodiscard]] const std::vector<CountsThen>& stops() const { return stops_; }
    [[nodiscard]] Duration grid() const { return grid_; }
    /// How many times the grid has grown coarser. Then the numbers of all stops are others.
    [[nodiscard]] std::uint32_t coarser() const { return coarser_; }
    /// The plots of the hosts that have had connections, or lacked something.
    [[nodiscard]] std::vector<CountsPlot> plots() const;

private:
    static constexpr std::size_t most_stops = 4096;
    static constexpr std::size_t most_rows = 16384; // of one host: more than a screen has pixels

    void end_instant(Time next);
    void keep_row(HostId host, Time now, const Counts& counts);
    void keep_stop(Time time);
    void make_coarser(Time next);
    [[nodiscard]] Time on_grid(Time time) const;
    void look_for_shortages();

    Simulation simulation_;
    std::uint64_t steps_ = 0;
    bool over_ = false;
    Duration grid_{1ms};
    std::uint32_t coarser_ = 0;
    std::vector<CountsThen> stops_;
    std::vector<std::vector<CountsRow>> rows_; // by HostId
    std::vector<FirstShortage> shortages_;
    std::size_t looked_at_ = 0; // records of the history
    std::size_t let_go_at_;     // so many of them are looked at no longer
};

} // namespace tcpsm::viz
