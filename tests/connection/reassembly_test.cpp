// Which octets beyond RCV.NXT are there (SHLD-31).

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <vector>

#include "tcpsm/connection/reassembly.hpp"

using tcpsm::Reassembly;
using tcpsm::Seq;

namespace {

// Beginnings of the numbers: away from the wrap, and such that the first twenty straddle it.
constexpr std::array<std::uint32_t, 2> starts{1000, 0xFFFFFFF6};

} // namespace

TEST_CASE("nothing is held: nothing follows")
{
    Reassembly held;
    CHECK(held.empty());
    CHECK(held.take(Seq(5)) == 0);
    CHECK_FALSE(held.take_fin(Seq(5)));
}

TEST_CASE("a piece behind a hole: it follows when the hole is filled, once")
{
    for (const std::uint32_t start : starts) {
        CAPTURE(start);
        const auto at = [&](std::uint32_t n) { return Seq(start) + n; };
        Reassembly held;
        held.add(at(5), at(15));
        CHECK_FALSE(held.empty());
        CHECK(held.take(at(0)) == 0);
        CHECK(held.take(at(4)) == 0);
        CHECK(held.take(at(5)) == 10);
        CHECK(held.empty());
        CHECK(held.take(at(15)) == 0);
    }
}

TEST_CASE("pieces that touch or overlap: one stretch, in whatever order they come")
{
    for (const std::uint32_t start : starts) {
        CAPTURE(start);
        const auto at = [&](std::uint32_t n) { return Seq(start) + n; };
        Reassembly held;
        held.add(at(12), at(15));
        held.add(at(5), at(8));
        held.add(at(8), at(10));
        held.add(at(9), at(13));
        CHECK(held.take(at(5)) == 10);
        CHECK(held.empty());
    }
}

TEST_CASE("a piece that covers others: it takes their place")
{
    Reassembly held;
    held.add(Seq(20), Seq(22));
    held.add(Seq(25), Seq(27));
    held.add(Seq(30), Seq(40));
    held.add(Seq(18), Seq(32));
    CHECK(held.take(Seq(18)) == 22);
    CHECK(held.empty());
}

TEST_CASE("the stream has moved into a piece: only what is beyond follows")
{
    for (const std::uint32_t start : starts) {
        CAPTURE(start);
        const auto at = [&](std::uint32_t n) { return Seq(start) + n; };
        Reassembly held;
        held.add(at(5), at(15));
        CHECK(held.take(at(11)) == 4);
    }
}

TEST_CASE("the stream has moved past a piece: the piece is forgotten and the next one follows")
{
    Reassembly held;
    held.add(Seq(5), Seq(7));
    held.add(Seq(10), Seq(12));
    CHECK(held.take(Seq(10)) == 2);
    CHECK(held.empty());
}

TEST_CASE("a hole between two pieces: the second waits")
{
    Reassembly held;
    held.add(Seq(5), Seq(7));
    held.add(Seq(10), Seq(12));
    CHECK(held.take(Seq(5)) == 2);
    CHECK_FALSE(held.empty());
    CHECK(held.take(Seq(7)) == 0);
    CHECK(held.take(Seq(10)) == 2);
}

TEST_CASE("a FIN that came early: it is there at its place, once")
{
    for (const std::uint32_t start : starts) {
        CAPTURE(start);
        const auto at = [&](std::uint32_t n) { return Seq(start) + n; };
        Reassembly held;
        held.add_fin(at(15));
        CHECK_FALSE(held.empty());
        CHECK_FALSE(held.take_fin(at(14)));
        CHECK(held.take_fin(at(15)));
        CHECK_FALSE(held.take_fin(at(15)));
        CHECK(held.empty());
    }
}

TEST_CASE("everything is forgotten: neither pieces nor FIN remain")
{
    Reassembly held;
    held.add(Seq(5), Seq(7));
    held.add_fin(Seq(7));
    held.clear();
    CHECK(held.empty());
    CHECK(held.take(Seq(5)) == 0);
    CHECK_FALSE(held.take_fin(Seq(7)));
}

TEST_CASE("pieces by chance: as marks in a row would tell")
{
    std::mt19937 random(3);
    for (int run = 0; run < 500; ++run) {
        for (const std::uint32_t start : starts) {
            Reassembly held;
            std::vector<bool> there(64, false);
            std::uint32_t nxt = 0;
            for (int i = 0; i < 12; ++i) {
                const std::uint32_t begin = nxt + static_cast<std::uint32_t>(random()) % (60 - nxt);
                const std::uint32_t end = begin + 1 + static_cast<std::uint32_t>(random()) % (63 - begin);
                held.add(Seq(start) + begin, Seq(start) + end);
                for (std::uint32_t at = begin; at < end; ++at) there[at] = true;
                std::uint32_t expected = 0;
                while (there[nxt + expected]) ++expected;
                REQUIRE(held.take(Seq(start) + nxt) == expected);
                nxt += expected;
                if (nxt >= 60) break;
            }
        }
    }
}
