#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tcpsm/wire/octets.hpp"
#include "wire/endpoints.hpp"

using namespace tcpsm;
using test::client;
using test::server;

namespace {

using Octets = std::vector<std::uint8_t>;

// What a Linux 6.18 kernel sent through a TUN device, from client to server, on connect()...
const Octets linux_syn = {0x9C, 0x40, 0x00, 0x50, 0x70, 0x71, 0x34, 0x7F, 0x00, 0x00, 0x00, 0x00, 0xA0, 0x02,
                          0xFA, 0xF0, 0xC4, 0xB6, 0x00, 0x00, 0x02, 0x04, 0x05, 0xB4, 0x04, 0x02, 0x08, 0x0A,
                          0xCF, 0x8F, 0xF3, 0x40, 0x00, 0x00, 0x00, 0x00, 0x01, 0x03, 0x03, 0x0A};
// ... and on send("hello").
const Octets linux_hello = {0x9C, 0x40, 0x00, 0x50, 0x85, 0x92, 0x2B, 0xE1, 0xFF, 0xFF, 0xFF, 0xF1, 0x50,
                            0x18, 0xFA, 0xF0, 0x9F, 0x0A, 0x00, 0x00, 0x68, 0x65, 0x6C, 0x6C, 0x6F};

// The checksum as RFC 9293 3.1 words it, one 16-bit word after the other, its own field taken as zeros.
std::uint16_t checksum(Octets octets, Address from, Address to)
{
    std::uint32_t sum = (from.value >> 16) + (from.value & 0xFFFF) + (to.value >> 16) + (to.value & 0xFFFF) + 6 +
                        static_cast<std::uint32_t>(octets.size());
    octets[16] = octets[17] = 0;
    if (octets.size() % 2 != 0) octets.push_back(0);
    for (std::size_t i = 0; i < octets.size(); i += 2)
        sum += static_cast<std::uint32_t>(octets[i] << 8 | octets[i + 1]);
    while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

std::uint16_t checksum_field(const Octets& octets)
{
    return static_cast<std::uint16_t>(octets[16] << 8 | octets[17]);
}

// The octets with the checksum set right, so that nothing but what a test damaged is wrong with them.
Octets segment_summed(Octets octets)
{
    const std::uint16_t right = checksum(octets, client.address, server.address);
    octets[16] = static_cast<std::uint8_t>(right >> 8);
    octets[17] = static_cast<std::uint8_t>(right);
    return octets;
}

ParsedSegment parse(const Octets& octets)
{
    return parse_octets(octets, client.address, server.address);
}

// std::mt19937 gives the same numbers everywhere; the standard's distributions do not.
class Random {
public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}
    std::uint32_t any() { return static_cast<std::uint32_t>(engine_()); }
    std::uint32_t below(std::uint32_t bound) { return any() % bound; }
    template <class Number>
    Number number()
    {
        return static_cast<Number>(any());
    }
    Octets octets(std::size_t count)
    {
        Octets octets(count);
        std::ranges::generate(octets, [this] { return number<std::uint8_t>(); });
        return octets;
    }

private:
    std::mt19937 engine_;
};

// One option of any kind: known, No-Operation, unknown, or a known kind with a length that is not its own.
bool add_random(Options& options, Random& random)
{
    switch (random.below(8)) {
    case 0: return options.add_mss(random.number<std::uint16_t>());
    case 1: return options.add_window_scale(random.number<std::uint8_t>());
    case 2: return options.add_sack_permitted();
    case 3: return options.add_timestamps({.value = random.any(), .echo = random.any()});
    case 4: return options.add_nop();
    case 5: {
        std::array<SackBlock, 4> blocks;
        for (SackBlock& block : blocks) block = {Seq(random.any()), Seq(random.any())};
        return options.add_sack(std::span(blocks).first(1 + random.below(4)));
    }
    case 6: return options.add(static_cast<std::uint8_t>(9 + random.below(247)), random.octets(random.below(12)));
    default: return options.add(static_cast<std::uint8_t>(2 + random.below(7)), random.octets(random.below(12)));
    }
}

Segment random_segment(Random& random, std::uint32_t text_len)
{
    Segment segment;
    segment.seq = Seq(random.any());
    segment.ack = Seq(random.any());
    segment.text_len = text_len;
    segment.wnd = random.number<std::uint16_t>();
    segment.up = random.number<std::uint16_t>();
    segment.flags = Flags(random.number<std::uint8_t>());
    for (std::uint32_t tries = random.below(12); tries > 0; --tries) add_random(segment.options, random);
    return segment;
}

Segment with_all_options()
{
    Segment segment;
    segment.seq = Seq(0xFFFFFFF0);
    segment.ack = Seq(300);
    segment.flags = Flag::ACK | Flag::PSH;
    segment.text_len = 100;
    segment.options.add_mss(1460);
    segment.options.add_window_scale(7);
    segment.options.add_sack_permitted();
    segment.options.add_timestamps({.value = 1, .echo = 2});
    segment.options.add_sack(std::array{SackBlock{Seq(500), Seq(600)}});
    segment.options.add(77, Octets{1, 2, 3});
    return segment;
}

} // namespace

TEST_CASE("the SYN that a Linux kernel sent: read as what it is")
{
    const ParsedSegment parsed = parse(linux_syn);
    REQUIRE(parsed.fault == WireFault::none);
    CHECK(parsed.from == client.port);
    CHECK(parsed.to == server.port);
    CHECK(parsed.text.empty());
    const Segment& syn = parsed.segment;
    CHECK(syn.seq == Seq(0x7071347F));
    CHECK(syn.ack == Seq(0));
    CHECK(syn.flags == Flag::SYN);
    CHECK(syn.wnd == 64240);
    CHECK(syn.len() == 1);
    CHECK(syn.options.mss() == 1460);
    CHECK(syn.options.sack_permitted());
    CHECK(syn.options.timestamps() == Timestamps{.value = 0xCF8FF340, .echo = 0});
    CHECK(syn.options.window_scale() == 10);
}

TEST_CASE("the SYN that a Linux kernel sent, written again: its very octets, the checksum as computed by hand (MUST-2)")
{
    Segment syn;
    syn.seq = Seq(0x7071347F);
    syn.flags = Flag::SYN;
    syn.wnd = 64240;
    syn.options.add_mss(1460);
    syn.options.add_sack_permitted();
    syn.options.add_timestamps({.value = 0xCF8FF340, .echo = 0});
    syn.options.add_nop();
    syn.options.add_window_scale(10);
    const Octets octets = to_octets(syn, {}, client, server);
    CHECK(octets == linux_syn);

    // pseudo-header  C000 + 0201 + C000 + 0202 + 0006 + 0028          = 1 8431
    // header         9C40 + 0050 + 7071 + 347F + A002 + FAF0          = 2 DC72
    // options        0204 + 05B4 + 0402 + 080A + CF8F + F340
    //                + 0103 + 030A                                    = 1 DAA0
    // in all 6 3B43; with the carries added back, 3B43 + 6 = 3B49; its complement:
    CHECK(checksum_field(octets) == 0xC4B6);
}

TEST_CASE("a segment with five octets of text that a Linux kernel sent: read, and written again to its very octets")
{
    const ParsedSegment parsed = parse(linux_hello);
    REQUIRE(parsed.fault == WireFault::none);
    CHECK(std::string(parsed.text.begin(), parsed.text.end()) == "hello");
    CHECK(parsed.segment.seq == Seq(0x85922BE1));
    CHECK(parsed.segment.ack == Seq(0xFFFFFFF1));
    CHECK(parsed.segment.flags == (Flag::PSH | Flag::ACK));
    CHECK(parsed.segment.text_len == 5);
    CHECK(to_octets(parsed.segment, parsed.text, client, server) == linux_hello);
}

TEST_CASE("each field of the header: where figure 1 has it, the most significant octet first")
{
    Segment segment;
    segment.seq = Seq(0x01020304);
    segment.ack = Seq(0x05060708);
    segment.wnd = 0x0910;
    segment.up = 0x1112;
    segment.flags = Flags(0xFF);
    const Octets octets = to_octets(segment, {}, {client.address, 0xABCD}, {server.address, 0xEF01});
    Octets expected = {0xAB, 0xCD, 0xEF, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0x50, 0xFF, 9, 0x10, 0, 0, 0x11, 0x12};
    CHECK(octets == segment_summed(expected));
}

TEST_CASE("a window over half of 65535: read as an unsigned number (MUST-1)")
{
    Segment segment;
    segment.wnd = 65535;
    CHECK(parse(to_octets(segment, {}, client, server)).segment.wnd == 65535);
}

TEST_CASE("100,000 random segments: what is read is what was written (MUST-5)")
{
    Random random(9293);
    const Octets pool = random.octets(4096);
    for (int i = 0; i < 100'000; ++i) {
        CAPTURE(i);
        const std::uint32_t text_len = random.below(4) == 0 ? 0 : random.below(i % 100 == 0 ? 4096 : 128);
        const auto text = std::span(pool).subspan(random.below(4096 - text_len), text_len);
        const Segment segment = random_segment(random, text_len);
        const Endpoint from{Address{random.any()}, random.number<Port>()};
        const Endpoint to{Address{random.any()}, random.number<Port>()};

        const Octets octets = to_octets(segment, text, from, to);
        REQUIRE(checksum_field(octets) == checksum(octets, from.address, to.address));
        const ParsedSegment parsed = parse_octets(octets, from.address, to.address);
        REQUIRE(parsed.fault == WireFault::none);
        REQUIRE(parsed.segment == segment);
        REQUIRE(std::ranges::equal(parsed.text, text));
        REQUIRE(parsed.from == from.port);
        REQUIRE(parsed.to == to.port);
    }
}

TEST_CASE("every truncation of a valid segment: refused by the name of what it lacks")
{
    const Segment segment = with_all_options();
    const Octets octets = to_octets(segment, Octets(segment.text_len, 'x'), client, server);
    REQUIRE(segment.options.octets().size() == 34);
    REQUIRE(parse(octets).fault == WireFault::none);
    for (std::size_t size = 0; size < octets.size(); ++size) {
        CAPTURE(size);
        const Octets truncated(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size)); // ASan sees its end
        const auto expected = size < 20   ? WireFault::short_header
                              : size < 56 ? WireFault::data_offset // 20 and 34 octets, padded
                                          : WireFault::checksum;   // TCP Length is in the sum
        CHECK(name(parse(truncated).fault) == name(expected));
    }
}

TEST_CASE("fewer than 20 octets: refused as a short header")
{
    CHECK(name(parse({}).fault) == "short header");
    CHECK(name(parse(Octets(19)).fault) == "short header");
}

TEST_CASE("a data offset under five words: refused as data offset")
{
    for (std::uint8_t words = 0; words < 5; ++words) {
        Octets octets = linux_syn;
        octets[12] = static_cast<std::uint8_t>(words << 4);
        CHECK(name(parse(segment_summed(octets)).fault) == "data offset");
    }
}

TEST_CASE("a data offset past the end: refused as data offset")
{
    Octets octets = linux_syn;
    octets[12] = 11 << 4;
    CHECK(name(parse(segment_summed(octets)).fault) == "data offset");
}

TEST_CASE("an option's length of 0 or 1 or past the end: refused as option length (MUST-7)")
{
    for (const std::uint8_t length : Octets{0, 1, 21, 255}) {
        CAPTURE(length);
        Octets octets = linux_syn;
        octets[21] = length;
        CHECK(name(parse(segment_summed(octets)).fault) == "option length");
    }
}

TEST_CASE("an option that reaches from the header into the text: refused as option length (MUST-7)")
{
    Segment segment;
    segment.text_len = 8;
    segment.options.add_mss(1460);
    Octets octets = to_octets(segment, Octets(8), client, server);
    octets[21] = 5;
    CHECK(name(parse(segment_summed(octets)).fault) == "option length");
}

TEST_CASE("any one bit turned over: refused (MUST-3)")
{
    for (std::size_t bit = 0; bit < linux_syn.size() * 8; ++bit) {
        CAPTURE(bit);
        Octets octets = linux_syn;
        octets[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        const auto offset = bit / 8 == 12 && bit % 8 >= 4 && octets[12] >> 4 != 8; // 8 words are still inside
        CHECK(name(parse(octets).fault) == (offset ? "data offset" : "checksum"));
    }
}

TEST_CASE("a segment for another address: refused by its checksum over the pseudo-header (MUST-3)")
{
    CHECK(name(parse_octets(linux_syn, client.address, Address{0xC0000203}).fault) == "checksum");
    CHECK(name(parse_octets(linux_syn, Address{0xC0000101}, server.address).fault) == "checksum");
}

TEST_CASE("both the checksum and an option's length wrong: the checksum is named")
{
    Octets octets = linux_syn;
    octets[21] = 0;
    CHECK(name(parse(octets).fault) == "checksum");
}

TEST_CASE("a refused segment: nothing but the fault is given")
{
    Octets octets = linux_hello;
    ++octets.back();
    const ParsedSegment parsed = parse(octets);
    CHECK(parsed.fault == WireFault::checksum);
    CHECK(parsed.segment == Segment());
    CHECK(parsed.text.empty());
    CHECK(parsed.from == 0);
    CHECK(parsed.to == 0);
}

TEST_CASE("options that do not fill their last word: padded with zeros, which are not read as options (MUST-69)")
{
    for (std::size_t size = 0; size <= Options::capacity; ++size) {
        CAPTURE(size);
        Segment segment;
        for (std::size_t i = 0; i < size; ++i) segment.options.add_nop();
        const Octets octets = to_octets(segment, {}, client, server);
        CHECK(octets.size() == 20 + (size + 3) / 4 * 4);
        CHECK((octets[12] >> 4) * 4U == octets.size());
        CHECK(std::all_of(octets.begin() + 20 + static_cast<std::ptrdiff_t>(size), octets.end(),
                          [](std::uint8_t octet) { return octet == 0; }));
        CHECK(parse(octets).segment == segment);
    }
}

TEST_CASE("reserved bits that are set: ignored")
{
    Octets octets = linux_syn;
    octets[12] |= 0x0F;
    const ParsedSegment parsed = parse(segment_summed(octets));
    CHECK(parsed.fault == WireFault::none);
    CHECK(parsed.segment == parse(linux_syn).segment);
}

TEST_CASE("a checksum of zero: valid like any other, as TCP has no way to leave it out")
{
    Segment segment;
    segment.up = 0;
    const Octets without = to_octets(segment, {}, client, server);
    segment.up = checksum_field(without); // makes the sum 0xFFFF
    const Octets octets = to_octets(segment, {}, client, server);
    CHECK(checksum_field(octets) == 0);
    CHECK(parse(octets).fault == WireFault::none);
}

TEST_CASE("the largest segment of an IPv4 datagram, all ones: the sum's carries are not lost")
{
    Segment segment;
    segment.text_len = 65495;
    const Octets text(segment.text_len, 0xFF);
    const Octets octets = to_octets(segment, text, client, server);
    CHECK(checksum_field(octets) == checksum(octets, client.address, server.address));
    CHECK(parse(octets).segment == segment);
}

TEST_CASE(
    "100,000 headers with random options and a right checksum: read or refused by name, never past the end (MUST-7)")
{
    Random random(7);
    int refused = 0;
    for (int i = 0; i < 100'000; ++i) {
        CAPTURE(i);
        Octets octets = random.octets(20 + 4 * random.below(11));
        octets[12] = static_cast<std::uint8_t>(octets.size() / 4 << 4);
        for (std::size_t at = 20; at < octets.size(); ++at) octets[at] %= 16; // so that many lengths fit
        const ParsedSegment parsed = parse(segment_summed(octets));
        if (parsed.fault != WireFault::none) {
            REQUIRE(name(parsed.fault) == "option length");
            ++refused;
            continue;
        }
        const Octets again =
            to_octets(parsed.segment, parsed.text, {client.address, parsed.from}, {server.address, parsed.to});
        REQUIRE(parse(again).segment == parsed.segment);
    }
    CHECK(refused > 10'000);
    CHECK(refused < 90'000);
}

TEST_CASE("100,000 times random octets: never read past the end")
{
    Random random(8);
    for (int i = 0; i < 100'000; ++i) {
        const ParsedSegment parsed = parse(random.octets(random.below(80)));
        REQUIRE((parsed.fault != WireFault::none || parsed.text.size() == parsed.segment.text_len));
    }
}
