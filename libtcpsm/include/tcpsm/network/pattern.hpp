#pragma once
// What users send where nobody says what: no two octets of a stream, and no two streams, are alike by their place.

#include <cstddef>
#include <cstdint>
#include <string>

#pragma GCC visibility push(default)
namespace tcpsm {

/// `count` letters of a connection's stream from octet `first` on: another connection, or another place, gives others.
[[nodiscard]] std::string pattern(std::uint32_t connection, std::uint64_t first, std::size_t count);

} // namespace tcpsm
#pragma GCC visibility pop
