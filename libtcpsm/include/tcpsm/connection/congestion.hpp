#pragma once
// RFC 9293, 3.8.2. TCP Congestion Control: how much may be in flight. RFC 5681, section 3; RFC 6582, section 3.2.

#include <cstdint>

#include "tcpsm/connection/options.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// cwnd and ssthresh of one connection, in octets. It hears what happened and answers how much may be in flight; which
/// octets those are is decided elsewhere. Without congestion control it answers "any amount", whatever it hears.
class Congestion {
public:
    /// The connection is ESTABLISHED: the initial window (RFC 5681, 3.1), one segment where the SYN was lost.
    void open(const ConnectionOptions& options, std::uint32_t smss, bool syn_lost);

    /// cwnd: octets that may be in flight.
    [[nodiscard]] std::uint32_t window() const { return cwnd_; }
    /// ssthresh: below it cwnd grows by slow start, above it by congestion avoidance.
    [[nodiscard]] std::uint32_t threshold() const { return ssthresh_; }
    [[nodiscard]] bool controls() const { return smss_ > 0; }

    /// So many octets were acknowledged: slow start or congestion avoidance (3.1).
    void acknowledged(std::uint32_t octets);
    /// The retransmission timer expired, with so much in flight; `first` where the segment had not timed out before.
    void timeout(std::uint32_t flight, bool first);
    /// The third duplicate ACK (3.2, steps 2 and 3). Where SACK tells what has left the network, cwnd is not inflated.
    void enter_fast_recovery(std::uint32_t flight, bool inflate);
    /// A further duplicate ACK: a segment has left the network (3.2, step 4).
    void duplicate();
    /// An ACK of a part of what was in flight when fast recovery began (RFC 6582, 3.2, step 3).
    void partial_ack(std::uint32_t octets);
    /// An ACK of all of it.
    void leave_fast_recovery(std::uint32_t flight);
    /// Nothing was sent for a whole RTO (4.1).
    void restart_after_idle(const ConnectionOptions& options);
    friend bool operator==(const Congestion&, const Congestion&) = default;

private:
    [[nodiscard]] std::uint32_t initial_window(const ConnectionOptions& options) const;

    static constexpr std::uint32_t unlimited = 0xFFFFFFFF;

    std::uint32_t cwnd_ = unlimited;
    std::uint32_t ssthresh_ = unlimited;
    std::uint32_t credit_ = 0; // octets acknowledged in congestion avoidance and not yet counted
    std::uint16_t smss_ = 0;   // zero without congestion control
};

} // namespace tcpsm
#pragma GCC visibility pop
