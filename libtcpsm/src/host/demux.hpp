#pragma once
// Which slot a segment is for.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "host/pool.hpp"
#include "tcpsm/wire/address.hpp"

namespace tcpsm {

/// Local port and remote socket in one word: a host has one address.
[[nodiscard]] constexpr std::uint64_t four_tuple(Port local, Endpoint remote)
{
    return (std::uint64_t{remote.address.value} << 32) | (std::uint64_t{remote.port} << 16) | local;
}

/// Slots by the four-tuple of each. It keeps nothing of a slot but its number, in a chain with those of the same
/// bucket, and asks for the four-tuple; so a slot costs it 8 octets. With each slot comes a bucket (linear hashing: one
/// chain is divided, the others stay), so no slot that comes waits until all have been put elsewhere.
class Demux {
public:
    static constexpr std::uint32_t nobody = 0xffffffff;

    /// The slot of a four-tuple, or nobody. `tuple_of(slot)` answers that of a slot that is in here.
    template <class TupleOf>
    [[nodiscard]] std::uint32_t find(std::uint64_t tuple, TupleOf&& tuple_of) const
    {
        if (count_ == 0) return nobody;
        std::uint32_t slot = first_[bucket(tuple)];
        while (slot != nobody && tuple_of(slot) != tuple) slot = next_[slot];
        return slot;
    }
    template <class TupleOf>
    void insert(std::uint64_t tuple, std::uint32_t slot, TupleOf&& tuple_of)
    {
        while (next_.size() <= slot) {
            make_room(next_);
            next_.push_back(nobody);
        }
        if (++count_ > first_.size()) divide(tuple_of);
        std::uint32_t& first = first_[bucket(tuple)];
        next_[slot] = first;
        first = slot;
    }
    void erase(std::uint64_t tuple, std::uint32_t slot)
    {
        std::uint32_t* link = &first_[bucket(tuple)];
        while (*link != slot) link = &next_[*link];
        *link = next_[slot];
        --count_;
    }
    [[nodiscard]] std::size_t memory() const { return (first_.capacity() + next_.capacity()) * sizeof(std::uint32_t); }

private:
    [[nodiscard]] std::uint32_t bucket(std::uint64_t tuple) const
    {
        const std::uint64_t mixed = tuple * 0x9e3779b97f4a7c15; // the high bits depend on all of it
        const auto hash = static_cast<std::uint32_t>(mixed >> 32);
        const std::uint32_t in_all = hash & mask_;
        return in_all < first_.size() ? in_all : hash & (mask_ >> 1); // not divided yet
    }
    /// One bucket more: what of another now belongs there goes there.
    template <class TupleOf>
    void divide(TupleOf&& tuple_of)
    {
        const auto added = static_cast<std::uint32_t>(first_.size());
        make_room(first_);
        first_.push_back(nobody);
        mask_ = std::bit_ceil(added + 1) - 1;
        if (added == 0) return;
        std::uint32_t slot = std::exchange(first_[added & (mask_ >> 1)], nobody);
        while (slot != nobody) {
            const std::uint32_t next = next_[slot];
            std::uint32_t& first = first_[bucket(tuple_of(slot))];
            next_[slot] = first;
            first = slot;
            slot = next;
        }
    }

    std::vector<std::uint32_t> first_; // of each bucket
    std::vector<std::uint32_t> next_;  // in the same bucket, of each slot
    std::uint32_t mask_ = 0;
    std::uint32_t count_ = 0;
};

} // namespace tcpsm
