#pragma once
// Which octets are resent: RFC 5681, 3.2 (fast retransmit), RFC 6582 (NewReno), RFC 2018 and the rules of RFC 6675 that
// need nothing but its blocks, RFC 6298, 5.4.

#include <cstdint>

#include "tcpsm/connection/seq_ranges.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// What is known of the segments in flight of one connection.
class Recovery {
public:
    enum class Phase : std::uint8_t {
        none,
        fast,    ///< fast recovery: after the third duplicate ACK
        timeout, ///< after a retransmission timeout: all that was in flight then is taken for lost
    };

    void begin(Seq iss)
    {
        *this = {};
        recover_ = resent_ = iss;
    }

    [[nodiscard]] Phase phase() const { return phase_; }
    /// Until this is acknowledged the phase lasts: SND.NXT when it began ("recover" of RFC 6582).
    [[nodiscard]] Seq recover() const { return recover_; }
    /// What the peer says it holds (RFC 2018).
    [[nodiscard]] const SeqRanges& sacked() const { return sacked_; }
    [[nodiscard]] std::uint8_t duplicates() const { return duplicates_; }

    /// An ACK that acknowledges nothing new. Returns how many have come in a row.
    std::uint8_t count_duplicate(Seq nxt)
    {
        if (duplicates_ == 0) before_duplicates_ = nxt;
        if (duplicates_ < 255) ++duplicates_;
        return duplicates_;
    }
    /// SND.NXT when the first of them came: what limited transmit sent since does not count as in flight (RFC 5681, 3)
    [[nodiscard]] Seq before_duplicates() const { return before_duplicates_; }
    /// A block of the SACK option. Returns how many octets are new.
    std::uint32_t note_sacked(SeqRange block) { return sacked_.add(block.begin, block.end); }
    void enter(Phase phase, Seq una, Seq nxt)
    {
        phase_ = phase;
        recover_ = nxt;
        resent_ = una;
    }
    /// Everything up to `una` is acknowledged. True where that ends the phase.
    bool note_acknowledged(Seq una);
    /// The peer may drop what it has told by SACK (RFC 2018, section 8): it does not count any more.
    void forget_sacked() { sacked_.clear(); }
    void note_resent(Seq end)
    {
        if (resent_ < end) resent_ = end;
    }

    /// The next octets to resend, at most `mss`: [begin, end), empty where none is taken for lost.
    [[nodiscard]] SeqRange next_lost(Seq una, std::uint32_t mss) const;
    /// How many octets of [una, nxt) are in the network, as far as can be known (RFC 6675, "pipe").
    [[nodiscard]] std::uint32_t pipe(Seq una, Seq nxt, std::uint32_t mss) const;

private:
    [[nodiscard]] Seq lost_until(Seq una, std::uint32_t mss) const;

    SeqRanges sacked_;
    Seq recover_;
    Seq resent_; // in a phase: what lies before it and is not acknowledged was resent
    Seq before_duplicates_;
    Phase phase_ = Phase::none;
    std::uint8_t duplicates_ = 0;
};

} // namespace tcpsm
#pragma GCC visibility pop
