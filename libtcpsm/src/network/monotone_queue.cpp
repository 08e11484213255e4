#include "network/monotone_queue.hpp"

namespace tcpsm {
namespace {

bool later(const Pending& a, const Pending& b)
{
    return b.before(a);
}

bool sooner(const Pending& a, const Pending& b)
{
    return a.before(b);
}

constexpr std::size_t much = 4096; // room for so many is given back when a bucket is empty

} // namespace

void MonotoneQueue::put(const Pending& pending)
{
    const std::size_t b = bucket_of(pending.time);
    buckets_[b].push_back(pending);
    if (b == 0) std::push_heap(buckets_[0].begin(), buckets_[0].end(), later);
    filled_ |= std::uint64_t{1} << b;
}

void MonotoneQueue::push(const Pending& pending)
{
    const bool is_first = count_++ == 0 || pending.before(front());
    put(pending);
    if (!is_first && first_bucket_ != 0) return; // in a bucket that is no heap, the others stay where they are
    if (!is_first) {
        first_ = 0;
        return;
    }
    first_bucket_ = bucket_of(pending.time);
    first_ = first_bucket_ == 0 ? 0 : buckets_[first_bucket_].size() - 1;
}

void MonotoneQueue::pop()
{
    --count_;
    const std::size_t from = first_bucket_;
    Bucket& bucket = buckets_[from];
    if (from == 0) {
        std::pop_heap(bucket.begin(), bucket.end(), later);
    } else {
        last_ = bucket[first_].time;
        bucket[first_] = bucket.back();
    }
    bucket.pop_back();
    if (from != 0) spread(from);
    if (bucket.empty()) {
        filled_ &= ~(std::uint64_t{1} << from);
        if (bucket.capacity() > much) bucket = {};
    }
    if (count_ > 0) find_first();
}

/// Those of the bucket whose first one was popped differ from it in lower bits only.
void MonotoneQueue::spread(std::size_t from)
{
    for (const Pending& pending : buckets_[from]) put(pending);
    buckets_[from].clear();
}

void MonotoneQueue::find_first()
{
    first_bucket_ = static_cast<std::size_t>(std::countr_zero(filled_));
    const Bucket& bucket = buckets_[first_bucket_];
    const auto first = first_bucket_ == 0 ? bucket.begin() : std::min_element(bucket.begin(), bucket.end(), sooner);
    first_ = static_cast<std::size_t>(first - bucket.begin());
}

std::size_t MonotoneQueue::memory() const
{
    std::size_t octets = 0;
    for (const Bucket& bucket : buckets_) octets += bucket.capacity() * sizeof(Pending);
    return octets;
}

} // namespace tcpsm
