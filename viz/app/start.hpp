#pragma once
// The program: its arguments, and what they ask for.

#include <optional>
#include <string>

#include "app/theme_name.hpp"
#include "tcpsm/time/time.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

struct Arguments {
    std::string file; ///< a file, or the name of a scenario that comes with tcpsm
    std::optional<Time> at;
    std::string screenshot; ///< .png
    std::string video;      ///< .mp4, .gif
    std::string handout;    ///< .html
    double seconds = 0;     ///< of video; 0 for the whole run
    int width = 1280;
    int height = 800;
    float scale = 1;
    std::optional<ThemeName> theme;
    std::optional<Language> language;
    bool exact_time = false;
    bool default_settings = false; ///< the kept ones are neither read nor written

    [[nodiscard]] bool without_display() const { return !screenshot.empty() || !video.empty() || !handout.empty(); }
};

/// Runs the program. 0: good; 2: the input is bad, there is no display, or the output cannot be written; 130: it was
/// interrupted.
int start(int argc, char** argv);

} // namespace tcpsm::viz
