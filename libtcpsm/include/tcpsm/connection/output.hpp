#pragma once
// What a connection gives: segments to send, and reports of what happened. The caller owns it and uses it again.

#include <cstdint>
#include <string_view>
#include <vector>

#include "tcpsm/connection/octet_ring.hpp"
#include "tcpsm/connection/report.hpp"
#include "tcpsm/wire/address.hpp"
#include "tcpsm/wire/segment.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// How much of what happens is told. Each level tells what those before it tell, and more.
enum class Recording : std::uint8_t {
    nothing,
    counts,    ///< how many connections stand in which state, and how much has happened: Host::counts()
    states,    ///< and each change of a state, the calls that failed, what was done to hosts and what they log
    everything ///< and segments, timers, signals, deliveries and all calls
};

/// "nothing", "counts", "states", "everything".
[[nodiscard]] std::string_view name(Recording level);

/// A segment on its way out.
struct Departure {
    // User-provided, so that making one does not first clear all of it. NOLINTNEXTLINE(modernize-use-equals-default)
    Departure() {}

    Segment segment{};
    Octets text{}; ///< points into the connection's buffer: valid until the connection is touched again
    Endpoint from{};
    Endpoint to{};
    Why why{};
    State state = State::Closed; ///< of the connection, as the segment leaves
    bool retransmission = false;
    std::uint32_t connection = 0; ///< the number that the host gave it; 0 where there is none
};

/// A connection left a state and came to another.
struct StateChange {
    State from = State::Closed;
    State to = State::Closed;
};

/// What one event gave.
struct Output {
    std::vector<Departure> segments;
    std::vector<Report> reports;         ///< those that `recording` wants: at `states`, of that kind and `logged`
    std::vector<StateChange> changes;    ///< of states, where they are counted
    std::vector<std::uint8_t> delivered; ///< the octets of the reports of kind `deliver`, one after the other
    Why arrived{};                ///< what the segment that arrived was found to be: its last event and row, or check
    std::uint64_t timers_set = 0; ///< counts on through the life of a simulation: the order of timers
    Recording recording = Recording::everything;

    [[nodiscard]] bool wants(Recording what) const { return recording >= what; }
    void count_change(State from, State to)
    {
        if (wants(Recording::counts)) changes.push_back({from, to});
    }

    void clear()
    {
        segments.clear();
        reports.clear();
        changes.clear();
        delivered.clear();
    }
};

} // namespace tcpsm
#pragma GCC visibility pop
