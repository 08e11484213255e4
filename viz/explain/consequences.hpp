#pragma once
// What follows from what has happened, in sentences.

#include <string>

#include "explain/scene.hpp"

namespace tcpsm::viz {

/// Whether a record begins something in its moment, or only follows from what did.
[[nodiscard]] bool begins_something(const Scene& scene, std::uint32_t index);

/// What else is said of a segment that arrives by those who see the network: that it is a copy, was held or injected.
[[nodiscard]] std::string truth_about_arrival(const Scene& scene, std::uint32_t index);
/// Changes of state that no headline has told: those of other connections than the one that it is about.
[[nodiscard]] std::string other_states(const Scene& scene);
/// The segments that leave, and what the network does to them.
[[nodiscard]] std::string departures(const Scene& scene);
/// The timers of a connection that start and stop.
[[nodiscard]] std::string timers(const Scene& scene, HostId host, std::uint32_t connection);
/// What applications get and are told.
[[nodiscard]] std::string news_for_applications(const Scene& scene);

} // namespace tcpsm::viz
