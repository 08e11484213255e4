#pragma once
// Text in lines. Dear ImGui breaks at blanks only; Chinese has none, and breaks between any two characters.

#include <string_view>
#include <vector>

#include <imgui.h>

namespace tcpsm::viz {

/// The lines that a text takes in a width, without the blanks between them. No line begins with a full stop or another
/// sign that belongs to what stands before it; a word that is wider than the line is cut.
[[nodiscard]] std::vector<std::string_view> wrapped(std::string_view text, const ImFont* font, float width);

} // namespace tcpsm::viz
