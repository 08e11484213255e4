#include "tcpsm/connection/reassembly.hpp"

#include <algorithm>

namespace tcpsm {

void Reassembly::add(Seq begin, Seq end)
{
    auto at = ranges_.begin();
    while (at != ranges_.end() && at->end < begin) ++at;
    auto last = at;
    for (; last != ranges_.end() && last->begin <= end; ++last) { // touch or overlap
        begin = std::min(begin, last->begin);
        end = std::max(end, last->end);
    }
    at = ranges_.erase(at, last);
    ranges_.insert(at, {begin, end});
}

std::uint32_t Reassembly::take(Seq nxt)
{
    const Seq before = nxt;
    while (!ranges_.empty() && ranges_.front().begin <= nxt) {
        nxt = std::max(nxt, ranges_.front().end);
        ranges_.erase(ranges_.begin());
    }
    return static_cast<std::uint32_t>(nxt - before);
}

bool Reassembly::take_fin(Seq nxt)
{
    if (fin_ != nxt) return false;
    fin_.reset();
    return true;
}

} // namespace tcpsm
