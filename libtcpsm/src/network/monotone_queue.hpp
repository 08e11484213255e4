#pragma once
// A priority queue for what is hardly ever pushed before what has been popped: a simulation's events, in no order.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "network/pending.hpp"

namespace tcpsm {

/// A radix heap (Ahuja, Mehlhorn, Orlin, Tarjan, 1990). Bucket b holds what differs from the last time that was popped
/// in bit b-1 and in none above it; so each bucket lies before the next, and what is taken out of one falls into lower
/// ones. A time has 63 bits: an element moves so often at most, however many wait. What comes no later than the last
/// one that was popped is in the first bucket, a heap of its own: a wake-up that is out of date is popped before its
/// time, so that what is pushed next may come before it.
class MonotoneQueue {
public:
    [[nodiscard]] bool empty() const { return count_ == 0; }
    void push(const Pending& pending);
    [[nodiscard]] const Pending& front() const { return buckets_[first_bucket_][first_]; }
    void pop();
    [[nodiscard]] std::size_t memory() const;

private:
    using Bucket = std::vector<Pending>;

    [[nodiscard]] std::size_t bucket_of(Time time) const
    {
        if (time <= last_) return 0;
        const std::int64_t differs = time.time_since_epoch().count() ^ last_.time_since_epoch().count();
        return static_cast<std::size_t>(std::bit_width(static_cast<std::uint64_t>(differs)));
    }
    void put(const Pending& pending);
    void spread(std::size_t from);
    void find_first();

    std::array<Bucket, 64> buckets_;
    std::uint64_t filled_ = 0; // a bit for each bucket that holds something
    Time last_{};
    std::size_t count_ = 0;
    std::size_t first_bucket_ = 0; // where the front is
    std::size_t first_ = 0;
};

} // namespace tcpsm
