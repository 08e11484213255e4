#pragma once
// Connections by state over time, as areas one upon the other: where their edges run.

#include <cstdint>
#include <utility>
#include <vector>

#include "diagram/geometry.hpp"
#include "tcpsm/trace/counts.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {

/// Of the rows that have the same key one after the other, leaves the highest and the last.
template <class Key>
void thin_out(std::vector<CountsRow>& rows, Key&& key)
{
    std::vector<CountsRow> kept;
    std::size_t first = 0; // of those in `kept` that have the key
    for (const CountsRow& row : rows) {
        if (first >= kept.size() || key(row) != key(kept[first])) first = kept.size();
        if (kept.size() == first + 2) {
            if (total(kept.back().counts) > total(kept[first].counts)) kept[first] = kept.back();
            kept.pop_back();
        }
        kept.push_back(row);
    }
    rows = std::move(kept);
}

/// One host's plot. `box` is given by who draws it; then `thin_out` leaves what can be seen.
struct CountsPlot {
    HostId host = no_host;
    std::vector<CountsRow> rows;
    std::vector<FirstShortage> shortages;
    std::uint32_t most = 0; ///< connections at once: the highest point
    std::int64_t end = 1;   ///< of the axis of times, in nanoseconds
    Box box;

    [[nodiscard]] float x(Time time) const;
    [[nodiscard]] float y(std::uint32_t count) const;
    /// Of the rows that fall on one pixel, leaves the highest and the last.
    void thin_out();
};

/// The plots of the hosts that have had connections, or lacked something.
[[nodiscard]] std::vector<CountsPlot> counts_plots(const History& history);

/// "EADDRNOTAVAIL at {0}": what a host has none left of, from {0} on.
[[nodiscard]] Phrase phrase_of(Shortage what);

/// How many stand in a state and in those before it, the state left out or not: where its area ends, and begins.
[[nodiscard]] std::uint32_t height_of(const StateCounts& counts, State state, bool with);
/// The upper edge of a state's area, or its lower one: where it changes, and to what.
[[nodiscard]] std::vector<Point> edge(const CountsPlot& plot, State state, bool above);
/// The step of an axis: 1, 2 or 5 and zeros, so that at most `most` of them reach `end`.
[[nodiscard]] std::int64_t axis_step(std::int64_t end, std::int64_t most);

} // namespace tcpsm::viz
