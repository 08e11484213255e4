#pragma once
// A host's sockets, as `netstat -ant` would show them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tcpsm/connection/timer.hpp"
#include "tcpsm/host/process_id.hpp"
#include "tcpsm/machine/state.hpp"
#include "tcpsm/wire/address.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// One line of netstat.
struct NetstatLine {
    std::uint32_t connection = 0; ///< the number that the host gave it; 0 for a listener
    Endpoint local;
    Endpoint remote; ///< unspecified for a listener
    State state = State::Closed;
    std::uint64_t receive_queue = 0;             ///< octets not yet read
    std::uint64_t send_queue = 0;                ///< octets not yet acknowledged
    TimerKind timer = TimerKind::retransmission; ///< the next to fire
    Time deadline = never;                       ///< when; `never` where none runs
    std::optional<ProcessId> process{};          ///< that has a descriptor of it; nothing where none has
    std::string program{};                       ///< its name
};

} // namespace tcpsm
#pragma GCC visibility pop
