#pragma once
// The parts of a ladder as SVG.

#include <string>
#include <string_view>

#include "diagram/ladder.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {

/// A line of text of one look, its width pinned.
[[nodiscard]] std::string svg_line(std::string_view text, Point at, float size, Weight weight, std::string_view look);

/// A label as it was laid out.
[[nodiscard]] std::string svg_label(const Label& label, std::string_view look);

/// A straight line of one look.
[[nodiscard]] std::string svg_stroke(Point a, Point b, std::string_view look);

struct SvgLadder {
    const History& history;
    const Story& story;
    const LadderPicture& picture;
    const LadderView& view;
};
[[nodiscard]] std::string svg_ladder(const SvgLadder& ladder);

/// The state diagrams of all hosts, side by side. What a host's connections went through is drawn strongly.
[[nodiscard]] std::string svg_states(const History& history, const Box& frame);

/// What there is to know about a segment, a line each: its fields, when it left and what became of it, and why.
[[nodiscard]] std::string about_segment(const History& history, const Flight& flight, Language language);

} // namespace tcpsm::viz
