#include "replay/timeline.hpp"

#include <algorithm>

namespace tcpsm::viz {
namespace {

std::uint32_t records(const Simulation& simulation)
{
    return static_cast<std::uint32_t>(simulation.network.history().records().size());
}

} // namespace

Timeline::Timeline(const Scenario& scenario) : ahead_(scenario), kept_{{0, ahead_, 0}}, here_(kept_.front()) {}

bool Timeline::run_ahead(std::size_t steps)
{
    for (std::size_t i = 0; i < steps && !over_; ++i) {
        const std::uint32_t before = records(ahead_);
        if (!ahead_.step()) {
            over_ = true;
            break;
        }
        ++steps_;
        const std::uint32_t after = records(ahead_);
        if (after == before) continue;
        stops_.push_back({ahead_.network.now(), after, steps_});
        if (stops_.size() - kept_.back().position >= spacing_) keep();
        if (after >= most_records) over_ = cut_short_ = true;
    }
    return over_;
}

/// Keeps a copy of the world; where there are too many, every other one goes.
void Timeline::keep()
{
    kept_.push_back({stops_.size(), ahead_, steps_});
    if (kept_.size() <= most_kept) return;
    std::size_t index = 0;
    std::erase_if(kept_, [&](const Kept&) { return index++ % 2 == 1; });
    spacing_ *= 2;
}

std::size_t Timeline::position_at(Time time) const
{
    const auto later =
        std::upper_bound(stops_.begin(), stops_.end(), time, [](Time t, const Stop& stop) { return t < stop.time; });
    return static_cast<std::size_t>(later - stops_.begin());
}

std::size_t Timeline::position_of_record(std::size_t record) const
{
    const auto stop = std::upper_bound(stops_.begin(), stops_.end(), record,
                                       [](std::size_t r, const Stop& s) { return r < s.records; });
    return std::min(static_cast<std::size_t>(stop - stops_.begin()) + 1, stops_.size());
}

const Simulation& Timeline::at(std::size_t position)
{
    position = std::min(position, stops_.size());
    const auto after = std::upper_bound(kept_.begin(), kept_.end(), position,
                                        [](std::size_t p, const Kept& kept) { return p < kept.position; });
    const Kept& nearest = *(after - 1);
    if (here_.position > position || here_.position < nearest.position) here_ = nearest;
    const std::uint32_t steps = position == 0 ? 0 : stops_[position - 1].steps;
    for (; here_.steps < steps; ++here_.steps) here_.world.step();
    here_.position = position;
    return here_.world;
}

} // namespace tcpsm::viz
