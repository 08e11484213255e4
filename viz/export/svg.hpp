#pragma once
// Pictures as SVG: one file that needs nothing else, and that a browser, a printer or a slide shows alike.

#include <cstdint>
#include <string>

#include "diagram/time_scale.hpp"
#include "tcpsm/network/history.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

enum class SvgTheme : std::uint8_t {
    automatic, ///< light, or dark where the reader's system is
    light,
    dark,
    print, ///< on white paper, and legible without colours
};

struct SvgOptions {
    std::string title{};
    std::string asks{}; ///< the question under the title
    float width = 960;  ///< pixels; 200 at least
    TimeMode mode = TimeMode::compressed;
    Language language = Language::english;
    SvgTheme theme = SvgTheme::automatic;
    bool states = false; ///< under the ladder, a state diagram for each host, with the ways that it went
};

/// The ladder of a whole history, with what there is to know about each segment where the mouse rests on it. The same
/// history and options give the same bytes.
[[nodiscard]] std::string ladder_svg(const History& history, const SvgOptions& options = {});

} // namespace tcpsm::viz
