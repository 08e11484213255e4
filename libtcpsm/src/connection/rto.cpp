#include "tcpsm/connection/rto.hpp"

#include <algorithm>

namespace tcpsm {

void RtoEstimator::sample(Duration round_trip, const ConnectionOptions& options)
{
    if (srtt_ == Duration(0)) { // 2.2
        srtt_ = round_trip;
        rttvar_ = round_trip / 2;
    } else { // 2.3, RTTVAR before SRTT
        const Duration off = srtt_ > round_trip ? srtt_ - round_trip : round_trip - srtt_;
        rttvar_ = (3 * rttvar_ + off) / 4;
        srtt_ = (7 * srtt_ + round_trip) / 8;
    }
    if (options.rto_min_is_variance_floor)
        rto_ = srtt_ + std::max(options.rto_min, 4 * rttvar_);
    else
        rto_ = std::max(options.rto_min, srtt_ + 4 * rttvar_); // 2.4; the clock's granularity is 1 ns
    rto_ = std::min(rto_, options.rto_max);                    // 2.5
}

void RtoEstimator::back_off(const ConnectionOptions& options)
{
    rto_ = std::min(2 * rto_, options.rto_max);
}

} // namespace tcpsm
