#pragma once
// Which key does what: one table, for the keyboard and for the list that `?` shows.

#include <span>
#include <string>

#include "app/platform/imgui_compat.hpp"
#include "app/view.hpp"

namespace tcpsm::viz {

struct KeyBinding {
    Key key = Key::space;
    bool shift = false;
    bool ctrl = false;
    Phrase does{};
    /// What it asks for now; nothing where it has no meaning now.
    void (*act)(const View&, Commands&) = nullptr;
    bool repeats = false;
};

[[nodiscard]] std::span<const KeyBinding> key_bindings();
/// "Space", "Shift S", "PageDown"
[[nodiscard]] std::string key_name(const KeyBinding& binding);
/// Asks for what the keys that went down in this frame mean.
void handle_keys(const View& view, Commands& commands);

} // namespace tcpsm::viz
