#pragma once
// RFC 9293, 3.3.2. State Machine Overview: the eleven states.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#pragma GCC visibility push(default)
namespace tcpsm {

enum class State : std::uint8_t {
    Closed, ///< fictional: there is no connection
    Listen,
    SynSent,
    SynReceived,
    Established,
    FinWait1,
    FinWait2,
    CloseWait,
    Closing,
    LastAck,
    TimeWait,
};
inline constexpr std::size_t state_count = 11;

/// The RFC's spelling: "SYN-RECEIVED".
[[nodiscard]] std::string_view name(State state);

/// Reads every spelling that people meet (SYN-RECEIVED, SYN_RCVD, SYN_RECV, syn-rcvd, ESTAB, FIN_WAIT1, CLOSE, ...).
[[nodiscard]] std::optional<State> parse_state(std::string_view text);

/// All eleven, in the order of the enumeration.
[[nodiscard]] const std::array<State, state_count>& all_states();

/// True from ESTABLISHED on: both sides have acknowledged each other's SYN (RFC 9293, 3.5.1).
[[nodiscard]] constexpr bool synchronized(State state)
{
    return state >= State::Established;
}

} // namespace tcpsm
#pragma GCC visibility pop
