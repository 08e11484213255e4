#include "export/svg_counts.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "diagram/counts_plot.hpp"
#include "export/svg_page.hpp"
#include "export/svg_parts.hpp"
#include "export/svg_style.hpp"
#include "export/svg_text.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

constexpr float text_size = 11;
constexpr float plot_height = 150;
constexpr float axis_width = 48;  // left of a plot, for the numbers
constexpr float below_plot = 34;  // for the times
constexpr float mark_height = 15; // above it, for each mark

std::string axes(const CountsPlot& plot)
{
    const SvgTextMeasure measure;
    std::string svg;
    const std::int64_t count_step = axis_step(plot.most, 4);
    for (std::int64_t count = 0; count <= plot.most; count += count_step) {
        const std::string text = std::to_string(count);
        const float y = plot.y(static_cast<std::uint32_t>(count));
        svg += svg_stroke({plot.box.left, y}, {plot.box.right, y}, "guide");
        svg += svg_line(text, {plot.box.left - 6 - measure.width(text, text_size), y + text_size * 0.36F}, text_size,
                        Weight::regular, "tick");
    }
    const std::int64_t time_step =
        axis_step(plot.end, std::max(static_cast<std::int64_t>(plot.box.width() / 90), std::int64_t{1}));
    for (std::int64_t at = 0; at <= plot.end; at += time_step) {
        const Time time{Duration(at)};
        const std::string text = to_string(time);
        const float wide = measure.width(text, text_size);
        svg += svg_stroke({plot.x(time), plot.box.top}, {plot.x(time), plot.box.bottom + 4}, "guide");
        const float left = std::min(plot.x(time) - wide / 2, plot.box.right - wide);
        svg += svg_line(text, {left, plot.box.bottom + 16}, text_size, Weight::regular, "tick");
    }
    return svg;
}

std::string area(const CountsPlot& plot, State state)
{
    std::uint32_t most = 0;
    for (const CountsRow& row : plot.rows) most = std::max(most, row.counts[static_cast<std::size_t>(state)]);
    if (most == 0) return {};
    const std::vector<Point> above = edge(plot, state, true);
    std::vector<Point> below = edge(plot, state, false);
    std::reverse(below.begin(), below.end());
    std::string path = fmt::format("M{} {}", number(above.front().x), number(above.front().y));
    for (const Point& step : above) path += fmt::format("H{}V{}", number(step.x), number(step.y));
    path += fmt::format("H{}", number(plot.box.right));
    for (const Point& step : below) path += fmt::format("V{}H{}", number(step.y), number(step.x));
    return fmt::format("<g><title>{}: {}</title>\n<path class=\"{}\" d=\"{}Z\"/></g>\n", name(state), most,
                       state_class(state), path);
}

std::string marks(const CountsPlot& plot, Language language)
{
    const SvgTextMeasure measure;
    std::string svg;
    float y = plot.box.top - mark_height * static_cast<float>(plot.shortages.size()) + 6;
    for (const FirstShortage& shortage : plot.shortages) {
        const std::string text = say(language, phrase_of(shortage.what), to_string(shortage.time));
        const float x = plot.x(shortage.time);
        const float wide = measure.width(text, text_size, Weight::bold);
        const bool fits = x + 6 + wide <= plot.box.right || x - 6 - wide >= svg_margin; // else it stands on its line
        const float beside = x + 6 + wide <= plot.box.right ? x + 6 : x - 6 - wide;
        const float left = std::max(beside, svg_margin);
        svg += fmt::format("<path class=\"cross\" d=\"M{} {}V{}\"/>\n", number(x), number(fits ? y - 6 : y + 5),
                           number(plot.box.bottom));
        svg += svg_line(text, {left, y}, text_size, Weight::bold, "told");
        y += mark_height;
    }
    return svg;
}

/// Lays a plot out below `top`, draws it, and moves `top` below it.
std::string draw(const HostInfo& host, CountsPlot& plot, float& top, const SvgOptions& options, float width)
{
    const SvgTextMeasure measure;
    const float baseline = top + 16;
    plot.box.left = svg_margin + axis_width;
    plot.box.right = width - svg_margin;
    plot.box.top = baseline + 10 + mark_height * static_cast<float>(plot.shortages.size());
    plot.box.bottom = plot.box.top + plot_height;
    top = plot.box.bottom + below_plot;
    plot.thin_out();

    const float after = svg_margin + measure.width(host.name, 15, Weight::bold) + 10;
    std::string svg = svg_line(host.name, {svg_margin, baseline}, 15, Weight::bold, "host " + host_class(plot.host));
    svg += svg_line(to_string(host.address) + ", " + say(options.language, Phrase::svg_counts_most, plot.most),
                    {after, baseline}, text_size, Weight::regular, "name");
    svg += axes(plot);
    for (const State state : all_states()) svg += area(plot, state);
    return svg + marks(plot, options.language);
}

/// The states that occur, with their colours, in lines below `top`, which moves below them.
std::string legend(const std::vector<CountsPlot>& plots, float& top, float width)
{
    constexpr float swatch = 12;
    const SvgTextMeasure measure;
    StateCounts seen{};
    for (const CountsPlot& plot : plots)
        for (const CountsRow& row : plot.rows)
            for (std::size_t i = 0; i < seen.size(); ++i) seen[i] |= row.counts[i];
    std::string svg;
    float x = svg_margin;
    top += 20;
    for (const State state : all_states()) {
        if (seen[static_cast<std::size_t>(state)] == 0) continue;
        const float wide = swatch + 5 + measure.width(name(state), text_size);
        if (x > svg_margin && x + wide > width - svg_margin) {
            x = svg_margin;
            top += 18;
        }
        svg += fmt::format("<rect class=\"band {}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
                           state_class(state), number(x), number(top - 10), number(swatch), number(swatch));
        svg += svg_line(name(state), {x + swatch + 5, top}, text_size, Weight::regular, "ink");
        x += wide + 16;
    }
    top += 14;
    return svg;
}

} // namespace

std::string counts_svg(const History& history, const SvgOptions& options)
{
    return counts_svg(history.hosts(), counts_plots(history), options);
}

std::string counts_svg(const std::vector<HostInfo>& hosts, std::vector<CountsPlot> plots, const SvgOptions& options)
{
    const float width = std::max(options.width, svg_least_width);
    const SvgHeading head = svg_heading(options, width);
    float top = head.bottom;
    std::string body = head.svg + legend(plots, top, width);
    for (CountsPlot& plot : plots) body += draw(hosts[plot.host], plot, top, options, width);
    return svg_page(options, {width, top + svg_margin}, {Phrase::svg_counts, Phrase::svg_counts_reading}, body);
}

} // namespace tcpsm::viz
