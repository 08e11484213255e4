#pragma once
// What happened in a simulation, as plain values.

#include <cstdint>
#include <string_view>

#include "tcpsm/connection/report.hpp"
#include "tcpsm/wire/address.hpp"
#include "tcpsm/wire/segment.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

using HostId = std::uint16_t; ///< hosts are numbered from 0 in the order in which they were made
inline constexpr HostId no_host = 0xffff;

/// A user call, or something that is done to a host.
enum class Call : std::uint8_t {
    listen,
    bind,
    connect,
    accept,
    send,
    receive,
    shutdown,
    close,
    abort,
    crash,
    reboot,
    kill,
    exit,
    socket,
    inject
};
/// "listen", "connect", ...
[[nodiscard]] std::string_view name(Call call);

/// Which segment of a host: "client.4" is number 4 of the host client; a copy that the network made is "client.4'".
struct SegmentName {
    HostId host = no_host;    ///< who sent it; no_host where it was injected
    std::uint32_t number = 0; ///< counted from 1 for each host
    std::uint8_t copy = 0;    ///< 0 for the segment itself, 1 for its first copy
    /// Whether rules are asked about it, so that a fault can name it: not about a copy, whose original they were asked
    /// about, nor about what was injected.
    [[nodiscard]] constexpr bool sent_by_host() const { return host != no_host && copy == 0; }
    friend constexpr bool operator==(SegmentName, SegmentName) = default;
};

/// A segment as it left: the fixed part of its story. What became of it is told by the records that name it.
struct SentSegment {
    SegmentName name{};
    HostId from_host = no_host;
    HostId to_host = no_host; ///< no_host where no host has the address
    Endpoint from{};
    Endpoint to{};
    Segment segment{};
    Time sent{};
    Why why{};
    State state = State::Closed; ///< of the sender, as it left
    bool retransmission = false;
    std::uint32_t connection = 0; ///< of the sender; 0 where there was none
    std::uint64_t octets = 0;     ///< where its text stands in the history's octets
};

enum class RecordKind : std::uint8_t {
    initial,         ///< to: the state a connection was in when the history began
    call,            ///< call, error, count (octets; of `socket`, how many), process where the call is about one;
                     ///< deadline: of a CLOSE that lingers, when it returns at the latest
    returned,        ///< a CLOSE that lingered returns; call; to: the state then
    logged,          ///< log: the kernel of the host writes a line; port: the listener's that it speaks of
    sent,            ///< segment
    arrived,         ///< segment; why: what it was found to be, or the check that refused it
    lost,            ///< segment; deadline: when, half-way
    held,            ///< segment: it stays in the network until it is released
    state,           ///< from, to, event, row
    timer_set,       ///< timer, deadline
    timer_fired,     ///< timer
    timer_cancelled, ///< timer
    signal,          ///< error: what the user is told
    deliver,         ///< count octets from number `offset` of the stream on; they stand at `octets`
};

/// One event with its time, host and connection. Which of the other fields mean something is said at the kind.
struct Record {
    Time time{};
    std::uint32_t event = 0; ///< the records of one event of the simulation share it
    std::uint32_t connection =
        0; ///< the number that the host gave it, from 1; 0 for a listener, or where there is none
    HostId host = no_host;
    RecordKind kind = RecordKind::state;
    State from = State::Closed;
    State to = State::Closed;
    TimerKind timer = TimerKind::retransmission;
    Error error = Error::none;
    Call call = Call::listen;
    LogLine log = LogLine::none;
    Why why{};
    std::uint32_t segment = 0; ///< index in History::segments
    std::uint32_t count = 0;
    Port port = 0;             ///< local port of the connection; 0 where there is none
    std::uint16_t process = 0; ///< the number of a process of the host, from 1; 0 where it is none, or all of them
    Time deadline{};
    std::uint64_t offset = 0;
    std::uint64_t octets = 0; ///< where they stand in the history's octets
};

/// Whether a record tells that a machine stopped, or came up again: it has no connection then, and nothing is said of
/// those it had.
[[nodiscard]] constexpr bool stops_host(const Record& record)
{
    const bool of_host = record.kind == RecordKind::call && record.process == 0 && record.error == Error::none;
    return of_host && (record.call == Call::crash || record.call == Call::reboot);
}
/// Whether one tells that a process of a host ended, or all of them.
[[nodiscard]] constexpr bool ends_process(const Record& record)
{
    if (record.kind != RecordKind::call || record.error != Error::none) return false;
    const bool ended = record.call == Call::kill || record.call == Call::exit;
    return ended || (record.call == Call::crash && record.process != 0);
}

} // namespace tcpsm
#pragma GCC visibility pop
