// RFC 9293, 3.1. Header Format.

#include "tcpsm/wire/octets.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "wire/checksum.hpp"
#include "wire/network_order.hpp"

namespace tcpsm {

namespace {

constexpr std::size_t least_tcp_header = 20;
constexpr std::size_t most_header = least_tcp_header + Options::capacity;
constexpr std::uint32_t protocol = 6; // PTCL of figure 2

// Figure 2. TCP Length does not count these 12 octets.
std::uint64_t ones_sum_of_pseudo_header(Address from, Address to, std::size_t tcp_length)
{
    std::array<std::uint8_t, 12> pseudo_header{};
    std::uint8_t* const at = pseudo_header.data();
    write32(at, from.value);
    write32(at + 4, to.value);
    write32(at + 8, (protocol << 16) + static_cast<std::uint32_t>(tcp_length));
    return ones_sum(pseudo_header);
}

ParsedSegment refused(WireFault fault)
{
    ParsedSegment parsed;
    parsed.fault = fault;
    return parsed;
}

} // namespace

std::vector<std::uint8_t> to_octets(const Segment& segment, std::span<const std::uint8_t> text, Endpoint from,
                                    Endpoint to)
{
    assert(text.size() == segment.text_len);
    const auto options = segment.options.octets();
    const std::size_t header_size = least_tcp_header + (options.size() + 3) / 4 * 4;

    // Begins as zeros: the reserved bits, the checksum while it is computed, and the padding (MUST-69), which reads as
    // End because that is kind 0.
    std::array<std::uint8_t, most_header> header{};
    std::uint8_t* const at = header.data();
    write16(at, from.port);
    write16(at + 2, to.port);
    write32(at + 4, segment.seq.value());
    write32(at + 8, segment.ack.value());
    at[12] = static_cast<std::uint8_t>(header_size / 4 << 4);
    at[13] = segment.flags.bits();
    write16(at + 14, segment.wnd);
    write16(at + 18, segment.up);
    std::copy(options.begin(), options.end(), header.begin() + least_tcp_header);

    const std::uint64_t sum = ones_sum_of_pseudo_header(from.address, to.address, header_size + text.size()) +
                              ones_sum({header.data(), header_size}) + ones_sum(text);
    write_checksum(at + 16, sum); // MUST-2

    std::vector<std::uint8_t> octets;
    octets.reserve(header_size + text.size());
    octets.insert(octets.end(), header.begin(), header.begin() + static_cast<std::ptrdiff_t>(header_size));
    octets.insert(octets.end(), text.begin(), text.end());
    return octets;
}

std::string_view name(WireFault fault)
{
    switch (fault) {
    case WireFault::none: return "none";
    case WireFault::short_header: return "short header";
    case WireFault::data_offset: return "data offset";
    case WireFault::option_length: return "option length";
    case WireFault::checksum: return "checksum";
    }
    return "";
}

ParsedSegment parse_octets(std::span<const std::uint8_t> octets, Address from, Address to)
{
    if (octets.size() < least_tcp_header) return refused(WireFault::short_header);
    const std::size_t header_size = (octets[12] >> 4) * std::size_t{4};
    if (header_size < least_tcp_header || header_size > octets.size()) return refused(WireFault::data_offset);
    // Before the options: what was damaged on the way is to be blamed on the way, not on the options' sender.
    if (fold(ones_sum_of_pseudo_header(from, to, octets.size()) + ones_sum(octets)) != 0xFFFF) // MUST-3
        return refused(WireFault::checksum);

    ParsedSegment parsed;
    Segment& seg = parsed.segment;
    // A suggested answer to an impossible length is a reset (MUST-7); here the segment is refused as a whole, because
    // what its other options say cannot be told.
    if (!seg.options.assign(octets.subspan(least_tcp_header, header_size - least_tcp_header)))
        return refused(WireFault::option_length);
    const std::uint8_t* const at = octets.data();
    parsed.from = read16(at);
    parsed.to = read16(at + 2);
    seg.seq = Seq(read32(at + 4));
    seg.ack = Seq(read32(at + 8));
    seg.flags = Flags(at[13]); // the reserved bits beside them "must be ignored in received segments"
    seg.wnd = read16(at + 14); // unsigned (MUST-1)
    seg.up = read16(at + 18);
    parsed.text = octets.subspan(header_size);
    seg.text_len = static_cast<std::uint32_t>(parsed.text.size());
    return parsed;
}

} // namespace tcpsm
