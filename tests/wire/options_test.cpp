#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "tcpsm/wire/options.hpp"

using namespace tcpsm;

namespace {

using Octets = std::vector<std::uint8_t>;

Octets octets_of(const Options& options)
{
    return {options.octets().begin(), options.octets().end()};
}

Options assigned(const Octets& octets)
{
    Options options;
    REQUIRE(options.assign(octets));
    return options;
}

// `count` octets of No-Operation, then `more`.
Octets after_nops(std::size_t count, const Octets& more)
{
    Octets octets(count, 1);
    octets.insert(octets.end(), more.begin(), more.end());
    return octets;
}

const Octets mss_1460 = {2, 4, 0x05, 0xB4};
const Octets timestamps_1_2 = {8, 10, 0, 0, 0, 1, 0, 0, 0, 2};

} // namespace

TEST_CASE("an option of each kind added: the octets are those of its RFC (MUST-4)")
{
    Options options;
    SUBCASE("maximum segment size") {
        CHECK(options.add_mss(1460));
        CHECK(octets_of(options) == mss_1460);
        CHECK(options.mss() == 1460);
    }
    SUBCASE("window scale") {
        CHECK(options.add_window_scale(7));
        CHECK(octets_of(options) == Octets{3, 3, 7});
        CHECK(options.window_scale() == 7);
    }
    SUBCASE("SACK permitted") {
        CHECK(options.add_sack_permitted());
        CHECK(octets_of(options) == Octets{4, 2});
        CHECK(options.sack_permitted());
    }
    SUBCASE("SACK") {
        CHECK(options.add_sack(std::array{SackBlock{Seq(0xFFFFFFFE), Seq(0x01020304)}}));
        CHECK(octets_of(options) == Octets{5, 10, 0xFF, 0xFF, 0xFF, 0xFE, 1, 2, 3, 4});
        CHECK(options.sack().count == 1);
        CHECK(options.sack().blocks[0] == SackBlock{Seq(0xFFFFFFFE), Seq(0x01020304)});
    }
    SUBCASE("timestamps") {
        CHECK(options.add_timestamps({.value = 1, .echo = 2}));
        CHECK(octets_of(options) == timestamps_1_2);
        CHECK(options.timestamps() == Timestamps{.value = 1, .echo = 2});
    }
    SUBCASE("no operation") {
        CHECK(options.add_nop());
        CHECK(octets_of(options) == Octets{1});
    }
}

TEST_CASE("no options: each question is answered with nothing")
{
    const Options options;
    CHECK(options.empty());
    CHECK_FALSE(options.mss());
    CHECK_FALSE(options.window_scale());
    CHECK_FALSE(options.sack_permitted());
    CHECK_FALSE(options.timestamps());
    CHECK(options.sack().count == 0);
}

TEST_CASE("an option at any octet of the header: read all the same (MUST-64)")
{
    for (std::size_t at = 0; at + mss_1460.size() <= Options::capacity; ++at) {
        CAPTURE(at);
        CHECK(assigned(after_nops(at, mss_1460)).mss() == 1460);
    }
    for (std::size_t at = 0; at + timestamps_1_2.size() <= Options::capacity; ++at) {
        CAPTURE(at);
        CHECK(assigned(after_nops(at, timestamps_1_2)).timestamps() == Timestamps{.value = 1, .echo = 2});
    }
}

TEST_CASE("options after an End option: dropped with it, whatever their lengths (MUST-69)")
{
    const Options options = assigned({2, 4, 0x05, 0xB4, 0, 3, 3, 7, 8, 0, 255});
    CHECK(octets_of(options) == mss_1460);
    CHECK_FALSE(options.window_scale());
}

TEST_CASE("an End option where a kind is expected only: a zero inside an option does not end the list")
{
    const Options options = assigned({2, 4, 0, 0, 3, 3, 0, 4, 2});
    CHECK(options.mss() == 0);
    CHECK(options.window_scale() == 0);
    CHECK(options.sack_permitted());
}

TEST_CASE("options of unknown kinds: stepped over and kept (MUST-6)")
{
    const Octets octets = {77, 2, 254, 6, 0xF9, 0x89, 1, 2, 3, 3, 7, 255, 3, 0, 2, 4, 0x05, 0xB4};
    const Options options = assigned(octets);
    CHECK(options.window_scale() == 7);
    CHECK(options.mss() == 1460);
    CHECK(octets_of(options) == octets);
}

TEST_CASE("an option's length that cannot be: refused and nothing taken (MUST-7)")
{
    Options options = assigned({3, 3, 7});
    for (const std::uint8_t kind : Octets{2, 3, 4, 5, 8, 77, 255}) {
        CAPTURE(kind);
        for (const std::uint8_t length : Octets{0, 1, 5, 255}) { // 5 is one past the end
            CAPTURE(length);
            CHECK_FALSE(options.assign(Octets{kind, length, 0, 0}));
            CHECK_FALSE(options.assign(Octets{3, 3, 8, 1, kind, length, 0, 0})); // after good ones
        }
        CHECK_FALSE(options.assign(Octets{1, 1, 1, kind})); // the header ends before the length
    }
    CHECK(octets_of(options) == Octets{3, 3, 7});
}

TEST_CASE("a known kind with another kind's length: kept, but it says nothing")
{
    const Octets octets = {2, 3, 5, 3, 4, 7, 7, 4, 3, 0, 8, 9, 0, 0, 0, 0, 0, 0, 0, 5, 9, 0, 0, 0, 0, 0, 0, 0};
    const Options options = assigned(octets);
    CHECK_FALSE(options.mss());
    CHECK_FALSE(options.window_scale());
    CHECK_FALSE(options.sack_permitted());
    CHECK_FALSE(options.timestamps());
    CHECK(options.sack().count == 0);
    CHECK(octets_of(options) == octets);
    CHECK(assigned({5, 2}).sack().count == 0);
    CHECK(assigned({5, 14, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0}).sack().count == 0); // a block and a half
}

TEST_CASE("an option given twice: the first counts")
{
    CHECK(assigned({2, 4, 0, 1, 2, 4, 0, 2}).mss() == 1);
}

TEST_CASE("one to four SACK blocks: kept in order, and no other count is added")
{
    const std::array<SackBlock, 5> blocks{{
        {Seq(10), Seq(20)},
        {Seq(30), Seq(40)},
        {Seq(50), Seq(60)},
        {Seq(0xFFFFFFFF), Seq(0)},
        {Seq(90), Seq(100)},
    }};
    for (std::size_t count = 1; count <= 4; ++count) {
        Options options;
        CHECK(options.add_sack(std::span(blocks).first(count)));
        const auto sack = options.sack();
        REQUIRE(sack.count == count);
        CHECK(std::equal(blocks.begin(), blocks.begin() + static_cast<std::ptrdiff_t>(count), sack.blocks.begin()));
    }
    Options options;
    CHECK_FALSE(options.add_sack({}));
    CHECK_FALSE(options.add_sack(blocks));
    CHECK(options.empty());
}

TEST_CASE("an option that no longer fits into 40 octets: not added, and what is there stays")
{
    Options options;
    REQUIRE(options.add(77, Octets(34, 0xAA))); // 36 octets
    const Octets before = octets_of(options);
    CHECK_FALSE(options.add_timestamps({}));
    CHECK_FALSE(options.add_sack(std::array{SackBlock{}}));
    CHECK_FALSE(options.add(78, Octets(3)));
    CHECK(octets_of(options) == before);

    CHECK(options.add_mss(1460)); // the last four
    CHECK(options.octets().size() == Options::capacity);
    CHECK_FALSE(options.add_nop());
    CHECK_FALSE(options.add_sack_permitted());
    CHECK_FALSE(options.add(78, {}));
    CHECK(options.mss() == 1460);
}

TEST_CASE("an option with one octet of room: only No-Operation is added")
{
    Options options;
    REQUIRE(options.add(77, Octets(37))); // 39 octets
    CHECK_FALSE(options.add_sack_permitted());
    CHECK(options.add_nop());
}

TEST_CASE("more data than any option holds: not added")
{
    Options options;
    CHECK_FALSE(options.add(77, Octets(39)));
    CHECK_FALSE(options.add(77, Octets(254))); // with its two octets, a length of 0 modulo 256
    CHECK(options.empty());
    CHECK(options.add(77, Octets(38)));
}

TEST_CASE("End and No-Operation with a length: not added, because they have none (MUST-68)")
{
    Options options;
    CHECK_FALSE(options.add(0, Octets{1}));
    CHECK_FALSE(options.add(1, Octets{1}));
    CHECK(options.empty());
}

TEST_CASE("more octets than a header has room for: refused")
{
    Options options;
    CHECK_FALSE(options.assign(Octets(41, 1)));
    CHECK(options.empty());
    CHECK(options.assign(Octets(40, 1)));
}

TEST_CASE("two sets of options: equal where their octets are, whatever was there before")
{
    Options once_longer = assigned({3, 3, 7, 4, 2});
    REQUIRE(once_longer.assign(mss_1460));
    CHECK(once_longer == assigned(mss_1460));
    CHECK(once_longer != assigned({2, 4, 0x05, 0xB5}));
    CHECK(once_longer != assigned(after_nops(1, mss_1460)));
    CHECK(once_longer != Options());
}
