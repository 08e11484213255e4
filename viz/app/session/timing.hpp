#pragma once
// Times as people write them, and how long playing takes.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/session/session.hpp"

namespace tcpsm::viz {

/// "1.35s", "50 ms", "2min": exact to the nanosecond; nothing for anything else.
[[nodiscard]] std::optional<Time> read_time(std::string_view text);

/// How many seconds playing takes from where the session stands to the end, at its speed.
[[nodiscard]] double playing_time(const Session& session);

/// Shows on standard error how far something is, where that is a terminal. It goes on until it is interrupted.
[[nodiscard]] std::function<bool(int done, int all)> progress_bar(std::string what);

} // namespace tcpsm::viz
