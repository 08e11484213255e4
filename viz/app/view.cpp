#include "app/view.hpp"

#include <algorithm>

namespace tcpsm::viz {
namespace {

bool same(const TimeScaleOptions& a, const TimeScaleOptions& b)
{
    return a.mode == b.mode && a.row == b.row && a.zoom == b.zoom && a.height == b.height;
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

const std::vector<CountsPlot>& CountsPlots::of(const Future& future, const Box& box)
{
    const std::size_t records = future.history().records().size();
    if (future_ == future.id() && records_ == records && box_ == box) return plots_;
    future_ = future.id();
    records_ = records;
    box_ = box;
    plots_ = counts_plots(future.history());
    for (CountsPlot& plot : plots_) {
        plot.box = box;
        plot.thin_out();
    }
    return plots_;
}

} // namespace tcpsm::viz
