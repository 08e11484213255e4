#pragma once
// What every picture has around it: the file, its title and question, its style.

#include <string>
#include <string_view>

#include "export/svg.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {

inline constexpr float svg_margin = 12;
inline constexpr float svg_least_width = 200;

/// Title and question, wrapped to a width, and where they end.
struct SvgHeading {
    std::string svg;
    float bottom = 0;
};
[[nodiscard]] SvgHeading svg_heading(const SvgOptions& options, float width);

struct SvgSize {
    float width = 0;
    float height = 0;
};
/// What a picture is called, and what is said about it, where the options do not.
struct SvgNames {
    Phrase title;
    Phrase about;
};
/// The whole file around a body.
[[nodiscard]] std::string svg_page(const SvgOptions& options, SvgSize size, SvgNames names, std::string_view body);

} // namespace tcpsm::viz
