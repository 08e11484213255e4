// The times at the far left, and where time is folded.

#include <algorithm>

#include "diagram/ladder_layout.hpp"
#include "diagram/ladder_words.hpp"

namespace tcpsm::viz {
namespace {

constexpr float tick_scale = 0.85F;
constexpr int most_decimals = 3;

} // namespace

void LadderLayout::add_folds()
{
    const auto& folds = scale_.folds();
    const auto first = std::lower_bound(folds.begin(), folds.end(), view_.scroll,
                                        [](const Fold& fold, float top) { return fold.bottom < top; });
    const float size = view_.text * tick_scale;
    // Where there is no column for times, the middle between two lifelines is free while nothing happens.
    float left = view_.frame.left + ladder_gap;
    if (!columns_.ticks && hosts_.size() > 1)
        left = (picture_.lifelines[0].right + picture_.lifelines[1].left) / 2 - 2 * size - ladder_gap;
    for (auto fold = first; fold != folds.end(); ++fold) {
        const float y = to_frame((fold->top + fold->bottom) / 2);
        if (to_frame(fold->top) > view_.frame.bottom || fold->begin >= view_.until) break;
        const float half = size * 0.45F;
        LadderFold drawn;
        drawn.length = fold->length;
        drawn.box = {left, y - half, left + size * 2, y + half};
        if (drawn.box.top < view_.frame.top || drawn.box.bottom > view_.frame.bottom ||
            drawn.box.left < view_.frame.left || drawn.box.right > view_.frame.right)
            continue;
        Label written = label(about(fold->length), size);
        if (put(written, drawn.box.right + ladder_gap, false, y)) drawn.label = std::move(written);
        picture_.folds.push_back(std::move(drawn));
    }
}

/// Exact, and all with as many decimals as most need.
std::string LadderLayout::tick_text(Time time) const
{
    std::string text = seconds(time);
    const std::size_t point = text.find('.');
    std::size_t has = point == std::string::npos ? 0 : text.size() - point - 1;
    const std::size_t wanted = static_cast<std::size_t>(std::min(story_.decimals(), most_decimals));
    if (has == 0 && wanted > 0) text += '.';
    for (; has < wanted; ++has) text += '0';
    return text + " s";
}

void LadderLayout::add_ticks()
{
    if (!columns_.ticks) return;
    const std::vector<Moment>& moments = story_.moments();
    // The first moment of an instant has the tick, seen or not.
    Time ticked = never;
    for (std::uint32_t i = first_; i > 0 && ticked == never; --i)
        if (moments[i - 1].rows > 0) ticked = moments[i - 1].time;
    float clear = view_.frame.top;
    for (std::uint32_t i = first_; i <= last_ && moments[i].time <= view_.until; ++i) {
        if (moments[i].rows == 0 || moments[i].time == ticked) continue;
        ticked = moments[i].time;
        const float y = y_of_moment(i);
        if (y < clear) continue;
        Label written = label(tick_text(moments[i].time), view_.text * tick_scale);
        if (!put(written, view_.frame.left + ladder_gap, false, y)) continue;
        clear = y + view_.text;
        picture_.ticks.push_back({moments[i].time, y, std::move(written)});
    }
}

} // namespace tcpsm::viz
