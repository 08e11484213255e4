// The tables that a host is made of.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "host/demux.hpp"
#include "host/pool.hpp"

using namespace tcpsm;

TEST_CASE("a pool: a value keeps its place, and a place that is given back is used again")
{
    Pool<std::string, 4> pool;
    std::vector<std::uint32_t> places;
    for (int i = 0; i < 10; ++i) places.push_back(pool.make(std::to_string(i)));
    const std::string* const third = &pool[places[3]];
    pool.destroy(places[5]);
    CHECK(pool.make("again") == places[5]);
    for (int i = 0; i < 100; ++i) pool.make("more");
    CHECK(&pool[places[3]] == third);
    CHECK(pool[places[3]] == "3");
    CHECK(pool[places[5]] == "again");
}

TEST_CASE("a pool: chunks in which nothing is left are given back, but for one")
{
    Pool<std::array<char, 1000>, 4> pool;
    std::vector<std::uint32_t> places;
    for (int i = 0; i < 400; ++i) places.push_back(pool.make());
    CHECK(pool.memory() > 400 * 1000);
    for (std::size_t i = 0; i < places.size(); ++i)
        if (i != 41) pool.destroy(places[i]);
    CHECK(pool.memory() < 20 * 1000);
    places.assign(1, places[41]);
    for (int i = 0; i < 399; ++i) places.push_back(pool.make());
    std::sort(places.begin(), places.end());
    CHECK(std::adjacent_find(places.begin(), places.end()) == places.end());
    CHECK(places.back() < 404); // the places of before
}

TEST_CASE("a copy of a pool: it holds the same values at the same places, and its own")
{
    Pool<std::string, 4> pool;
    std::vector<std::uint32_t> places;
    for (int i = 0; i < 20; ++i) places.push_back(pool.make("value " + std::to_string(i)));
    for (int i = 0; i < 20; i += 3) pool.destroy(places[static_cast<std::size_t>(i)]);
    Pool<std::string, 4> copy = pool;
    copy[places[1]] = "other";
    CHECK(pool[places[1]] == "value 1");
    for (const std::size_t i : {2U, 4U, 19U}) CHECK(copy[places[i]] == pool[places[i]]);
    const std::uint32_t in_both = pool.make("new");
    CHECK(copy.make("new") == in_both); // a copy has the same future
}

TEST_CASE("slots by four-tuple: each is found while it is in there, however many come and go")
{
    constexpr std::uint32_t most = 3000;
    const auto tuple_of = [](std::uint32_t slot) {
        return four_tuple(static_cast<Port>(slot % 7), {Address{0xC0000201U + slot % 3}, static_cast<Port>(slot)});
    };
    Demux demux;
    CHECK(demux.find(tuple_of(1), tuple_of) == Demux::nobody);
    for (std::uint32_t slot = 0; slot < most; ++slot) demux.insert(tuple_of(slot), slot, tuple_of);
    for (std::uint32_t slot = 0; slot < most; slot += 2) demux.erase(tuple_of(slot), slot);
    for (std::uint32_t slot = 0; slot < most; ++slot)
        REQUIRE(demux.find(tuple_of(slot), tuple_of) == (slot % 2 == 0 ? Demux::nobody : slot));
    for (std::uint32_t slot = 0; slot < most; slot += 2) demux.insert(tuple_of(slot), slot, tuple_of);
    for (std::uint32_t slot = 0; slot < most; ++slot) REQUIRE(demux.find(tuple_of(slot), tuple_of) == slot);
    CHECK(demux.memory() < most * 12);
}
