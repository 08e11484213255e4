// Same seed, same history: no clock but the one passed in, no randomness without a seed, no rounding, no order that
// depends on a hash.

#include <doctest/doctest.h>

#include <regex>
#include <set>
#include <string>
#include <string_view>

#include "tidy/source.hpp"

using namespace tidy;

namespace {

// The names of all variables that are declared as unordered containers.
std::set<std::string> unordered_names(const std::vector<Source>& sources)
{
    static const std::regex declaration(R"(\bunordered_\w+\s*<[^;{}()]*>&?\s+(\w+)\s*[;={,)])");
    std::set<std::string> names;
    for (const Source& source : sources) {
        const std::string code = source.code();
        for (std::sregex_iterator it(code.begin(), code.end(), declaration), end; it != end; ++it)
            names.insert((*it)[1]);
    }
    return names;
}

} // namespace

TEST_CASE("the library and its tests: read no clock, never sleep, and have no randomness without a seed")
{
    const std::string clocks = R"(\b(system|steady|high_resolution|utc|file)_clock\b)"
                               R"(|\b(gettimeofday|clock_gettime|timespec_get)\b)";
    const std::string calls = R"((^|[^\w.>])(std::|::)?time\s*\(\s*(nullptr|NULL|0|&))";
    const std::string sleeps = R"(\b(sleep_for|sleep_until|nanosleep)\b|(^|[^\w.>])u?sleep\s*\()";
    const std::string chance = R"(\brandom_device\b|(^|[^\w.>])(std::|::)?s?rand\s*\()";
    for (const std::string_view folder : {"libtcpsm/include", "libtcpsm/src", "tests"})
        for (const Source& source : cpp_files_in(std::string(folder))) {
            if (source.path.starts_with("tests/bench/")) continue; // it measures
            complain_of(source, clocks, "names a clock");
            complain_of(source, calls, "asks for the time");
            complain_of(source, sleeps, "sleeps");
            complain_of(source, chance, "takes chance from outside");
            // A test may bound the processor's time that bad input costs.
            if (source.path.starts_with("libtcpsm/")) complain_of(source, R"(\bclock\s*\(\s*\))", "asks for the time");
        }
}

TEST_CASE("the simulation: has no floating point, so that it runs the same everywhere")
{
    for (const std::string_view layer : {"time", "wire", "machine", "connection", "host", "network"})
        for (const std::string_view folder : {"libtcpsm/include/tcpsm/", "libtcpsm/src/"})
            for (const Source& source : cpp_files_in(std::string(folder) + std::string(layer)))
                complain_of(source, R"(\b(float|double)\b|(^|[^\w.])\d+\.\d)", "has floating point");
}

TEST_CASE("an unordered container of the library: is never iterated, so its order reaches no output")
{
    const auto sources = cpp_files_in("libtcpsm");
    const std::set<std::string> names = unordered_names(sources);
    for (const std::string& variable : names) {
        std::string range_for = R"(\bfor\s*\([^;]*:[^;]*\b)";
        range_for.append(variable).append(R"(\s*\))");
        std::string iterator = R"(\b)";
        iterator.append(variable).append(R"((\.|->)c?begin\s*\(|\bbegin\(\s*)").append(variable).append(R"(\s*\))");
        for (const Source& source : sources) {
            complain_of(source, range_for, "iterates over " + variable);
            complain_of(source, iterator, "iterates over " + variable);
        }
    }
}
