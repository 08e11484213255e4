#pragma once
// One sentence for what begins an event: a segment that arrives, a user call, a timer that fires.

#include <string>

#include "explain/scene.hpp"

namespace tcpsm::viz {

/// @param index  of a record of the kind that the function is for, in the scene's moment
[[nodiscard]] std::string headline_of_arrival(const Scene& scene, std::uint32_t index);
[[nodiscard]] std::string headline_of_call(const Scene& scene, std::uint32_t index);
[[nodiscard]] std::string headline_of_timer(const Scene& scene, std::uint32_t index);

/// Of a segment that no check refused, and of one that a check did: what it was found to be.
struct Arrival;
[[nodiscard]] Phrase what_arrived(const Arrival& arrival);
[[nodiscard]] Phrase what_was_refused(const Arrival& arrival);

} // namespace tcpsm::viz
