#pragma once
// What names a socket of a host.

#include <cstdint>

#pragma GCC visibility push(default)
namespace tcpsm {

/// A socket's place in its host's table and how often that place has been used: it stays good in a copy of the world,
/// and never means another socket.
struct SocketId {
    std::uint32_t index = 0xffffffff;
    std::uint32_t generation = 0;
    friend constexpr bool operator==(SocketId, SocketId) = default;
};

} // namespace tcpsm
#pragma GCC visibility pop
