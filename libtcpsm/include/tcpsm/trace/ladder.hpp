#pragma once
// The ladder as text: RFC 9293, 3.5, in the notation of its figures.

#include <cstddef>
#include <string>

#include "tcpsm/network/history.hpp"
#include "tcpsm/network/network.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// What a ladder shows beside segments and states.
struct LadderOptions {
    bool times = false;    ///< a column with the time of each line
    bool events = false;   ///< lines for user calls and for timers that fired
    bool why = false;      ///< under each line, its reason and its section
    bool colour = false;   ///< with the escape sequences of a terminal
    std::size_t width = 0; ///< columns that a line may have; 0 for as many as it takes
};

/// The ladder between the first two hosts that talk with each other, or of one that talks to itself. Each line is a
/// departure or an arrival, with the states after it; one line for both where nothing happens in between. `...` stands
/// for a segment that is still in the network, `XXX` for one that is lost.
[[nodiscard]] std::string ladder(const History& history, const LadderOptions& options = {});
[[nodiscard]] std::string ladder(const Network& network, const LadderOptions& options = {});

} // namespace tcpsm
#pragma GCC visibility pop
