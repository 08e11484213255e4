// docs/errors.md, which is made by reaching each state and making each call.

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>

#include "kernel/errors_cells.hpp"
#include "kernel/errors_page.hpp"
#include "support/file.hpp"
#include "support/places.hpp"

using namespace tcpsm;
using namespace tcpsm::errors;

namespace {

const std::string errors_path = tcpsm::test::in_source("docs/errors.md");

} // namespace

TEST_CASE("docs/errors.md: each cell is what the call answers now")
{
    const std::string now = errors_page();
    if (std::getenv("TCPSM_NEW_ERRORS") != nullptr) std::ofstream(errors_path, std::ios::binary) << now;
    INFO("renew it: TCPSM_NEW_ERRORS=1 build/release/tests/kernel_tests");
    const bool current = test::octets_of(errors_path) == now;
    CHECK(current);
}

TEST_CASE("the situations of docs/errors.md: each is reached in both profiles, and no state is left out")
{
    for (const Profile& profile : {rfc9293(), linux_profile()}) {
        std::array<int, state_count> seen{};
        for (const auto all : {situations(), endings()})
            for (const Situation& situation : all) {
                CAPTURE(situation.name);
                TwoEnds net(profile);
                situation.reach(net);
                CHECK(net.a.state() == situation.state);
                ++seen.at(static_cast<std::size_t>(situation.state));
            }
        for (const int times : seen) CHECK(times > 0);
    }
}
