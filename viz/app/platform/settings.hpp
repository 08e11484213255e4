#pragma once
// What is kept from one start to the next.

#include <string>

#include "app/theme.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

struct Settings {
    Language language = language_of_environment();
    ThemeName theme = ThemeName::light;
    float scale = 1;         ///< 0.75 to 3
    float speed = 0.1F;      ///< of playing: 0.001 to 1000
    bool exact_time = false; ///< the ladder's time is true, not compressed
    bool predict = false;    ///< ask before each transition
    int width = 1280;        ///< of the window
    int height = 800;
    friend bool operator==(const Settings&, const Settings&) = default;
};

struct LoadedSettings {
    Settings settings;
    std::string note; ///< empty, or why (a part of) the file was ignored, a sentence
};

/// $XDG_CONFIG_HOME/tcpsm/settings.json, or that in ~/.config; empty where there is neither.
[[nodiscard]] std::string settings_path();

/// The defaults where there is no file. A file that cannot be read, is too large, is no JSON or holds what cannot be is
/// ignored with a note: the whole of it where it is broken, the one value where only that is absurd.
[[nodiscard]] LoadedSettings load_settings(const std::string& path);

/// Makes the folders, writes a new file and puts it in the old one's place. Empty, or why not.
[[nodiscard]] std::string save_settings(const Settings& settings, const std::string& path);

} // namespace tcpsm::viz
