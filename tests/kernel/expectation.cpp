#include "kernel/expectation.hpp"

#include <doctest/doctest.h>

#include <string>

#include "replay/reader.hpp"
#include "replay/replay.hpp"
#include "support/places.hpp"

namespace tcpsm::kernel {
namespace {

std::string told(const Result& result)
{
    switch (result.verdict) {
    case Verdict::agrees: return "agree";
    case Verdict::unsupported: return "unsupported " + result.text;
    case Verdict::differs: break;
    }
    return "differs at line " + std::to_string(result.line) + ": " + result.text;
}

} // namespace

void check_recording(std::string_view name, std::string_view expected)
{
    const Recording recording =
        read_recording(tcpsm::test::in_source("tests/kernel/recordings/").append(name).append(".jsonl"));
    // The peer's numbers and ours far from the wrap, and across it.
    for (const OwnNumbers& numbers : {OwnNumbers{}, OwnNumbers{.iss = {0xffffffff}, .peer_isn = 0xfffffffe}}) {
        const Result result = replay(recording, numbers);
        const bool differs = expected.starts_with("differs"); // its reason is for people
        if (differs && result.verdict == Verdict::differs) continue;
        CHECK_MESSAGE(told(result) == expected, "tests/kernel/expected.txt has \"", expected, "\" for ", name);
    }
}

} // namespace tcpsm::kernel
