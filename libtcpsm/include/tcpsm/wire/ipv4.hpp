#pragma once
// RFC 791, 3.1: a segment in an IPv4 datagram; RFC 9293, 3.9.2, what TCP asks of IP and hears from it. The simulated
// network carries segments without a header of IP's: this is for where they leave it, into a capture or to a device.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tcpsm/wire/address.hpp"
#include "tcpsm/wire/segment.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// Whether an address can name one host elsewhere: not 0/8 (this network), 127/8 (loopback), 224/4 (multicast), nor
/// 255.255.255.255 (broadcast). Broadcasts to one network cannot be told without its mask (RFC 1122, 3.2.1.3).
[[nodiscard]] constexpr bool names_one_host(Address address)
{
    const std::uint32_t first = address.value >> 24;
    return first != 0 && first != 127 && (first & 0xF0) != 0xE0 && address.value != 0xFFFFFFFF;
}

/// What whoever sends a segment may choose of its datagram's header, each time anew; and what a received one had.
struct Ipv4Header {
    std::uint8_t ttl = 64;            ///< Time to Live, in hops (MUST-49)
    std::uint8_t dscp = 0;            ///< Differentiated Services codepoint, 0 to 63 (MUST-48; RFC 2474)
    std::uint8_t ecn = 0;             ///< 0 to 3: not ECN-capable, ECT(1), ECT(0), CE (RFC 3168)
    std::uint16_t identification = 0; ///< of the datagram that fragments belong to; means nothing where none are made
    bool dont_fragment = true;        ///< DF
    friend bool operator==(const Ipv4Header&, const Ipv4Header&) = default;
};

/// A datagram that holds a segment: a header of 20 octets with its checksum, then what to_octets gives.
/// @param text  segment.text_len octets, 65,455 at most where the segment has all the options that fit
[[nodiscard]] std::vector<std::uint8_t> to_datagram(const Segment& segment, std::span<const std::uint8_t> text,
                                                    Endpoint from, Endpoint to, const Ipv4Header& header = {});

/// Why octets are not a whole datagram with a segment in it.
enum class Ipv4Fault : std::uint8_t {
    none,
    short_header,
    version,
    header_length,
    checksum,
    total_length,
    fragment,
    protocol
};

/// "short header", "version", "header length", "checksum", "total length", "fragment", "protocol"
[[nodiscard]] std::string_view name(Ipv4Fault fault);

/// What was read. Where `fault` is not none, the rest is empty.
struct ParsedDatagram {
    Ipv4Fault fault = Ipv4Fault::none;
    Ipv4Header header;
    Address from;
    Address to;
    std::span<const std::uint8_t> segment; ///< for parse_octets; points into the octets that were read
};

/// Reads one datagram; what follows its total length, as Ethernet pads short frames, is no part of it. Its options are
/// stepped over (MUST-50). Faults are looked for in the order of Ipv4Fault.
[[nodiscard]] ParsedDatagram parse_datagram(std::span<const std::uint8_t> octets);

} // namespace tcpsm
#pragma GCC visibility pop
