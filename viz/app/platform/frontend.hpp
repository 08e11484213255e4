#pragma once
// What a window, or a picture without one, shows: it is asked for frames, and knows nothing of what it is shown on.

#include <string>

#include "app/platform/fonts.hpp"
#include "app/theme.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

class Frontend {
public:
    virtual ~Frontend() = default;

    /// Draws one frame: called between ImGui::NewFrame and ImGui::Render.
    /// @param now_seconds  since the first frame
    /// @param delta        seconds since the last one
    virtual void frame(double now_seconds, float delta) = 0;
    /// The frame is ready to be shown: called after ImGui::Render.
    virtual void drawn(const ImDrawData& /*draw*/) {}
    virtual bool done() const = 0;      ///< the user wants to leave
    virtual bool animating() const = 0; ///< the next frame differs from this one without any input

    // Asked after every frame; fonts and style are made anew where one of these has changed.
    virtual float scale() const = 0; ///< 1 is as designed; the platform multiplies with the display's own
    virtual ThemeName theme() const = 0;
    virtual std::string characters() const = 0;                     ///< for load_fonts
    virtual Language language() const { return Language::english; } ///< of what the platform says

    /// The fonts are others now: the old ones are gone.
    virtual void fonts_changed(const Fonts& fonts) = 0;
    /// What `scale()` is on this display, times the display's own factor; called before fonts_changed.
    virtual void scale_changed(float /*total*/) {}
    virtual std::string title() const = 0;
    virtual void drop_file(const std::string& path) = 0;
};

} // namespace tcpsm::viz
