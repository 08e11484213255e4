#pragma once
// The fonts of the window and its pictures: DejaVu Sans, with the Chinese characters of Noto Sans CJK merged in.

#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "words/language.hpp"

namespace tcpsm::viz {

/// Each of them is usable, whatever was found. They belong to the atlas of the ImGui context they were loaded in.
struct Fonts {
    ImFont* regular = nullptr;
    ImFont* tiny = nullptr; ///< for the names in a state diagram
    ImFont* small = nullptr;
    ImFont* bold = nullptr;
    ImFont* title = nullptr;
    ImFont* mono = nullptr;
    std::vector<std::string> notes{}; ///< what was missing and what is used instead, a sentence each
};

/// Where font files are looked for.
struct FontSearch {
    std::vector<std::string> folders;      ///< with all folders in them, in this order
    Language language = Language::english; ///< of the notes
};

/// The places that fontconfig has by default, those of the user first: $XDG_DATA_HOME/fonts, ~/.fonts, $XDG_DATA_DIRS.
[[nodiscard]] FontSearch usual_fonts(Language language = Language::english);

/// Replaces all fonts of the current ImGui context.
/// @param scale       1 sets regular text 15 pixels high; from 0.25 to 8
/// @param characters  UTF-8: everything beyond Latin that will be shown, and the arrows and signs that we use
[[nodiscard]] Fonts load_fonts(float scale, std::string_view characters, const FontSearch& search = usual_fonts());

/// Draws a line of text that begins at `base_left`, on its base line, turned by `angle` (radians, clockwise).
/// With the angle 0 it stands on whole pixels.
void add_text_turned(ImDrawList& list, ImFont* font, float size, ImVec2 base_left, float angle, ImU32 colour,
                     const char* begin, const char* end);

} // namespace tcpsm::viz
