#pragma once
// grid.txt, read: what every event does in every state.

#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/machine/event.hpp"
#include "tcpsm/machine/state.hpp"

namespace tcpsm::grid {

/// One line: in the section's state, what the cause leads to.
struct Line {
    int number; ///< in the file
    Event event;
    std::string cause;
    std::string next; ///< "ignored", "stay", or the states gone through: "ESTABLISHED, CLOSE-WAIT"
    std::vector<std::string> happens;
};

/// A way to a state, and the lines that begin there.
struct Section {
    int number;
    std::string title; ///< "SYN-RECEIVED, from LISTEN"
    State state;
    std::vector<std::string> path;
    std::vector<Line> lines;
};

/// The event of that name.
[[nodiscard]] Event parse_event(std::string_view text);

/// The whole file. What cannot be read throws std::runtime_error, with the line's number.
[[nodiscard]] std::vector<Section> read_grid();

/// A line as the file has it.
[[nodiscard]] std::string to_text(Event event, const std::string& cause, const std::string& next,
                                  const std::vector<std::string>& happens);

} // namespace tcpsm::grid
