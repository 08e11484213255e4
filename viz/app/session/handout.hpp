#pragma once
// A handout for a class: one picture a step with its question, and at the end the answer key.

#include <string>

#include "app/session/future.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

/// A self-contained HTML page that prints one step a page.
[[nodiscard]] std::string handout(const Future& future, Language language);

} // namespace tcpsm::viz
