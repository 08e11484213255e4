#pragma once
// Thirteen moments that show what the window can show: their pictures are kept, in both languages and all themes.

#include <span>
#include <string_view>

#include "ui/ui.hpp"

namespace tcpsm::viz {

struct MomentOfWindow {
    std::string_view name; ///< of the picture
    std::string_view scenario;
    Time time{};
    int width = 1280;
    int height = 800;
    Look look{};
    void (*act)(Ui&) = nullptr; ///< what the user does then
};

[[nodiscard]] std::span<const MomentOfWindow> moments_of_window();
[[nodiscard]] Image picture_of(const MomentOfWindow& moment);

} // namespace tcpsm::viz
