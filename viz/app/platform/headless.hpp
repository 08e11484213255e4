#pragma once
// A frontend without a display: its pictures, and the mouse and keys that tests give it.

#include <string_view>

#include "app/platform/frontend.hpp"
#include "app/platform/image.hpp"
#include "app/platform/imgui_compat.hpp"

namespace tcpsm::viz {

/// Owns an ImGui context, which is the current one after each call. Time passes only as frames say.
class Headless {
public:
    /// Draws nothing yet: the first frames, in which ImGui finds the sizes of its windows, are asked for by settle().
    /// @param width, height  in pixels, whatever the scale
    /// @param scale  the display's, that the frontend's own is multiplied with
    Headless(Frontend& frontend, int width, int height, float scale = 1, FontSearch search = usual_fonts());
    ~Headless();
    Headless(const Headless&) = delete;
    Headless& operator=(const Headless&) = delete;

    /// One frame, `delta` seconds after the last one.
    void frame(float delta = 1.0F / 60);
    /// As many frames as windows need to find their sizes. No time passes in them but the least that ImGui allows.
    void settle();
    /// What the last frame drew.
    [[nodiscard]] Image picture();
    void resize(int width, int height);

    // Input takes effect in the next frame.
    void move(ImVec2 to);
    void press(int button = 0);
    void release(int button = 0);
    void wheel(float notches);
    void key_down(Key key);
    void key_up(Key key);
    void modifiers(bool ctrl, bool shift, bool alt);
    void type(std::string_view text); ///< UTF-8

    // The same with the frames that it takes.
    void click(ImVec2 at, int button = 0);
    void drag(ImVec2 from, ImVec2 to);
    /// Down and up again; with the character that the key types, where it types one.
    void tap(Key key);

    [[nodiscard]] const Fonts& fonts() const { return fonts_; }
    [[nodiscard]] double now() const { return now_; }

private:
    void refresh();

    Frontend& frontend_;
    ImGuiContext* context_;
    FontSearch search_;
    Fonts fonts_;
    float display_scale_;
    double now_ = 0;
    bool types_ = true; // with Ctrl or Alt a key types nothing; ImGui knows what is held from the next frame on
    // What fonts and style were made for.
    float scale_ = 0;
    ThemeName theme_ = ThemeName::light;
    std::string characters_;
};

} // namespace tcpsm::viz
