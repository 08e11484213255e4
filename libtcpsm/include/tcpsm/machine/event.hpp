#pragma once
// RFC 9293, 3.10. Event Processing: what can happen to a connection, in the words of figure 5.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#pragma GCC visibility push(default)
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
    RcvUrgent, ///< the sixth check: urgent data that was not known of
    RcvText,
    RcvFin,
    RcvFinAckOfFin, ///< figure 5, note 2: a FIN that also acknowledges ours
    RcvRst,
    RcvNewSyn,     ///< in TIME-WAIT, one that may open a new connection (3.6.1, MAY-2; RFC 6191)
    RcvBadAck,     ///< an ACK of something never sent, before the connection is synchronized
    RcvSegment,    ///< anything but RST where there is no connection
    IcmpHardError, ///< 3.9.2.2: what says that the peer cannot be reached
    // timeouts (3.10.8, 3.8.3, 3.8.4, 3.8.6)
    UserTimeout,
    RetransmissionTimeout,
    R2Reached,
    TimeWaitTimeout,
    FinWait2Timeout,
    PersistTimeout,
    KeepaliveTimeout,
    KeepaliveFailed, ///< so many probes in a row were not answered
    AckTimeout,      ///< a delayed ACK has waited long enough
};
inline constexpr std::size_t event_count = 30;

/// Figure 5's words: "active OPEN", "rcv ACK of FIN", "retransmission timeout".
[[nodiscard]] std::string_view name(Event event);

/// All of them, in the order of the enumeration.
[[nodiscard]] const std::array<Event, event_count>& all_events();

} // namespace tcpsm
#pragma GCC visibility pop
