#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "tcpsm/connection/options.hpp"
#include "tcpsm/wire/ipv4.hpp"
#include "tcpsm/wire/octets.hpp"
#include "wire/endpoints.hpp"

using namespace tcpsm;
using test::client;
using test::server;

namespace {

using Octets = std::vector<std::uint8_t>;

Segment hello()
{
    Segment segment;
    segment.seq = Seq(101);
    segment.ack = Seq(301);
    segment.flags = Flag::PSH | Flag::ACK;
    segment.wnd = 65535;
    segment.text_len = 5;
    return segment;
}

const Octets hello_text{'h', 'e', 'l', 'l', 'o'};

Octets datagram(const Ipv4Header& header = {})
{
    return to_datagram(hello(), hello_text, client, server, header);
}

// The octets with the header's checksum set right, so that nothing but what a test damaged is wrong with them.
Octets ipv4_summed(Octets octets)
{
    octets[10] = octets[11] = 0;
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < (octets[0] & 0x0FU) * 4; i += 2)
        sum += static_cast<std::uint32_t>(octets[i] << 8 | octets[i + 1]);
    while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
    octets[10] = static_cast<std::uint8_t>(~sum >> 8);
    octets[11] = static_cast<std::uint8_t>(~sum);
    return octets;
}

// With `octets` behind the header of a datagram, as IP options: a whole number of words.
Octets with_ip_options(Octets octets, const Octets& options)
{
    octets.insert(octets.begin() + 20, options.begin(), options.end());
    octets[0] = static_cast<std::uint8_t>(octets[0] + options.size() / 4);
    octets[2] = static_cast<std::uint8_t>(octets.size() >> 8);
    octets[3] = static_cast<std::uint8_t>(octets.size());
    return ipv4_summed(octets);
}

} // namespace

// ---- written --------------------------------------------------------------------------------------------------------

TEST_CASE("a datagram: its header's fields where RFC 791 has them, the checksum as computed by hand")
{
    const Octets octets = datagram();
    const Octets header(octets.begin(), octets.begin() + 20);
    // 4500 + 002D + 0000 + 4000 + 4006 + C000 + 0201 + C000 + 0202 = 2 4936; 4936 + 2 = 4938; its complement: B6C7
    CHECK(header == Octets{0x45, 0, 0, 45, 0, 0, 0x40, 0, 64, 6, 0xB6, 0xC7, 192, 0, 2, 1, 192, 0, 2, 2});
    const Octets rest(octets.begin() + 20, octets.end());
    CHECK(rest == to_octets(hello(), hello_text, client, server));
}

TEST_CASE("a datagram with another TTL: it has that one, and a checksum that is right (MUST-49)")
{
    for (const std::uint8_t ttl : Octets{0, 1, 64, 255}) {
        const Octets octets = datagram({.ttl = ttl});
        CHECK(octets[8] == ttl);
        CHECK(octets == ipv4_summed(octets));
        CHECK(parse_datagram(octets).header.ttl == ttl);
    }
}

TEST_CASE("a datagram with a DSCP: it is in the header as it was given (MUST-48, SHLD-22)")
{
    for (std::uint8_t dscp = 0; dscp < 64; ++dscp) {
        const Octets octets = datagram({.dscp = dscp, .ecn = 2});
        CHECK(octets[1] == dscp * 4 + 2);
        CHECK(octets == ipv4_summed(octets));
    }
}

TEST_CASE("datagrams of one connection with one DSCP after another: each has its own (SHLD-21)")
{
    CHECK(parse_datagram(datagram({.dscp = 46})).header.dscp == 46);
    CHECK(parse_datagram(datagram({.dscp = 8})).header.dscp == 8);
}

TEST_CASE("the largest segment that our MSS lets the peer send: a datagram of 1500 octets (MUST-67)")
{
    Segment segment = hello();
    segment.text_len = ConnectionOptions().mss;
    CHECK(to_datagram(segment, Octets(segment.text_len), client, server).size() == 1500); // Ethernet's MTU
}

TEST_CASE("the largest datagram: 65,535 octets that are read again")
{
    Segment segment = hello();
    segment.text_len = 65535 - 40;
    const Octets octets = to_datagram(segment, Octets(segment.text_len, 0xFF), client, server);
    CHECK(octets.size() == 65535);
    const ParsedDatagram parsed = parse_datagram(octets);
    REQUIRE(parsed.fault == Ipv4Fault::none);
    CHECK(parse_octets(parsed.segment, parsed.from, parsed.to).segment == segment);
}

// ---- read -----------------------------------------------------------------------------------------------------------

TEST_CASE("a datagram that was written: read as it was, its DSCP too (MAY-9)")
{
    const Ipv4Header header{.ttl = 7, .dscp = 46, .ecn = 3, .identification = 0xABCD, .dont_fragment = false};
    const Octets octets = datagram(header);
    const ParsedDatagram parsed = parse_datagram(octets);
    REQUIRE(parsed.fault == Ipv4Fault::none);
    CHECK(parsed.header == header);
    CHECK(parsed.from == client.address);
    CHECK(parsed.to == server.address);
    const ParsedSegment segment = parse_octets(parsed.segment, parsed.from, parsed.to);
    REQUIRE(segment.fault == WireFault::none);
    CHECK(segment.segment == hello());
    CHECK(std::ranges::equal(segment.text, hello_text));
}

TEST_CASE("a datagram with IP options, understood or not: they are stepped over (MUST-50)")
{
    for (const Octets& options : {Octets{1, 1, 1, 0},                 // No Operation, End of Option List
                                  Octets{7, 7, 4, 0, 0, 0, 0, 0},     // Record Route
                                  Octets{68, 8, 5, 0, 0, 0, 0, 0},    // Internet Timestamp
                                  Octets{131, 7, 4, 192, 0, 2, 9, 0}, // Loose Source Route
                                  Octets{222, 0, 0xFF, 0xFF},         // unknown, with a length that cannot be
                                  Octets(40, 0xEE)}) {                // as many as a header has room for
        CAPTURE(options.size());
        const Octets octets = with_ip_options(datagram(), options);
        const ParsedDatagram parsed = parse_datagram(octets);
        REQUIRE(name(parsed.fault) == "none");
        CHECK(parse_octets(parsed.segment, parsed.from, parsed.to).segment == hello());
    }
}

TEST_CASE("octets behind the total length: no part of the datagram, as where Ethernet pads a frame")
{
    Octets octets = datagram();
    octets.resize(60);
    const ParsedDatagram parsed = parse_datagram(octets);
    REQUIRE(parsed.fault == Ipv4Fault::none);
    CHECK(parsed.segment.size() == 25);
    CHECK(parse_octets(parsed.segment, parsed.from, parsed.to).fault == WireFault::none);
}

// ---- refused --------------------------------------------------------------------------------------------------------

TEST_CASE("fewer octets than a header has: refused as a short header")
{
    CHECK(name(parse_datagram({}).fault) == "short header");
    CHECK(name(parse_datagram(Octets(19, 0x45)).fault) == "short header");
}

TEST_CASE("a version other than 4: refused as version")
{
    for (const std::uint8_t version : Octets{0, 3, 5, 6, 15}) {
        Octets octets = datagram();
        octets[0] = static_cast<std::uint8_t>(version << 4 | 5);
        CHECK(name(parse_datagram(ipv4_summed(octets)).fault) == "version");
    }
}

TEST_CASE("a header length under five words or past the end: refused as header length")
{
    Octets octets = datagram();
    for (std::uint8_t words = 0; words < 5; ++words) {
        octets[0] = static_cast<std::uint8_t>(0x40 | words);
        CHECK(name(parse_datagram(octets).fault) == "header length");
    }
    octets[0] = 0x4F; // 60 octets, where there are 45
    CHECK(name(parse_datagram(octets).fault) == "header length");
}

TEST_CASE("any one bit of the header turned over: refused")
{
    for (std::size_t bit = 8; bit < 20 * 8; ++bit) { // the first octet says what the rest is
        CAPTURE(bit);
        Octets octets = datagram();
        octets[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        CHECK(name(parse_datagram(octets).fault) == "checksum");
    }
}

TEST_CASE("a total length under the header's or past the end: refused as total length")
{
    for (const std::uint8_t length : Octets{0, 19, 46, 255}) {
        CAPTURE(length);
        Octets octets = datagram();
        octets[3] = length;
        CHECK(name(parse_datagram(ipv4_summed(octets)).fault) == "total length");
    }
    Octets octets = datagram();
    octets[3] = 20; // a header and nothing else
    const Octets empty = ipv4_summed(octets);
    const ParsedDatagram parsed = parse_datagram(empty);
    CHECK(parsed.fault == Ipv4Fault::none);
    CHECK(name(parse_octets(parsed.segment, parsed.from, parsed.to).fault) == "short header");
}

TEST_CASE("a fragment, be it the first, the last or between: refused, as nothing puts fragments together")
{
    for (const auto& [high, low] : {std::pair<std::uint8_t, std::uint8_t>{0x20, 0}, {0x00, 1}, {0x3F, 0xFF}}) {
        Octets octets = datagram();
        octets[6] = high;
        octets[7] = low;
        CHECK(name(parse_datagram(ipv4_summed(octets)).fault) == "fragment");
    }
}

TEST_CASE("another protocol than TCP: refused as protocol")
{
    Octets octets = datagram();
    octets[9] = 17;
    CHECK(name(parse_datagram(ipv4_summed(octets)).fault) == "protocol");
}

TEST_CASE("a refused datagram: nothing but the fault is given")
{
    Octets octets = datagram({.ttl = 7});
    octets[6] = 0x20;
    octets = ipv4_summed(octets);
    const ParsedDatagram parsed = parse_datagram(octets);
    CHECK(parsed.fault == Ipv4Fault::fragment);
    CHECK(parsed.header == Ipv4Header());
    CHECK(parsed.from == Address());
    CHECK(parsed.to == Address());
    CHECK(parsed.segment.empty());
}

TEST_CASE("100,000 times random octets that begin as a datagram: never read past the end")
{
    std::mt19937 random(791);
    int good = 0;
    for (int i = 0; i < 100'000; ++i) {
        CAPTURE(i);
        Octets octets(random() % 80);
        std::ranges::generate(octets, [&] { return static_cast<std::uint8_t>(random()); });
        if (octets.size() >= 60) { // more often right than chance would have it
            octets[0] = static_cast<std::uint8_t>(0x40 | random() % 16);
            octets[2] = 0;
            octets[3] = static_cast<std::uint8_t>(random() % 80);
            octets[6] = octets[7] = 0;
            octets[9] = 6;
            octets = ipv4_summed(octets);
        }
        const ParsedDatagram parsed = parse_datagram(octets);
        if (parsed.fault != Ipv4Fault::none) continue;
        ++good;
        REQUIRE(parsed.segment.data() >= octets.data() + 20);
        REQUIRE(parsed.segment.data() + parsed.segment.size() <= octets.data() + octets.size());
    }
    CHECK(good > 1000);
}

// ---- addresses ------------------------------------------------------------------------------------------------------

TEST_CASE("an address: whether it can name one host, or names none, many or the very host that asks")
{
    for (const std::uint32_t value : {0x01000000U, 0x0A000001U, 0x7EFFFFFFU, 0x80000000U, 0xC0000201U, 0xDFFFFFFFU})
        CHECK(names_one_host(Address{value}));
    for (const std::uint32_t value : {0U, 1U, 0x00FFFFFFU, 0x7F000001U, 0xE0000001U, 0xEFFFFFFFU, 0xFFFFFFFFU}) {
        CAPTURE(to_string(Address{value}));
        CHECK_FALSE(names_one_host(Address{value}));
    }
}
