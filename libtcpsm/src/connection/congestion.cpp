#include "tcpsm/connection/congestion.hpp"

#include <algorithm>

namespace tcpsm {
namespace {

constexpr std::uint32_t largest = 1U << 30; // no window is larger (RFC 7323, 2.3)

/// RFC 5681, 3.1: two to four segments, by their size.
std::uint32_t initial_segments(std::uint32_t smss)
{
    if (smss > 2190) return 2;
    return smss > 1095 ? 3 : 4;
}

} // namespace

void Congestion::open(const ConnectionOptions& options, std::uint32_t smss, bool syn_lost)
{
    *this = {};
    if (options.congestion == CongestionControl::none) return;
    smss_ = static_cast<std::uint16_t>(smss);
    cwnd_ = syn_lost ? smss : initial_window(options);
    ssthresh_ = largest;
}

std::uint32_t Congestion::initial_window(const ConnectionOptions& options) const
{
    return (options.initial_window > 0 ? options.initial_window : initial_segments(smss_)) * smss_;
}

void Congestion::acknowledged(std::uint32_t octets)
{
    if (!controls()) return;
    if (cwnd_ < ssthresh_) { // equation (2)
        cwnd_ = std::min(cwnd_ + std::min<std::uint32_t>(octets, smss_), largest);
        return;
    }
    credit_ += octets; // one SMSS for a whole window that was acknowledged
    if (credit_ < cwnd_) return;
    credit_ -= cwnd_;
    cwnd_ = std::min(cwnd_ + smss_, largest);
}

void Congestion::timeout(std::uint32_t flight, bool first)
{
    if (!controls()) return;
    if (first) ssthresh_ = std::max(flight / 2, 2U * smss_); // equation (4)
    cwnd_ = smss_;                                           // the loss window
    credit_ = 0;
}

void Congestion::enter_fast_recovery(std::uint32_t flight, bool inflate)
{
    if (!controls()) return;
    ssthresh_ = std::max(flight / 2, 2U * smss_);
    cwnd_ = ssthresh_ + (inflate ? 3U * smss_ : 0U);
    credit_ = 0;
}

void Congestion::duplicate()
{
    if (controls()) cwnd_ = std::min(cwnd_ + smss_, largest);
}

void Congestion::partial_ack(std::uint32_t octets)
{
    if (!controls()) return;
    cwnd_ -= std::min(octets, cwnd_ - smss_);
    if (octets >= smss_) cwnd_ += smss_;
}

void Congestion::leave_fast_recovery(std::uint32_t flight)
{
    // RFC 6582, 3.2, step 3, first option: no burst even where little is in flight.
    if (controls()) cwnd_ = std::min(ssthresh_, std::max<std::uint32_t>(flight, smss_) + smss_);
}

void Congestion::restart_after_idle(const ConnectionOptions& options)
{
    if (controls()) cwnd_ = std::min(cwnd_, initial_window(options));
}

} // namespace tcpsm
