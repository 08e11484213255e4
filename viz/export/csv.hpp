#pragma once
// The counts of a history by state over time as comma-separated values (RFC 4180), for a spreadsheet or a plot.

#include <string>

#include "tcpsm/network/history.hpp"

namespace tcpsm {

/// A line that names the columns: time, host, and each state but CLOSED in the order of the RFC's list. Then a line for
/// each host at each instant that changed its counts; a value holds until the host's next line. Times are in seconds of
/// virtual time, exact to the nanosecond. Lines end in a line feed.
[[nodiscard]] std::string counts_csv(const History& history);

} // namespace tcpsm
