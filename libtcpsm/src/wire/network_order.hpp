#pragma once
// Numbers as the header has them: the most significant octet first, at any alignment (MUST-64).

#include <cstdint>

namespace tcpsm {

inline std::uint16_t read16(const std::uint8_t* at)
{
    return static_cast<std::uint16_t>((at[0] << 8) | at[1]);
}

inline std::uint32_t read32(const std::uint8_t* at)
{
    return (static_cast<std::uint32_t>(read16(at)) << 16) | read16(at + 2);
}

inline void write16(std::uint8_t* at, std::uint16_t value)
{
    at[0] = static_cast<std::uint8_t>(value >> 8);
    at[1] = static_cast<std::uint8_t>(value);
}

inline void write32(std::uint8_t* at, std::uint32_t value)
{
    write16(at, static_cast<std::uint16_t>(value >> 16));
    write16(at + 2, static_cast<std::uint16_t>(value));
}

} // namespace tcpsm
