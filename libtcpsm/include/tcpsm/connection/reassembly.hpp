#pragma once
// RFC 9293, 3.10.7.4, first check: segments that begin beyond RCV.NXT are held (SHLD-31).

#include <cstdint>
#include <span>

#include "tcpsm/connection/seq_ranges.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// Which octets beyond RCV.NXT have arrived, and where the stream ends if a FIN came early. The octets themselves lie
/// in the receive buffer, at their place.
class Reassembly {
public:
    [[nodiscard]] bool empty() const { return ranges_.empty() && !fin_held_; }
    /// The ranges, the one that an octet came to last in front: what SACK tells.
    [[nodiscard]] std::span<const SeqRange> ranges() const { return ranges_.all(); }

    /// Notes the octets [begin, end), merging with what is there.
    void add(Seq begin, Seq end) { ranges_.add(begin, end); }
    /// Notes that the stream ends at `at`, where the FIN has its sequence number.
    void add_fin(Seq at)
    {
        fin_ = at;
        fin_held_ = true;
    }

    /// The octets that now follow `nxt` without a hole; they are forgotten here.
    std::uint32_t take(Seq nxt);
    /// True, once, where the held FIN lies at `nxt`.
    bool take_fin(Seq nxt);
    void clear()
    {
        ranges_.clear();
        fin_held_ = false;
    }

private:
    SeqRanges ranges_;
    Seq fin_;
    bool fin_held_ = false;
};

} // namespace tcpsm
#pragma GCC visibility pop
