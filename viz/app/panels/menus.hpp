#pragma once
// Menus: what stands in each, and what each entry asks for.

#include <string>
#include <vector>

#include "app/session/commands.hpp"
#include "app/view.hpp"

namespace tcpsm::viz {

struct MenuEntry {
    std::string label;
    Command command;
    bool enabled = true;
    std::string hint{};
};

struct Menu {
    std::string anchor; ///< the widget that it stands beneath
    std::string heading;
    std::vector<MenuEntry> entries;
};

/// The menu that is open; no entries where none is.
[[nodiscard]] Menu open_menu(const View& view);

/// "10 ms", "2 min": in the unit in which people say it, exactly.
[[nodiscard]] std::string in_unit(Duration duration);

} // namespace tcpsm::viz
