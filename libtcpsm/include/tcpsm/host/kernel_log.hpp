#pragma once
// What an operator finds on a host afterwards: the kernel's log, and its counts of what did not fit.

#include <cstdint>
#include <string>

#include "tcpsm/connection/report.hpp"
#include "tcpsm/time/time.hpp"
#include "tcpsm/wire/address.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// A line of the kernel's log, as `dmesg` shows them.
struct LogEntry {
    Time time{};
    LogLine line = LogLine::none;
    Port port = 0; ///< of the listener it speaks of; 0 for none
    friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

/// In the kernel's own words: "TCP: time wait bucket table overflow".
/// @param port  of the listener that the line speaks of
[[nodiscard]] std::string kernel_words(LogLine line, Port port);

/// As `dmesg` prints it, with the time in seconds: "[    3.100000] TCP: time wait bucket table overflow".
[[nodiscard]] std::string to_string(const LogEntry& entry);

/// How often a table of a host was full, as `netstat -s` counts it.
struct Overflows {
    std::uint64_t accept_queue = 0; ///< linux ListenOverflows: a SYN, or the ACK of a handshake, found no room there
    std::uint64_t syn_queue = 0;    ///< linux TCPReqQFullDrop: a SYN was dropped
    std::uint64_t syn_cookies = 0;  ///< linux SyncookiesSent: a SYN was answered, and nothing kept of it
    std::uint64_t time_waits = 0;   ///< linux TCPTimeWaitOverflow: a connection skipped TIME-WAIT
    friend bool operator==(const Overflows&, const Overflows&) = default;
};

} // namespace tcpsm
#pragma GCC visibility pop
