#pragma once
// How it looks: the colours of the three themes, and the shape of the widgets.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <imgui.h>

#include "app/theme_name.hpp"
#include "tcpsm/machine/state.hpp"

namespace tcpsm::viz {

/// A fill and the text that stands on it.
struct Paint {
    ImU32 fill = 0;
    ImU32 text = 0;
};

struct Theme {
    ThemeName name = ThemeName::light;
    bool dark = false;

    ImU32 background = 0; ///< behind the panels
    ImU32 panel = 0;
    ImU32 panel_border = 0;
    ImU32 widget = 0; ///< buttons and fields at rest
    ImU32 widget_hovered = 0;
    ImU32 widget_active = 0;

    ImU32 text = 0;
    ImU32 faint = 0;      ///< text that is not the matter: names of columns, times
    ImU32 line = 0;       ///< rules, edges not taken, rest of a scrubber
    ImU32 faint_line = 0; ///< the grid of the ladder: hardly there
    ImU32 border = 0;     ///< around bands and boxes of states

    ImU32 accent = 0; ///< links, the primary button, a tick that is set
    Paint selected{}; ///< the row that is chosen, a button that is on
    Paint warning{};
    Paint error{}; ///< on a panel: `text`; as a button ("lose it"): both
    Paint good{};
    Paint highlight{}; ///< what changed in this step
    ImU32 now_line = 0;
    Paint now_badge{};

    ImU32 lost = 0;    ///< a segment that is lost, its cross
    ImU32 bracket = 0; ///< running timers
    ImU32 fired = 0;   ///< where one fired
    ImU32 future = 0;  ///< laid over what has not happened yet, to make it pale

    float line_width = 1.5F; ///< of arrows, before scale
    float grow = 1;          ///< text and all else, on top of the scale

    std::array<Paint, state_count> states{};
    std::array<ImU32, 8> hosts{};

    [[nodiscard]] const Paint& state(State s) const { return states[static_cast<std::size_t>(s)]; }
    /// Line and name of the n-th host; they repeat from the ninth on.
    [[nodiscard]] ImU32 host(std::size_t index) const { return hosts[index % hosts.size()]; }
};

[[nodiscard]] const Theme& theme(ThemeName name);

/// Sets the style of the current ImGui context, from scratch.
/// @param scale  in which sizes are multiplied; Theme::grow is in it already
void apply(const Theme& theme, float scale);

/// A colour with less opacity: `opacity` from 0 to 1.
[[nodiscard]] ImU32 fade(ImU32 colour, float opacity);

} // namespace tcpsm::viz
