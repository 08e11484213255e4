#pragma once
// What a user may choose for one connection. The defaults are those of RFC 9293 and the RFCs it names; what goes beyond
// the bare protocol (RFC 7323, RFC 2018, RFC 5681, delays) is off unless it is named.

#include <cstdint>

#include "tcpsm/time/time.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

using namespace std::chrono_literals;

/// RFC 9293, 3.8.2: how much may be in flight.
enum class CongestionControl : std::uint8_t {
    none, ///< as much as the peer's window allows
    reno, ///< RFC 5681, and RFC 6582 (NewReno)
};

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
    Duration linger = -1ns;               ///< SO_LINGER: CLOSE waits so long; zero is ABORT; negative is off
    Duration defer_accept = 0s;           ///< linux TCP_DEFER_ACCEPT: a handshake so young ends with text; zero is off
    Duration delayed_ack = 0s;            ///< 3.8.6.3: how long an ACK may wait, less than 500 ms; zero is off
    Duration override_timeout = 200ms;    ///< 3.8.6.2.1: a segment too small to be sent waits no longer than this
    Duration keepalive_time = 2h;         ///< 3.8.4: silence before the first probe (MUST-28)
    Duration keepalive_interval = 75s;    ///< between probes that are not answered
    Duration challenge_period = 5s;       ///< RFC 5961, 7: in which at most `challenge_acks` are sent; zero is no limit
    std::uint32_t send_buffer = 1 << 20;  ///< octets that SEND may queue
    std::uint32_t receive_buffer = 65535; ///< octets: RCV.WND at its largest
    std::uint16_t mss = 1460;             ///< largest segment text that we can receive, sent in the SYN (3.7.1)
    std::uint16_t initial_window = 0;     ///< segments that `reno` begins with: 0 is RFC 5681's, 3.1; linux 10
    std::int16_t retries1 = 3;            ///< R1: retransmissions before the user is told (SHLD-10); linux tcp_retries1
    std::int16_t retries = -1;            ///< linux tcp_retries2: retransmissions instead of the time `r2`; -1 is off
    std::int16_t orphan_retries = -1;     ///< linux tcp_orphan_retries: of what nobody holds any more; -1 as `retries`
    std::int16_t syn_retries = -1;        ///< linux tcp_syn_retries: back-offs instead of the time `r2_syn`; -1 is off
    std::int16_t synack_retries = -1;     ///< linux tcp_synack_retries, likewise for a SYN,ACK
    std::int16_t syn_linear_timeouts = 0; ///< linux tcp_syn_linear_timeouts: so many without back-off, before those
    std::int16_t keepalive_probes = 9;    ///< so many unanswered probes end the connection (MUST-29)
    std::int16_t challenge_acks = 10;     ///< RFC 5961, 7
    std::int16_t quick_acks = 0;          ///< linux: so many of the first ACKs do not wait
    std::int8_t window_shift = -1;        ///< RFC 7323, 2: our shift, 0 to 14; -1 takes the least that the buffer needs
    CongestionControl congestion = CongestionControl::none; ///< 3.8.2
    bool rto_min_is_variance_floor = false;                 ///< linux: RTO = SRTT + max(rto_min, 4 RTTVAR)
    bool nagle = false;                                     ///< 3.7.4: one small segment in flight at most
    bool silly_window_avoidance = true;                     ///< 3.8.6.2: neither offer nor use small pieces of window
    bool probe_octet = true;        ///< 3.8.6.1: a zero-window probe carries an octet; linux: it does not
    bool window_scaling = false;    ///< RFC 7323, 2
    bool timestamps = false;        ///< RFC 7323, 3
    bool paws = true;               ///< RFC 7323, 5: where there are timestamps, old ones refuse a segment
    bool sack = false;              ///< RFC 2018
    bool keepalive = false;         ///< 3.8.4, SO_KEEPALIVE (MUST-24, MUST-25)
    bool keepalive_octet = false;   ///< 3.8.4: the probe carries an octet, for peers that need it (MAY-6)
    bool rfc5961 = true;            ///< challenge ACKs: only an exact RST resets, no SYN does, ACKs have a range
    bool time_wait_reopen = true;   ///< a new SYN may end TIME-WAIT (3.6.1, MAY-2; RFC 6191)
    bool rfc1337 = false;           ///< linux tcp_rfc1337: a RST does not end TIME-WAIT early (RFC 1337)
    bool tw_recycle = false;        ///< linux tcp_tw_recycle, until 4.12: with timestamps TIME-WAIT lasts 3.5 RTO
    bool half_duplex_close = false; ///< CLOSE also ends reading (MAY-1); text that then comes draws a RST (SHLD-3)
    bool soft_errors = true;        ///< the user is told of trouble that ends nothing (3.9.1.8, SHLD-20)
    bool accepts_without_timestamp = false; ///< linux: a segment without the timestamp agreed on is not refused
    bool linux_checks = false;              ///< the small differences of Linux's SEGMENT ARRIVES: docs/profiles.md
    bool reads = false;                     ///< a RECEIVE is always outstanding: text in order goes to the user at once

    /// How long TIME-WAIT lasts.
    [[nodiscard]] constexpr Duration two_msl() const { return time_wait >= 0ns ? time_wait : 2 * msl; }
    friend bool operator==(const ConnectionOptions&, const ConnectionOptions&) = default;
};

/// What a connection that was opened with some options takes over of others: all but what its opening told the peer or
/// allocated (the MSS, the buffers, the options of RFC 7323 and RFC 2018), and but `reads`, which is the application's.
[[nodiscard]] constexpr ConnectionOptions options_while_open(const ConnectionOptions& opened_with,
                                                             ConnectionOptions others)
{
    others.mss = opened_with.mss;
    others.send_buffer = opened_with.send_buffer;
    others.receive_buffer = opened_with.receive_buffer;
    others.window_shift = opened_with.window_shift;
    others.window_scaling = opened_with.window_scaling;
    others.timestamps = opened_with.timestamps;
    others.sack = opened_with.sack;
    others.congestion = opened_with.congestion;
    others.reads = opened_with.reads;
    return others;
}

} // namespace tcpsm
#pragma GCC visibility pop
