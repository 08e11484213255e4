// RFC 791, 3.1. Internet Header Format.

#include "tcpsm/wire/ipv4.hpp"

#include <array>
#include <cassert>

#include "tcpsm/wire/octets.hpp"
#include "wire/checksum.hpp"
#include "wire/network_order.hpp"

namespace tcpsm {

namespace {

constexpr std::size_t least_ip_header = 20;
constexpr std::size_t most_datagram = 65535;
constexpr std::uint8_t tcp = 6;

// Of the third word's second half.
constexpr std::uint16_t dont_fragment = 0x4000;
constexpr std::uint16_t more_fragments = 0x2000;
constexpr std::uint16_t fragment_offset = 0x1FFF;

ParsedDatagram refused(Ipv4Fault fault)
{
    ParsedDatagram parsed;
    parsed.fault = fault;
    return parsed;
}

} // namespace

std::vector<std::uint8_t> to_datagram(const Segment& segment, std::span<const std::uint8_t> text, Endpoint from,
                                      Endpoint to, const Ipv4Header& header)
{
    assert(header.dscp < 64 && header.ecn < 4);
    std::vector<std::uint8_t> octets = to_octets(segment, text, from, to);
    const std::size_t total = least_ip_header + octets.size();
    assert(total <= most_datagram);

    std::array<std::uint8_t, least_ip_header> begin{};
    std::uint8_t* const at = begin.data();
    at[0] = 4 << 4 | least_ip_header / 4;
    at[1] = static_cast<std::uint8_t>(header.dscp << 2 | header.ecn); // the user's, unchanged (SHLD-22)
    write16(at + 2, static_cast<std::uint16_t>(total));
    write16(at + 4, header.identification);
    write16(at + 6, header.dont_fragment ? dont_fragment : 0);
    at[8] = header.ttl;
    at[9] = tcp;
    write32(at + 12, from.address.value);
    write32(at + 16, to.address.value);
    write_checksum(at + 10, ones_sum(begin));

    octets.insert(octets.begin(), begin.begin(), begin.end());
    return octets;
}

std::string_view name(Ipv4Fault fault)
{
    switch (fault) {
    case Ipv4Fault::none: return "none";
    case Ipv4Fault::short_header: return "short header";
    case Ipv4Fault::version: return "version";
    case Ipv4Fault::header_length: return "header length";
    case Ipv4Fault::checksum: return "checksum";
    case Ipv4Fault::total_length: return "total length";
    case Ipv4Fault::fragment: return "fragment";
    case Ipv4Fault::protocol: return "protocol";
    }
    return "";
}

ParsedDatagram parse_datagram(std::span<const std::uint8_t> octets)
{
    if (octets.size() < least_ip_header) return refused(Ipv4Fault::short_header);
    const std::uint8_t* const at = octets.data();
    if (at[0] >> 4 != 4) return refused(Ipv4Fault::version);
    const std::size_t header_size = (at[0] & 0x0F) * std::size_t{4};
    if (header_size < least_ip_header || header_size > octets.size()) return refused(Ipv4Fault::header_length);
    if (fold(ones_sum(octets.first(header_size))) != 0xFFFF) return refused(Ipv4Fault::checksum);
    const std::size_t total = read16(at + 2);
    if (total < header_size || total > octets.size()) return refused(Ipv4Fault::total_length);
    const std::uint16_t fragments = read16(at + 6);
    if ((fragments & (more_fragments | fragment_offset)) != 0) return refused(Ipv4Fault::fragment);
    if (at[9] != tcp) return refused(Ipv4Fault::protocol);

    ParsedDatagram parsed;
    parsed.header = {.ttl = at[8],
                     .dscp = static_cast<std::uint8_t>(at[1] >> 2),
                     .ecn = static_cast<std::uint8_t>(at[1] & 3),
                     .identification = read16(at + 4),
                     .dont_fragment = (fragments & dont_fragment) != 0};
    parsed.from.value = read32(at + 12);
    parsed.to.value = read32(at + 16);
    parsed.segment =
        octets.subspan(header_size, total - header_size); // behind the options, whatever they are (MUST-50)
    return parsed;
}

} // namespace tcpsm
