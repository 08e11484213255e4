#pragma once
// Many users of a network at once, without a line of script for each: clients by count and rate that ask, a server that
// answers them, a flood of SYNs. They are part of the world: a copy of it takes them along.

#include <cstdint>
#include <string>
#include <vector>

#include "tcpsm/connection/error.hpp"
#include "tcpsm/network/record.hpp"
#include "tcpsm/time/time.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// So many in a span of time, evenly spread, the first one at its beginning.
struct Rate {
    std::uint32_t count = 0; ///< 0: all at once
    Duration within = 1s;

    /// How long after the first one the n-th is due; n counts from 0, up to ten million.
    [[nodiscard]] Duration due(std::uint32_t n) const { return count == 0 ? Duration{} : within * n / count; }
    friend bool operator==(const Rate&, const Rate&) = default;
};

/// An end of a conversation, or neither.
enum class Side : std::uint8_t { client, server, neither };

/// Clients that ask a server, and the server. A client makes its requests one after the other: it opens a connection,
/// sends a request, waits for the whole response, and so on; it gives up where its connection fails before it has been
/// of use. The server listens on its port from the moment at which the workload was added, and again when a script
/// lets its host `listen` there; it answers whatever connection comes to that port. Both read by `HostOptions::reads`,
/// and their calls come after all output of the event that led to them has left. Kill, crash and reboot of a host end
/// what runs there.
struct Workload {
    std::vector<HostId> from{}; ///< the hosts that the clients are on
    HostId to = no_host;        ///< the server's
    Port port = 80;
    std::string client_process{}; ///< in which the clients run; empty: the user's
    std::string server_process{};

    // ---- the clients ----
    std::uint32_t clients = 1;     ///< on each of the hosts
    Rate rate{};                   ///< at which those of one host begin
    Time begins{};                 ///< the first ones
    std::uint32_t requests = 1;    ///< of each client
    Duration pause{};              ///< between a response and the client's next request
    std::uint32_t request = 100;   ///< octets, at least 1
    std::uint32_t response = 1000; ///< octets, at least 1

    // ---- the connections ----
    bool keep_alive = false;                    ///< one serves for several requests
    Side closes = Side::server;                 ///< who closes first what has served
    Side forgets = Side::neither;               ///< whose program never calls close
    std::uint32_t keepalive_requests = 1000;    ///< with keep_alive: the server closes after so many
    Duration keepalive_timeout = Duration(75s); ///< with keep_alive: and after so long without a request

    // ---- the server ----
    std::uint32_t backlog = 128;
    Duration accept_every{};  ///< busy for so long after each accept; 0: it accepts at once
    Duration answers_after{}; ///< how long it works on a request
};

/// SYNs from addresses where nobody is (198.51.100.0/24, RFC 5737), each from another socket, up to 16 million.
struct Flood {
    HostId from = no_host; ///< where they appear
    HostId to = no_host;
    Port port = 80;
    std::uint32_t syns = 1000;
    Rate rate{};
    Time begins{};
};

/// How far a workload has come.
struct WorkloadReport {
    std::uint32_t begun = 0;    ///< clients
    std::uint32_t done = 0;     ///< clients that had all their answers
    std::uint32_t failed = 0;   ///< clients that gave up
    std::uint64_t opened = 0;   ///< connections that came to ESTABLISHED at the client
    std::uint64_t answered = 0; ///< requests
    Time first_failure = never; ///< of a client,
    Error error = Error::none;  ///< which was told this
    Time last_answer{};
    friend bool operator==(const WorkloadReport&, const WorkloadReport&) = default;
};

/// Names a workload in its world and in every copy.
struct WorkloadId {
    std::uint32_t index = 0;
};

} // namespace tcpsm
#pragma GCC visibility pop
