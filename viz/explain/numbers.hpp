#pragma once
// The variables of a connection, as far as the segments of the history tell them.

#include <cstdint>
#include <optional>

#include "diagram/story.hpp"

namespace tcpsm::viz {

/// Before a moment. Nothing where the history began too late to tell.
struct Numbers {
    std::optional<Seq> iss;
    std::optional<Seq> snd_una;
    std::optional<Seq> snd_nxt;
    std::optional<std::uint32_t> snd_wnd; ///< as the peer's newest segment said
    std::optional<Seq> rcv_nxt;
    std::optional<std::uint32_t> rcv_wnd; ///< as the peer was last told; the window itself may have grown since
};

/// Looks back from the moment through what the connection has sent and received, as far as it must: usually a few
/// segments, at most to its SYN.
[[nodiscard]] Numbers numbers_before(const History& history, const Story& story, HostId host, std::uint32_t connection,
                                     std::uint32_t moment);

} // namespace tcpsm::viz
