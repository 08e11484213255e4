#pragma once
// Text in lines of a width.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tcpsm::cli {

/// The columns that a text takes on a terminal: two for a Chinese character and for its punctuation, one for any other.
[[nodiscard]] std::size_t columns(std::string_view text);

/// A text in lines of at most so many columns: broken at blanks and between Chinese characters, no line of which begins
/// with punctuation. A word that is longer has a line for itself.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

} // namespace tcpsm::cli
