#pragma once
// RFC 9293, 3.10. Event Processing: what can happen to a connection, in the words of figure 5.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tcpsm {

/// An event is what the checks of 3.10.7 found in a segment, a user call, or a timeout.
enum class Event : std::uint8_t {
    // user calls (3.10.1 to 3.10.6)
    PassiveOpen,
    ActiveOpen,
    Send,
    Receive,
    Close,
    Abort,
    Status,
    // SEGMENT ARRIVES (3.10.7)
    RcvSyn,
    RcvSynAck,
    RcvAckOfSyn,
    RcvAck,
    RcvAckOfFin,
    RcvText,
    RcvFin,
    RcvFinAckOfFin, ///< figure 5, note 2: a FIN that also acknowledges ours
    RcvRst,
    RcvBadAck,  ///< an ACK of something never sent, before the connection is synchronized
    RcvSegment, ///< anything but RST where there is no connection
    // timeouts (3.10.8, 3.8.3)
    UserTimeout,
    RetransmissionTimeout,
    R2Reached,
    TimeWaitTimeout,
    FinWait2Timeout,
};
inline constexpr std::size_t event_count = 23;

/// Figure 5's words: "active OPEN", "rcv ACK of FIN", "retransmission timeout".
[[nodiscard]] std::string_view name(Event event);

/// All of them, in the order of the enumeration.
[[nodiscard]] const std::array<Event, event_count>& all_events();

} // namespace tcpsm
