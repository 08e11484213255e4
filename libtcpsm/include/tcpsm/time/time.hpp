#pragma once
// Virtual time: integer nanoseconds since the simulation began. Nothing here reads a real clock.

#include <chrono>

#pragma GCC visibility push(default)
namespace tcpsm {

/// A span of virtual time in whole nanoseconds; `10ms`, `30s` and the other literals of <chrono> convert to it.
using Duration = std::chrono::nanoseconds;

/// The clock that a simulation advances. It has no now(): the time is always passed in.
struct VirtualClock {
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<VirtualClock, Duration>;
    static constexpr bool is_steady = true;
};

/// A moment of virtual time; `Time{}` is the beginning.
using Time = VirtualClock::time_point;

/// A moment that never comes: the deadline of a timer that is off.
inline constexpr Time never = Time::max();

} // namespace tcpsm
#pragma GCC visibility pop
