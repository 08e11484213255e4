#pragma once
// Who talks to whom: IPv4 addresses and ports.

#include <cstdint>
#include <string>

#pragma GCC visibility push(default)
namespace tcpsm {

/// An IPv4 address as a number in host order: 192.0.2.1 is 0xC0000201. Zero is "unspecified".
struct Address {
    std::uint32_t value = 0;
    friend constexpr bool operator==(Address, Address) = default;
};

using Port = std::uint16_t; ///< 1 to 65535; zero is "unspecified".

/// An address and a port: what RFC 9293 calls a socket (section 4, "socket").
struct Endpoint {
    Address address;
    Port port = 0;
    friend constexpr bool operator==(Endpoint, Endpoint) = default;
};

/// "192.0.2.1"
[[nodiscard]] std::string to_string(Address address);
/// "192.0.2.1:80"
[[nodiscard]] std::string to_string(Endpoint endpoint);

} // namespace tcpsm
#pragma GCC visibility pop
