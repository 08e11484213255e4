#pragma once
// RFC 9293, 3.10.7.4, first check: segments that begin beyond RCV.NXT are held (SHLD-31).

#include <cstdint>
#include <optional>
#include <vector>

#include "tcpsm/wire/seq.hpp"

namespace tcpsm {

/// Which octets beyond RCV.NXT have arrived, and where the stream ends if a FIN came early. The octets themselves lie
/// in the receive buffer, at their place.
class Reassembly {
public:
    [[nodiscard]] bool empty() const { return ranges_.empty() && !fin_; }

    /// Notes the octets [begin, end), merging with what is there.
    void add(Seq begin, Seq end);
    /// Notes that the stream ends at `at`, where the FIN has its sequence number.
    void add_fin(Seq at) { fin_ = at; }

    /// The octets that now follow `nxt` without a hole; they are forgotten here.
    std::uint32_t take(Seq nxt);
    /// True, once, where the held FIN lies at `nxt`.
    bool take_fin(Seq nxt);
    void clear()
    {
        ranges_.clear();
        fin_.reset();
    }

private:
    struct Range {
        Seq begin;
        Seq end;
    };
    std::vector<Range> ranges_; // ascending, apart from each other
    std::optional<Seq> fin_;
};

} // namespace tcpsm
