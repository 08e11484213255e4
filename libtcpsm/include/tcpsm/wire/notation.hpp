#pragma once
// RFC 9293, 3.5: the abbreviated form in which the RFC's figures write a segment, <SEQ=100><ACK=300><CTL=FIN,ACK>.

#include <optional>
#include <string>
#include <string_view>

#include "tcpsm/wire/segment.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// "<SEQ=101><ACK=301><DATA=10><CTL=ACK>". ACK stands only where its bit is set, DATA only where there is text, CTL
/// only where it names a bit. PSH, the window, the urgent pointer and the options are left out, as in the figures.
[[nodiscard]] std::string to_notation(const Segment& segment);

/// The options that are understood, in their order: "<MSS=1460><SACKOK><TS=12,0><WS=7>", "<SACK=400-500,600-700>".
[[nodiscard]] std::string to_notation(const Options& options);

/// "FIN,PSH,ACK": all control bits, PSH too, ACK last as in the figures; empty for none.
[[nodiscard]] std::string to_string(Flags flags);

/// Reads "FIN,ACK" or "FIN ACK", in any order and any case; nothing for an unknown name, no bits for an empty text.
[[nodiscard]] std::optional<Flags> parse_flags(std::string_view text);

/// What was read, or where and what was wrong.
struct ParsedNotation {
    std::optional<Segment> segment;
    std::string error;       ///< "found ..., expected ...", with the nearest known word; empty where it was read
    std::size_t column = 0;  ///< of the fault, counted from 0
    bool has_window = false; ///< WND was named
};

/// Reads the figures' form, in any case and with blanks anywhere between, fields in any order, each once: SEQ, ACK, CTL
/// and DATA (0 to 65495, an IPv4 datagram's room); also WND, UP, MSS (0 to 65535), and the options WS=7, SACKOK,
/// SACK=400-500,600-700 and TS=10,0 (TSval, TSecr), which stand in the segment in the order in which they are written.
/// SEQ is needed. ACK=n and ACK in CTL need each other; UP=n needs URG in CTL. PSH is read in CTL. What is not named is
/// 0, and an option absent.
[[nodiscard]] ParsedNotation parse_notation(std::string_view text);

} // namespace tcpsm
#pragma GCC visibility pop
