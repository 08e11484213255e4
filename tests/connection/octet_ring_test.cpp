// The octets of a stream in a ring: what SEND has queued, or what has not been read.

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "tcpsm/connection/octet_ring.hpp"

using tcpsm::OctetRing;

namespace {

std::span<const std::uint8_t> octets(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string read(const OctetRing& ring, std::size_t offset, std::size_t length)
{
    std::string text(length, ' ');
    const tcpsm::Octets found = ring.read(offset, length);
    CHECK(found.size() == length);
    found.copy_to(reinterpret_cast<std::uint8_t*>(text.data()));
    return text;
}

std::string all(const OctetRing& ring)
{
    return read(ring, 0, ring.size());
}

std::string alphabet(std::size_t from, std::size_t count)
{
    std::string text(count, ' ');
    for (std::size_t i = 0; i < count; ++i) text[i] = static_cast<char>('a' + (from + i) % 26);
    return text;
}

} // namespace

TEST_CASE("a ring without octets: nothing can be read and discarding nothing is harmless")
{
    OctetRing ring;
    CHECK(ring.size() == 0);
    CHECK(ring.read(0, 0).size() == 0);
    ring.discard(0);
    ring.append({});
    CHECK(ring.size() == 0);
}

TEST_CASE("octets are appended and discarded: what is left stays in order")
{
    OctetRing ring;
    ring.append(octets("hello "));
    ring.append(octets("world"));
    CHECK(all(ring) == "hello world");
    ring.discard(6);
    CHECK(all(ring) == "world");
    CHECK(read(ring, 1, 3) == "orl");
}

TEST_CASE("the contents go round the end of the store: read in two spans")
{
    OctetRing ring; // its first store has 64 octets
    ring.append(octets(alphabet(0, 60)));
    ring.discard(50);
    ring.append(octets(alphabet(60, 20)));
    CHECK_FALSE(ring.read(0, 30).second.empty());
    CHECK(all(ring) == alphabet(50, 30));
}

TEST_CASE("the ring grows while its contents go round: everything moves, octets beyond the end too")
{
    OctetRing ring;
    ring.append(octets(alphabet(0, 60)));
    ring.discard(50);
    ring.append(octets(alphabet(60, 10)));
    ring.write(30, octets("held")); // 10 octets behind the end
    ring.append(octets(alphabet(70, 10)));
    ring.write(400, octets("far")); // it grows
    ring.extend(4);
    CHECK(all(ring) == alphabet(50, 30) + "held");
    CHECK(read(ring, 400, 3) == "far");
}

TEST_CASE("a released ring: empty and good for another stream")
{
    OctetRing ring;
    ring.append(octets(alphabet(0, 100)));
    ring.discard(70);
    ring.release();
    CHECK(ring.size() == 0);
    ring.append(octets("again"));
    CHECK(all(ring) == "again");
}

TEST_CASE("a copy of a ring: neither sees what happens to the other")
{
    OctetRing ring;
    ring.append(octets("common"));
    OctetRing copy = ring;
    ring.append(octets(" one"));
    copy.append(octets(" other"));
    CHECK(all(ring) == "common one");
    CHECK(all(copy) == "common other");
}

TEST_CASE("appends, discards and octets ahead of the end by chance: as a string would hold them")
{
    std::mt19937 random(7);
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random()) % limit; };
    OctetRing ring;
    std::string expected;
    std::size_t next = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::size_t count = below(90);
        if (below(2) == 0) {
            ring.append(octets(alphabet(next, count)));
        } else { // the second half comes first
            const std::size_t half = count / 2;
            ring.write(ring.size() + half, octets(alphabet(next + half, count - half)));
            ring.append(octets(alphabet(next, half)));
            ring.extend(count - half);
        }
        expected += alphabet(next, count);
        next += count;
        const std::size_t gone = below(expected.size() + 1);
        ring.discard(gone);
        expected.erase(0, gone);
        REQUIRE(all(ring) == expected);
    }
}
