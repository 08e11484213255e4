#pragma once
// In which language the pictures and the window speak.

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcpsm::viz {

enum class Language : std::uint8_t { english, chinese };
inline constexpr int language_count = 2;

/// "en", "zh"; also as a locale names them: "zh_CN.UTF-8".
[[nodiscard]] std::optional<Language> parse_language(std::string_view text);
/// "en", "zh"
[[nodiscard]] std::string_view code(Language language);
/// From LC_ALL, LC_MESSAGES and LANG, as setlocale reads them; English where none says.
[[nodiscard]] Language language_of_environment();

} // namespace tcpsm::viz
