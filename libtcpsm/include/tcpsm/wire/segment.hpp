#pragma once
// RFC 9293, 3.1. Header Format; table 4, the current segment variables.

#include <cstdint>

#include "tcpsm/wire/options.hpp"
#include "tcpsm/wire/seq.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// One control bit of the header.
enum class Flag : std::uint8_t { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16, URG = 32, ECE = 64, CWR = 128 };

/// A set of control bits.
class Flags {
public:
    constexpr Flags() = default;
    constexpr Flags(Flag flag) : bits_(static_cast<std::uint8_t>(flag)) {}
    constexpr explicit Flags(std::uint8_t bits) : bits_(bits) {}

    [[nodiscard]] constexpr bool has(Flag flag) const { return (bits_ & static_cast<std::uint8_t>(flag)) != 0; }
    [[nodiscard]] constexpr std::uint8_t bits() const { return bits_; }

    friend constexpr Flags operator|(Flags a, Flags b) { return Flags(static_cast<std::uint8_t>(a.bits_ | b.bits_)); }
    friend constexpr bool operator==(Flags, Flags) = default;

private:
    std::uint8_t bits_ = 0;
};
constexpr Flags operator|(Flag a, Flag b)
{
    return Flags(a) | Flags(b);
}

/// A segment's header. Its text (the data octets) travels beside it, because a header is a small value that is copied
/// freely and the text is not.
struct Segment {
    Seq seq;                    ///< SEG.SEQ: of the first octet, or of the SYN where there is one
    Seq ack;                    ///< SEG.ACK: meaningful where ACK is set
    std::uint32_t text_len = 0; ///< octets of text
    std::uint16_t wnd = 0;      ///< SEG.WND as it stands in the header, not scaled
    std::uint16_t up = 0;       ///< SEG.UP: meaningful where URG is set
    Flags flags;
    Options options;

    [[nodiscard]] constexpr bool has(Flag flag) const { return flags.has(flag); }
    /// SEG.LEN: the sequence numbers that it occupies, SYN and FIN counted.
    [[nodiscard]] constexpr std::uint32_t len() const
    {
        return text_len + (has(Flag::SYN) ? 1U : 0U) + (has(Flag::FIN) ? 1U : 0U);
    }
    friend bool operator==(const Segment&, const Segment&) = default;
};

} // namespace tcpsm
#pragma GCC visibility pop
