#pragma once
// What only concerns the eye: nothing of it changes what happens.

#include <cstdint>
#include <optional>
#include <string>

#include "app/theme_name.hpp"
#include "diagram/ladder.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

/// The panels that share a place show one at a time.
enum class Tab : std::uint8_t { tcb, segment, connections, text };
inline constexpr int tab_count = 4;

/// The panels of a narrow window, of which it shows one under the ladder.
enum class NarrowTab : std::uint8_t { why, states, details, gallery };
inline constexpr int narrow_tab_count = 4;

/// What stands over the window, if anything: one at a time.
enum class Overlay : std::uint8_t {
    nothing,
    keys, ///< all keys
    open_file,
    save_as, ///< the future, as a scenario file
    picture, ///< where to export the picture to
    handout,
    // menus
    msl,
    delay, ///< of the network
    loss,
    profile,
    speed,
    rare,        ///< the rare cases
    touch_delay, ///< how much later the segment comes
    host,        ///< its calls: Look::menu_host
    files,       ///< open, save, export
    futures,
};

struct Look {
    Language language = Language::english;
    ThemeName theme = ThemeName::light;
    float scale = 1;
    TimeMode mode = TimeMode::compressed;
    float zoom = 1;
    float scroll = 0;    ///< y of the time scale at the top of the ladder's frame, in units of scale 1
    bool follow = true;  ///< the ladder scrolls with the time shown
    bool future = true;  ///< what has not happened yet is drawn, pale
    bool gallery = true; ///< the list of scenarios is shown
    Tab tab = Tab::tcb;
    NarrowTab narrow = NarrowTab::why;
    Overlay overlay = Overlay::nothing;
    std::uint32_t menu_host = 0;
    std::string filter;                 ///< of the gallery
    std::string path;                   ///< in the field of an overlay that asks for a file; suggested when it opens
    std::optional<ConnectionName> only; ///< the ladder shows nothing but this connection
};

inline constexpr float scale_least = 0.75F;
inline constexpr float scale_most = 3;
inline constexpr float zoom_least = 0.25F;
inline constexpr float zoom_most = 4000;

} // namespace tcpsm::viz
