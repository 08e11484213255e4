#pragma once
// Stretches of a sequence space that do not touch each other: what has come beyond a hole, or what the peer says has.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "tcpsm/wire/seq.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// The octets from `begin` up to, not including, `end`.
struct SeqRange {
    Seq begin;
    Seq end;
    friend constexpr bool operator==(SeqRange, SeqRange) = default;
};

/// A set of sequence numbers as ranges apart from each other, the one that was added to last in front: RFC 2018,
/// section 4, wants them told in this order.
class SeqRanges {
public:
    SeqRanges() = default;
    SeqRanges(const SeqRanges& other) : ranges_(other.empty() ? nullptr : std::make_unique<Ranges>(*other.ranges_)) {}
    SeqRanges(SeqRanges&&) noexcept = default;
    SeqRanges& operator=(const SeqRanges& other) { return *this = SeqRanges(other); }
    SeqRanges& operator=(SeqRanges&&) noexcept = default;
    ~SeqRanges() = default;

    [[nodiscard]] bool empty() const { return ranges_ == nullptr || ranges_->empty(); }
    [[nodiscard]] std::span<const SeqRange> all() const
    {
        return ranges_ != nullptr ? std::span<const SeqRange>(*ranges_) : std::span<const SeqRange>();
    }

    /// Adds [begin, end), merging with what it touches. Returns how many numbers are new.
    std::uint32_t add(Seq begin, Seq end);
    /// Forgets all below `point`.
    void drop_below(Seq point);
    /// Where the range that holds `point` ends; `point` itself where none does.
    [[nodiscard]] Seq end_of(Seq point) const;
    /// Where the first range after `point` begins; `limit` where none begins before it.
    [[nodiscard]] Seq next_begin(Seq point, Seq limit) const;
    /// How many numbers of [begin, end) it holds.
    [[nodiscard]] std::uint32_t count(Seq begin, Seq end) const;
    void clear() { ranges_.reset(); }

private:
    using Ranges = std::vector<SeqRange>;
    std::unique_ptr<Ranges> ranges_; // none in most connections, of which there may be many
};

} // namespace tcpsm
#pragma GCC visibility pop
