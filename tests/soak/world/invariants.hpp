#pragma once
// What holds of a connection, and of two that talk with each other, after every event. Each function says what does
// not hold; nothing where all is well.

#include <string>

#include "tcpsm/connection/connection.hpp"

namespace tcpsm::soak {

/// No timer runs without a reason (3.8.1, 3.8.3, 3.8.4, 3.8.6).
[[nodiscard]] std::string timer_without_reason(const Standing& end);
/// What was sent is acknowledged or will be sent again; what waits will be sent (3.8.1, 3.8.6.1).
[[nodiscard]] std::string left_behind(const Standing& end);
/// Its own variables agree with each other.
[[nodiscard]] std::string contradiction(const Standing& end);
/// All of these.
[[nodiscard]] std::string wrong_with(const Standing& end);

/// The variables of one direction agree at its two ends, which are synchronized with each other.
[[nodiscard]] std::string wrong_between(const Tcb& sender, const Tcb& receiver);
/// In flight is not more than congestion control allows, when new text has just been sent (3.8.2).
[[nodiscard]] std::string too_much_in_flight(const Connection& end);

} // namespace tcpsm::soak
