#include <array>
#include <vector>

#include "fuzz/target/targets.hpp"
#include "tcpsm/wire/ipv4.hpp"
#include "tcpsm/wire/notation.hpp"
#include "tcpsm/wire/octets.hpp"

namespace tcpsm::fuzz {
namespace {

constexpr std::size_t checksum_at = 16;    // in a TCP header
constexpr std::size_t ip_checksum_at = 10; // in an IPv4 header
constexpr std::size_t ip_header = 20;

std::uint32_t sum(Octets octets)
{
    std::uint32_t total = 0;
    for (std::size_t i = 0; i < octets.size(); ++i) total += i % 2 == 0 ? octets[i] * 256U : octets[i];
    return total;
}

/// Puts the checksum where it belongs, or no octets ever get beyond it.
void make_right(std::vector<std::uint8_t>& octets, std::size_t at, std::size_t covered, std::uint32_t before)
{
    octets[at] = octets[at + 1] = 0;
    std::uint32_t total = before + sum(Octets(octets).first(covered));
    while (total > 0xFFFF) total = (total & 0xFFFF) + (total >> 16);
    octets[at] = static_cast<std::uint8_t>(~total >> 8);
    octets[at + 1] = static_cast<std::uint8_t>(~total);
}

std::uint32_t pseudo_header(std::size_t length)
{
    const auto halves = [](Address address) { return (address.value >> 16) + (address.value & 0xFFFF); };
    return halves(theirs.address) + halves(ours.address) + 6 + static_cast<std::uint32_t>(length);
}

void check_options(const Options& options)
{
    static_cast<void>(options.mss());
    static_cast<void>(options.window_scale());
    static_cast<void>(options.sack_permitted());
    static_cast<void>(options.timestamps());
    require(options.sack().count <= 4, "a SACK option with more than four blocks");
    Options again;
    require(again.assign(options.octets()) && again == options, "options that do not read as they were written");
    static_cast<void>(to_notation(options));
}

void read_segment(Octets input)
{
    static_cast<void>(parse_octets(input, theirs.address, ours.address));
    if (input.size() < 20 || input.size() > 65'535) return;
    std::vector<std::uint8_t> octets(input.begin(), input.end());
    make_right(octets, checksum_at, octets.size(), pseudo_header(octets.size()));
    const ParsedSegment read = parse_octets(octets, theirs.address, ours.address);
    require(read.fault != WireFault::checksum, "a checksum that is right is refused");
    if (read.fault != WireFault::none) return;
    require(read.segment.text_len == read.text.size(), "the text's length is not SEG's");
    check_options(read.segment.options);
    const auto written = to_octets(read.segment, read.text, {theirs.address, read.from}, {ours.address, read.to});
    const ParsedSegment again = parse_octets(written, theirs.address, ours.address);
    require(again.fault == WireFault::none && again.segment == read.segment, "a segment that does not read again");
    require(std::vector(again.text.begin(), again.text.end()) == std::vector(read.text.begin(), read.text.end()),
            "a text that does not read again");
    require(to_octets(again.segment, again.text, {theirs.address, again.from}, {ours.address, again.to}) == written,
            "a segment that is written in two ways");
    static_cast<void>(to_notation(read.segment));
}

void read_datagram(Octets input)
{
    static_cast<void>(parse_datagram(input));
    if (input.size() < ip_header) return;
    std::vector<std::uint8_t> octets(input.begin(), input.end());
    const std::size_t header = (octets[0] & 15U) * 4U;
    if (header < ip_header || header > octets.size()) return;
    make_right(octets, ip_checksum_at, header, 0);
    const ParsedDatagram read = parse_datagram(octets);
    require(read.fault != Ipv4Fault::checksum, "a header checksum that is right is refused");
    if (read.fault != Ipv4Fault::none) return;
    require(read.segment.size() <= octets.size() - ip_header, "a segment that is longer than its datagram");
    const ParsedSegment inside = parse_octets(read.segment, read.from, read.to);
    if (inside.fault != WireFault::none) return;
    const auto written =
        to_datagram(inside.segment, inside.text, {read.from, inside.from}, {read.to, inside.to}, read.header);
    const ParsedDatagram again = parse_datagram(written);
    require(again.fault == Ipv4Fault::none && again.header == read.header && again.from == read.from &&
                again.to == read.to,
            "a datagram that does not read again");
    require(parse_octets(again.segment, again.from, again.to).segment == inside.segment,
            "the segment in a datagram does not read again");
}

void read_options(Octets input)
{
    Options options;
    if (options.assign(input)) check_options(options);
}

void read_notation(Octets input)
{
    const std::string text(input.begin(), input.end());
    static_cast<void>(parse_flags(text));
    const ParsedNotation read = parse_notation(text);
    require(read.segment.has_value() == read.error.empty(), "neither a segment nor an error");
    require(read.column <= text.size(), "an error beyond the text");
    if (!read.segment) return;
    check_options(read.segment->options);
    const ParsedNotation again = parse_notation(to_notation(*read.segment));
    require(again.segment.has_value(), "a notation that does not read again");
    require(again.segment->seq == read.segment->seq && again.segment->ack == read.segment->ack &&
                again.segment->text_len == read.segment->text_len,
            "a notation that reads as something else");
    require(parse_flags(to_string(read.segment->flags)) == read.segment->flags, "flags that do not read again");
}

} // namespace

void wire(Octets input)
{
    if (input.empty()) return;
    const Octets rest = input.subspan(1);
    switch (input[0] % 4) {
    case 0: return read_segment(rest);
    case 1: return read_datagram(rest);
    case 2: return read_options(rest.first(std::min<std::size_t>(rest.size(), 60)));
    default: return read_notation(rest);
    }
}

} // namespace tcpsm::fuzz
