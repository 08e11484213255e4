#pragma once
// What `tcpsm step` shows after each event.

#include <string>

#include "cli/cursor.hpp"

namespace tcpsm::cli {

/// When it was, what happened and why, and the variables of both sides; those that the event changed are marked.
[[nodiscard]] std::string describe(const Cursor& cursor, bool colour);

} // namespace tcpsm::cli
