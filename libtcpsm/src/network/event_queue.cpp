#include "network/event_queue.hpp"

namespace tcpsm {
namespace {

bool later(const Pending& a, const Pending& b)
{
    return b.before(a);
}

} // namespace

void EventQueue::Lane::grow()
{
    std::vector<Pending> larger(std::max<std::size_t>(16, 2 * ring.size()));
    for (std::size_t i = 0; i < count; ++i) larger[i] = ring[(first + i) & (ring.size() - 1)];
    ring = std::move(larger);
    first = 0;
}

void EventQueue::push(Time time, std::uint64_t key, std::uint32_t index, std::uint16_t host, std::size_t series)
{
    if (series < lane_count && (lanes_[series].count == 0 || lanes_[series].back().before(time, key))) {
        Pending& pending = lanes_[series].push(); // filled in place
        pending.time = time;
        pending.key = key;
        pending.index = index;
        pending.host = host;
        if (lanes_[series].count > 1) return; // behind others in its lane it cannot be the first
        if (series != 0 && (waiting_ == nowhere || !at(waiting_).before(time, key))) waiting_ = series;
    } else {
        heap_.push_back({time, key, index, host});
        std::push_heap(heap_.begin(), heap_.end(), later);
        find_waiting();
    }
    choose_front();
}

void EventQueue::pop()
{
    if (front_ == 0) {
        lanes_[0].pop();
    } else {
        if (front_ == heap) {
            std::pop_heap(heap_.begin(), heap_.end(), later);
            heap_.pop_back();
        } else {
            lanes_[front_].pop();
        }
        find_waiting();
    }
    choose_front();
}

void EventQueue::find_waiting()
{
    waiting_ = heap_.empty() ? nowhere : heap;
    for (std::size_t i = 1; i < lane_count; ++i)
        if (lanes_[i].count > 0 && (waiting_ == nowhere || lanes_[i].front().before(at(waiting_)))) waiting_ = i;
}

void EventQueue::choose_front()
{
    front_ = waiting_;
    if (lanes_[0].count > 0 && (waiting_ == nowhere || lanes_[0].front().before(at(waiting_)))) front_ = 0;
}

std::size_t EventQueue::memory() const
{
    std::size_t octets = heap_.capacity() * sizeof(Pending);
    for (const Lane& lane : lanes_) octets += lane.ring.capacity() * sizeof(Pending);
    return octets;
}

} // namespace tcpsm
