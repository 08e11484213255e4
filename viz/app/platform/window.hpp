#pragma once
// The window: GLFW and OpenGL 3.3.

#include <string>

#include "app/platform/frontend.hpp"

namespace tcpsm::viz {

struct WindowOptions {
    int width = 1280; ///< of a display with the scale 1; less where the screen is smaller
    int height = 800;
    bool wait = true; ///< sleep while nothing moves; false draws all the time
};

struct WindowResult {
    std::string error; ///< empty, or why there is no window, in the frontend's language
    int width = 0;     ///< at the end, for the next time
    int height = 0;
};

/// Runs until the window is closed or the frontend is done. Makes an ImGui context of its own.
[[nodiscard]] WindowResult run_window(Frontend& frontend, const WindowOptions& options = {});

} // namespace tcpsm::viz
