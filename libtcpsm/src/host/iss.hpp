#pragma once
// RFC 9293, 3.4.1. Initial Sequence Number Selection; RFC 6528.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tcpsm/time/time.hpp"
#include "tcpsm/wire/address.hpp"
#include "tcpsm/wire/seq.hpp"

namespace tcpsm {

/// Chooses initial sequence numbers: first those that were fixed, for a class that wants to read 100 and 300; then
/// ISN = M + F(four-tuple, secret), where M ticks every 4 microseconds (MUST-8) and F is keyed (SHLD-1, MUST-9).
class IssGenerator {
public:
    IssGenerator(std::vector<std::uint32_t> fixed, std::uint64_t secret) : fixed_(std::move(fixed)), secret_(secret) {}

    Seq next(Endpoint local, Endpoint remote, Time now);
    /// What is added to the clock in TSval (RFC 7323, 7.1): unknown to outsiders; 0 for a class that reads numbers.
    [[nodiscard]] std::uint32_t timestamp_offset(Endpoint local, Endpoint remote) const;

private:
    std::vector<std::uint32_t> fixed_;
    std::size_t used_ = 0;
    std::uint64_t secret_;
};

} // namespace tcpsm
