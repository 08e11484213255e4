#pragma once
// What a scenario's script does, and when.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tcpsm/machine/state.hpp"
#include "tcpsm/network/record.hpp"
#include "tcpsm/scenario/error.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// A host as a scenario names it: "client", or "client#2" for its second connection.
struct HostName {
    std::string host;
    std::uint32_t connection = 0; ///< from 1; 0 where none is named: the first one

    /// As it was written.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::uint32_t number() const { return connection == 0 ? 1 : connection; }
};

/// One thing that must hold. "client is CLOSED" waits until the connection has been and is over.
struct Clause {
    enum class Kind : std::uint8_t { is, was, received, left, arrived };
    Kind kind = Kind::is;
    HostName host;            ///< is, was, received
    State state{};            ///< is, was
    std::uint64_t octets = 0; ///< received: so many, or more
    std::string segment;      ///< left, arrived: its name
};

/// Holds where all of its clauses do.
struct Condition {
    std::vector<Clause> clauses;
};

/// A moment, or the first one at which a condition holds.
using Moment = std::variant<Time, Condition>;

/// What one host does. Which of the fields mean something is said at the verb.
struct Action {
    Call verb = Call::close;
    Port port = 0;               ///< listen, bind; connect: the remote one; inject: to, 0 for the connection's
    Port from_port = 0;          ///< connect, inject: the local one; 0 where none is given
    std::string remote;          ///< connect, inject: host; empty for the connection's
    std::string source;          ///< inject: the host that the header names; empty for the one that acts
    std::uint32_t backlog = 128; ///< listen
    bool reuse_address = false;  ///< listen, bind; connect from a port: SO_REUSEADDR of the socket
    std::string process;      ///< listen, connect, bind, socket: whose; kill, exit, crash: which; empty where none is
    std::uint32_t octets = 0; ///< send; receive: at most, 0 for all; socket: how many
    Segment segment{};        ///< inject
    bool last_window = false; ///< inject: not with segment.wnd, but with the window that its sender told last
};

/// Whether it ends what `process` names, or all processes; what else has one makes sockets for it.
[[nodiscard]] constexpr bool ends_process(const Action& action)
{
    return action.verb == Call::kill || action.verb == Call::exit || action.verb == Call::crash;
}

/// One step of the script: it fires once.
struct Step {
    Place place;
    Moment moment;
    bool same_event = false; ///< before the output of the event leaves that made the condition hold
    HostName host;
    Action action;
    std::string text; ///< "client: close"
};

} // namespace tcpsm
#pragma GCC visibility pop
