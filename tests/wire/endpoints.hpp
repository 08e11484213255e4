#pragma once
// Two addresses of documentation (RFC 5737), for segments that are read and written.

#include "tcpsm/wire/address.hpp"

namespace tcpsm::test {

inline constexpr Endpoint client{Address{0xC0000201}, 40000}; // 192.0.2.1
inline constexpr Endpoint server{Address{0xC0000202}, 80};    // 192.0.2.2

} // namespace tcpsm::test
