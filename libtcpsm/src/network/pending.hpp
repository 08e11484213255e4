#pragma once
// What is pending in a world: when, and in which order at one instant.

#include <cstdint>

#include "tcpsm/time/time.hpp"

namespace tcpsm {

/// At one instant: arrivals, then timers, then steps of the script, then tasks of a workload's programs; in each, in
/// the order of creation.
enum class PendingKind : std::uint8_t { arrival, timer, step, task };

struct Pending {
    Time time{};
    std::uint64_t key = 0;   ///< kind in the two highest bits, then the order of creation
    std::uint32_t index = 0; ///< arrival: flight; timer: slot; step: step; task: task
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

} // namespace tcpsm
