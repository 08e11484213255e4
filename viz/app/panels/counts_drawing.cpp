#include "app/panels/counts_drawing.hpp"

#include <algorithm>

namespace tcpsm::viz {
namespace {

/// One rectangle for as long as its edges stay where they are.
void draw_area(ImDrawList& list, const CountsPlot& plot, Point origin, State state, ImU32 colour)
{
    const auto edges = [&](std::size_t i) {
        const StateCounts& counts = plot.rows[i].counts;
        return std::pair{plot.y(height_of(counts, state, true)), plot.y(height_of(counts, state, false))};
    };
    for (std::size_t i = 0; i < plot.rows.size();) {
        const auto here = edges(i);
        std::size_t next = i + 1;
        while (next < plot.rows.size() && edges(next) == here) ++next;
        const auto [top, bottom] = here;
        const float left = plot.x(plot.rows[i].time);
        const float right = next < plot.rows.size() ? plot.x(plot.rows[next].time) : plot.box.right;
        if (top < bottom)
            list.AddRectFilled({origin.x + left, origin.y + top},
                               {origin.x + std::max(right, left + 1), origin.y + bottom}, colour);
        i = next;
    }
}

} // namespace

void draw_areas(const View& view, const CountsPlot& plot, Point origin)
{
    for (const State state : all_states())
        draw_area(*ImGui::GetWindowDrawList(), plot, origin, state, view.theme.state(state).fill);
}

void draw_upright(const CountsPlot& plot, Point origin, Time time, ImU32 colour, float width)
{
    const float x = origin.x + std::clamp(plot.x(time), plot.box.left, plot.box.right);
    ImGui::GetWindowDrawList()->AddLine({x, origin.y + plot.box.top}, {x, origin.y + plot.box.bottom}, colour, width);
}

std::string in_thousands(std::uint64_t count)
{
    std::string text = std::to_string(count);
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
    return text;
}

} // namespace tcpsm::viz
