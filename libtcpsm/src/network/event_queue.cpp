#include "network/event_queue.hpp"

#include <algorithm>
#include <bit>

namespace tcpsm {
void EventQueue::Lane::grow()
{
    std::vector<Pending> larger(std::max<std::size_t>(16, 2 * ring.size()));
    for (std::size_t i = 0; i < count; ++i) larger[i] = ring[(first + i) & mask];
    ring = std::move(larger);
    mask = ring.size() - 1;
    first = 0;
}

void EventQueue::Lane::give_back()
{
    ring = std::vector<Pending>();
    mask = first = 0;
}

void EventQueue::pop()
{
    bool more = false;
    if (front_ == heap) {
        heap_.pop();
        more = !heap_.empty();
    } else {
        Lane& lane = lanes_[front_];
        lane.pop();
        more = lane.count > 0;
        if (!more && lane.mask >= much) lane.give_back();
    }
    if (!more) filled_ &= ~(1U << front_);
    find_front();
}

void EventQueue::find_front()
{
    front_ = nowhere;
    for (std::uint32_t rest = filled_; rest != 0; rest &= rest - 1) {
        const auto place = static_cast<std::size_t>(std::countr_zero(rest));
        if (front_ == nowhere || at(place).before(at(front_))) front_ = place;
    }
}

std::size_t EventQueue::memory() const
{
    std::size_t octets = heap_.memory();
    for (const Lane& lane : lanes_) octets += lane.ring.capacity() * sizeof(Pending);
    return octets;
}

} // namespace tcpsm
