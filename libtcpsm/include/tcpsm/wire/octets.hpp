#pragma once
// RFC 9293, 3.1: a segment as the octets that go over the wire, and back, with the checksum over the pseudo-header.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tcpsm/wire/address.hpp"
#include "tcpsm/wire/segment.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// A segment in octets, with text.
/// @param text      segment.text_len octets
/// @param from, to  go into the ports and into the pseudo-header of the checksum
/// @return header (20 octets, options padded to a multiple of four with End) and text
[[nodiscard]] std::vector<std::uint8_t> to_octets(const Segment& segment, std::span<const std::uint8_t> text,
                                                  Endpoint from, Endpoint to);

/// Why octets are not a segment.
enum class WireFault : std::uint8_t { none, short_header, data_offset, option_length, checksum };

/// "short header", "data offset", "option length", "checksum"
[[nodiscard]] std::string_view name(WireFault fault);

/// What was read. Where `fault` is not none, the rest is empty.
struct ParsedSegment {
    WireFault fault = WireFault::none;
    Segment segment;
    std::span<const std::uint8_t> text; ///< points into the octets that were read
    Port from = 0;
    Port to = 0;
};

/// Reads one segment, the whole of `octets`, and verifies the checksum (MUST-3); faults are looked for in the order
/// short header, data offset, checksum, option length.
[[nodiscard]] ParsedSegment parse_octets(std::span<const std::uint8_t> octets, Address from, Address to);

} // namespace tcpsm
#pragma GCC visibility pop
