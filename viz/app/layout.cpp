#include "app/layout.hpp"

#include <algorithm>
#include <cmath>

namespace tcpsm::viz {
namespace {

// Lengths at scale 1.
constexpr float gap = 10;
constexpr float top_height = 46;
constexpr float footer_height = 24;
constexpr float controls_height = 62; // with one row of buttons less
constexpr float row_height = 34;
constexpr float gallery_width = 232;
constexpr float right_least = 330;
constexpr float right_most = 540;
constexpr float narrow_below = 860;  // width with less than this: one column
constexpr float gallery_from = 1180; // width from which the list of scenarios has a column of its own
constexpr float gallery_beside_two = 1900;

Box below(const Box& box, float top)
{
    return {box.left, std::min(top, box.bottom), box.right, box.bottom};
}

/// The scrubber, and as many rows of buttons as they take.
float height_of_controls(float width, float buttons, float s)
{
    const float room = std::max(width - 26 * s, 60 * s);
    return (controls_height - row_height + row_height * std::max(1.0F, std::ceil(buttons / room)) + 22) * s;
}

void split_ladder(Layout& layout, bool compares, float between)
{
    if (!compares) return;
    const float middle = layout.ladder.centre().x;
    layout.other_ladder = Box{middle + between / 2, layout.ladder.top, layout.ladder.right, layout.ladder.bottom};
    layout.ladder.right = middle - between / 2;
}

/// Why takes what it needs for some sentences, states a little more than the rest.
void split_right(Layout& layout, const Box& right, float s)
{
    const float height = right.height();
    const float why = std::clamp(height * 0.31F, 120 * s, 300 * s);
    const float rest = height - why - 2 * gap * s;
    const float states = std::clamp(rest * 0.5F, 0.0F, 420 * s);
    layout.why = Box{right.left, right.top, right.right, right.top + why};
    layout.states = Box{right.left, layout.why->bottom + gap * s, right.right, layout.why->bottom + gap * s + states};
    layout.details = below(right, layout.states->bottom + gap * s);
}

/// The numbers take what many hosts need, the details the rest.
void split_right_in_numbers(Layout& layout, const Box& right, float s)
{
    const float numbers = std::min(right.height() * 0.6F, 470 * s);
    layout.numbers = Box{right.left, right.top, right.right, right.top + numbers};
    layout.details = below(right, layout.numbers->bottom + gap * s);
}

void lay_out_columns(Layout& layout, Box body, const Look& look, const Arrangement& arrangement, float s)
{
    const float width = body.width() / s;
    const bool has_room = width >= (arrangement.compares ? gallery_beside_two : gallery_from);
    if (look.gallery && has_room) {
        layout.gallery = Box{body.left, body.top, body.left + gallery_width * s, body.bottom};
        body.left = layout.gallery->right + gap * s;
    }
    const float right_width = std::clamp(width * 0.31F, right_least, right_most) * s;
    const Box right{body.right - right_width, body.top, body.right, body.bottom};
    const Box middle{body.left, body.top, right.left - gap * s, body.bottom};
    const float controls = height_of_controls(middle.width(), arrangement.buttons, s);
    layout.ladder = {middle.left, middle.top, middle.right, std::max(middle.top, middle.bottom - controls - gap * s)};
    layout.controls = below(middle, layout.ladder.bottom + gap * s);
    arrangement.in_numbers ? split_right_in_numbers(layout, right, s) : split_right(layout, right, s);
}

/// The ladder, the controls, and under them one panel at a time.
void lay_out_one_column(Layout& layout, const Box& body, const Look& look, const Arrangement& arrangement, float s)
{
    constexpr float tabs_height = 46;
    constexpr float least_for_panel = 420; // lower windows have the ladder alone
    const float height = body.height();
    const bool has_panel = height >= least_for_panel * s;
    const float controls = height_of_controls(body.width(), arrangement.buttons, s);
    const float ladder = has_panel ? height * 0.46F : height - controls - gap * s;
    layout.ladder = {body.left, body.top, body.right, body.top + std::max(ladder, 0.0F)};
    layout.controls = {body.left, layout.ladder.bottom + gap * s, body.right,
                       layout.ladder.bottom + gap * s + controls};
    if (!has_panel) return;
    layout.narrow_tabs =
        Box{body.left, layout.controls.bottom + gap * s, body.right, layout.controls.bottom + (gap + tabs_height) * s};
    const Box panel = below(body, layout.narrow_tabs->bottom + 4 * s);
    switch (look.narrow) {
    case NarrowTab::why: (arrangement.in_numbers ? layout.numbers : layout.why) = panel; break;
    case NarrowTab::states: (arrangement.in_numbers ? layout.numbers : layout.states) = panel; break;
    case NarrowTab::details: layout.details = panel; break;
    case NarrowTab::gallery: layout.gallery = panel; break;
    }
}

} // namespace

Layout lay_out_window(const Box& window, float s, const Look& look, const Arrangement& arrangement)
{
    Layout layout;
    const float height = window.height() / s;
    layout.top = {window.left, window.top, window.right, std::min(window.top + top_height * s, window.bottom)};
    Box body{window.left + gap * s, layout.top.bottom + gap * s, window.right - gap * s, window.bottom - gap * s};
    constexpr float footer_from = 460;
    if (height >= footer_from) {
        layout.footer = Box{body.left, body.bottom - footer_height * s, body.right, body.bottom};
        body.bottom = layout.footer->top - gap * s / 2;
    }
    body.right = std::max(body.right, body.left);
    body.bottom = std::max(body.bottom, body.top);
    if (window.width() / s >= narrow_below)
        lay_out_columns(layout, body, look, arrangement, s);
    else
        lay_out_one_column(layout, body, look, arrangement, s);
    split_ladder(layout, arrangement.compares, gap * s);
    return layout;
}

} // namespace tcpsm::viz
