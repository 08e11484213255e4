#pragma once
// RFC 9293, 3.2. Specific Option Definitions; RFC 2018 (SACK); RFC 7323 (window scale, timestamps).

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "tcpsm/wire/seq.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// The kinds of TCP options that are understood; others are kept as they came.
enum class OptionKind : std::uint8_t {
    end = 0,
    nop = 1,
    mss = 2,
    window_scale = 3,
    sack_permitted = 4,
    sack = 5,
    timestamps = 8,
};

/// TSval and TSecr of RFC 7323, section 3.2.
struct Timestamps {
    std::uint32_t value = 0;
    std::uint32_t echo = 0;
    friend constexpr bool operator==(Timestamps, Timestamps) = default;
};

/// One block of RFC 2018, section 3: the octets from `left` up to, not including, `right`.
struct SackBlock {
    Seq left;
    Seq right;
    friend constexpr bool operator==(SackBlock, SackBlock) = default;
};

/// The options of one segment, in the order and the octets in which they are sent, so that what is not understood is
/// kept too. At most 40 octets, the most that a header has room for.
class Options {
public:
    static constexpr std::size_t capacity = 40;

    /// The octets as in the header, without padding.
    [[nodiscard]] std::span<const std::uint8_t> octets() const { return {octets_.data(), size_}; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

    /// Adds one option at the end; false, and nothing added, where it no longer fits.
    bool add_mss(std::uint16_t octets);
    bool add_window_scale(std::uint8_t shift);
    bool add_sack_permitted();
    bool add_sack(std::span<const SackBlock> blocks); ///< one to four blocks
    bool add_timestamps(Timestamps timestamps);
    bool add_nop();
    /// Any option with a length octet, so neither End nor No-Operation (MUST-68); `data` is what follows that octet.
    bool add(std::uint8_t kind, std::span<const std::uint8_t> data);

    /// Takes over a header's option octets; false, and nothing taken, where an option's length is 0, 1 or reaches past
    /// the end (MUST-7). What follows an End option is dropped (MUST-69).
    bool assign(std::span<const std::uint8_t> octets);

    /// What an option says, the first of its kind; nothing where it is absent or its length is not that of its kind.
    [[nodiscard]] std::optional<std::uint16_t> mss() const;
    [[nodiscard]] std::optional<std::uint8_t> window_scale() const;
    [[nodiscard]] bool sack_permitted() const;
    [[nodiscard]] std::optional<Timestamps> timestamps() const;

    struct SackBlocks {
        std::array<SackBlock, 4> blocks;
        std::size_t count = 0;
    };
    [[nodiscard]] SackBlocks sack() const;

    friend bool operator==(const Options& a, const Options& b);

private:
    [[nodiscard]] std::span<const std::uint8_t> find(OptionKind kind) const;

    std::uint8_t size_ = 0;
    std::array<std::uint8_t, capacity> octets_{};
};

} // namespace tcpsm
#pragma GCC visibility pop
