#pragma once
// What of a recording is compared, and how closely.

#include <chrono>
#include <string>
#include <vector>

#include "replay/recording.hpp"

namespace tcpsm::kernel {

/// How far the kernel's time may lie from the host's.
///
/// The kernel's timers run on a wheel of 250 ticks a second and fire late by up to an eighth of the interval, so a
/// segment that a timer sends may come from 5 ms before its deadline to 13 % of the interval after it: the time from
/// when the timer was set to its deadline, not the time since the recording began. A short interval has four ticks
/// at least, which the recorder needs.
///
/// What answers a segment or a call has no interval. The recorder saw such answers up to 32 ms late, where its machine
/// was busy; less than the 40 ms of a delayed ACK, so an ACK that should have waited is told from one that did not.
struct Tolerance {
    static constexpr Duration early = std::chrono::milliseconds(5);
    static constexpr Duration of_answer = std::chrono::milliseconds(35);
    static constexpr Duration of_short_timer = std::chrono::milliseconds(16);

    [[nodiscard]] static constexpr Duration late(Duration interval)
    {
        const Duration share = interval * 13 / 100;
        return share > of_short_timer ? share : of_short_timer;
    }
};

/// The fields in which two segments differ, "SEQ, CTL"; empty where they agree: flags, SEQ, ACK where its bit is set,
/// length, the kinds of the options in order, and of the window whether it is zero.
/// @param first  of its incarnation: the window is compared as it is
[[nodiscard]] std::string difference(const Seg& expected, const Seg& got, bool first);

/// Whether the same sockets are there: each one's state, kind of timer and count of retransmissions. They are paired by
/// their ports, which are not compared.
[[nodiscard]] bool agree(std::vector<SocketLine> expected, std::vector<SocketLine> got);

} // namespace tcpsm::kernel
