#pragma once
// A run that can be stood in anywhere: forwards, backwards, at any time.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm::viz {

/// A step of the simulation that left records. What leaves none is passed over.
struct Stop {
    Time time{};
    std::uint32_t records = 0; ///< so many the history has after it
    std::uint32_t steps = 0;   ///< so many the simulation has done after it
};

/// Runs a scenario ahead and keeps copies of the world on the way; to stand at a stop is to take the copy before it and
/// to walk on from there: the same seed gives the same run. A position is the number of stops that lie behind: 0 is the
/// beginning.
class Timeline {
public:
    explicit Timeline(const Scenario& scenario);

    /// Runs ahead for so many steps at most; true once the run is over, or has grown to `most_records`.
    bool run_ahead(std::size_t steps);
    void run_to_end()
    {
        while (!run_ahead(4096)) {
        }
    }
    [[nodiscard]] bool over() const { return over_; }
    /// The run has more than is kept: an endless exchange, or a workload beyond what can be looked at.
    [[nodiscard]] bool cut_short() const { return cut_short_; }
    static constexpr std::size_t most_records = 2'000'000;

    /// All that has been run so far.
    [[nodiscard]] const History& history() const { return ahead_.network.history(); }
    [[nodiscard]] const std::vector<Stop>& stops() const { return stops_; }
    /// The last position at or before a time.
    [[nodiscard]] std::size_t position_at(Time time) const;
    /// The first position from which a record of the history lies behind.
    [[nodiscard]] std::size_t position_of_record(std::size_t record) const;
    /// The number of records that lie behind a position.
    [[nodiscard]] std::uint32_t records_at(std::size_t position) const
    {
        return position == 0 ? 0 : stops_[position - 1].records;
    }
    [[nodiscard]] Time time_at(std::size_t position) const
    {
        return position == 0 ? Time{} : stops_[position - 1].time;
    }

    /// The world at a position. The reference is good until the next call.
    const Simulation& at(std::size_t position);

private:
    struct Kept {
        std::size_t position;
        Simulation world;
        std::uint32_t steps;
    };
    void keep();

    // Enough to be near any stop, few enough for worlds with large buffers.
    static constexpr std::size_t most_kept = 64;

    Simulation ahead_;
    std::uint32_t steps_ = 0; // that `ahead_` has done
    std::vector<Stop> stops_;
    std::vector<Kept> kept_; // ascending; the first is the beginning
    std::size_t spacing_ = 16;
    bool over_ = false;
    bool cut_short_ = false;
    Kept here_; // where `at` stood last
};

} // namespace tcpsm::viz
