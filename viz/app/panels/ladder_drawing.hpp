#pragma once
// Draws a ladder that is laid out already.

#include <cstdint>
#include <optional>

#include <imgui.h>

#include "app/view.hpp"
#include "diagram/ladder.hpp"

namespace tcpsm::viz {

struct LadderDrawing {
    const Future& future;
    Box frame;
    float now = 0;                 ///< y of the time shown: what lies below it has not happened yet
    std::uint32_t selected = none; ///< segment
    std::uint32_t hovered = none;
    std::optional<float> difference{}; ///< y from which on the other future is another
};

void draw(const View& view, ImDrawList& list, const LadderPicture& picture, const LadderDrawing& how);
/// Names and addresses of the hosts, over their lifelines.
void draw_headings(const View& view, ImDrawList& list, const LadderPicture& picture, float bottom);

/// Measures text as the window's fonts draw it.
class FontMeasure : public TextMeasure {
public:
    explicit FontMeasure(const Fonts& fonts) : fonts_(fonts) {}
    [[nodiscard]] float width(std::string_view text, float size, Weight weight) const override;

private:
    const Fonts& fonts_;
};

[[nodiscard]] ImFont* font_of(const Fonts& fonts, Weight weight);

} // namespace tcpsm::viz
