#include "export/svg.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "diagram/ladder.hpp"
#include "export/svg_parts.hpp"
#include "export/svg_style.hpp"
#include "export/svg_text.hpp"

namespace tcpsm::viz {
namespace {

constexpr float margin = 12;
constexpr float least_width = 200;
constexpr float narrow = 480; // pixels; below, the text is smaller
constexpr float states_height = 360;

struct Heading {
    std::string svg;
    float bottom = 0;
};

/// Breaks a text into lines at its blanks; one without blanks stays in one.
std::vector<std::string> wrapped(std::string_view text, float width, float size, Weight weight)
{
    const SvgTextMeasure measure;
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::string word(text.substr(0, text.find(' ')));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        if (!lines.empty() && measure.width(lines.back() + " " + word, size, weight) <= width)
            lines.back() += " " + word;
        else
            lines.push_back(word);
    }
    return lines;
}

Heading heading(const SvgOptions& options, float width)
{
    Heading heading;
    heading.bottom = margin;
    const auto write = [&](std::string_view text, float size, Weight weight, std::string_view look) {
        for (const std::string& line : wrapped(text, width - 2 * margin, size, weight)) {
            heading.bottom += size * 1.35F;
            heading.svg += svg_line(line, {margin, heading.bottom - size * 0.3F}, size, weight, look);
        }
    };
    write(options.title, 19, Weight::bold, "ink");
    write(options.asks, 14, Weight::regular, "name");
    return heading;
}

/// Names and addresses above the lifelines.
std::string hosts(const LadderPicture& picture, float top, float width)
{
    const SvgTextMeasure measure;
    std::string svg;
    for (const LadderLifeline& line : picture.lifelines) {
        const auto centred = [&](const std::string& text, float size, Weight weight, float y, const std::string& look) {
            const float wide = measure.width(text, size, weight);
            const float left = std::clamp(line.x - wide / 2, 0.0F, std::max(width - wide, 0.0F));
            svg += svg_line(text, {left, y}, size, weight, look);
        };
        centred(line.name, 15, Weight::bold, top + 18, "host " + host_class(line.host));
        centred(line.address, 11, Weight::regular, top + 34, "name");
    }
    return svg;
}

} // namespace

std::string ladder_svg(const History& history, const SvgOptions& options)
{
    Story story;
    story.read(history);
    const float width = std::max(options.width, least_width);
    const Heading head = heading(options, width);
    const float top = head.bottom + 46;
    const float text = width < narrow ? 10.5F : 13;
    const float row = text * 1.4F;
    const TimeScale scale(story, {.mode = options.mode, .row = row, .height = 640});
    LadderView view;
    view.scroll = -1.8F * row;
    view.frame = {margin, top, width - margin, top + scale.height() - view.scroll + 4};
    view.text = text;
    view.language = options.language;
    const LadderPicture picture = lay_out_ladder(history, story, scale, view, SvgTextMeasure());

    const SvgLadder ladder{history, story, picture, view};
    std::string body = head.svg + hosts(picture, head.bottom + 4, width) + svg_ladder(ladder);
    float height = view.frame.bottom + margin;
    if (options.states && !history.hosts().empty()) {
        body += svg_states(history, {margin, height, width - margin, height + states_height});
        height += states_height + margin;
    }
    return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" xml:lang="{2}"
 role="img" aria-labelledby="title about">
<title id="title">{3}</title>
<desc id="about">{4}</desc>
<style>
{5}</style>
<rect class="paper" width="{0}" height="{1}"/>
{6}</svg>
)",
                       number(width), number(std::ceil(height)), code(options.language),
                       escaped(options.title.empty() ? phrase(options.language, Phrase::svg_ladder) : options.title),
                       escaped(options.asks.empty() ? phrase(options.language, Phrase::svg_reading) : options.asks),
                       style_sheet(options.theme), body);
}

} // namespace tcpsm::viz
