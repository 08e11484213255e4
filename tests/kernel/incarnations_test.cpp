// Which ports each incarnation has.

#include <doctest/doctest.h>

#include <string>

#include "replay/incarnations.hpp"
#include "replay/reader.hpp"
#include "support/places.hpp"

using namespace tcpsm::kernel;

namespace {

constexpr std::uint32_t isn = 100000;

std::vector<Incarnation> of(const std::string& name)
{
    return find_incarnations(read_recording(tcpsm::test::in_source("tests/kernel/recordings/") + name + ".jsonl"), isn);
}

} // namespace

TEST_CASE("a bound socket's incarnation: has its port, and the peer's that the system shows")
{
    const auto all = of("active_open_active_close");
    REQUIRE(all.size() == 1);
    CHECK(all[0].active);
    CHECK(all[0].local == 40000);
    CHECK(all[0].remote == 9090);
}

TEST_CASE("passive incarnations: have the ports that appear, in order, and those between them")
{
    const auto queue = of("accept_queue_full_ack");
    REQUIRE(queue.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) CHECK(queue[i].remote == 22000 + i);
    CHECK(of("accept_queue_full_syn").back().remote == 22002); // its first SYN was dropped

    const auto resets = of("fin_wait_rst");
    REQUIRE(resets.size() == 3);
    CHECK(resets[0].remote == 5555);
    CHECK(resets[1].remote == 5556);
    CHECK(resets[2].remote == 5557);
    CHECK(of("listen_odd_segments")[11].remote == 6011);
    CHECK(of("mss_effective")[2].local == 8102);
}

TEST_CASE("an incarnation that shows up under an old port: has succeeded the old one")
{
    const auto all = of("time_wait_syn_greater");
    REQUIRE(all.size() == 2);
    CHECK(all[0].remote == all[1].remote);
    CHECK(all[1].peer_isn == isn + 2 + 4998); // as its remark says
    CHECK(of("time_wait_syn_newer_ts")[1].peer_isn < isn);
    CHECK(of("syn_rcvd_rst")[1].remote == 5555);
}

TEST_CASE("an old incarnation that goes on: keeps its port")
{
    const auto all = of("tw_buckets");
    REQUIRE(all.size() == 2);
    CHECK(all[0].remote == 5555);
    CHECK(all[1].remote == 5556);
}
