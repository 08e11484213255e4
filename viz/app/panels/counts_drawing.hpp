#pragma once
// What a small plot of connections over time and a large one have in common.

#include <string>

#include "app/view.hpp"

namespace tcpsm::viz {

/// The areas of all states, one upon the other. `origin` is where the plot's own (0, 0) stands.
void draw_areas(const View& view, const CountsPlot& plot, Point origin);
/// An upright line over the plot's whole height.
void draw_upright(const CountsPlot& plot, Point origin, Time time, ImU32 colour, float width);
/// "28,232"
[[nodiscard]] std::string in_thousands(std::uint64_t count);

} // namespace tcpsm::viz
