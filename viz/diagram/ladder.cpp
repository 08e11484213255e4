#include "diagram/ladder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "diagram/ladder_layout.hpp"

namespace tcpsm::viz {
namespace {

float distance(Point a, Point b, Point from)
{
    const Point along{b.x - a.x, b.y - a.y};
    const float length = along.x * along.x + along.y * along.y;
    const float part =
        length > 0 ? std::clamp(((from.x - a.x) * along.x + (from.y - a.y) * along.y) / length, 0.0F, 1.0F) : 0;
    return std::hypot(a.x + part * along.x - from.x, a.y + part * along.y - from.y);
}

} // namespace

LadderPicture lay_out_ladder(const History& history, const Story& story, const TimeScale& scale, const LadderView& view,
                             const TextMeasure& measure)
{
    return LadderLayout(history, story, scale, view, measure).lay_out();
}

std::optional<std::uint32_t> segment_at(const LadderPicture& picture, Point point, float reach)
{
    std::optional<std::uint32_t> nearest;
    float least = reach;
    for (const LadderArrow& arrow : picture.arrows)
        for (std::size_t i = 1; i < arrow.line.size(); ++i)
            if (const float d = distance(arrow.line[i - 1], arrow.line[i], point); d <= least) {
                least = d;
                nearest = arrow.segment;
            }
    return nearest;
}

LadderLayout::LadderLayout(const History& history, const Story& story, const TimeScale& scale, const LadderView& view,
                           const TextMeasure& measure)
    : history_(history), story_(story), scale_(scale), view_(view), measure_(measure), space_(view.frame)
{
}

LadderPicture LadderLayout::lay_out()
{
    choose_hosts();
    if (hosts_.empty() || !(view_.frame.width() > 0) || !(view_.frame.height() > 0)) return std::move(picture_);
    choose_columns();
    place_lifelines();
    const auto count = static_cast<std::uint32_t>(story_.moments().size());
    if (count == 0) return std::move(picture_);
    // What departs last in a moment may stand below the next row: so one moment more at the top.
    const std::uint32_t at_top = scale_.moment_at(view_.scroll);
    first_ = at_top > 0 ? at_top - 1 : 0;
    last_ = std::min(scale_.moment_at(view_.scroll + view_.frame.height()), count - 1);

    // The earlier ones have the better places: what is written along the arrows can move the most, so it comes last.
    add_arrows();
    add_bands();
    add_brackets();
    add_folds();
    add_ticks();
    label_bands();
    add_calls();
    label_brackets();
    label_arrows();
    return std::move(picture_);
}

float LadderLayout::y_of_end(std::uint32_t moment, Time end) const
{
    if (moment != none && end <= view_.until) return y_of_moment(moment);
    return to_frame(view_.until == never ? scale_.height() : std::min(scale_.y_at(view_.until), scale_.height()));
}

const LadderLifeline* LadderLayout::lifeline(HostId host) const
{
    if (host >= line_of_.size() || line_of_[host] == none) return nullptr;
    return &picture_.lifelines[line_of_[host]];
}

std::size_t LadderLayout::position(const LadderLifeline& line) const
{
    return static_cast<std::size_t>(&line - picture_.lifelines.data());
}

/// Where one connection is shown, its host's listener is, too: that is where it came from.
bool LadderLayout::shows(HostId host, std::uint32_t connection) const
{
    if (lifeline(host) == nullptr) return false;
    if (!view_.only || connection == 0) return true;
    const ConnectionName name{host, connection};
    return name == *view_.only || (peer_ && name == *peer_);
}

bool LadderLayout::shows(const Flight& flight) const
{
    if (lifeline(flight.from) == nullptr || (flight.to != no_host && lifeline(flight.to) == nullptr)) return false;
    if (!view_.only) return true;
    const auto is_shown = [&](HostId host, std::uint32_t connection) {
        return connection != 0 && host != no_host && shows(host, connection);
    };
    return is_shown(flight.from, flight.from_connection) || is_shown(flight.to, flight.to_connection);
}

Label LadderLayout::label(std::string text, float size, Weight weight) const
{
    Label label;
    label.text = std::move(text);
    label.size = size;
    label.weight = weight;
    label.width = measure_.width(label.text, size, weight);
    return label;
}

bool LadderLayout::put(Label& label, float x, bool leftwards, float y, bool may_cross)
{
    // The middle of its letters, not of its box: a name in capitals has nothing under the line.
    place(label, {leftwards ? x - label.width : x, y + 0.36F * label.size});
    const TurnedBox box = turned_box(label);
    if (!space_.is_free(box) || (!may_cross && !space_.is_clear(box))) return false;
    space_.take(box);
    return true;
}

} // namespace tcpsm::viz
