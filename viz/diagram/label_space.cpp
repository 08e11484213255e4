#include "diagram/label_space.hpp"

#include <algorithm>
#include <cmath>

namespace tcpsm::viz {
namespace {

constexpr float row_height = 24;
constexpr float apart = 2; // pixels between two labels, and between a label and a line

struct Range {
    float least, greatest;
};

template <std::size_t Count>
Range along(Point axis, const std::array<Point, Count>& points)
{
    Range range{points[0].x * axis.x + points[0].y * axis.y, 0};
    range.greatest = range.least;
    for (std::size_t i = 1; i < Count; ++i) {
        const float at = points[i].x * axis.x + points[i].y * axis.y;
        range.least = std::min(range.least, at);
        range.greatest = std::max(range.greatest, at);
    }
    return range;
}

Point direction(Point a, Point b)
{
    const float length = std::max(std::hypot(b.x - a.x, b.y - a.y), 1e-6F);
    return {(b.x - a.x) / length, (b.y - a.y) / length};
}

/// Two convex shapes are apart where some axis shows them apart; the sides' own directions are enough.
template <std::size_t CountA, std::size_t CountB>
bool apart_along(Point axis, const std::array<Point, CountA>& a, const std::array<Point, CountB>& b, float margin)
{
    const Range of_a = along(axis, a);
    const Range of_b = along(axis, b);
    return of_a.greatest + margin <= of_b.least || of_b.greatest + margin <= of_a.least;
}

bool overlap(const TurnedBox& a, const TurnedBox& b, float margin)
{
    const Box& p = a.box;
    const Box& q = b.box;
    if (p.right + margin <= q.left || q.right + margin <= p.left || p.bottom + margin <= q.top ||
        q.bottom + margin <= p.top)
        return false;
    for (const TurnedBox* box : {&a, &b})
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}})
            if (apart_along(direction(box->corners[side], box->corners[side + 1]), a.corners, b.corners, margin))
                return false;
    return true;
}

bool crosses(const TurnedBox& box, Point a, Point b)
{
    const std::array<Point, 2> line{a, b};
    const Point along_line = direction(a, b);
    for (const Point axis : {direction(box.corners[0], box.corners[1]), direction(box.corners[1], box.corners[2]),
                             Point{-along_line.y, along_line.x}, along_line})
        if (apart_along(axis, box.corners, line, 1)) return false;
    return true;
}

} // namespace

TurnedBox turned_box(Point at, float angle, float width, float size)
{
    const Point right{std::cos(angle), std::sin(angle)};
    const Point down{-right.y, right.x};
    const auto corner = [&](float x, float y) {
        return Point{at.x + right.x * x + down.x * y, at.y + right.y * x + down.y * y};
    };
    TurnedBox turned{{corner(0, -text_above * size), corner(width, -text_above * size),
                      corner(width, text_below * size), corner(0, text_below * size)},
                     {}};
    const Range x = along({1, 0}, turned.corners);
    const Range y = along({0, 1}, turned.corners);
    turned.box = {x.least, y.least, x.greatest, y.greatest};
    return turned;
}

TurnedBox turned_box(const Label& label)
{
    return turned_box(label.at, label.angle, label.width, label.size);
}

bool overlap(const TurnedBox& a, const TurnedBox& b)
{
    return overlap(a, b, 0);
}

void place(Label& label, Point at, float angle)
{
    label.at = at;
    label.angle = angle;
    label.box = turned_box(label).box;
}

LabelSpace::LabelSpace(const Box& frame) : frame_(frame)
{
    // What is higher than any screen has one row for all that is below.
    const float height = std::clamp(frame.height(), 0.0F, 20000.0F);
    rows_.resize(static_cast<std::size_t>(height / row_height) + 1);
}

std::size_t LabelSpace::row(float y) const
{
    const float index = std::clamp((y - frame_.top) / row_height, 0.0F, static_cast<float>(rows_.size() - 1));
    return static_cast<std::size_t>(index);
}

bool LabelSpace::is_free(const TurnedBox& place) const
{
    const Box& box = place.box;
    const bool inside =
        box.left >= frame_.left && box.right <= frame_.right && box.top >= frame_.top && box.bottom <= frame_.bottom;
    if (!inside) return false;
    for (const Wall& wall : walls_)
        if (box.left < wall.right && wall.left < box.right) return false;
    for (std::size_t r = row(box.top - apart); r <= row(box.bottom + apart); ++r)
        for (const std::uint32_t label : rows_[r].labels)
            if (overlap(place, labels_[label], apart)) return false;
    return true;
}

bool LabelSpace::is_clear(const TurnedBox& place, std::uint32_t owner) const
{
    for (std::size_t r = row(place.box.top - apart); r <= row(place.box.bottom + apart); ++r)
        for (const std::uint32_t index : rows_[r].lines) {
            const Line& line = lines_[index];
            if ((owner == nobody || line.owner != owner) && crosses(place, line.a, line.b)) return false;
        }
    return true;
}

void LabelSpace::take(const TurnedBox& place)
{
    const auto index = static_cast<std::uint32_t>(labels_.size());
    labels_.push_back(place);
    for (std::size_t r = row(place.box.top); r <= row(place.box.bottom); ++r) rows_[r].labels.push_back(index);
}

void LabelSpace::add_line(Point a, Point b, std::uint32_t owner)
{
    const auto index = static_cast<std::uint32_t>(lines_.size());
    lines_.push_back({a, b, owner});
    for (std::size_t r = row(std::min(a.y, b.y)); r <= row(std::max(a.y, b.y)); ++r) rows_[r].lines.push_back(index);
}

} // namespace tcpsm::viz
