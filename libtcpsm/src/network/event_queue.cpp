#include "network/event_queue.hpp"

namespace tcpsm {
namespace {

bool later(const Pending& a, const Pending& b)
{
    return b.before(a);
}

} // namespace

void EventQueue::Lane::push(const Pending& pending)
{
    if (count == ring.size()) {
        std::vector<Pending> larger(std::max<std::size_t>(16, 2 * ring.size()));
        for (std::size_t i = 0; i < count; ++i) larger[i] = ring[(first + i) & (ring.size() - 1)];
        ring = std::move(larger);
        first = 0;
    }
    ring[(first + count) & (ring.size() - 1)] = pending;
    ++count;
}

void EventQueue::Lane::pop()
{
    first = (first + 1) & (ring.size() - 1);
    --count;
}

void EventQueue::push(const Pending& pending, std::size_t series)
{
    std::size_t place = heap;
    if (series < lane_count && (lanes_[series].count == 0 || lanes_[series].back().before(pending))) place = series;
    const bool first = size_ == 0 || pending.before(front());
    if (place != heap) {
        lanes_[place].push(pending);
    } else {
        heap_.push_back(pending);
        std::push_heap(heap_.begin(), heap_.end(), later);
    }
    ++size_;
    if (first) front_ = place;
}

const Pending& EventQueue::front() const
{
    return front_ == heap ? heap_.front() : lanes_[front_].front();
}

void EventQueue::pop()
{
    if (front_ == heap) {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        heap_.pop_back();
    } else {
        lanes_[front_].pop();
    }
    --size_;
    if (size_ > 0) find_front();
}

void EventQueue::find_front()
{
    front_ = heap;
    for (std::size_t i = 0; i < lane_count; ++i) {
        if (lanes_[i].count == 0) continue;
        const bool first = front_ == heap ? heap_.empty() || lanes_[i].front().before(heap_.front())
                                          : lanes_[i].front().before(lanes_[front_].front());
        if (first) front_ = i;
    }
}

std::size_t EventQueue::memory() const
{
    std::size_t octets = heap_.capacity() * sizeof(Pending);
    for (const Lane& lane : lanes_) octets += lane.ring.capacity() * sizeof(Pending);
    return octets;
}

} // namespace tcpsm
