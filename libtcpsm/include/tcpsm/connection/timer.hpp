#pragma once
// The timers of a connection: RFC 9293, 3.10.8; RFC 6298.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tcpsm/time/time.hpp"

namespace tcpsm {

enum class TimerKind : std::uint8_t {
    retransmission, ///< RFC 6298
    user_timeout,   ///< 3.10.8
    time_wait,      ///< 2 MSL, 3.10.8
    fin_wait_2,     ///< linux tcp_fin_timeout
};
inline constexpr std::size_t timer_count = 4;

/// "RTO", "user timeout", "2 MSL", "FIN-WAIT-2"
[[nodiscard]] std::string_view name(TimerKind kind);

/// One timer: when it fires, and its place among those that were set for the same moment.
struct Timer {
    Time deadline = never;
    std::uint64_t order = 0; ///< ascending in the order in which timers were set

    [[nodiscard]] constexpr bool running() const { return deadline != never; }
    [[nodiscard]] constexpr bool before(const Timer& other) const
    {
        return deadline != other.deadline ? deadline < other.deadline : order < other.order;
    }
};

/// All timers of one connection; the next one to fire is the least.
class Timers {
public:
    [[nodiscard]] const Timer& operator[](TimerKind kind) const { return timers_[static_cast<std::size_t>(kind)]; }

    void set(TimerKind kind, Timer timer)
    {
        timers_[static_cast<std::size_t>(kind)] = timer;
        if (kind == next_)
            find_next();
        else if (timer.before((*this)[next_]))
            next_ = kind;
    }
    void stop(TimerKind kind)
    {
        timers_[static_cast<std::size_t>(kind)].deadline = never;
        if (kind == next_) find_next();
    }
    /// The timer that fires first; one that is not running where none is.
    [[nodiscard]] TimerKind next() const { return next_; }

private:
    void find_next()
    {
        std::size_t first = 0;
        for (std::size_t i = 1; i < timer_count; ++i)
            if (timers_[i].before(timers_[first])) first = i;
        next_ = static_cast<TimerKind>(first);
    }

    std::array<Timer, timer_count> timers_{};
    TimerKind next_ = TimerKind::retransmission; // asked for more often than it changes
};

} // namespace tcpsm
