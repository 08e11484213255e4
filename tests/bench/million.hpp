#pragma once
// A million connections: what each costs in memory, and in time beside the bare loop with as many.

#include <cstdint>

namespace tcpsm::bench {

/// Octets that one connection in TIME-WAIT costs where a host has so many: its tables and its part of the event queue,
/// and what little its peer and the network still hold.
double octets_in_time_wait(std::uint32_t connections);

struct Cost {
    double ours = 0; ///< nanoseconds a connection
    double bare = 0;
    [[nodiscard]] double ratio() const { return ours / bare; }
};

/// So many ESTABLISHED pairs with empty buffers: what an endpoint holds, and what it costs to open them all at once and
/// to close them all.
struct Established {
    double octets = 0;
    Cost cost;
};
Established established_pairs(std::uint32_t pairs);

/// So many connections one after the other, a thousand at a time: connect, close on both sides, 2 MSL. The client's
/// ephemeral ports are used again and again, and counts are recorded.
Cost short_lives(std::uint32_t lives);

/// An event that comes out of its turn: popped, and another pushed, with a million that wait and with a thousand. Here
/// `bare` is the thousand.
Cost events_waiting(std::uint32_t million);

} // namespace tcpsm::bench
