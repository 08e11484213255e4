#include "tcpsm/connection/reassembly.hpp"

namespace tcpsm {

std::uint32_t Reassembly::take(Seq nxt)
{
    ranges_.drop_below(nxt);
    const Seq end = ranges_.end_of(nxt); // ranges do not touch: one at most begins here
    ranges_.drop_below(end);
    return static_cast<std::uint32_t>(end - nxt);
}

bool Reassembly::take_fin(Seq nxt)
{
    if (!fin_held_ || fin_ != nxt) return false;
    fin_held_ = false;
    return true;
}

} // namespace tcpsm
