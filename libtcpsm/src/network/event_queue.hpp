#pragma once
// What is pending, in the order in which it will happen.

#include <array>
#include <cstdint>
#include <vector>

#include "network/monotone_queue.hpp"
#include "network/pending.hpp"
#include "tcpsm/connection/timer.hpp"

namespace tcpsm {

/// A priority queue for events that mostly come in a few ascending series: segments after one delay, timers after one
/// timeout. Each series has a lane of its own, a ring to which it is only appended; what comes out of its turn goes
/// into a radix heap. So the cost of an event does not grow with the number that waits.
class EventQueue {
public:
    static constexpr std::size_t lane_count = 1 + timer_count;
    static constexpr std::size_t no_series = lane_count;

    [[nodiscard]] bool empty() const { return front_ == nowhere; }
    [[nodiscard]] std::size_t memory() const;

    /// @param series  0 for arrivals, 1 and on for the kinds of timers; `no_series` where it belongs to none
    void push(Time time, std::uint64_t key, std::uint32_t index, std::uint16_t host, std::size_t series)
    {
        if (series >= lane_count || (lanes_[series].count > 0 && !lanes_[series].back().before(time, key))) {
            series = heap;
            heap_.push({time, key, index, host});
        } else {
            Pending& pending = lanes_[series].push(); // filled in place
            pending.time = time;
            pending.key = key;
            pending.index = index;
            pending.host = host;
            if (lanes_[series].count > 1) return; // behind others in its lane it cannot be the first
        }
        filled_ |= 1U << series;
        if (front_ == nowhere || !front().before(time, key)) front_ = series;
    }
    [[nodiscard]] const Pending& front() const { return at(front_); }
    void pop();

private:
    static constexpr std::size_t heap = lane_count;
    static constexpr std::size_t nowhere = heap + 1;
    static constexpr std::size_t much = 4096; // room for so many in a lane is given back when the lane is empty

    struct Lane {
        std::vector<Pending> ring; // a power of two, or nothing
        std::size_t mask = 0;      // its size, less one
        std::size_t first = 0;
        std::size_t count = 0;
        [[nodiscard]] const Pending& front() const { return ring[first]; }
        [[nodiscard]] const Pending& back() const { return ring[(first + count - 1) & mask]; }
        Pending& push()
        {
            if (count > mask || ring.empty()) grow();
            return ring[(first + count++) & mask];
        }
        void pop()
        {
            first = (first + 1) & mask;
            --count;
        }
        void grow();
        void give_back(); ///< its room
    };

    [[nodiscard]] const Pending& at(std::size_t place) const
    {
        return place == heap ? heap_.front() : lanes_[place].front();
    }
    void find_front();

    std::array<Lane, lane_count> lanes_;
    MonotoneQueue heap_;
    std::uint32_t filled_ = 0;    // a bit for each lane, and for the heap, that holds something
    std::size_t front_ = nowhere; // where the first one of all is
};

} // namespace tcpsm
