#pragma once
// What happened inside a connection, as plain values: the material of the history.

#include <cstdint>

#include "tcpsm/connection/check.hpp"
#include "tcpsm/connection/error.hpp"
#include "tcpsm/connection/timer.hpp"
#include "tcpsm/machine/transitions.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// Why a segment left, or a state changed: the event with its row in the table, and the check that refused a segment,
/// where it is the answer to one.
struct Why {
    Event event = Event::Status;
    Check check = Check::none;
    std::int16_t row = no_row;
    friend bool operator==(const Why&, const Why&) = default;
};

/// What the kernel of a host writes to its log.
enum class LogLine : std::uint8_t {
    none,
    time_wait_overflow, ///< a connection skips TIME-WAIT, whose table is full
    syn_cookies,        ///< a listener's SYN queue is full: SYNs are answered with cookies from now on
    syn_drops,          ///< the same without cookies: SYNs are dropped
};

enum class ReportKind : std::uint8_t {
    state,           ///< from, to, why
    timer_set,       ///< timer, deadline
    timer_fired,     ///< timer
    timer_cancelled, ///< timer
    refused,         ///< why.check: the segment that arrived was not processed
    signal,          ///< error: the user is told
    deliver,         ///< count: octets handed to the user, from number `offset` of the stream on
    logged,          ///< log; count: the port it speaks of, 0 for none
    not_accepted,    ///< who accepts by itself has no descriptor left; from the level of counts on
    returned,        ///< a CLOSE that lingered returns; to: the state then
};

/// One thing that happened. Which fields mean something is said at the kind.
struct Report {
    ReportKind kind = ReportKind::state;
    State from = State::Closed;
    State to = State::Closed;
    TimerKind timer = TimerKind::retransmission;
    Error error = Error::none;
    LogLine log = LogLine::none;
    std::uint32_t connection = 0; ///< the number that the host gave it
    Why why{};
    std::uint32_t count = 0;
    Time deadline{};
    std::uint64_t offset = 0;
};

} // namespace tcpsm
#pragma GCC visibility pop
