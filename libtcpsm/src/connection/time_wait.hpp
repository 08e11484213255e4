#pragma once
// RFC 9293, 3.6.1. A connection in TIME-WAIT that its user has closed, made compact: most of its variables mean nothing
// any more, are derived from others, or are the same in many connections.

#include <cstdint>

#include "tcpsm/connection/connection.hpp"

namespace tcpsm {

/// What many connections in TIME-WAIT have alike.
struct TimeWaitCommon {
    SharedOptions options;
    Tcb tcb; ///< sequence numbers that follow SND.NXT or RCV.NXT as differences; what a TimeWait holds is zero
    RtoEstimator rto;
    Congestion congestion;
    Address local;
    Error signal = Error::none;
    std::uint64_t delivered = 0; ///< beyond what RCV.NXT tells
};

} // namespace tcpsm

namespace tcpsm::detail {

/// What such a connection has of its own. With its TimeWaitCommon it is the connection again, and passes the same
/// checks and the same rows of the table as any other: whatever can be asked of a Connection is answered as before.
///
/// What is in neither is not used in TIME-WAIT. Buffers, held segments and recovery: everything sent is acknowledged,
/// nothing is unread, no text is taken. What RTT measurement, R1 and R2, probes, keep-alive, delayed ACKs and window
/// updates remember: none of their timers run, and no row of TIME-WAIT sets one. The reason of a pending ACK: none
/// pends; no CLOSE lingers, no handshake is deferred. The reason for what is sent: an event brings its own.
class TimeWait {
public:
    /// Whether nothing of this connection would be lost.
    [[nodiscard]] static bool can_hold(const Connection& connection);
    /// @param common  where its TimeWaitCommon is kept
    TimeWait(const Connection& connection, std::uint32_t common);
    /// Whether a connection has just this in common with others.
    [[nodiscard]] static bool shares(const Connection& connection, const TimeWaitCommon& common);
    [[nodiscard]] static TimeWaitCommon common_of(const Connection& connection);
    [[nodiscard]] Connection connection(const TimeWaitCommon& common) const;

    [[nodiscard]] Endpoint remote() const { return {remote_, remote_port_}; }
    [[nodiscard]] Port local_port() const { return local_port_; }
    [[nodiscard]] std::uint32_t number() const { return number_; }
    [[nodiscard]] Timer timer() const { return {deadline_, order_and_challenges_ >> 8}; } ///< 2 MSL
    [[nodiscard]] std::uint32_t common() const { return common_; }

private:
    Address remote_;
    Port remote_port_;
    Port local_port_;
    Seq snd_nxt_;
    Seq iss_;
    Seq rcv_nxt_;
    Seq irs_;
    std::uint32_t ts_recent_;
    std::uint32_t ts_recent_age_;
    std::uint32_t timestamp_offset_;
    std::uint32_t challenge_since_;
    std::uint32_t number_;
    std::uint32_t common_;
    Time deadline_;
    std::uint64_t order_and_challenges_; // the timer's order, and in the lowest octet the challenge ACKs
};

} // namespace tcpsm::detail

namespace tcpsm {
using detail::TimeWait; // the public header must name it; inside the library it goes by its own name
} // namespace tcpsm
