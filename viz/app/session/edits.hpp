#pragma once
// Changes to a scenario that a click makes. Each gives a new scenario, the same up to the moment of the change: so
// every future can be saved as a file that reproduces it.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "tcpsm/scenario/scenario.hpp"

namespace tcpsm::viz {

/// What is done to a segment on its way.
enum class Touch : std::uint8_t { lose, delay, duplicate };

/// Asked before all other faults, so that it decides.
[[nodiscard]] Scenario with_fault(Scenario scenario, Touch touch, const std::string& segment, Duration by = {});

/// A call of the application, or a host's crash, at a moment.
[[nodiscard]] Scenario with_call(Scenario scenario, Time at, const HostName& host, const Action& action);

/// A setting of everybody's, changed while it runs.
[[nodiscard]] Scenario with_change(Scenario scenario, const Change& change);

/// The host skips TIME-WAIT, from the beginning on.
[[nodiscard]] Scenario without_time_wait(Scenario scenario, const std::string& host);

/// The rare cases, with timings that are known to cause them.
enum class RareCase : std::uint8_t { simultaneous_open, simultaneous_close, three_segment_close };

/// Two hosts, and their connections where they have one, as the rare cases need them.
struct Ends {
    HostName a;
    HostName b;
};
[[nodiscard]] Scenario with_rare_case(Scenario scenario, RareCase which, Time at, const Ends& ends);

} // namespace tcpsm::viz
