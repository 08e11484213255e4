// The segments: their lines, and what is written along them.

#include <algorithm>
#include <cmath>

#include "diagram/ladder_layout.hpp"
#include "diagram/ladder_words.hpp"

namespace tcpsm::viz {
namespace {

constexpr float of_the_way = 0.22F; // where a segment appears that no host sent

Point between(Point a, Point b, float part)
{
    return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
}

float length(Point a, Point b)
{
    return std::hypot(b.x - a.x, b.y - a.y);
}

/// The part of a line that runs downwards, or level, between two heights.
std::vector<Point> cut(const std::vector<Point>& line, float top, float bottom)
{
    std::vector<Point> seen;
    for (std::size_t i = 1; i < line.size(); ++i) {
        Point a = line[i - 1];
        Point b = line[i];
        if (b.y < top || a.y > bottom) continue;
        if (a.y < top) a = between(a, b, (top - a.y) / (b.y - a.y));
        if (b.y > bottom) b = between(a, b, (bottom - a.y) / (b.y - a.y));
        if (seen.empty()) seen.push_back(a);
        seen.push_back(b);
    }
    return seen;
}

} // namespace

void LadderLayout::add_arrows()
{
    story_.flights_between(first_, last_, [&](std::uint32_t index) { add_arrow(index); });
}

void LadderLayout::add_arrow(std::uint32_t index)
{
    const Flight& flight = story_.flights()[index];
    if (flight.sent > view_.until || !shows(flight)) return;
    const Stretch down = stretch(flight);
    const std::size_t to = flight.to == no_host ? hosts_.size() : line_of_[flight.to];
    const Pixels pixels{std::floor(down.top), std::floor(down.bottom), flight.fate};
    Pixels& last = last_arrows_[line_of_[flight.from] * (hosts_.size() + 1) + to];
    if (pixels == last) return;
    last = pixels;
    const std::vector<Point> whole = path(flight, down);
    LadderArrow arrow;
    arrow.segment = index;
    arrow.dashed = flight.retransmission;
    arrow.under_way = flight.end > view_.until || flight.end == never;
    float bottom = view_.frame.bottom;
    if (view_.until != never && arrow.under_way) // it has left already, wherever the time stands in its row
        bottom = std::min(bottom, std::max(to_frame(scale_.y_at(view_.until)), whole.front().y));
    if (bottom < view_.frame.top) return;
    arrow.line = cut(whole, view_.frame.top, bottom);
    if (arrow.line.size() < 2) return;
    const bool whole_end = !arrow.under_way && arrow.line.back() == whole.back();
    arrow.lost = whole_end && flight.fate == Fate::lost;
    arrow.arrives = whole_end && flight.end_moment != none;
    arrow.refused = arrow.arrives && flight.fate == Fate::refused;
    if (arrow.lost) arrow.cross = arrow.line.back();

    for (std::size_t i = 1; i < arrow.line.size(); ++i) space_.add_line(arrow.line[i - 1], arrow.line[i], index);
    picture_.arrows.push_back(std::move(arrow));
}

/// How far down it goes, whether that is seen or not.
LadderLayout::Stretch LadderLayout::stretch(const Flight& flight) const
{
    const float top = to_frame(scale_.y_of_departure(flight.sent_moment, flight.nth));
    if (flight.end_moment != none) return {top, std::max(y_of_moment(flight.end_moment), top)};
    if (flight.fate == Fate::lost) return {top, top + scale_.y_at(flight.end) - scale_.y_at(flight.sent)};
    return {top, top + 1.1F * std::max(scale_.row(), view_.text)}; // nobody knows yet where it ends
}

/// All of a segment's way, whether it is seen or not.
std::vector<Point> LadderLayout::path(const Flight& flight, const Stretch& stretch)
{
    const LadderLifeline& from = *lifeline(flight.from);
    const LadderLifeline* to = lifeline(flight.to);
    const auto [top, bottom] = stretch;
    const float part = flight.end_moment != none ? 1 : 0.5F;
    if (to == &from) {
        std::vector<Point> line = loop(flight, from, top, part < 1 ? top + 2 * (bottom - top) : bottom);
        if (part < 1) { // it ends at the far side
            line.pop_back();
            line.back().y = (line[0].y + line.back().y) / 2 + (bottom - top) / 4;
        }
        return line;
    }
    // Where nobody has the address, it leaves to where there is room.
    float end = 0;
    bool right = true;
    if (to != nullptr) {
        right = from.x < to->x;
        end = right ? to->left : to->right;
    } else {
        const std::size_t i = position(from);
        right = i + 1 < hosts_.size() || hosts_.size() == 1;
        if (hosts_.size() == 1)
            end = view_.frame.right;
        else
            end = right ? picture_.lifelines[i + 1].left : picture_.lifelines[i - 1].right;
    }
    const Point start{right ? from.right : from.left, top};
    const Point far{start.x + (end - start.x) * part, bottom};
    return {flight.sent_by_host ? start : between(start, far, of_the_way), far};
}

/// Of a host that talks to itself: out to the side, down and back.
std::vector<Point> LadderLayout::loop(const Flight& flight, const LadderLifeline& host, float top, float bottom)
{
    std::size_t depth = 0;
    while (depth < loops_.size() && loops_[depth] > top) ++depth;
    if (depth == loops_.size()) loops_.push_back(0);
    loops_[depth] = bottom;
    const bool right = host.labels_left || position(host) + 1 < hosts_.size();
    const float room = right ? view_.frame.right - host.right : host.left - view_.frame.left;
    const float wanted = view_.text * (3 + 1.2F * static_cast<float>(depth));
    const float out = std::min(wanted, room * 0.45F);
    const float edge = right ? host.right : host.left;
    const float far = right ? edge + out : edge - out;
    const float fall = std::min((bottom - top) / 3, view_.text * 0.7F);
    const float start = flight.sent_by_host ? edge : edge + (far - edge) * 0.5F;
    return {{start, top}, {far, top + fall}, {far, bottom - fall}, {edge, bottom}};
}

void LadderLayout::label_arrows()
{
    if (picture_.arrows.size() > most_labelled) return;
    for (LadderArrow& arrow : picture_.arrows) {
        const SentSegment& segment = history_.segments()[arrow.segment];
        const std::string name = history_.name(segment);
        const float name_width = measure_.width(name, view_.text);
        const float gap = view_.text * 0.6F;
        const std::vector<std::string> texts = segment_texts(segment.segment);
        // To be clear of other arrows is worth some words, but not all of them.
        for (const bool may_cross : {false, true}) {
            for (const std::string& text : texts) {
                if (text.empty() && !may_cross) break;
                Label written = label(text, view_.text);
                written.name = name;
                written.name_width = name_width + (text.empty() ? 0 : gap);
                written.width += written.name_width;
                const bool turns = arrow.line.size() > 2 || arrow.line[0].x == arrow.line[1].x;
                if (turns ? label_beside(arrow, written) : label_along(arrow, written, may_cross)) {
                    arrow.label = std::move(written);
                    break;
                }
            }
            if (arrow.label) break;
        }
    }
}

/// Above the line and turned with it: near the sender, else further on.
bool LadderLayout::label_along(LadderArrow& arrow, Label& label, bool may_cross)
{
    const Point from = arrow.line.front();
    const Point to = arrow.line.back();
    const float whole = length(from, to);
    const float margin = view_.text * 0.7F; // to the bands and the head
    const float spare = whole - 2 * margin - label.width;
    if (spare < 0) return false;
    const bool right = from.x < to.x;
    const float angle = right ? std::atan2(to.y - from.y, to.x - from.x) : std::atan2(from.y - to.y, from.x - to.x);
    const Point above{std::sin(angle), -std::cos(angle)};
    const float lift = (text_below + 0.08F) * view_.text + 1.5F;
    for (const float part : {0.20F, 0.30F, 0.10F, 0.40F, 0.50F, 0.62F, 0.0F, 0.75F, 0.88F, 1.0F}) {
        const float near_end = margin + part * spare;
        const float left_end = right ? near_end : whole - near_end - label.width;
        const Point on_line = between(right ? from : to, right ? to : from, left_end / whole);
        place(label, {on_line.x + above.x * lift, on_line.y + above.y * lift}, angle);
        const TurnedBox box = turned_box(label);
        if (!space_.is_free(box) || (!may_cross && !space_.is_clear(box, arrow.segment))) continue;
        space_.take(box);
        return true;
    }
    return false;
}

/// Beside the far side of a loop.
bool LadderLayout::label_beside(LadderArrow& arrow, Label& label)
{
    const bool right = arrow.line[1].x >= arrow.line[0].x;
    const float x = arrow.line[1].x + (right ? 1 : -1) * view_.text * 0.5F;
    const float top = arrow.line[1].y;
    const float bottom = arrow.line.size() > 2 ? arrow.line[2].y : top;
    for (const float part : {0.5F, 0.2F, 0.8F, 0.0F, 1.0F})
        if (put(label, x, !right, top + (bottom - top) * part)) return true;
    return false;
}

} // namespace tcpsm::viz
