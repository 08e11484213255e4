#pragma once
// What happens on a host, in numbers.

#include <array>
#include <cstddef>
#include <cstdint>

#include "tcpsm/connection/error.hpp"
#include "tcpsm/host/kernel_log.hpp"
#include "tcpsm/machine/state.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// How many errors there are, `none` included.
inline constexpr std::size_t error_count = static_cast<std::size_t>(Error::no_such_socket) + 1;

/// Where a host's connections stand now, and how much has happened there since its world began. Neither a crash nor
/// `Network::clear_history` takes back what has happened.
struct Counts {
    /// How many connections stand in each state, as Host::netstat() would list them: a listener stands in LISTEN, and
    /// nothing in CLOSED, which is no connection.
    std::array<std::uint32_t, state_count> standing{};
    std::array<std::uint32_t, state_count> peak{}; ///< the most that ever stood there
    std::uint64_t active_opens = 0;                ///< connections that came to SYN-SENT (RFC 4022, tcpActiveOpens)
    std::uint64_t passive_opens = 0; ///< connections that came from LISTEN to SYN-RECEIVED (tcpPassiveOpens)
    std::uint64_t time_waits = 0;    ///< connections that came to TIME-WAIT
    std::uint64_t segments_sent = 0;
    std::uint64_t retransmissions = 0; ///< those among the segments that carry again what was sent before
    /// User calls that failed, by their Error; a call that would have to wait is among them, as would_block.
    std::array<std::uint64_t, error_count> failed_calls{};
    std::uint32_t descriptors = 0; ///< of sockets, that are open now in all processes together
    std::uint32_t unconnected = 0; ///< sockets that now neither listen nor are connected: netstat lists none of them
    Overflows overflows{};

    [[nodiscard]] std::uint32_t in(State state) const { return standing[static_cast<std::size_t>(state)]; }
    [[nodiscard]] std::uint64_t failed(Error error) const { return failed_calls[static_cast<std::size_t>(error)]; }
    friend bool operator==(const Counts&, const Counts&) = default;
};

} // namespace tcpsm
#pragma GCC visibility pop
