#pragma once
// What the fuzzers run on octets of theirs, and what the tests run on the corpus. A target returns where all is well
// and throws `Broken` where something does not hold that must.

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>

#include "tcpsm/wire/address.hpp"

namespace tcpsm::fuzz {

struct Broken : std::logic_error {
    using std::logic_error::logic_error;
};

inline void require(bool holds, const char* what)
{
    if (!holds) throw Broken(what);
}
inline void require_none(const std::string& wrong)
{
    if (!wrong.empty()) throw Broken(wrong);
}

inline constexpr Endpoint ours{Address{0xC0000201}, 80};
inline constexpr Endpoint theirs{Address{0xC0000202}, 49152};

using Octets = std::span<const std::uint8_t>;

/// Octets that claim to be a segment, a datagram, options, or a segment in the RFC's notation: what is read, is written
/// so that it reads the same.
void wire(Octets input);
/// One endpoint: its options, then calls, segments of a hostile peer and timeouts in any order.
void endpoint(Octets input);
/// A text that claims to be a scenario: what is read, runs and is written so that it reads the same.
void scenario(Octets input);

} // namespace tcpsm::fuzz
