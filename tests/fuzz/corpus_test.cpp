// What the fuzzers have found to reach most of the code, kept in corpus/, is run here as they run it.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/target/targets.hpp"
#include "support/places.hpp"

using namespace tcpsm::fuzz;

namespace {

/// Runs all files of a corpus; how many there are.
std::size_t replay(const std::string& corpus, void (*target)(Octets))
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(tcpsm::test::in_source("tests/fuzz/corpus/") + corpus))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        CAPTURE(file.filename().string());
        std::ifstream in(file, std::ios::binary);
        const std::vector<std::uint8_t> octets{std::istreambuf_iterator<char>(in), {}};
        CHECK_NOTHROW(target(octets));
    }
    return files.size();
}

} // namespace

TEST_CASE("the corpus of octets from the wire: what is read is written so that it reads the same")
{
    CHECK(replay("wire", wire) > 20);
}

TEST_CASE("the corpus of hostile segments: what one endpoint tells is true, and its timers have reasons")
{
    CHECK(replay("endpoint", endpoint) > 20);
}

TEST_CASE("the corpus of scenarios: what is read runs, and is written so that it reads the same")
{
    CHECK(replay("scenario", scenario) > 20);
}
