#pragma once
// Where the panels stand in a window of a given size.

#include <optional>

#include "app/session/look.hpp"
#include "diagram/geometry.hpp"

namespace tcpsm::viz {

struct Layout {
    Box top;
    std::optional<Box> gallery;
    Box ladder;
    std::optional<Box> other_ladder; ///< of the future that it is compared with
    Box controls;
    std::optional<Box> numbers; ///< of a run in numbers, where others have why and states
    std::optional<Box> why;
    std::optional<Box> states;
    std::optional<Box> details;
    std::optional<Box> narrow_tabs; ///< where one panel at a time stands under the ladder
    std::optional<Box> footer;
};

/// What of a session decides where its panels stand.
struct Arrangement {
    bool compares = false;   ///< two ladders stand side by side
    bool in_numbers = false; ///< what is shown is told in numbers
    float buttons = 0;       ///< the width of all buttons of the controls in one row
};

/// @param scale  that all lengths are multiplied with
[[nodiscard]] Layout lay_out_window(const Box& window, float scale, const Look& look, const Arrangement& arrangement);

} // namespace tcpsm::viz
