#include "host/iss.hpp"

#include "host/siphash.hpp"

namespace tcpsm {

Seq IssGenerator::next(Endpoint local, Endpoint remote, Time now)
{
    if (used_ < fixed_.size()) return Seq(fixed_[used_++]);
    const auto clock = static_cast<std::uint32_t>(now.time_since_epoch() / std::chrono::microseconds(4));
    return Seq(clock) + static_cast<std::uint32_t>(siphash(secret_, word(local), word(remote)));
}

std::uint32_t IssGenerator::timestamp_offset(Endpoint local, Endpoint remote) const
{
    if (!fixed_.empty()) return 0;
    return static_cast<std::uint32_t>(siphash(~secret_, word(local), word(remote)));
}

} // namespace tcpsm
