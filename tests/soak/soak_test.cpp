// Two applications that send and close as chance has it, over a network that loses, duplicates, delays and reorders.
// After every event the invariants of TCP hold; at the end all text has arrived, or both were told that it has not.

#include <doctest/doctest.h>

#include "soak/world/soak.hpp"

using namespace tcpsm::soak;

namespace {

constexpr std::uint64_t seeds = 200;

} // namespace

TEST_CASE("random faults by seed: the invariants hold after every event and all text arrives or both sides are told")
{
    std::uint64_t failures = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const Outcome outcome = run_seed(seed);
        if (outcome.finding) FAIL(outcome.finding->report);
        if (outcome.failed) ++failures;
    }
    CHECK(failures < seeds / 4); // most runs end well, else this test tells little
}
