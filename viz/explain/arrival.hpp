#pragma once
// A segment that arrives, with all that its sentence depends on.

#include <optional>
#include <vector>

#include "explain/numbers.hpp"
#include "explain/scene.hpp"

namespace tcpsm::viz {

struct Arrival {
    const Scene& scene;
    const Record& record;
    const SentSegment& sent;
    const Segment& seg;
    State before;                     ///< of the connection that it met, or of the listener
    State after;                      ///< after the segment's own processing
    std::vector<State> states;        ///< that it led to, in order
    Numbers numbers;                  ///< before it arrived
    std::optional<Seq> rcv_nxt_after; ///< as the answer says
    const SentSegment* resent;        ///< the first segment that it makes the connection send again; null for none
    bool opens_anew;                  ///< out of TIME-WAIT: then `before` and the numbers are the old connection's

    [[nodiscard]] Event event() const { return record.why.event; }
    [[nodiscard]] bool answered() const { return rcv_nxt_after.has_value(); }
    [[nodiscard]] Seq end() const { return seg.seq + seg.len(); }
    /// The FIN's own sequence number.
    [[nodiscard]] Seq fin() const { return seg.seq + (seg.has(Flag::SYN) ? 1U : 0U) + seg.text_len; }
    /// SEG.WND as it is meant, which is shifted in all but a SYN (RFC 7323, 2.2).
    [[nodiscard]] std::uint32_t window() const
    {
        return std::uint32_t{seg.wnd} << (seg.has(Flag::SYN) ? 0 : numbers.agreed.snd_shift);
    }
    /// It acknowledges nothing new, and tells of another window than the one before.
    [[nodiscard]] bool changes_window() const;
    /// Where octets are missing between what was expected and what came.
    [[nodiscard]] std::optional<Seq> hole() const;
    /// All of it lies before what was expected.
    [[nodiscard]] bool nothing_new() const { return numbers.rcv_nxt && seg.len() > 0 && end() <= *numbers.rcv_nxt; }
};

/// Of a record of the kind `arrived` whose segment the history knows.
[[nodiscard]] Arrival arrival(const Scene& scene, std::uint32_t index);

} // namespace tcpsm::viz
