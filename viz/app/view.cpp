#include "app/view.hpp"

#include <algorithm>

namespace tcpsm::viz {
namespace {

bool same(const TimeScaleOptions& a, const TimeScaleOptions& b)
{
    return a.mode == b.mode && a.row == b.row && a.zoom == b.zoom && a.height == b.height;
}

std::uint64_t known(const Future& future)
{
    return future.in_numbers() ? future.census().steps() + (future.over() ? 1 : 0) : future.history().records().size();
}

std::vector<CountsPlot> plots_of(const Future& future)
{
    return future.in_numbers() ? future.census().plots() : counts_plots(future.history());
}

void give_same_scales(std::vector<CountsPlot>& plots, const std::vector<CountsPlot>& others)
{
    for (CountsPlot& plot : plots)
        for (const CountsPlot& other : others) {
            plot.end = std::max(plot.end, other.end);
            if (plot.host == other.host) plot.most = std::max(plot.most, other.most);
        }
}

} // namespace

const TimeScale& TimeScales::of(const Future& future, const TimeScaleOptions& options)
{
    const std::size_t moments = future.story().moments().size();
    for (const Kept& kept : kept_)
        if (kept.future == future.id() && kept.moments == moments && same(kept.options, options)) return kept.scale;
    constexpr std::size_t most = 6; // two futures are shown at a time, each asks for two
    if (kept_.size() == most) kept_.pop_front();
    kept_.push_back({future.id(), moments, options, TimeScale(future.story(), options)});
    return kept_.back().scale;
}

std::vector<CountsPlot>& CountsPlots::of(const Future& future, const Future* beside, float width)
{
    const std::optional<std::uint32_t> other = beside != nullptr ? std::optional(beside->id()) : std::nullopt;
    const std::uint64_t now_known = known(future) + (beside != nullptr ? known(*beside) : 0);
    for (Kept& kept : kept_)
        if (kept.future == future.id() && kept.beside == other && kept.known == now_known && kept.width == width)
            return kept.plots;
    constexpr std::size_t most = 4; // two are shown at a time, while the window changes its size
    if (kept_.size() == most) kept_.pop_front();
    std::vector<CountsPlot> plots = plots_of(future);
    if (beside != nullptr) give_same_scales(plots, plots_of(*beside));
    for (CountsPlot& plot : plots) {
        plot.box.right = width;
        plot.thin_out();
    }
    kept_.push_back({future.id(), other, now_known, width, std::move(plots)});
    return kept_.back().plots;
}

} // namespace tcpsm::viz
