#pragma once
// Drives a recording's segments and calls into one host on the virtual clock, and compares what it does with what the
// kernel did.

#include <cstdint>
#include <string>
#include <vector>

#include "replay/host.hpp"
#include "replay/recording.hpp"

namespace tcpsm::kernel {

enum class Verdict : std::uint8_t { agrees, differs, unsupported };

/// One line of the ladder of a replay: what the recording says, and what the host did.
struct Step {
    Time time{};
    std::string recorded{};
    std::string replayed{};
};

struct Result {
    Verdict verdict = Verdict::agrees;
    std::string text{};        ///< the first difference, or what is unsupported
    std::size_t line = 0;      ///< of the recording, where it differs
    std::vector<Step> steps{}; ///< of the whole run: also what comes after the first difference
};

/// What the host does is compared line by line until the first difference.
///
/// The timers of the host fire when the kernel's did, as far as their tolerance reaches: what comes after is then timed
/// from the same moment, and no difference adds up. A timer that sends nothing fires at its deadline, unless a list of
/// sockets within its tolerance shows that the kernel's had not, or had already.
[[nodiscard]] Result replay(const Recording& recording, const OwnNumbers& numbers = {});

} // namespace tcpsm::kernel
