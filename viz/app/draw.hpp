#pragma once
// Shapes that Dear ImGui's draw list does not have.

#include <span>
#include <vector>

#include <imgui.h>

#include "diagram/geometry.hpp"
#include "diagram/ladder.hpp"

namespace tcpsm::viz {

struct Stroke {
    ImU32 colour = 0;
    float width = 1;
    bool dashed = false;
};

void draw_line(ImDrawList& list, std::span<const Point> line, const Stroke& stroke);
/// An arrow's head whose tip is the line's end.
void draw_head(ImDrawList& list, std::span<const Point> line, ImU32 colour, float length);
void draw_cross(ImDrawList& list, Point centre, const Stroke& stroke, float size);
/// The mark of a stretch that is folded: a zigzag from left to right.
void draw_fold(ImDrawList& list, Point left, float length, float height, const Stroke& stroke);

/// Where a line that goes down passes the height y; its end where it does not reach it.
[[nodiscard]] Point point_at(std::span<const Point> line, float y);
/// The part of a line that goes down which lies above the height y.
[[nodiscard]] std::vector<Point> above(std::span<const Point> line, float y);

} // namespace tcpsm::viz
