#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "replay/option_text.hpp"

using namespace tcpsm;
using namespace tcpsm::kernel;

namespace {

std::vector<std::uint8_t> octets(const std::vector<std::string>& texts, const OptionNumbers& numbers = {})
{
    const auto options = to_options(texts, numbers);
    REQUIRE(options);
    return {options->octets().begin(), options->octets().end()};
}

using OptionOctets = std::vector<std::uint8_t>;

} // namespace

TEST_CASE("options in a recording's words: become octets in their order")
{
    CHECK(octets({"mss 1460", "nop", "wscale 15"}) == OptionOctets{2, 4, 5, 180, 1, 3, 3, 15});
    CHECK(octets({"nop", "nop", "sackOK"}) == OptionOctets{1, 1, 4, 2});
    CHECK(octets({"wscale 7", "mss 0"}) == OptionOctets{3, 3, 7, 2, 4, 0, 0});
    CHECK(octets({"mss 1000", "eol", "mss 500"}) == OptionOctets{2, 4, 3, 232}); // nothing follows the end
}

TEST_CASE("a timestamp of the kernel's clock: is translated, one of the peer's is not")
{
    const OptionNumbers numbers{.timestamp = [](std::uint32_t kernels) { return kernels + 1000; }, .sacked = Seq(7)};
    CHECK(octets({"TS val 100 ecr K+28"}, numbers) == OptionOctets{8, 10, 0, 0, 0, 100, 0, 0, 4, 4});
    CHECK(octets({"sack 1:3 5:6"}, numbers) == OptionOctets{5, 18, 0, 0, 0, 8, 0, 0, 0, 10, 0, 0, 0, 12, 0, 0, 0, 13});
    CHECK(timestamp_of("TS val K+28 ecr 100") == 28);
    CHECK_FALSE(timestamp_of("TS val 28 ecr 100"));
    CHECK_FALSE(timestamp_of("mss 1460"));
}

TEST_CASE("an option that is not known: is not understood")
{
    for (const char* text : {"kind 30", "mss", "mss many", "TS val 1", "sack", "sack 1:", "nop 1", ""})
        CHECK_MESSAGE(!understood(text), text);
    CHECK_FALSE(to_options(std::vector<std::string>(41, "nop"), {}));
}

TEST_CASE("a header's options: are named in the recording's words")
{
    Options options;
    options.add_mss(1460);
    options.add_nop();
    options.add_timestamps({});
    options.add(30, {});
    CHECK(kinds_of(options) == std::vector<std::string>{"mss", "nop", "TS", "kind 30"});
    CHECK(kind_of("TS val K+0 ecr 100") == "TS");
}
