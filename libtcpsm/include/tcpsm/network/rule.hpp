#pragma once
// What the network does to segments: rules that are asked one after the other, and the first that answers decides.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "tcpsm/machine/state.hpp"
#include "tcpsm/time/time.hpp"
#include "tcpsm/wire/segment.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// A segment that has just left: what a rule is asked about.
struct Flight {
    std::string_view name; ///< "client.4"
    std::string_view from; ///< host
    std::string_view to;   ///< host; empty where nobody has the address
    const Segment& segment;
    State state; ///< of the sender, as it left
    bool retransmission;
    Time sent;
};

/// What is done to a segment.
struct Verdict {
    enum class Kind : std::uint8_t { lose, delay, duplicate, hold };
    Kind kind = Kind::lose;
    Duration by{}; ///< delay: so much longer; duplicate: the copy comes so much after the segment

    static Verdict lose() { return {Kind::lose, {}}; }
    static Verdict delay(Duration by) { return {Kind::delay, by}; }
    static Verdict duplicate(Duration after = {}) { return {Kind::duplicate, after}; }
    static Verdict hold() { return {Kind::hold, {}}; }
};

/// Which segments, and what is done to them. All that is given must hold: the name, the predicate, the chance. Those
/// that hold are counted, also where a rule before has decided.
struct Rule {
    std::string segment{};                     ///< a name, "client.4"; empty for any
    std::function<bool(const Flight&)> when{}; ///< pure: it depends on nothing but the flight; empty for any
    std::uint32_t chance = one_million;        ///< in a million, drawn from the rule's own seeded numbers
    std::uint32_t skip = 0;                    ///< lets so many pass first
    std::uint32_t times = 0xffffffff;          ///< and is over after so many
    Verdict verdict{};

    static constexpr std::uint32_t one_million = 1'000'000;
};

/// Names a rule that was added to a network.
struct RuleId {
    std::uint32_t index = 0;
};

/// Names a step that was added to a network's script.
struct StepId {
    std::uint32_t index = 0;
};

} // namespace tcpsm
#pragma GCC visibility pop
