#include "export/svg.hpp"

#include <algorithm>

#include "diagram/ladder.hpp"
#include "export/svg_page.hpp"
#include "export/svg_parts.hpp"
#include "export/svg_style.hpp"
#include "export/svg_text.hpp"

namespace tcpsm::viz {
namespace {

constexpr float narrow = 480; // pixels; below, the text is smaller
constexpr float states_height = 360;

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
    const float width = std::max(options.width, svg_least_width);
    const SvgHeading head = svg_heading(options, width);
    const float top = head.bottom + 46;
    const float text = width < narrow ? 10.5F : 13;
    const float row = text * 1.4F;
    const TimeScale scale(story, {.mode = options.mode, .row = row, .height = 640});
    LadderView view;
    view.scroll = -1.8F * row;
    view.frame = {svg_margin, top, width - svg_margin, top + scale.height() - view.scroll + 4};
    view.text = text;
    view.language = options.language;
    const LadderPicture picture = lay_out_ladder(history, story, scale, view, SvgTextMeasure());

    const SvgLadder ladder{history, story, picture, view};
    std::string body = head.svg + hosts(picture, head.bottom + 4, width) + svg_ladder(ladder);
    float height = view.frame.bottom + svg_margin;
    if (options.states && !history.hosts().empty()) {
        body += svg_states(history, {svg_margin, height, width - svg_margin, height + states_height});
        height += states_height + svg_margin;
    }
    return svg_page(options, {width, height}, {Phrase::svg_ladder, Phrase::svg_reading}, body);
}

} // namespace tcpsm::viz
