#pragma once
// The variables of a connection, as far as the segments of the history tell them.

#include <cstdint>
#include <optional>

#include "diagram/story.hpp"
#include "explain/agreed.hpp"

namespace tcpsm::viz {

/// Before a moment. Nothing where the history began too late to tell.
struct Numbers {
    std::optional<Seq> iss;
    std::optional<Seq> snd_una;
    std::optional<Seq> snd_nxt;
    std::optional<std::uint32_t> snd_wnd; ///< as the peer's newest segment said
    std::optional<Seq> rcv_nxt;
    std::optional<std::uint32_t> rcv_wnd;   ///< as the peer was last told; the window itself may have grown since
    std::optional<std::uint32_t> ts_recent; ///< TS.Recent, where timestamps were agreed on (RFC 7323, 4.3)
    std::uint32_t last_sent = none;         ///< the segment that left last, as an index; none where there is none
    std::uint32_t arrivals_since = 0;       ///< that came since then
    Agreed agreed{};
};

/// Looks back from the moment through what the connection has sent and received, as far as it must: usually a few
/// segments, at most to its SYN.
[[nodiscard]] Numbers numbers_before(const History& history, const Story& story, HostId host, std::uint32_t connection,
                                     std::uint32_t moment);

/// A probe without text: its sequence number was acknowledged before, and it asks only for an answer.
[[nodiscard]] bool asks_only(const SentSegment& sent);
/// RFC 7323, 5.2: whether a timestamp lies before another on their ring.
[[nodiscard]] bool older(std::uint32_t timestamp, std::uint32_t other);

} // namespace tcpsm::viz
