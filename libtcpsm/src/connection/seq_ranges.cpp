#include "tcpsm/connection/seq_ranges.hpp"

#include <algorithm>

namespace tcpsm {

std::uint32_t SeqRanges::add(Seq begin, Seq end)
{
    if (!(begin < end)) return 0;
    const auto known = count(begin, end);
    const auto added = static_cast<std::uint32_t>(end - begin) - known;
    if (ranges_ == nullptr) ranges_ = std::make_unique<Ranges>();
    for (const SeqRange& range : *ranges_) // what it touches becomes part of it
        if (range.begin <= end && begin <= range.end) {
            begin = std::min(begin, range.begin);
            end = std::max(end, range.end);
        }
    std::erase_if(*ranges_, [&](const SeqRange& range) { return begin <= range.begin && range.end <= end; });
    ranges_->insert(ranges_->begin(), {begin, end});
    return added;
}

void SeqRanges::drop_below(Seq point)
{
    if (empty()) return;
    std::erase_if(*ranges_, [&](const SeqRange& range) { return range.end <= point; });
    for (SeqRange& range : *ranges_) range.begin = std::max(range.begin, point);
}

Seq SeqRanges::end_of(Seq point) const
{
    for (const SeqRange& range : all())
        if (range.begin <= point && point < range.end) return range.end;
    return point;
}

Seq SeqRanges::next_begin(Seq point, Seq limit) const
{
    for (const SeqRange& range : all())
        if (point < range.begin && range.begin < limit) limit = range.begin;
    return limit;
}

std::uint32_t SeqRanges::count(Seq begin, Seq end) const
{
    std::uint32_t found = 0;
    for (const SeqRange& range : all()) {
        const Seq from = std::max(begin, range.begin);
        const Seq to = std::min(end, range.end);
        if (from < to) found += static_cast<std::uint32_t>(to - from);
    }
    return found;
}

} // namespace tcpsm
