#pragma once
// What a call answers, and what an application is told, in the words of a language.

#include <string_view>

#include "tcpsm/connection/error.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

/// Empty where nothing is wrong.
[[nodiscard]] std::string_view in_words(Language language, Error error);

} // namespace tcpsm::viz
