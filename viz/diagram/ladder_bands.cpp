// The states along the lifelines.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "diagram/ladder_layout.hpp"

namespace tcpsm::viz {
void LadderLayout::add_bands()
{
    // A host's listener is seen where no connection of the first lane stands in front of it.
    std::vector<std::uint32_t> listeners;
    std::vector<std::vector<Box>> in_front(line_of_.size());
    story_.bands_between(first_, last_, [&](std::uint32_t index) {
        const Band& band = story_.bands()[index];
        if (band.begin > view_.until || band.lane >= most_lanes || !shows(band.host, band.connection)) return;
        if (band.state == State::Listen) {
            listeners.push_back(index);
            return;
        }
        const std::size_t before = picture_.bands.size();
        const float top = band.record == none && band.begin_moment == 0 ? to_frame(-2.3F * view_.text)
                                                                        : y_of_moment(band.begin_moment);
        add_band(index, top, y_of_end(band.end_moment, band.end));
        if (band.lane == 0 && picture_.bands.size() > before) in_front[band.host].push_back(picture_.bands.back().box);
    });
    for (const std::uint32_t index : listeners) {
        const Band& band = story_.bands()[index];
        float top = band.record == none ? to_frame(-2.3F * view_.text) : y_of_moment(band.begin_moment);
        top = std::max(top, view_.frame.top);
        const float bottom = y_of_end(band.end_moment, band.end);
        for (const Box& box : in_front[band.host]) {
            if (box.top > top + 0.5F) add_band(index, top, std::min(box.top, bottom));
            top = std::max(top, box.bottom);
        }
        add_band(index, top, bottom);
    }
}

void LadderLayout::add_band(std::uint32_t index, float top, float bottom)
{
    top = std::max(top, view_.frame.top);
    bottom = std::min(bottom, view_.frame.bottom);
    if (bottom <= top) return;
    const Band& band = story_.bands()[index];
    const LadderLifeline& line = *lifeline(band.host);
    const auto lane = static_cast<float>(view_.only ? 0 : band.lane);
    const auto count = static_cast<float>(lanes(band.host));
    const float width = (line.right - line.left) / count;
    const float between = count > 1 ? 1 : 0;
    const float left = line.left + lane * width + between / 2;
    const Box box{left, top, std::max(left + width - between, left), bottom};
    float& last = last_bands_[position(line) * most_lanes + (view_.only ? 0 : band.lane)];
    if (std::floor(top) == last && bottom - top < 1) return;
    last = std::floor(top);
    picture_.bands.push_back({index, box, {}});
}

/// The heights of each host's calls, which belong right beside the bands.
std::vector<std::vector<float>> LadderLayout::places_of_calls() const
{
    std::vector<std::vector<float>> places(line_of_.size());
    if (!view_.calls) return places;
    for (std::uint32_t i = story_.mark_at(first_); i < story_.marks().size() && story_.marks()[i].moment <= last_;
         ++i) {
        const Mark& mark = story_.marks()[i];
        if (!mark.quiet && mark.time <= view_.until && shows(mark.host, mark.connection))
            places[mark.host].push_back(y_of_moment(mark.moment));
    }
    return places;
}

void LadderLayout::label_bands()
{
    const std::vector<std::vector<float>> calls = places_of_calls();
    for (LadderBand& band : picture_.bands) {
        const HostId host = story_.bands()[band.band].host;
        const LadderLifeline& line = *lifeline(host);
        if (label_band(band, calls[host], false) || label_band(band, {}, false)) continue;
        // Between two lifelines, a name may have to lie on an arrow.
        const bool inner = position(line) > 0 && position(line) + 1 < hosts_.size();
        if (inner) label_band(band, {}, true);
    }
}

/// Beside the band, in its middle, or where it is away from calls; a band that is lower than its name may have it a
/// little higher or lower.
bool LadderLayout::label_band(LadderBand& band, const std::vector<float>& calls, bool may_cross)
{
    const Band& what = story_.bands()[band.band];
    const LadderLifeline& line = *lifeline(what.host);
    std::string text(name(what.state));
    if (lanes(what.host) > 1 && what.connection != 0) text = fmt::format("#{} {}", what.connection, text);
    Label written = label(std::move(text), view_.text, Weight::bold);
    const float x = line.labels_left ? line.left - ladder_gap : line.right + ladder_gap;
    const float middle = band.box.centre().y;
    const float reach = std::max(band.box.height() / 2 - 0.6F * view_.text, 0.4F * view_.text);
    for (const float part : {0.0F, -0.35F, 0.35F, -0.7F, 0.7F, -1.0F, 1.0F}) {
        const float y = middle + part * reach;
        const auto nearest = std::lower_bound(calls.begin(), calls.end(), y - 1.05F * view_.text);
        if (nearest != calls.end() && *nearest < y + 1.05F * view_.text) continue;
        if (!put(written, x, line.labels_left, y, may_cross)) continue;
        band.label = std::move(written);
        return true;
    }
    return false;
}

} // namespace tcpsm::viz
