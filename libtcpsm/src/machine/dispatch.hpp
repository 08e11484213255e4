#pragma once
// The table at work.

#include <cstdint>

#include "tcpsm/machine/transitions.hpp"

namespace tcpsm::detail {
struct Context;
} // namespace tcpsm::detail

namespace tcpsm {

using detail::Context; // a public header must name it; inside the library it goes by its own name

/// What an event led to: the state after it, and the number of the row that decided, or `no_row` where the table has no
/// row for the pair (the event is ignored).
struct Fired {
    State state;
    std::int16_t row;
};

/// Looks up one event in the table and carries out the row's actions.
/// Actions must not dispatch: one machine serves all connections of a thread.
Fired dispatch(Event event, State state, Context& context);

} // namespace tcpsm
