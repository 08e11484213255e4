#include "diagram/counts_plot.hpp"

#include <algorithm>
#include <cmath>

namespace tcpsm::viz {

float CountsPlot::x(Time time) const
{
    const auto at = static_cast<double>(time.time_since_epoch().count());
    return box.left + box.width() * static_cast<float>(at / static_cast<double>(end));
}

float CountsPlot::y(std::uint32_t count) const
{
    return box.bottom - box.height() * static_cast<float>(count) / static_cast<float>(std::max(most, 1U));
}

void CountsPlot::thin_out()
{
    viz::thin_out(rows, [this](const CountsRow& row) { return std::floor(x(row.time)); });
}

std::vector<CountsPlot> counts_plots(const History& history)
{
    std::vector<CountsPlot> all(history.hosts().size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i].host = static_cast<HostId>(i);
    for (const CountsRow& row : counts_over_time(history)) {
        all[row.host].rows.push_back(row);
        all[row.host].most = std::max(all[row.host].most, total(row.counts));
    }
    for (const FirstShortage& shortage : first_shortages(history)) all[shortage.host].shortages.push_back(shortage);
    std::erase_if(all, [](const CountsPlot& plot) { return plot.rows.empty() && plot.shortages.empty(); });
    const Time last = history.records().empty() ? Time{} : history.records().back().time;
    for (CountsPlot& plot : all) plot.end = std::max<std::int64_t>(last.time_since_epoch().count(), 1);
    return all;
}

Phrase phrase_of(Shortage what)
{
    switch (what) {
    case Shortage::ports: return Phrase::svg_counts_no_port;
    case Shortage::queue: return Phrase::svg_counts_queue_full;
    case Shortage::syn_cookies: return Phrase::svg_counts_cookies;
    case Shortage::time_waits: return Phrase::svg_counts_time_waits;
    case Shortage::descriptors: break;
    }
    return Phrase::svg_counts_descriptors;
}

std::uint32_t height_of(const StateCounts& counts, State state, bool with)
{
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(state) + (with ? 1 : 0); ++i) sum += counts[i];
    return sum;
}

std::vector<Point> edge(const CountsPlot& plot, State state, bool above)
{
    std::vector<Point> steps;
    for (const CountsRow& row : plot.rows) {
        const float y = plot.y(height_of(row.counts, state, above));
        if (steps.empty() || steps.back().y != y) steps.push_back({plot.x(row.time), y});
    }
    return steps;
}

std::int64_t axis_step(std::int64_t end, std::int64_t most)
{
    std::int64_t step = 1;
    while (end / step > most) {
        if (end / (2 * step) <= most) return 2 * step;
        if (end / (5 * step) <= most) return 5 * step;
        step *= 10;
    }
    return step;
}

} // namespace tcpsm::viz
