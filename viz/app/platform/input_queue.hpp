#pragma once
// What mouse and keyboard did since the last frame, given to ImGui in an order and at a rate that it understands.

#include <deque>
#include <string>
#include <variant>

#include "app/platform/imgui_compat.hpp"

namespace tcpsm::viz {

namespace input {
struct Moved {
    ImVec2 to;
};
struct Button {
    int button = 0;
    bool down = false;
};
struct Wheel {
    float notches = 0;
};
struct KeyChanged {
    Key key = Key::count;
    bool down = false;
};
struct Modifiers {
    bool ctrl = false;
    bool shift = false;
    bool alt = false;
    friend bool operator==(const Modifiers&, const Modifiers&) = default;
};
struct Typed {
    std::string text; ///< UTF-8
};
using Event = std::variant<Moved, Button, Wheel, KeyChanged, Modifiers, Typed>;
} // namespace input

/// ImGui sees where things are, once a frame. A click that begins and ends between two frames would be none, and one
/// that begins before the mouse moves on would hit what lies elsewhere; so the frame gets what goes together, and what
/// comes later waits for the next one.
class InputQueue {
public:
    void add(input::Event event) { waiting_.push_back(std::move(event)); }
    /// Adds a change, where these are not what they were last said to be.
    void modifiers(const input::Modifiers& now);
    /// All keys and buttons go up: the window lost the focus and will not hear of it.
    void release_all();
    /// Gives the next frame its share.
    void give();
    [[nodiscard]] bool empty() const { return waiting_.empty(); }

private:
    std::deque<input::Event> waiting_;
    input::Modifiers modifiers_;
};

} // namespace tcpsm::viz
