#pragma once
// Every switch of a profile by the name that people know: a sysctl's or a socket option's where there is one. Scenario
// files, the table of profiles and the replayer of recordings all take them from here.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "tcpsm/host/profile.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

using SwitchValue = std::variant<Duration, std::int64_t, bool, std::string>;

/// How a switch's value is written.
enum class SwitchType : std::uint8_t { duration, number, yes_no, word, ports };

struct Switch {
    std::string_view name; ///< "tcp_retries2", "rto_min"
    SwitchType type;
    std::int64_t least; ///< of a number; of a duration in nanoseconds
    std::int64_t most;
    std::string_view from;    ///< where it comes from: "RFC 6298, 2.4", "linux sysctl"
    std::string_view effect;  ///< one sentence: what it does
    Duration unit{};          ///< of a bare number where a sysctl gives a duration so; zero where none does
    std::string_view words{}; ///< of a word: those that are known, separated by ", "; of a duration: what -1 ns means
    SwitchValue (*get)(const Profile&);
    void (*set)(Profile&, const SwitchValue&); ///< the value has the switch's type and lies within its bounds

    /// Whether it is one of a word's `words`; or of ports, "32768 60999": the first and the last.
    [[nodiscard]] bool knows(std::string_view word) const;
};

/// All of them, in the order in which they are shown.
[[nodiscard]] std::span<const Switch> switches();
/// The switch of that name; null where there is none.
[[nodiscard]] const Switch* find_switch(std::string_view name);

/// What /proc/sys says of a sysctl, as it stands there: "60", "1", "reno".
/// @return false, and nothing set, where there is no switch of that name or it cannot have that value
bool set_sysctl(Profile& profile, std::string_view name, std::string_view value);

} // namespace tcpsm
#pragma GCC visibility pop
