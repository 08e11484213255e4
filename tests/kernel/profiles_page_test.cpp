// docs/profiles.md, which is made from the switches and from the list of recordings.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>

#include "kernel/profiles_page.hpp"
#include "support/file.hpp"
#include "support/places.hpp"

namespace {

const std::string profiles_path = tcpsm::test::in_source("docs/profiles.md");

} // namespace

TEST_CASE("docs/profiles.md: is what the switches and the recordings say now")
{
    const std::string now = tcpsm::kernel::profiles_page();
    if (std::getenv("TCPSM_NEW_PROFILES") != nullptr) std::ofstream(profiles_path, std::ios::binary) << now;
    INFO("renew it: TCPSM_NEW_PROFILES=1 build/release/tests/kernel_tests");
    const bool current = test::octets_of(profiles_path) == now;
    CHECK(current);
}

TEST_CASE("docs/profiles.md: every recording that it names is there")
{
    const std::string page = tcpsm::kernel::profiles_page();
    const std::regex link(R"(\]\(\.\./([^)]+)\))");
    int links = 0;
    for (auto at = std::sregex_iterator(page.begin(), page.end(), link); at != std::sregex_iterator(); ++at, ++links)
        CHECK(std::filesystem::exists(tcpsm::test::in_source((*at)[1].str())));
    CHECK(links > 20);
}
