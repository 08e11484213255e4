#pragma once
// What a scenario says of its run.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tcpsm/scenario/step.hpp"
#include "tcpsm/trace/trace.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// "client: [CLOSED, SYN-SENT, ESTABLISHED]": all states of a connection, the first one first. For a host that listens,
/// the listener's opening moves and then its first child's; "server#2" is the second child alone.
struct ExpectStates {
    HostName host;
    std::vector<State> states;
};

/// One segment by its name; what is given must be so, exactly.
struct ExpectSegment {
    std::string name;
    std::optional<Flags> flags; ///< PSH is compared only where it is named
    std::optional<std::uint32_t> seq;
    std::optional<std::uint32_t> ack;
    std::optional<std::uint32_t> len; ///< octets of text
    std::optional<std::uint32_t> wnd;
    std::optional<std::string> from;
    std::optional<std::string> because; ///< tcpsm::because()
    std::optional<Fate> fate;
    std::optional<std::string> check; ///< that refused it, by its name
    std::optional<Time> sent;
    std::optional<Time> arrives;
};

/// How many segments the hosts sent: all of them, or those that fit. Copies and injected ones are not counted.
struct ExpectSegments {
    std::uint32_t count = 0;
    std::string from;           ///< host; empty for any
    std::optional<Flags> flags; ///< exactly these, PSH apart
};

/// What a user call came to: the n-th such call of the host. For a connect, what the user was told in the end; a close
/// that lingers is in progress until it returns.
struct ExpectCall {
    HostName host;
    Call call{};
    std::uint32_t nth = 1;
    std::string result;          ///< a name of std::errc, or "ok"
    std::optional<Time> returns; ///< when that is known: at once, but for a connect, and a close that lingers
};

/// Octets that a user got: so many, exactly those that the peer's user sent, in order.
struct ExpectDelivered {
    HostName host;
    std::uint64_t octets = 0;
};

/// The state at a moment, after all that happens then; with `enters`, it was entered exactly then.
struct ExpectAt {
    Time time{};
    HostName host;
    State state{};
    bool enters = false;
};

/// How many connections a host has had.
struct ExpectConnections {
    std::string host;
    std::uint32_t count = 0;
};

/// A connection never is in this state.
struct ExpectNever {
    HostName host;
    State state{};
};

/// The error that the user of a connection was told of without asking; "ok" for none.
struct ExpectTold {
    HostName host;
    std::string result;
};

/// How many connections of a host stand in a state, or how much has happened there; now and then see tcpsm::Counts.
struct ExpectCount {
    enum class Of : std::uint8_t {
        standing, ///< in `state`
        peak,     ///< the most that ever stood in `state`
        failed,   ///< calls that failed with `error`
        active_opens,
        passive_opens,
        time_waits,
        segments,
        retransmissions,
        descriptors,      ///< of sockets that are open
        unconnected,      ///< sockets
        accept_overflows, ///< as tcpsm::Overflows counts them, and the next three
        syn_drops,
        syn_cookies,
        time_wait_overflows,
        memory, ///< octets that the host holds for its sockets and connections, at the end
    };
    std::string host;
    Of of = Of::standing;
    State state{};
    std::string error;      ///< a name of std::errc
    std::optional<Time> at; ///< after all that happens then; where not given, at the end
    std::uint64_t least = 0;
    std::uint64_t most = UINT64_MAX;
};

/// How far a workload came. What is given must be so, exactly.
struct ExpectClients {
    std::uint32_t workload = 1; ///< the n-th of the file, floods not counted
    std::optional<std::uint64_t> begun;
    std::optional<std::uint64_t> done;
    std::optional<std::uint64_t> failed;
    std::optional<std::uint64_t> opened;
    std::optional<std::uint64_t> answered;
    std::optional<Time> first_failure;
    std::optional<Time> last_answer;
    std::optional<std::string> error; ///< of the first failure: a name of std::errc
};

struct Expectation {
    Place place;
    std::variant<ExpectStates, ExpectSegment, ExpectSegments, ExpectCall, ExpectDelivered, ExpectAt, ExpectConnections,
                 ExpectNever, ExpectTold, ExpectCount, ExpectClients>
        what;
    std::string text; ///< on one line, as in the file
};

/// Something that a scenario says and that is not so.
struct Failure {
    Place place;
    std::string expectation; ///< "client: [CLOSED, SYN-SENT]"
    std::string found;       ///< "CLOSED, SYN-SENT, ESTABLISHED"
};

} // namespace tcpsm
#pragma GCC visibility pop
