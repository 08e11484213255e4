#pragma once
// RFC 6298. Computing TCP's Retransmission Timer.

#include <cstdint>

#include "tcpsm/connection/options.hpp"
#include "tcpsm/time/time.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// SRTT, RTTVAR and RTO of one connection, in integer nanoseconds.
class RtoEstimator {
public:
    explicit RtoEstimator(Duration initial = 1s) : rto_(initial) {}

    [[nodiscard]] Duration rto() const { return rto_; }
    [[nodiscard]] Duration srtt() const { return srtt_; } ///< zero before the first sample
    [[nodiscard]] Duration rttvar() const { return rttvar_; }

    /// A round trip was measured on a segment that was sent once (Karn): sections 2.2 to 2.4. Ends a back-off.
    void sample(Duration round_trip, const ConnectionOptions& options);
    /// The timer expired: section 5.5.
    void back_off(const ConnectionOptions& options);
    /// The handshake needed a second SYN: section 5.7.
    void restart(Duration rto) { rto_ = rto; }
    friend bool operator==(const RtoEstimator&, const RtoEstimator&) = default;

private:
    Duration rto_;
    Duration srtt_{};
    Duration rttvar_{};
};

} // namespace tcpsm
#pragma GCC visibility pop
