#pragma once
// The parts of the table of states that its views share.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/machine/transitions.hpp"

namespace tcpsm {

/// The twenty arrows of figure 5, which come first in the table: the last of them is 2 MSL.
[[nodiscard]] std::span<const Transition> figure_5_arrows();
/// The rows of the figure's notes: those that follow, up to the first that changes no state.
[[nodiscard]] std::span<const Transition> figure_5_notes();
/// What section 3.10 has beside the figure.
[[nodiscard]] std::span<const Transition> beside_figure_5();

/// The actions, with ", " between them; empty for none.
[[nodiscard]] std::string actions_of(const Transition& row);
/// The section as it is cited: "RFC 9293, 3.10.4"; "linux tcp_fin_timeout".
[[nodiscard]] std::string reference_of(const Transition& row);

/// What leads from one state to another: one label for each event, as figure 5 writes them, "rcv SYN / snd SYN,ACK".
struct Edge {
    State from;
    State to;
    std::vector<std::string> labels;
};
/// Every change of state, rows with the same two states together, in the order in which they first come.
[[nodiscard]] std::vector<Edge> edges();

} // namespace tcpsm
