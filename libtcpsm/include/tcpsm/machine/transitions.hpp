#pragma once
// The table of states as plain data. The table itself is libtcpsm/src/machine/table.hpp.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tcpsm/machine/event.hpp"
#include "tcpsm/machine/state.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// One row: in state `from`, on `event`, if `guard` holds, do `actions` and go to state `to`.
struct Transition {
    State from;
    Event event;
    State to;                                  ///< equals `from` where the state stays
    bool stays;                                ///< the row names no next state
    std::span<const std::string_view> actions; ///< in order, figure 5's words: "snd SYN,ACK"
    std::string_view guard;                    ///< empty where the row always applies
    std::string_view rfc;                      ///< "3.10.7.4", a section of RFC 9293, or "linux tcp_fin_timeout"
};

/// Every row of the table, in the table's order. A row's number is its index here.
[[nodiscard]] std::span<const Transition> transitions();

/// A row's number where none is meant.
inline constexpr std::int16_t no_row = -1;

} // namespace tcpsm
#pragma GCC visibility pop
