#pragma once
// One host's TCP: its sockets, listeners and ports, and which connection a segment belongs to. Sans-IO, as a connection
// is: calls, segments and the time go in; segments and reports come out.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "host/iss.hpp"
#include "host/listener.hpp"
#include "host/syn_cookies.hpp"
#include "tcpsm/connection/connection.hpp"
#include "tcpsm/host/netstat.hpp"
#include "tcpsm/host/profile.hpp"
#include "tcpsm/host/socket_id.hpp"

namespace tcpsm {

class Stack {
public:
    Stack(Address address, const Profile& profile, std::vector<std::uint32_t> fixed_iss, std::uint64_t secret);

    /// What a call that makes a socket answers.
    struct Opened {
        SocketId socket;
        Error error = Error::none;
    };

    // ---- user calls ----
    SocketId socket();
    Error bind(SocketId id, Port port);
    Error listen(SocketId id, std::uint32_t backlog, bool accepts, Time now, Output& out);
    Opened accept(SocketId id);
    Error connect(SocketId id, Endpoint remote, Time now, Output& out);
    Transfer send(SocketId id, std::span<const std::uint8_t> octets, Time now, Output& out, SendOptions how = {});
    Transfer receive(SocketId id, std::span<std::uint8_t> into, Time now, Output& out);
    Error shutdown(SocketId id, Time now, Output& out);
    Error close(SocketId id, Time now, Output& out);
    Error abort(SocketId id, Time now, Output& out);
    /// Options of one socket from now on, as `set_profile` does for all of them.
    Error set_options(SocketId id, const ConnectionOptions& options, Time now, Output& out);
    /// SO_REUSEADDR of one socket.
    Error set_reuse_address(SocketId id, bool reuse);

    /// Another profile from now on: decision 0012 says what of it a connection that exists takes over.
    void set_profile(const Profile& profile);
    /// The process that holds every socket has gone: each is closed for reading too (3.6.1).
    void kill(Time now, Output& out);
    /// Everything is forgotten, and nothing is said. The clock of the ISNs goes on.
    void crash();

    // ---- what comes from below ----
    void segment_arrives(const Segment& seg, std::span<const std::uint8_t> text, Endpoint from, Endpoint to, Time now,
                         Output& out);
    /// ICMP speaks of the connection between a local port and a remote socket (3.9.2.2, MUST-54).
    void icmp(Port local, Endpoint remote, IcmpError error, Time now, Output& out);
    /// The wake-up that `finish` asked for comes next: is its timer still the one to fire? If not, the next one is
    /// asked for where there is one.
    template <class Arm>
    bool due(std::uint32_t index, std::uint64_t order, Arm&& arm);
    /// The timer that is `due` fires.
    void timeout(std::uint32_t index, Time now, Output& out);
    /// Ends an event: each connection that it touched sends what is due, asks to be woken for its next timer by
    /// `arm(slot, kind, timer)`, and gives its place back where it is over.
    template <class Arm>
    void finish(Time now, Output& out, Arm&& arm);

    // ---- what is so now ----
    [[nodiscard]] const Connection* find(SocketId id) const;
    [[nodiscard]] SocketId by_number(std::uint32_t number) const;
    [[nodiscard]] std::vector<SocketId> listeners() const;
    [[nodiscard]] std::vector<NetstatLine> netstat() const;
    /// Calls `each(connection)` for every listener and connection.
    template <class Each>
    void for_each_connection(Each&& each) const
    {
        for (const Slot& slot : slots_)
            if (slot.use == Use::listener || slot.use == Use::connection) each(slot.connection);
    }
    [[nodiscard]] Address address() const { return address_; }
    [[nodiscard]] const Profile& profile() const { return profile_; }
    [[nodiscard]] std::uint32_t connections_made() const { return connections_made_; }
    [[nodiscard]] bool listens(SocketId id) const;
    /// The number of the connection between a local port and a remote socket; 0 where there is none.
    [[nodiscard]] std::uint32_t connection_of(Port local, Endpoint remote) const;
    [[nodiscard]] Endpoint bound(SocketId id) const;
    /// The socket that is bound to a port, or to any where it is 0, and is used for nothing yet.
    [[nodiscard]] SocketId bound_socket(Port port) const;
    /// The places that the event which is going on has touched; `finish` empties them.
    [[nodiscard]] const std::vector<std::uint32_t>& touched() const { return touched_; }
    /// What stands at a place.
    struct Place {
        SocketId socket;    // none that exists where the place is free
        bool held = false;  // a user has it
        bool waits = false; // to be accepted
    };
    [[nodiscard]] Place place(std::uint32_t index) const;
    /// How many connections wait to be accepted by the listener on a port.
    [[nodiscard]] std::uint32_t waiting_on(Port port) const;
    [[nodiscard]] std::size_t memory() const; ///< octets held by the tables and the connections

private:
    enum class Use : std::uint8_t { free, unconnected, listener, connection };
    static constexpr std::uint32_t nobody = 0xffffffff;

    struct Slot {
        Connection connection;
        Timer wake{}; // what the scheduler has been asked for
        std::uint32_t generation = 0;
        std::uint32_t listener = nobody; // of a child that nobody has accepted
        Port bound = 0;
        Use use = Use::free;
        bool reuse = false;        // SO_REUSEADDR
        bool held = false;         // the user has it, and has not closed it
        bool touched = false;      // by the event that is going on
        bool queued = false;       // waits to be accepted
        bool in_time_wait = false; // and is counted there
    };

    /// How many sockets have a port: the second of each pair is of those with SO_REUSEADDR.
    struct PortUse {
        std::array<std::int32_t, 2> bound{}; // and not connected
        std::array<std::int32_t, 2> connections{};
        std::int32_t listeners = 0;                                          // of those that are bound
        [[nodiscard]] bool waits() const { return bound[0] + bound[1] > 0; } // somebody, for its use
        friend bool operator==(const PortUse&, const PortUse&) = default;
    };

    template <class Arm>
    void ask_for_wake(std::uint32_t index, Arm&& arm);

    Slot* at(SocketId id);
    /// The socket that a user's call is about. linux: none where the user has closed it, whatever becomes of its
    /// connection.
    Slot* descriptor(SocketId id);
    [[nodiscard]] const Slot* at(SocketId id) const;
    Slot& touch(std::uint32_t index)
    {
        Slot& slot = slots_[index];
        if (!slot.touched) {
            slot.touched = true;
            touched_.push_back(index);
        }
        return slot;
    }
    std::uint32_t make(Use use);
    void release(std::uint32_t index);
    void release_if_over(std::uint32_t index);
    void leave_listener(Slot& slot);
    Listener* listener_on(Port port);
    /// What a socket is used for changes, and with it who has which port.
    void become(Slot& slot, Use use, Port port);
    void count_port(const Slot& slot, std::int32_t by);
    /// Whether a socket that has no port yet would meet one there that does not share it.
    [[nodiscard]] bool taken(Port port, bool reuse) const;
    /// The same for one that has its port.
    bool meets_another(const Slot& slot);
    Port ephemeral_port(Endpoint remote, Time now);
    /// TIME-WAIT begins, or has ended. Where its table is full, it is over at once.
    void count_time_wait(Slot& slot, Time now, Output& out);
    /// Whether OPEN may have a four-tuple from a connection in TIME-WAIT, on a port that was `chosen` by bind.
    [[nodiscard]] bool gives_way(const Connection& old, bool chosen, Time now) const;
    /// linux tcp_tw_recycle: the last timestamp of a peer that TIME-WAIT begins with, for whoever has its address.
    void remember_peer(const Connection& connection);
    [[nodiscard]] bool older_than_its_address(const Segment& syn, Endpoint from, Time now) const;
    /// Ends a connection in TIME-WAIT for one that takes over its four-tuple, and answers where it stood.
    Tcb take_over(std::uint32_t index, Time now, Output& out);
    /// linux: a listener may be told another backlog.
    Error listen_again(Listener& listener, std::uint32_t backlog) const;
    /// A segment for a listener: what opens a connection there does so.
    void listener_hears(Listener& listener, const Segment& seg, std::span<const std::uint8_t> text, Endpoint from,
                        Endpoint to, Time now, Output& out);
    /// A SYN opens a connection, its ISS beyond `above`, unless a queue is full.
    void open_child(Listener& listener, const Segment& syn, std::span<const std::uint8_t> text, Endpoint from,
                    Endpoint to, Time now, Output& out, std::optional<Seq> above = {});
    std::uint32_t make_child(Listener& listener, Endpoint from, Endpoint to, Seq iss);
    /// The SYN is answered, and nothing is kept of it.
    void answer_with_cookie(Listener& listener, const Segment& seg, Endpoint from, Endpoint to, Time now, Output& out);
    /// An ACK that brings a cookie back opens its connection; false where it brings none.
    bool open_by_cookie(Listener& listener, const Segment& seg, std::span<const std::uint8_t> text, Endpoint from,
                        Endpoint to, Time now, Output& out);
    /// The ACK that would open a child finds the accept queue full: true where that was the end of it.
    bool finds_no_room(std::uint32_t index, const Segment& seg, Endpoint from, Endpoint to, Time now, Output& out);
    void offer_to_listener(std::uint32_t index);
    static void report_refused(Event event, Check check, std::uint32_t connection, Output& out);
    Listener* listener_of(const Slot& slot);
    /// linux: what was half open when its listener closed.
    [[nodiscard]] bool half_open_without_listener(const Slot& slot) const;
    void close_listener(std::uint32_t index, Time now, Output& out);
    void stop_listening(std::uint32_t index, Time now, Output& out);

    /// Local port and remote socket in one word: a host has one address.
    static std::uint64_t key(Port local, Endpoint remote)
    {
        return (std::uint64_t{remote.address.value} << 32) | (std::uint64_t{remote.port} << 16) | local;
    }

    Address address_;
    Profile profile_;
    SharedOptions options_; // of every connection that is opened now
    IssGenerator iss_;
    SynCookies cookies_;
    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_;
    std::vector<std::uint32_t> touched_;
    std::vector<Listener> listeners_;
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> demux_; // never iterated: its order is nobody's business
    boost::unordered_flat_map<std::uint32_t, TimestampVariables> peers_; // by address: tcp_tw_recycle; never iterated
    boost::unordered_flat_map<Port, PortUse> ports_; // those that somebody has; never iterated either
    Port next_port_;
    std::uint32_t connections_made_ = 0;
    std::int32_t time_waits_ = 0;
};

template <class Arm>
bool Stack::due(std::uint32_t index, std::uint64_t order, Arm&& arm)
{
    Slot& slot = slots_[index];
    if (slot.use == Use::free || slot.wake.order != order) return false; // an earlier one was asked for since
    const TimerKind kind = slot.connection.timers().next();
    const Timer& next = slot.connection.timers()[kind];
    if (next.running() && next.order == order) return true;
    slot.wake = next; // the timer was moved or cancelled since
    if (next.running()) arm(index, kind, next);
    return false;
}

template <class Arm>
void Stack::finish(Time now, Output& out, Arm&& arm)
{
    for (const std::uint32_t index : touched_) {
        Slot& slot = slots_[index];
        slot.touched = false;
        if (slot.use == Use::free) continue;
        slot.connection.transmit(now, out);
        if ((slot.connection.state() == State::TimeWait) != slot.in_time_wait) count_time_wait(slot, now, out);
        if (slot.connection.timers_are_news()) ask_for_wake(index, arm);
        if (slot.use != Use::connection || !slot.connection.in_progress()) release_if_over(index);
    }
    touched_.clear();
}

template <class Arm>
void Stack::ask_for_wake(std::uint32_t index, Arm&& arm)
{
    Slot& slot = slots_[index];
    const TimerKind kind = slot.connection.timers().next();
    const Timer& next = slot.connection.timers()[kind];
    if (!next.before(slot.wake)) return; // a later deadline waits until the wake-up comes, and is asked for then
    slot.wake = next;
    arm(index, kind, next);
}

} // namespace tcpsm
