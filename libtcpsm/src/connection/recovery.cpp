#include "tcpsm/connection/recovery.hpp"

#include <algorithm>

namespace tcpsm {

namespace {
constexpr std::uint32_t duplicate_threshold = 3; // DupThresh
} // namespace

bool Recovery::note_acknowledged(Seq una)
{
    duplicates_ = 0;
    sacked_.drop_below(una);
    resent_ = std::max(resent_, una);
    if (phase_ == Phase::none || una < recover_) return false;
    phase_ = Phase::none;
    return true;
}

/// Up to where octets that are not told of count as lost: after a timeout all of them; in fast recovery those beyond
/// which the peer holds more than DupThresh - 1 segments (RFC 6675, IsLost), and at least the first segment, for which
/// three duplicate ACKs came.
Seq Recovery::lost_until(Seq una, std::uint32_t mss) const
{
    if (phase_ == Phase::timeout) return recover_;
    Seq until = std::min(una + mss, recover_);
    for (const SeqRange& range : sacked_.all())
        if (until < range.begin && sacked_.count(range.begin, recover_) > (duplicate_threshold - 1) * mss)
            until = range.begin;
    return until;
}

SeqRange Recovery::next_lost(Seq una, std::uint32_t mss) const
{
    if (phase_ == Phase::none) return {una, una};
    const Seq limit = lost_until(una, mss);
    Seq begin = std::max(resent_, una);
    for (Seq end = sacked_.end_of(begin); end != begin; end = sacked_.end_of(begin)) begin = end;
    if (!(begin < limit)) return {una, una};
    return {begin, std::min(sacked_.next_begin(begin, limit), begin + mss)};
}

std::uint32_t Recovery::pipe(Seq una, Seq nxt, std::uint32_t mss) const
{
    const auto held = sacked_.count(una, nxt);
    const auto all = static_cast<std::uint32_t>(nxt - una) - held;
    if (phase_ == Phase::none) return all;
    const Seq from = std::max(resent_, una); // lost and not resent: not in the network
    const Seq until = lost_until(una, mss);
    if (!(from < until)) return all;
    return all - (static_cast<std::uint32_t>(until - from) - sacked_.count(from, until));
}

} // namespace tcpsm
