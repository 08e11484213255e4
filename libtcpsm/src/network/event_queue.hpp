#pragma once
// What is pending, in the order in which it will happen.

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "tcpsm/connection/timer.hpp"
#include "tcpsm/time/time.hpp"

namespace tcpsm {

/// At one instant: arrivals, then timers, then steps of the script; within each, in the order of creation.
enum class PendingKind : std::uint8_t { arrival, timer, step };

struct Pending {
    Time time{};
    std::uint64_t key = 0;   ///< kind in the two highest bits, then the order of creation
    std::uint32_t index = 0; ///< arrival: flight; timer: slot; step: step
    std::uint16_t host = 0;  ///< timer: whose

    [[nodiscard]] PendingKind kind() const { return static_cast<PendingKind>(key >> 62); }
    [[nodiscard]] std::uint64_t order() const { return key << 2 >> 2; }
    [[nodiscard]] bool before(const Pending& other) const { return before(other.time, other.key); }
    [[nodiscard]] bool before(Time other_time, std::uint64_t other_key) const
    {
        return time != other_time ? time < other_time : key < other_key;
    }
    static std::uint64_t make_key(PendingKind kind, std::uint64_t order)
    {
        return (static_cast<std::uint64_t>(kind) << 62) | order;
    }
};

/// A priority queue for events that mostly come in a few ascending series: segments after one delay, timers after one
/// timeout. Each series has a lane of its own, a ring to which it is only appended; what comes out of its turn goes
/// into a heap. So the cost of most events does not grow with the number that waits.
class EventQueue {
public:
    static constexpr std::size_t lane_count = 1 + timer_count;
    static constexpr std::size_t no_series = lane_count;

    [[nodiscard]] bool empty() const { return front_ == nowhere; }
    [[nodiscard]] std::size_t memory() const;

    /// @param series  0 for arrivals, 1 and on for the kinds of timers; `no_series` where it belongs to none
    void push(Time time, std::uint64_t key, std::uint32_t index, std::uint16_t host, std::size_t series);
    [[nodiscard]] const Pending& front() const { return at(front_); }
    void pop();

private:
    static constexpr std::size_t heap = lane_count;
    static constexpr std::size_t nowhere = heap + 1;

    struct Lane {
        std::vector<Pending> ring; // a power of two, or nothing
        std::size_t first = 0;
        std::size_t count = 0;
        [[nodiscard]] const Pending& front() const { return ring[first]; }
        [[nodiscard]] const Pending& back() const { return ring[(first + count - 1) & (ring.size() - 1)]; }
        Pending& push()
        {
            if (count == ring.size()) grow();
            return ring[(first + count++) & (ring.size() - 1)];
        }
        void pop()
        {
            first = (first + 1) & (ring.size() - 1);
            --count;
        }
        void grow();
    };

    [[nodiscard]] const Pending& at(std::size_t place) const
    {
        return place == heap ? heap_.front() : lanes_[place].front();
    }
    void find_waiting();
    void choose_front();

    std::array<Lane, lane_count> lanes_;
    std::vector<Pending> heap_;
    std::size_t waiting_ = nowhere; // where the first one is that is not in the lane of arrivals
    std::size_t front_ = nowhere;   // where the first one of all is
};

} // namespace tcpsm
