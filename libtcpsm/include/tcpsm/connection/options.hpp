#pragma once
// What a user may choose for one connection. The defaults are those of RFC 9293 and the RFCs it names.

#include <cstdint>

#include "tcpsm/time/time.hpp"

namespace tcpsm {

using namespace std::chrono_literals;

struct ConnectionOptions {
    Duration msl = 120s;                  ///< Maximum Segment Lifetime (RFC 9293, 3.4.2); TIME-WAIT lasts 2 MSL
    Duration time_wait = -1ns;            ///< how long TIME-WAIT lasts, where not 2 MSL: linux 60 s; zero skips it
    Duration rto_initial = 1s;            ///< RFC 6298, 2.1
    Duration rto_min = 1s;                ///< RFC 6298, 2.4
    Duration rto_max = 60s;               ///< RFC 6298, 2.5
    Duration rto_after_lost_syn = 3s;     ///< RFC 6298, 5.7; zero keeps the RTO as it is
    Duration r2 = 100s;                   ///< give up on data or a FIN after this long without an ACK (SHLD-11)
    Duration r2_syn = 180s;               ///< give up on a SYN after this long (MUST-23)
    Duration user_timeout = 300s;         ///< 3.9.1.1: abort when data stays unacknowledged so long; zero is off
    Duration fin_timeout = 0s;            ///< linux tcp_fin_timeout: ends an orphaned FIN-WAIT-2; zero is off
    std::uint32_t send_buffer = 1 << 20;  ///< octets that SEND may queue
    std::uint32_t receive_buffer = 65535; ///< octets: RCV.WND at its largest
    std::uint16_t mss = 1460;             ///< largest segment text that we can receive, sent in the SYN (3.7.1)
    std::int16_t retries = -1;            ///< linux tcp_retries2: retransmissions instead of the time `r2`; -1 is off
    std::int16_t syn_retries = -1;        ///< linux tcp_syn_retries: back-offs instead of the time `r2_syn`; -1 is off
    std::int16_t synack_retries = -1;     ///< linux tcp_synack_retries, likewise for a SYN,ACK
    std::int16_t syn_linear_timeouts = 0; ///< linux tcp_syn_linear_timeouts: so many without back-off, before those
    bool rto_min_is_variance_floor = false; ///< linux: RTO = SRTT + max(rto_min, 4 RTTVAR)
    bool rfc1337 = false;                   ///< linux tcp_rfc1337: a RST does not end TIME-WAIT early (RFC 1337)
    bool half_duplex_close = false; ///< CLOSE also ends reading (MAY-1); text that then comes draws a RST (SHLD-3)
    bool reads = false;             ///< a RECEIVE is always outstanding: text in order goes to the user at once

    /// How long TIME-WAIT lasts.
    [[nodiscard]] constexpr Duration two_msl() const { return time_wait >= 0ns ? time_wait : 2 * msl; }
};

/// What a connection that was opened with some options takes over of others: all but what its opening told the peer or
/// allocated (the MSS, the buffers), and but `reads`, which is the application's.
[[nodiscard]] constexpr ConnectionOptions options_while_open(const ConnectionOptions& opened_with,
                                                             ConnectionOptions others)
{
    others.mss = opened_with.mss;
    others.send_buffer = opened_with.send_buffer;
    others.receive_buffer = opened_with.receive_buffer;
    others.reads = opened_with.reads;
    return others;
}

} // namespace tcpsm
