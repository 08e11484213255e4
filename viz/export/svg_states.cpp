// The state diagrams under a ladder.

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "diagram/state_diagram.hpp"
#include "export/svg_parts.hpp"
#include "export/svg_style.hpp"
#include "export/svg_text.hpp"

namespace tcpsm::viz {
namespace {

constexpr float heading = 24;
constexpr float state_text_size = 11;
constexpr std::size_t most = 4; // hosts; more would not be legible beside each other

using Way = std::pair<State, State>;

std::set<Way> ways_of(const History& history, HostId host)
{
    std::set<Way> ways;
    for (std::size_t i = 0; i < history.records().size(); ++i) {
        const Record& record = history.records()[i];
        if (record.kind == RecordKind::state && record.host == host) ways.emplace(record.from, record.to);
    }
    return ways;
}

std::string svg_path(const std::vector<Point>& points, std::string_view look)
{
    std::string all;
    for (const Point p : points) all += fmt::format("{}{},{}", all.empty() ? "" : " ", number(p.x), number(p.y));
    return fmt::format("<polyline class=\"{}\" points=\"{}\"/>\n", look, all);
}

std::string head(const std::vector<Point>& points)
{
    const Point tip = points.back();
    const Point before = points[points.size() - 2];
    const float length = std::max(std::hypot(tip.x - before.x, tip.y - before.y), 1e-3F);
    const Point along{(tip.x - before.x) / length, (tip.y - before.y) / length};
    const auto corner = [&](float back, float aside) {
        return number(tip.x - along.x * back - along.y * aside) + "," +
               number(tip.y - along.y * back + along.x * aside);
    };
    return fmt::format("<polygon class=\"filled\" points=\"{} {} {}\"/>\n", corner(0, 0), corner(7, 3), corner(7, -3));
}

std::string diagram(const History& history, HostId host, const Box& frame)
{
    const SvgTextMeasure measure;
    const StateDiagram states = lay_out_states(frame, state_text_size, measure);
    const std::set<Way> ways = ways_of(history, host);
    std::string faint;
    std::string strong;
    for (const StateEdge& edge : states.edges) {
        const bool went = ways.contains({edge.from, edge.to});
        if (went)
            strong += svg_path(edge.line, "way") + head(edge.line);
        else
            faint += svg_path(edge.line, edge.in_figure_5 ? "edge" : "edge rare");
    }
    std::string svg = faint + strong;
    for (const StateBox& box : states.boxes) {
        const bool been = std::any_of(ways.begin(), ways.end(), [&](const Way& way) {
            return way.first == box.state || way.second == box.state;
        });
        svg += fmt::format("<rect class=\"box {}{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/>\n",
                           been ? state_class(box.state) : "paper", been ? " been" : "", number(box.box.left),
                           number(box.box.top), number(box.box.width()), number(box.box.height()));
        const std::string_view text = name(box.state);
        const Point at{box.box.centre().x - measure.width(text, states.text) / 2,
                       box.box.centre().y + 0.36F * states.text};
        svg += svg_line(text, at, states.text, Weight::regular, been ? "ink" : "name");
    }
    return svg;
}

} // namespace

std::string svg_states(const History& history, const Box& frame)
{
    const std::size_t count = std::min(history.hosts().size(), most);
    const float width = frame.width() / static_cast<float>(count);
    std::string svg;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string& host = history.hosts()[i].name;
        const float left = frame.left + width * static_cast<float>(i);
        const float wide = SvgTextMeasure().width(host, 15, Weight::bold);
        svg += fmt::format("<g class=\"{}\">\n", host_class(i));
        svg += svg_line(host, {left + (width - wide) / 2, frame.top + 16}, 15, Weight::bold, "host " + host_class(i));
        svg +=
            diagram(history, static_cast<HostId>(i), {left + 4, frame.top + heading, left + width - 4, frame.bottom});
        svg += "</g>\n";
    }
    return svg;
}

} // namespace tcpsm::viz
