#pragma once
// The timers of a connection: RFC 9293, 3.10.8; RFC 6298.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "tcpsm/time/time.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

enum class TimerKind : std::uint8_t {
    retransmission, ///< RFC 6298
    user_timeout,   ///< 3.10.8
    time_wait,      ///< 2 MSL, 3.10.8
    fin_wait_2,     ///< linux tcp_fin_timeout
    persist,        ///< 3.8.6.1, zero-window probes; 3.8.6.2.1, the override timeout
    keepalive,      ///< 3.8.4
    delayed_ack,    ///< 3.8.6.3
    linger,         ///< SO_LINGER
};
inline constexpr std::size_t timer_count = 8;

/// "RTO", "user timeout", "2 MSL", "FIN-WAIT-2", "persist", "keepalive", "delayed ACK", "linger"
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

/// All timers of one connection; the next one to fire is the least. Timers that never run at the same time share a
/// place: something is outstanding, or the window is probed, or 2 MSL pass; the peer is asked whether it is there, or
/// its ACK or its FIN is waited for.
class Timers {
public:
    [[nodiscard]] const Timer& operator[](TimerKind kind) const
    {
        const std::size_t place = place_of(kind);
        return kinds_[place] == kind ? timers_[place] : stopped;
    }

    void set(TimerKind kind, Timer timer)
    {
        const std::size_t place = place_of(kind);
        timers_[place] = timer;
        kinds_[place] = kind;
        news_ = true;
    }
    /// Of the timers that run, the one that fires first; one that is not running where none is.
    [[nodiscard]] const Timer& first() const { return timers_[first_place()]; }
    [[nodiscard]] TimerKind next() const { return kinds_[first_place()]; } ///< which it is
    /// Whether this one runs, and no other does.
    [[nodiscard]] bool only(TimerKind kind) const
    {
        std::size_t running = 0;
        for (const Timer& timer : timers_)
            if (timer.running()) ++running;
        return running == 1 && (*this)[kind].running();
    }
    /// One that runs stops.
    void stop(TimerKind kind) { timers_[place_of(kind)].deadline = never; }
    /// The one that fires first stops, because it fires.
    TimerKind fire()
    {
        const std::size_t place = first_place();
        timers_[place].deadline = never;
        news_ = true;
        return kinds_[place];
    }
    /// All that may run now.
    [[nodiscard]] const auto& kinds() const { return kinds_; }
    /// Whether `next` may be sooner than when this was asked last, or the wake-up for it has been used up.
    [[nodiscard]] bool take_news() { return std::exchange(news_, false); }

private:
    static constexpr std::size_t places = 4;
    static constexpr Timer stopped{};
    static constexpr std::array<std::uint8_t, timer_count> place_of_each{0, 1, 0, 2, 0, 2, 3, 2};
    static constexpr std::size_t place_of(TimerKind kind) { return place_of_each[static_cast<std::size_t>(kind)]; }

    [[nodiscard]] std::size_t first_place() const
    {
        std::size_t first = 0;
        for (std::size_t i = 1; i < places; ++i)
            if (timers_[i].before(timers_[first])) first = i;
        return first;
    }

    std::array<Timer, places> timers_{};
    std::array<TimerKind, places> kinds_{TimerKind::retransmission, TimerKind::user_timeout, TimerKind::keepalive,
                                         TimerKind::delayed_ack};
    bool news_ = false;
};

} // namespace tcpsm
#pragma GCC visibility pop
