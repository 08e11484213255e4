#pragma once
// What both SYNs of a connection agreed on (RFC 7323, 2.2 and 3.2; RFC 2018, 2).

#include <cstdint>

#include "diagram/story.hpp"

namespace tcpsm::viz {

struct Agreed {
    bool known = false; ///< the history has both SYNs
    bool timestamps = false;
    bool sack = false;
    std::uint8_t snd_shift = 0; ///< of the peer's window fields, the SYN's aside
    std::uint8_t rcv_shift = 0; ///< of ours
};

/// Reads the two SYNs, as far as they are in the history.
[[nodiscard]] Agreed agreed_options(const History& history, const Story& story, HostId host, std::uint32_t connection);

} // namespace tcpsm::viz
