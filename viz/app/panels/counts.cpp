// Over the list of connections: how many stand in each state, over time.

#include <algorithm>

#include "app/panels/counts_drawing.hpp"
#include "app/panels/panels.hpp"
#include "app/widgets.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

constexpr float plot_height = 64;

void draw_marks(const View& view, const CountsPlot& plot, Point origin)
{
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float bottom = origin.y + plot.box.bottom;
    list.AddLine({origin.x + plot.box.left, bottom}, {origin.x + plot.box.right, bottom}, view.theme.line);
    const float width = view.px(view.theme.line_width);
    for (const FirstShortage& shortage : plot.shortages)
        draw_upright(plot, origin, shortage.time, view.theme.lost, width);
    draw_upright(plot, origin, view.session.current().shown(), view.theme.now_line, width);
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
    for (const FirstShortage& shortage : plot.shortages)
        text_line(view, view.text(phrase_of(shortage.what), to_string(shortage.time)), view.fonts.small,
                  view.theme.lost, Origin::users);
}

} // namespace

void draw_counts(const View& view)
{
    constexpr std::uint32_t few = 3; // are seen in the list at a glance
    const float width = ImGui::GetContentRegionAvail().x;
    std::vector<CountsPlot>& plots = view.counts_plots.of(view.session.current(), nullptr, width);
    if (std::none_of(plots.begin(), plots.end(), [](const CountsPlot& plot) { return plot.most > few; })) return;
    for (CountsPlot& plot : plots) {
        plot.box.bottom = view.px(plot_height);
        draw_plot(view, plot);
    }
}

} // namespace tcpsm::viz
