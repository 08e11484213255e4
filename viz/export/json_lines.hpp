#pragma once
// A history as JSON lines: one object a line, as docs/trace.schema.json describes them.

#include <cstdint>
#include <string>

#include "tcpsm/network/history.hpp"

namespace tcpsm {

/// What a history does not know about itself.
struct TraceInfo {
    std::string title;      ///< of the scenario; empty for none
    std::uint64_t seed = 1; ///< the simulation's
};

/// The first line names the format, the hosts and the seed; then come the records in the order in which things
/// happened. A segment is one line, where it left, and tells what became of it. Times are in seconds of virtual time,
/// exact to the nanosecond.
[[nodiscard]] std::string json_lines(const History& history, const TraceInfo& info = {});

} // namespace tcpsm
