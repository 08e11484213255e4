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

} // namespace tcpsm::viz
