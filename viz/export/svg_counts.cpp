#include "export/svg_counts.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "export/svg_page.hpp"
#include "export/svg_parts.hpp"
#include "export/svg_style.hpp"
#include "export/svg_text.hpp"
#include "tcpsm/trace/counts.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

constexpr float text_size = 11;
constexpr float plot_height = 150;
constexpr float axis_width = 48;  // left of a plot, for the numbers
constexpr float below_plot = 34;  // for the times
constexpr float mark_height = 15; // above it, for each mark

/// The step of an axis: 1, 2 or 5 and zeros, so that at most `most` of them reach `end`.
std::int64_t step_of(std::int64_t end, std::int64_t most)
{
    std::int64_t step = 1;
    while (end / step > most) {
        if (end / (2 * step) <= most) return 2 * step;
        if (end / (5 * step) <= most) return 5 * step;
        step *= 10;
    }
    return step;
}

/// A host's part of the picture.
struct Panel {
    HostId host = no_host;
    std::vector<CountsRow> rows;
    std::vector<FirstShortage> shortages;
    std::uint32_t most = 0; ///< connections at once
    Box plot;
    std::int64_t end = 1; ///< of the axis of times, in nanoseconds

    [[nodiscard]] float x(Time time) const
    {
        const auto at = static_cast<double>(time.time_since_epoch().count());
        return plot.left + plot.width() * static_cast<float>(at / static_cast<double>(end));
    }
    [[nodiscard]] float y(std::uint32_t count) const
    {
        return plot.bottom - plot.height() * static_cast<float>(count) / static_cast<float>(std::max(most, 1U));
    }
};

std::vector<Panel> panels_of(const History& history)
{
    std::vector<Panel> all(history.hosts().size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i].host = static_cast<HostId>(i);
    for (const CountsRow& row : counts_over_time(history)) {
        all[row.host].rows.push_back(row);
        all[row.host].most = std::max(all[row.host].most, total(row.counts));
    }
    for (const FirstShortage& shortage : first_shortages(history)) all[shortage.host].shortages.push_back(shortage);
    std::erase_if(all, [](const Panel& panel) { return panel.rows.empty() && panel.shortages.empty(); });
    const Time last = history.records().empty() ? Time{} : history.records().back().time;
    for (Panel& panel : all) panel.end = std::max<std::int64_t>(last.time_since_epoch().count(), 1);
    return all;
}

/// Of the rows that fall on one pixel, the highest and the last.
void thin_out(Panel& panel)
{
    std::vector<CountsRow> kept;
    std::size_t first = 0; // of those in `kept` on the pixel
    for (const CountsRow& row : panel.rows) {
        const bool same_pixel =
            first < kept.size() && std::floor(panel.x(row.time)) == std::floor(panel.x(kept[first].time));
        if (!same_pixel) first = kept.size();
        if (kept.size() == first + 2) {
            if (total(kept.back().counts) > total(kept[first].counts)) kept[first] = kept.back();
            kept.pop_back();
        }
        kept.push_back(row);
    }
    panel.rows = std::move(kept);
}

std::string line(Point a, Point b, std::string_view look)
{
    return fmt::format("<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n", look, number(a.x), number(a.y),
                       number(b.x), number(b.y));
}

std::string axes(const Panel& panel)
{
    const SvgTextMeasure measure;
    std::string svg;
    const std::int64_t count_step = step_of(panel.most, 4);
    for (std::int64_t count = 0; count <= panel.most; count += count_step) {
        const std::string text = std::to_string(count);
        const float y = panel.y(static_cast<std::uint32_t>(count));
        svg += line({panel.plot.left, y}, {panel.plot.right, y}, "guide");
        svg += svg_line(text, {panel.plot.left - 6 - measure.width(text, text_size), y + text_size * 0.36F}, text_size,
                        Weight::regular, "tick");
    }
    const std::int64_t time_step =
        step_of(panel.end, std::max(static_cast<std::int64_t>(panel.plot.width() / 90), std::int64_t{1}));
    for (std::int64_t at = 0; at <= panel.end; at += time_step) {
        const Time time{Duration(at)};
        const std::string text = to_string(time);
        const float wide = measure.width(text, text_size);
        svg += line({panel.x(time), panel.plot.top}, {panel.x(time), panel.plot.bottom + 4}, "guide");
        const float left = std::min(panel.x(time) - wide / 2, panel.plot.right - wide);
        svg += svg_line(text, {left, panel.plot.bottom + 16}, text_size, Weight::regular, "tick");
    }
    return svg;
}

/// How many stand in a state and in those before it, the state left out or not.
std::uint32_t height_of(const StateCounts& counts, State state, bool with)
{
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(state) + (with ? 1 : 0); ++i) sum += counts[i];
    return sum;
}

/// The line above a state, or below it: where it changes, and to what.
std::vector<Point> edge(const Panel& panel, State state, bool above)
{
    std::vector<Point> steps;
    for (const CountsRow& row : panel.rows) {
        const float y = panel.y(height_of(row.counts, state, above));
        if (steps.empty() || steps.back().y != y) steps.push_back({panel.x(row.time), y});
    }
    return steps;
}

std::string area(const Panel& panel, State state)
{
    std::uint32_t most = 0;
    for (const CountsRow& row : panel.rows) most = std::max(most, row.counts[static_cast<std::size_t>(state)]);
    if (most == 0) return {};
    const std::vector<Point> above = edge(panel, state, true);
    std::vector<Point> below = edge(panel, state, false);
    std::reverse(below.begin(), below.end());
    std::string path = fmt::format("M{} {}", number(above.front().x), number(above.front().y));
    for (const Point& step : above) path += fmt::format("H{}V{}", number(step.x), number(step.y));
    path += fmt::format("H{}", number(panel.plot.right));
    for (const Point& step : below) path += fmt::format("V{}H{}", number(step.y), number(step.x));
    return fmt::format("<g><title>{}: {}</title>\n<path class=\"{}\" d=\"{}Z\"/></g>\n", name(state), most,
                       state_class(state), path);
}

std::string marks(const Panel& panel, Language language)
{
    const SvgTextMeasure measure;
    std::string svg;
    float y = panel.plot.top - mark_height * static_cast<float>(panel.shortages.size()) + 6;
    for (const FirstShortage& shortage : panel.shortages) {
        const bool ports = shortage.what == Shortage::ports;
        const std::string text =
            say(language, ports ? Phrase::svg_counts_no_port : Phrase::svg_counts_queue_full, to_string(shortage.time));
        const float x = panel.x(shortage.time);
        const float wide = measure.width(text, text_size, Weight::bold);
        const bool fits = x + 6 + wide <= panel.plot.right || x - 6 - wide >= svg_margin; // else it stands on its line
        const float beside = x + 6 + wide <= panel.plot.right ? x + 6 : x - 6 - wide;
        const float left = std::max(beside, svg_margin);
        svg += fmt::format("<path class=\"cross\" d=\"M{} {}V{}\"/>\n", number(x), number(fits ? y - 6 : y + 5),
                           number(panel.plot.bottom));
        svg += svg_line(text, {left, y}, text_size, Weight::bold, "told");
        y += mark_height;
    }
    return svg;
}

/// Lays a panel out below `top`, draws it, and moves `top` below it.
std::string draw(const History& history, Panel& panel, float& top, const SvgOptions& options, float width)
{
    const SvgTextMeasure measure;
    const HostInfo& host = history.hosts()[panel.host];
    const float baseline = top + 16;
    panel.plot.left = svg_margin + axis_width;
    panel.plot.right = width - svg_margin;
    panel.plot.top = baseline + 10 + mark_height * static_cast<float>(panel.shortages.size());
    panel.plot.bottom = panel.plot.top + plot_height;
    top = panel.plot.bottom + below_plot;
    thin_out(panel);

    const float after = svg_margin + measure.width(host.name, 15, Weight::bold) + 10;
    std::string svg = svg_line(host.name, {svg_margin, baseline}, 15, Weight::bold, "host " + host_class(panel.host));
    svg += svg_line(to_string(host.address) + ", " + say(options.language, Phrase::svg_counts_most, panel.most),
                    {after, baseline}, text_size, Weight::regular, "name");
    svg += axes(panel);
    for (const State state : all_states()) svg += area(panel, state);
    return svg + marks(panel, options.language);
}

/// The states that occur, with their colours, in lines below `top`, which moves below them.
std::string legend(const std::vector<Panel>& panels, float& top, float width)
{
    constexpr float swatch = 12;
    const SvgTextMeasure measure;
    StateCounts seen{};
    for (const Panel& panel : panels)
        for (const CountsRow& row : panel.rows)
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
    const float width = std::max(options.width, svg_least_width);
    const SvgHeading head = svg_heading(options, width);
    std::vector<Panel> panels = panels_of(history);
    float top = head.bottom;
    std::string body = head.svg + legend(panels, top, width);
    for (Panel& panel : panels) body += draw(history, panel, top, options, width);
    return svg_page(options, {width, top + svg_margin}, {Phrase::svg_counts, Phrase::svg_counts_reading}, body);
}

} // namespace tcpsm::viz
