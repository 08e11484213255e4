#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <type_traits>

#include "tcpsm/wire/seq.hpp"

using tcpsm::Seq;

namespace {

constexpr Seq last(0xFFFFFFFF);
constexpr std::uint32_t half = 0x80000000;

// All that the five comparisons say when `a` comes before `b`.
bool before(Seq a, Seq b)
{
    return a < b && a <= b && b > a && b >= a && a != b && !(b < a) && !(b <= a) && !(a > b) && !(a >= b);
}

} // namespace

TEST_CASE("two points away from the wrap: they compare as their numbers do")
{
    CHECK(before(Seq(100), Seq(101)));
    CHECK(before(Seq(0), Seq(1)));
    CHECK(before(Seq(0x7FFFFFFF), Seq(0x80000000)));
}

TEST_CASE("two points on both sides of the wrap: the higher number comes first")
{
    CHECK(before(last, Seq(0)));
    CHECK(before(Seq(0xFFFFFF00), Seq(0x100)));
}

TEST_CASE("a point and itself: equal and neither before nor after")
{
    for (const Seq point : {Seq(0), Seq(half), last}) {
        CHECK(point == point);
        CHECK(point <= point);
        CHECK(point >= point);
        CHECK_FALSE(point < point);
        CHECK_FALSE(point > point);
    }
}

TEST_CASE("two points just under half of the ring apart: they still compare and the order turns beyond that")
{
    for (const Seq point : {Seq(0), Seq(100), Seq(half), last}) {
        CHECK(before(point, point + (half - 1)));
        CHECK(before(point + (half + 1), point));
    }
}

TEST_CASE("any point and any length under half of the ring: the point comes before their sum")
{
    std::mt19937 random(1);
    for (int i = 0; i < 100'000; ++i) {
        const Seq point(static_cast<std::uint32_t>(random()));
        const std::uint32_t length = 1 + static_cast<std::uint32_t>(random()) % (half - 1);
        CAPTURE(point.value());
        CAPTURE(length);
        REQUIRE(before(point, point + length));
        REQUIRE(point + length - point == static_cast<std::int32_t>(length));
        REQUIRE(point + length - length == point);
    }
}

TEST_CASE("a length added or taken away across the wrap: the number goes round")
{
    CHECK(last + 1 == Seq(0));
    CHECK(Seq(0) - 1U == last);
    CHECK(Seq(0xFFFFFFF0) + 0x20 == Seq(0x10));

    Seq point = last;
    CHECK(++point == Seq(0));
    CHECK((point += 10).value() == 10);
}

TEST_CASE("the distance between two points: signed and taken the short way round")
{
    CHECK(Seq(5) - last == 6);
    CHECK(last - Seq(5) == -6);
    CHECK(Seq(300) - Seq(100) == 200);
}

TEST_CASE("SND.UNA < SEG.ACK =< SND.NXT with the wrap in between: only what was sent is acknowledged")
{
    const Seq una(0xFFFFFFFE);
    const Seq nxt(2);
    const auto acknowledges = [&](Seq ack) { return una < ack && ack <= nxt; };
    CHECK_FALSE(acknowledges(Seq(0xFFFFFFFD)));
    CHECK_FALSE(acknowledges(una));
    CHECK(acknowledges(last));
    CHECK(acknowledges(Seq(0)));
    CHECK(acknowledges(nxt));
    CHECK_FALSE(acknowledges(Seq(3)));
}

// A number is not silently a point, nor a point a number.
static_assert(!std::is_convertible_v<std::uint32_t, Seq> && !std::is_convertible_v<Seq, std::uint32_t>);
