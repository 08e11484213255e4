#pragma once
// The checks of 3.10.7 as a list of functions, each of which says what it found in one segment.

#include <span>
#include <string>
#include <vector>

#include "explain/arrival.hpp"
#include "explain/explain.hpp"

namespace tcpsm::viz {

/// What one check found.
struct Finding {
    CheckResult result = CheckResult::passed;
    bool refused = false;
    std::string found;
};

struct OrderedCheck {
    Phrase ordinal;
    Phrase name;
    Finding (*make)(const Arrival&);
};

/// Makes the checks in order until one of them decides.
[[nodiscard]] std::vector<CheckLine> make_checks(const Arrival& arrival, std::span<const OrderedCheck> checks);
/// 3.10.7.4, all states from SYN-RECEIVED on.
[[nodiscard]] std::vector<CheckLine> checks_in_other_states(const Arrival& arrival);

/// The segment goes on to the next check.
template <class... Args>
[[nodiscard]] Finding passed(const Arrival& arrival, Phrase found, const Args&... args)
{
    return {CheckResult::passed, false, arrival.scene.say(found, args...)};
}
/// It ends here: its meaning was found.
template <class... Args>
[[nodiscard]] Finding decided(const Arrival& arrival, Phrase found, const Args&... args)
{
    return {CheckResult::decided, false, arrival.scene.say(found, args...)};
}
/// It ends here, and is not processed.
template <class... Args>
[[nodiscard]] Finding refused(const Arrival& arrival, Phrase found, const Args&... args)
{
    return {CheckResult::decided, true, arrival.scene.say(found, args...)};
}

} // namespace tcpsm::viz
