#pragma once
// RFC 1071: the Internet checksum, of a TCP segment and of an IPv4 header.

#include <cstdint>
#include <cstring>
#include <span>

namespace tcpsm {

// The ones' complement sum is the same in any byte order and for words of any width, so long as carries are added back
// in (RFC 1071, 2): so it is taken over words of 32 bits as they lie in memory, the carries gathering above them. A
// short last word is padded with zeros on its right. Sums may be added where all parts but the last are whole words.
inline std::uint64_t ones_sum(std::span<const std::uint8_t> octets)
{
    std::uint64_t sum = 0;
    while (octets.size() >= sizeof(std::uint32_t)) {
        std::uint32_t word = 0;
        std::memcpy(&word, octets.data(), sizeof word);
        sum += word;
        octets = octets.subspan(sizeof word);
    }
    if (!octets.empty()) {
        std::uint32_t word = 0;
        std::memcpy(&word, octets.data(), octets.size());
        sum += word;
    }
    return sum;
}

// Down to 16 bits, still in the byte order of memory.
inline std::uint16_t fold(std::uint64_t sum)
{
    while (sum > 0xFFFF) sum = (sum >> 16) + (sum & 0xFFFF);
    return static_cast<std::uint16_t>(sum);
}

// The checksum field of what sums up so, where it was zero.
inline void write_checksum(std::uint8_t* at, std::uint64_t sum)
{
    const auto checksum = static_cast<std::uint16_t>(~fold(sum));
    std::memcpy(at, &checksum, sizeof checksum);
}

} // namespace tcpsm
