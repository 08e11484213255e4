#pragma once
// A keyed function of sockets: for what the peer must find in a segment and outsiders must not guess.

#include <bit>
#include <cstdint>

#include "tcpsm/wire/address.hpp"

namespace tcpsm {

/// SipHash-2-4 of two words: a keyed function whose output does not give the key away (MUST-9).
inline std::uint64_t siphash(std::uint64_t key, std::uint64_t first, std::uint64_t second)
{
    std::uint64_t v0 = 0x736f6d6570736575 ^ key;
    std::uint64_t v1 = 0x646f72616e646f6d ^ ~key;
    std::uint64_t v2 = 0x6c7967656e657261 ^ key;
    std::uint64_t v3 = 0x7465646279746573 ^ ~key;
    const auto rounds = [&](int count) {
        for (int i = 0; i < count; ++i) {
            v0 += v1, v1 = std::rotl(v1, 13) ^ v0, v0 = std::rotl(v0, 32);
            v2 += v3, v3 = std::rotl(v3, 16) ^ v2;
            v0 += v3, v3 = std::rotl(v3, 21) ^ v0;
            v2 += v1, v1 = std::rotl(v1, 17) ^ v2, v2 = std::rotl(v2, 32);
        }
    };
    for (std::uint64_t word : {first, second, std::uint64_t{16} << 56}) {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    }
    v2 ^= 0xff;
    rounds(4);
    return v0 ^ v1 ^ v2 ^ v3;
}

inline std::uint64_t word(Endpoint endpoint)
{
    return (std::uint64_t{endpoint.address.value} << 16) | endpoint.port;
}

} // namespace tcpsm
