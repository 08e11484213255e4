#pragma once
// What a scenario changes for everybody while it runs. docs/decisions/0012 says what a change reaches.

#include <cstdint>
#include <string>

#include "tcpsm/scenario/error.hpp"
#include "tcpsm/time/time.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// One setting of everybody's, from a moment on. Which of the fields mean something is said at the kind.
struct Change {
    enum class Kind : std::uint8_t {
        msl,     ///< duration: the MSL of every host
        delay,   ///< duration: one way, of every link
        loss,    ///< chance: so many of all segments are lost; it takes the place of an earlier one, and 0 ends it
        profile, ///< profile: of every host; what the scenario and the hosts set stays over it
    };
    Place place;
    Time at{}; ///< before the steps of that moment
    Kind kind = Kind::delay;
    Duration duration{};
    std::uint32_t chance = 0; ///< in a million
    std::string profile;      ///< "rfc9293", "linux"

    /// "msl: 10s", "loss: 5%"
    [[nodiscard]] std::string text() const;
};

} // namespace tcpsm
#pragma GCC visibility pop
