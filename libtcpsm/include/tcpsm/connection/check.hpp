#pragma once
// RFC 9293, 3.10.7: the checks of SEGMENT ARRIVES, in their order.

#include <cstdint>
#include <string_view>

#pragma GCC visibility push(default)
namespace tcpsm {

/// The check that refused a segment; none where it was processed.
enum class Check : std::uint8_t {
    none,
    // 3.10.7.1, CLOSED
    no_connection,
    // 3.10.7.2, LISTEN: first, second, fourth
    listen_rst,
    listen_ack,
    listen_other,
    // 3.10.7.3, SYN-SENT: first, second, fifth
    syn_sent_ack,
    syn_sent_rst,
    syn_sent_other,
    // 3.10.7.4, all other states
    sequence_number,  ///< first
    rst_bit,          ///< second: in the window, but not exactly RCV.NXT
    syn_bit,          ///< fourth
    ack_bit,          ///< fifth: off
    ack_range,        ///< fifth: older than any window could explain (RFC 5961, section 5)
    ack_field,        ///< fifth: acknowledges what was not sent
    timestamp,        ///< before the first: older than the last that came (RFC 7323, 5.3)
    timestamp_absent, ///< before the first: none, though they were agreed on (RFC 7323, 3.2)
    // before TCP sees the segment
    host_down,
    accept_queue,    ///< the handshake is over, and its listener has no room until someone accepts
    backlog,         ///< the listener's queue is full (3.10.1, "insufficient resources")
    peer_timestamp,  ///< a SYN's timestamp is older than the last of its sender's address (linux tcp_tw_recycle)
    deferred_accept, ///< fifth: the handshake would be over, but the listener waits for text (linux TCP_DEFER_ACCEPT)
};
inline constexpr Check last_check = Check::deferred_accept;

/// Whether the segment came to the checks of SEGMENT ARRIVES at all.
[[nodiscard]] constexpr bool reaches_tcp(Check check)
{
    return check != Check::host_down && check != Check::accept_queue;
}

/// "sequence number", "RST bit", "ACK field", ...
[[nodiscard]] std::string_view name(Check check);
/// One sentence that says what the check found.
[[nodiscard]] std::string_view explain(Check check);
/// The section that the check stands in: "3.10.7.4".
[[nodiscard]] std::string_view section(Check check);

} // namespace tcpsm
#pragma GCC visibility pop
