#pragma once
// Which key does what: one table, for the keyboard and for the list that `?` shows.

#include <cstdint>
#include <span>
#include <string>

#include "app/platform/imgui_compat.hpp"
#include "app/view.hpp"

namespace tcpsm::viz {

/// A key, or so many in a row, as the digits are.
struct KeyBinding {
    Key key = Key::space;
    bool shift = false;
    bool ctrl = false;
    Phrase does{};
    /// What it asks for now; nothing where it has no meaning now.
    void (*act)(const View&, Commands&) = nullptr;
    bool repeats = false;
    std::uint8_t count = 1;
};

[[nodiscard]] std::span<const KeyBinding> key_bindings();
/// "Space", "Shift S", "PageDown", "1–9"
[[nodiscard]] std::string key_name(const KeyBinding& binding);
/// Asks for what the keys that went down in this frame mean.
void handle_keys(const View& view, Commands& commands);

} // namespace tcpsm::viz
