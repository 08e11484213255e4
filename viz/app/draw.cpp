#include "app/draw.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tcpsm::viz {
namespace {

ImVec2 im(Point p)
{
    return {p.x, p.y};
}

float distance(Point a, Point b)
{
    return std::hypot(b.x - a.x, b.y - a.y);
}

Point between(Point a, Point b, float part)
{
    return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
}

/// Dashes go on over the corners of a line.
void draw_dashed(ImDrawList& list, std::span<const Point> line, const Stroke& stroke)
{
    const float dash = 5 * stroke.width;
    const float gap = 3.5F * stroke.width;
    float at = 0; // in the rhythm of dash and gap
    for (std::size_t i = 1; i < line.size(); ++i) {
        const float length = distance(line[i - 1], line[i]);
        for (float along = 0; along < length;) {
            const bool on = at < dash;
            const float rest = std::min((on ? dash : dash + gap) - at, length - along);
            if (on)
                list.AddLine(im(between(line[i - 1], line[i], along / length)),
                             im(between(line[i - 1], line[i], (along + rest) / length)), stroke.colour, stroke.width);
            along += std::max(rest, 0.01F);
            at += rest;
            if (at >= dash + gap - 0.001F) at = 0;
        }
    }
}

} // namespace

void draw_line(ImDrawList& list, std::span<const Point> line, const Stroke& stroke)
{
    if (stroke.dashed) return draw_dashed(list, line, stroke);
    for (std::size_t i = 1; i < line.size(); ++i)
        list.AddLine(im(line[i - 1]), im(line[i]), stroke.colour, stroke.width);
}

void draw_head(ImDrawList& list, std::span<const Point> line, ImU32 colour, float length)
{
    if (line.size() < 2) return;
    const Point tip = line.back();
    const Point from = line[line.size() - 2];
    const float whole = distance(from, tip);
    if (whole < 1) return;
    const Point along{(tip.x - from.x) / whole, (tip.y - from.y) / whole};
    const Point base{tip.x - along.x * length, tip.y - along.y * length};
    const float half = length * 0.38F;
    list.AddTriangleFilled(im(tip), {base.x - along.y * half, base.y + along.x * half},
                           {base.x + along.y * half, base.y - along.x * half}, colour);
}

void draw_cross(ImDrawList& list, Point centre, const Stroke& stroke, float size)
{
    list.AddLine({centre.x - size, centre.y - size}, {centre.x + size, centre.y + size}, stroke.colour, stroke.width);
    list.AddLine({centre.x - size, centre.y + size}, {centre.x + size, centre.y - size}, stroke.colour, stroke.width);
}

void draw_fold(ImDrawList& list, Point left, float length, float height, const Stroke& stroke)
{
    constexpr std::array<float, 7> heights{0, -1, 1, -1, 1, -1, 0};
    const float step = length / static_cast<float>(heights.size() - 1);
    for (std::size_t i = 1; i < heights.size(); ++i) {
        const auto x = [&](std::size_t n) { return left.x + step * static_cast<float>(n); };
        list.AddLine({x(i - 1), left.y + heights[i - 1] * height / 2}, {x(i), left.y + heights[i] * height / 2},
                     stroke.colour, stroke.width);
    }
}

Point point_at(std::span<const Point> line, float y)
{
    for (std::size_t i = 1; i < line.size(); ++i) {
        const float drop = line[i].y - line[i - 1].y;
        if (y <= line[i].y && drop > 0)
            return between(line[i - 1], line[i], std::max(0.0F, (y - line[i - 1].y) / drop));
    }
    return line.empty() ? Point{} : line.back();
}

std::vector<Point> above(std::span<const Point> line, float y)
{
    std::vector<Point> part;
    for (const Point& point : line) {
        if (point.y > y) {
            if (!part.empty()) part.push_back(point_at(line, y));
            break;
        }
        part.push_back(point);
    }
    return part;
}

} // namespace tcpsm::viz
