#pragma once
// A host's connections as `netstat -ant` and `ss -s` show them, and what has happened there as `netstat -s` does.

#include <string>
#include <string_view>

#include "tcpsm/network/network.hpp"

namespace tcpsm::cli {

/// "client, 192.0.2.1", and whether it is down.
[[nodiscard]] std::string netstat_heading(const Host& host);
/// What may stand behind the state: `netstat -o`, `netstat -p`.
struct NetstatColumns {
    bool timers = false;
    bool programs = false;
};
/// The lines of `netstat -ant`, listeners first, then connections in the order in which they were opened. Then the one
/// of `ss -s` about TCP. Nothing where the host is down.
[[nodiscard]] std::string netstat_lines(const Host& host, Time now, NetstatColumns columns);
/// How many stand in each state, one state a line, as `uniq -c` counts them; RFC 9293's spelling and order.
[[nodiscard]] std::string netstat_counts(const Host& host);
/// What has happened on a host, as `netstat -s` counts it, and what its kernel has logged, as `dmesg` prints it.
[[nodiscard]] std::string netstat_statistics(const Host& host);

} // namespace tcpsm::cli
