#pragma once
// Which themes there are.

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcpsm::viz {

enum class ThemeName : std::uint8_t {
    light,
    dark,
    projector, ///< white, with strong contrast and thick lines
};
inline constexpr int theme_count = 3;

/// "light", "dark", "projector"
[[nodiscard]] std::string_view name(ThemeName theme);
[[nodiscard]] std::optional<ThemeName> parse_theme(std::string_view text);

} // namespace tcpsm::viz
