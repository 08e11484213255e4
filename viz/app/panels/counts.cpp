// Over the list of connections: how many stand in each state, over time.

#include <algorithm>

#include "app/panels/panels.hpp"
#include "app/widgets.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

constexpr float plot_height = 64;

Point moved(Point p, Point origin)
{
    return {p.x + origin.x, p.y + origin.y};
}

/// One upon the other, in the order of the states, between a row and the next.
void draw_areas(const View& view, const CountsPlot& plot, Point origin)
{
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (std::size_t i = 0; i < plot.rows.size(); ++i) {
        const CountsRow& row = plot.rows[i];
        const float left = plot.x(row.time);
        const float right = i + 1 < plot.rows.size() ? plot.x(plot.rows[i + 1].time) : plot.box.right;
        for (const State state : all_states()) {
            if (row.counts[static_cast<std::size_t>(state)] == 0) continue;
            const Point top{left, plot.y(height_of(row.counts, state, true))};
            const Point bottom{std::max(right, left + 1), plot.y(height_of(row.counts, state, false))};
            list.AddRectFilled(to_im(moved(top, origin)), to_im(moved(bottom, origin)), view.theme.state(state).fill);
        }
    }
}

void draw_marks(const View& view, const CountsPlot& plot, Point origin)
{
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto upright = [&](Time time, ImU32 colour, float width) {
        const float x = std::clamp(plot.x(time), plot.box.left, plot.box.right);
        list.AddLine(to_im(moved({x, plot.box.top}, origin)), to_im(moved({x, plot.box.bottom}, origin)), colour,
                     width);
    };
    list.AddLine(to_im(moved({plot.box.left, plot.box.bottom}, origin)),
                 to_im(moved({plot.box.right, plot.box.bottom}, origin)), view.theme.line);
    for (const FirstShortage& shortage : plot.shortages)
        upright(shortage.time, view.theme.lost, view.px(view.theme.line_width));
    upright(view.session.current().shown(), view.theme.now_line, view.px(view.theme.line_width));
}

void draw_plot(const View& view, const CountsPlot& plot)
{
    const HostInfo& host = view.session.current().history().hosts()[plot.host];
    text_line(view, fmt::format("{}: {}", host.name, view.text(Phrase::svg_counts_most, plot.most)), view.fonts.small,
              view.host_colour(plot.host), Origin::users);
    const Point origin = from_im(ImGui::GetCursorScreenPos());
    draw_areas(view, plot, origin);
    draw_marks(view, plot, origin);
    ImGui::Dummy({plot.box.width(), plot.box.height()});
    view.widgets.add("counts." + host.name,
                     {origin.x, origin.y, origin.x + plot.box.right, origin.y + plot.box.bottom});
    for (const FirstShortage& shortage : plot.shortages) {
        text_line(view, view.text(phrase_of(shortage.what), to_string(shortage.time)), view.fonts.small,
                  view.theme.lost, Origin::users);
    }
}

} // namespace

void draw_counts(const View& view)
{
    constexpr std::uint32_t few = 3; // are seen in the list at a glance
    const Box box{0, 0, ImGui::GetContentRegionAvail().x, view.px(plot_height)};
    const std::vector<CountsPlot>& plots = view.counts_plots.of(view.session.current(), box);
    if (std::none_of(plots.begin(), plots.end(), [](const CountsPlot& plot) { return plot.most > few; })) return;
    for (const CountsPlot& plot : plots) draw_plot(view, plot);
}

} // namespace tcpsm::viz
