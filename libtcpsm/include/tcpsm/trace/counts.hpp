#pragma once
// How many connections of a host stand in each state, over time.

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "tcpsm/machine/state.hpp"
#include "tcpsm/network/history.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// How many stand in each state, by State. A listener stands in LISTEN; nothing stands in CLOSED, which is no
/// connection.
using StateCounts = std::array<std::uint32_t, state_count>;
/// All of them.
[[nodiscard]] std::uint32_t total(const StateCounts& counts);

/// Follows a history as it grows and says what Host::netstat() of the world that writes it would show. It must be
/// given one history from its first record on; after `clear_history`, a new one begins with what the history says it
/// began with.
class StateCounter {
public:
    /// Reads what has been added to the history since the last time.
    void read(const History& history);
    /// One record, the next of the history.
    void read(const History& history, const Record& record);
    /// How many of a host's connections stand where, after what was read.
    [[nodiscard]] const StateCounts& counts(HostId host) const;

private:
    struct HostCounts {
        StateCounts counts{};
        std::vector<State> states; // by the number of the connection; CLOSED where it is over
        // Those that a SYN has opened, by local port and peer. It is never iterated.
        std::unordered_map<std::uint64_t, std::uint32_t> opened_by;
    };

    HostCounts& of(HostId host);
    static void forget_all(HostCounts& host);
    void arrived(const History& history, const Record& record);
    void changed(const History& history, const Record& record);

    std::vector<HostCounts> hosts_;
    std::size_t read_ = 0;      // records
    std::uint32_t event_ = 0;   // of the last arrival,
    std::uint32_t arrival_ = 0; // which was this segment
};

/// What is so from `time` until the host's next row.
struct CountsRow {
    Time time{};
    HostId host = no_host;
    StateCounts counts{};
    friend bool operator==(const CountsRow&, const CountsRow&) = default;
};

/// The counts of every host over time. A row stands where an instant has changed them, after all that happened in it;
/// before its first row a host has no connection. Rows of one instant are in the order of the hosts.
[[nodiscard]] std::vector<CountsRow> counts_over_time(const History& history);

/// What a host can have none left of.
enum class Shortage : std::uint8_t {
    ports,       ///< an OPEN found no free port: EADDRNOTAVAIL
    queue,       ///< a listener's queue was full, and what arrived for it was dropped
    syn_cookies, ///< the SYN queue was full, and nothing is kept of SYNs since
    time_waits,  ///< the table of TIME-WAIT was full, and a connection skipped it
    descriptors, ///< a process had none left: EMFILE
};
struct FirstShortage {
    Time time{};
    HostId host = no_host;
    Shortage what = Shortage::ports;
    friend bool operator==(const FirstShortage&, const FirstShortage&) = default;
};

/// When each host ran out of each for the first time, in the order of time.
[[nodiscard]] std::vector<FirstShortage> first_shortages(const History& history);

} // namespace tcpsm
#pragma GCC visibility pop
