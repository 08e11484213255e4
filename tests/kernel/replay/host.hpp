#pragma once
// The host that takes the kernel's place: a Stack under the `linux` profile, its sockets, and the translation between
// its numbers and a recording's. It is a value: a copy has the same future.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/stack.hpp"
#include "replay/incarnations.hpp"
#include "replay/recording.hpp"

namespace tcpsm::kernel {

/// What a recording needs and the library does not have yet, by name.
struct Unsupported {
    std::string feature;
};

/// A segment that the host sent, and what its numbers count from.
struct Sent {
    int incarnation = 0; ///< -1 where the recording has none between these ports
    Segment segment{};
    Seq iss{};
    Seq peer_isn{};
    Time time{};
    std::optional<Duration> interval{}; ///< of the timer that sent it; nothing where a segment or a call did
};

/// The next timer of one connection.
struct DueTimer {
    std::uint32_t slot = 0;
    std::uint64_t order = 0;
    Time deadline{};
    Duration interval{}; ///< from when it was set to its deadline
    int incarnation = 0;
};

/// What differs between two kernels, and so is not in a recording.
struct OwnNumbers {
    std::vector<std::uint32_t> iss{}; ///< of the host's first connections; the rest as RFC 6528 has it
    std::uint32_t peer_isn = 0x10000;
};

class Host {
public:
    /// @throws Unsupported
    Host(const Recording& recording, const OwnNumbers& numbers);

    /// Carries out a call and answers as the kernel's socket would: an errno's name, "ok", a count, "EOF". It is for
    /// the newest socket that is still open, accepted or made by bind or connect; `accept` for the newest listener that
    /// has somebody waiting, `close listener` for the newest.
    /// @param expected  what the kernel answered: for what cannot be told otherwise, how much `write` was given
    /// @throws Unsupported
    std::string call(const Call& call, const std::string& expected, Time now);
    /// @throws Unsupported
    void arrives(const Seg& seg, Time now);
    /// The next timer of each connection.
    std::vector<DueTimer> due();
    void fire(const DueTimer& timer, Time now);

    /// What was sent since the last time, in order.
    std::vector<Sent> take_sent() { return std::exchange(sent_, {}); }
    /// What `ss` would show: every connection, listeners left out.
    [[nodiscard]] std::vector<SocketLine> sockets() const;
    /// Notes that the kernel sent `seg` where the host sent `sent`: their timestamps mean the same.
    void note_pair(const Seg& seg, const Sent& sent);

private:
    struct Known {
        Incarnation incarnation;
        Seq iss{};
        std::uint32_t connection = 0; // whose ISS it is
        bool begun = false;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> timestamps{}; // the kernel's, and ours
    };
    struct Listening {
        SocketId socket;
        Port port = 0;
    };
    struct Wake {
        std::uint32_t slot = 0;
        std::uint64_t order = 0;
        Time deadline{};
    };
    struct Counts { // of one connection, as the kernel counts
        Seq una{};
        int retransmissions = 0;
        int probes = 0;
    };

    std::string listen(const Call& call, Time now);
    std::string bind(const Call& call);
    std::string connect(const Call& call, const std::string& expected, Time now);
    std::string accept();
    std::string read(Time now);
    std::string write(const Call& call, const std::string& expected, Time now);
    std::string close_listener(Time now);
    std::string shutdown(Time now);
    std::string close(Time now);
    [[nodiscard]] std::string close_returned(Time now) const;
    std::string set_option(const Call& call, Time now);
    std::string get_error();
    [[nodiscard]] SocketId newest() const;
    [[nodiscard]] bool bound_only(SocketId socket) const;
    bool told_before(SocketId socket, Error error);

    void finish(Time now, std::optional<Duration> interval);
    void depart(const Departure& departure, Time now, std::optional<Duration> interval);
    void count(bool by_timer);
    Known* at(int incarnation);
    Known* between(Port local, Port remote);
    [[nodiscard]] Seq ack_of(const Known& known, const Seg& seg) const;
    [[nodiscard]] std::uint32_t timestamp(const Known& known, std::uint32_t kernels) const;

    Address peer_;
    Stack stack_;
    Output out_;
    std::vector<Known> known_;
    std::vector<Sent> sent_;
    std::vector<Listening> listeners_;
    std::vector<SocketId> open_;                     // the user's sockets, the newest last
    std::vector<std::pair<SocketId, Error>> told_{}; // the errors that getsockopt has taken
    std::optional<std::pair<Time, Time>> lingered_;  // the last close that did: when it was called, and returned
    std::vector<Wake> wakes_;
    std::map<std::uint64_t, Time> set_at_;   // timers, by their order
    std::map<std::uint32_t, Counts> counts_; // by connection number
};

} // namespace tcpsm::kernel
