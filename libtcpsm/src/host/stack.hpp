#pragma once
// One host's TCP: its sockets, listeners and ports, and which connection a segment belongs to. Sans-IO, as a connection
// is: calls, segments and the time go in; segments and reports come out.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "host/demux.hpp"
#include "host/iss.hpp"
#include "host/kernel_log.hpp"
#include "host/listener.hpp"
#include "host/pool.hpp"
#include "host/processes.hpp"
#include "host/syn_cookies.hpp"
#include "host/time_waits.hpp"
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
    /// A socket of the user. None where that process has no descriptor left.
    SocketId socket() { return socket(process({})).socket; }
    /// A socket of a process. Errors: too_many_open_files, no_such_process.
    Opened socket(ProcessId process);
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
    /// The running process of that name, the user where it is empty; a new one where none runs.
    ProcessId process(std::string_view name) { return processes_.named(name); }
    /// A process is over, all of them where none is named: each of its sockets is closed for reading too (3.6.1).
    Error end(std::optional<ProcessId> process, Time now, Output& out);
    /// Everything is forgotten, and nothing is said. The clock of the ISNs goes on.
    void crash();

    // ---- what comes from below ----
    void segment_arrives(const Segment& seg, std::span<const std::uint8_t> text, Endpoint from, Endpoint to, Time now,
                         Output& out);
    /// ICMP speaks of the connection between a local port and a remote socket (3.9.2.2, MUST-54).
    void icmp(Port local, Endpoint remote, IcmpError error, Time now, Output& out);
    /// The wake-up that `finish` asked for comes next: is its timer still the one to fire? If not, what is due later is
    /// asked for by `arm(slot, kind, timer)`, as in `finish`.
    template <class Arm>
    bool due(std::uint32_t index, std::uint64_t order, Arm&& arm);
    /// The timer that is `due` fires.
    void timeout(std::uint32_t index, Time now, Output& out);
    /// Ends an event: each connection that it touched sends what is due, asks to be woken for its next timer by
    /// `arm(slot, kind, timer)`, and gives its place back where it is over.
    template <class Arm>
    void finish(Time now, Output& out, Arm&& arm);

    // ---- what is so now ----
    /// A connection to look at: where it is, or made anew from what is kept of it in TIME-WAIT.
    class Seen {
    public:
        Seen() = default;
        explicit Seen(const Connection& there) : there_(&there) {}
        explicit Seen(Connection&& made) : made_(std::move(made)) {}
        [[nodiscard]] explicit operator bool() const { return there_ != nullptr || made_.has_value(); }
        const Connection& operator*() const { return made_ ? *made_ : *there_; }
        const Connection* operator->() const { return &**this; }

    private:
        const Connection* there_ = nullptr;
        std::optional<Connection> made_;
    };
    [[nodiscard]] Seen find(SocketId id) const;
    [[nodiscard]] bool exists(SocketId id) const { return at(id) != nullptr; }
    [[nodiscard]] State state(SocketId id) const;          ///< CLOSED where there is none
    [[nodiscard]] std::uint32_t number(SocketId id) const; ///< of its connection; 0 where there is none
    [[nodiscard]] SocketId by_number(std::uint32_t number) const;
    [[nodiscard]] std::vector<SocketId> listeners() const;
    [[nodiscard]] std::vector<NetstatLine> netstat() const;
    /// Calls `each(connection)` for every listener and connection.
    template <class Each>
    void for_each_connection(Each&& each) const
    {
        for (const Slot& slot : slots_) {
            if (slot.use != Use::listener && slot.use != Use::connection) continue;
            if (slot.compact)
                each(time_waits_.connection(slot.place));
            else
                each(sockets_[slot.place].connection);
        }
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
    [[nodiscard]] const Processes& processes() const { return processes_; }
    /// Whose a socket is, or was before it was closed; nothing where there is none, or nobody ever had it.
    [[nodiscard]] std::optional<ProcessId> process_of(SocketId id) const;
    /// `Descriptors::none` where nobody holds it.
    [[nodiscard]] std::int32_t descriptor_of(SocketId id) const;
    [[nodiscard]] std::uint32_t unconnected() const
    {
        return unconnected_;
    } ///< sockets that neither listen nor connect
    [[nodiscard]] const Overflows& overflows() const { return overflows_; }
    [[nodiscard]] const KernelLog& log() const { return log_; }
    [[nodiscard]] std::size_t memory() const; ///< octets held by the tables and the connections

private:
    enum class Use : std::uint8_t { free, unconnected, listener, connection };
    static constexpr std::uint32_t nobody = 0xffffffff;

    /// A place in the table of sockets. What stands in it is elsewhere, so that this table stays small.
    struct Slot {
        std::uint32_t generation = 0;
        std::uint32_t place = nobody; // in `sockets_`; in `time_waits_` where it is compact; the next free slot
        Port bound = 0;
        Use use = Use::free;
        bool reuse : 1 = false;        // SO_REUSEADDR
        bool held : 1 = false;         // the user has it, and has not closed it
        bool chosen : 1 = false;       // its port was bound by hand: it keeps the port until it is closed
        bool touched : 1 = false;      // by the event that is going on
        bool queued : 1 = false;       // waits to be accepted
        bool in_time_wait : 1 = false; // and is counted there
        bool compact : 1 = false;      // a connection in TIME-WAIT that nobody holds: an entry is all there is of it
    };
    /// How many sockets have a port: the second of each pair is of those with SO_REUSEADDR.
    struct PortUse {
        std::array<std::int32_t, 2> bound{}; // and not connected
        std::array<std::int32_t, 2> connections{};
        std::int32_t listeners = 0;                                          // of those that are bound
        [[nodiscard]] bool waits() const { return bound[0] + bound[1] > 0; } // somebody, for its use
        [[nodiscard]] bool nobody() const
        {
            return (bound[0] | bound[1] | connections[0] | connections[1] | listeners) == 0;
        }
    };
    /// A socket whose connection is there as a whole.
    struct Whole {
        /// `make()` gives its connection: made in its place, it need not be moved there.
        template <class Make>
        explicit Whole(const Make& make) : connection(make())
        {
        }
        std::uint64_t four_tuple = 0;     // of a connection
        Timer wake{};                     // what the scheduler has been asked for
        std::uint32_t listener = nobody;  // of a child that nobody has accepted
        std::uint32_t time_wait = nobody; // the entry of one that was compact before this event
        ProcessId process{};              // who has it, or had it last; of a child, its listener's
        std::int32_t descriptor = Descriptors::none;
        Connection connection;
    };

    Slot* at(SocketId id);
    [[nodiscard]] const Slot* at(SocketId id) const;
    /// The socket that a user's call is about. linux: none where the user has closed it, whatever becomes of its
    /// connection.
    Slot* descriptor(SocketId id);
    Whole& whole(std::uint32_t index) { return sockets_[slots_[index].place]; }
    [[nodiscard]] const Whole& whole(std::uint32_t index) const { return sockets_[slots_[index].place]; }
    Connection& connection(std::uint32_t index) { return whole(index).connection; }
    [[nodiscard]] Seen see(std::uint32_t index) const
    {
        const Slot& slot = slots_[index];
        return slot.compact ? Seen(time_waits_.connection(slot.place)) : Seen(sockets_[slot.place].connection);
    }
    [[nodiscard]] std::uint32_t listener_of(std::uint32_t index) const
    {
        return slots_[index].compact ? nobody : whole(index).listener;
    }
    [[nodiscard]] std::uint64_t tuple_of(std::uint32_t index) const
    {
        const Slot& slot = slots_[index];
        if (!slot.compact) return sockets_[slot.place].four_tuple;
        const TimeWait& wait = time_waits_[slot.place];
        return four_tuple(wait.local_port(), wait.remote());
    }
    [[nodiscard]] std::uint32_t slot_of(std::uint64_t tuple) const
    {
        return demux_.find(tuple, [this](std::uint32_t index) { return tuple_of(index); });
    }
    [[nodiscard]] std::uint32_t number_of(std::uint32_t index) const;
    void put_into_demux(std::uint32_t index, std::uint64_t tuple);

    /// The event that is going on is about this socket; what was compact is whole until its end.
    Whole& touch(std::uint32_t index)
    {
        Slot& slot = slots_[index];
        if (!slot.touched) {
            slot.touched = true;
            touched_.push_back(index);
            if (slot.compact) expand(slot);
        }
        return sockets_[slot.place];
    }
    void expand(Slot& slot);
    /// What was compact cannot be so again.
    void stay_whole(Whole& socket)
    {
        time_waits_.remove(socket.time_wait);
        socket.time_wait = nobody;
    }
    /// What nobody holds becomes an entry. False where it is in no line, and its wake-up has not been asked for.
    bool make_compact(Slot& slot);
    template <class Arm>
    void ask_for_wake(std::uint32_t index, Whole& socket, Arm&& arm);
    template <class Arm>
    void ask_for_time_waits(Arm&& arm);

    template <class Make>
    std::uint32_t make(const Make& make_connection); ///< a socket for what is not connected
    /// A process gets a descriptor for a socket of its own; false where it has none left.
    bool hold(std::uint32_t index);
    /// Gives the descriptor back; who waited for one accepts.
    void let_go(std::uint32_t index, Output& out);
    /// A listener whose application accepts by itself, and could not, does so as far as it can.
    void accept_waiting(ProcessId process, Output& out);
    /// It could not, for want of a descriptor.
    void starve(ProcessId process, Output& out);
    std::uint32_t free_slot();
    void release(std::uint32_t index);
    void release_if_over(std::uint32_t index);
    void leave_listener(std::uint32_t index);
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
    void count_time_wait(std::uint32_t index, Time now, Output& out);
    /// 2 MSL have passed for a compact entry.
    void time_wait_is_over(std::uint32_t index, Time now, Output& out);
    /// Whether OPEN may have a four-tuple from a connection in TIME-WAIT, on a port that was `chosen` by bind.
    [[nodiscard]] bool gives_way(const Connection& old, bool chosen, Time now) const;
    /// linux tcp_tw_recycle: the last timestamp of a peer that TIME-WAIT begins with, for whoever has its address.
    void remember_peer(const Connection& connection);
    [[nodiscard]] bool older_than_its_address(const Segment& syn, Endpoint from, Time now) const;
    /// Ends a connection in TIME-WAIT for one that takes over its four-tuple, and answers where it stood.
    Tcb take_over(std::uint32_t index, Time now, Output& out);
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
    void offer_to_listener(std::uint32_t index, Output& out);
    /// linux tcp_syn_flood_action: once for each listener.
    void warn_of_flood(Listener& listener, Time now, Output& out);
    void log(const LogEntry& entry, Output& out);
    static void report_refused(Event event, Check check, std::uint32_t connection, Output& out);
    Listener* listener_in(std::uint32_t slot);
    /// linux: what was half open when its listener closed.
    [[nodiscard]] bool half_open_without_listener(std::uint32_t index) const;
    /// linux: a listener may be told another backlog.
    Error listen_again(Listener& listener, std::uint32_t backlog) const;
    void close_listener(std::uint32_t index, Time now, Output& out);
    void stop_listening(std::uint32_t index, Time now, Output& out);

    Address address_;
    Profile profile_;
    SharedOptions options_; // of every connection that is opened now
    IssGenerator iss_;
    SynCookies cookies_;
    std::vector<Slot> slots_;
    std::uint32_t free_slot_ = nobody;
    Pool<Whole, 16> sockets_;
    TimeWaits time_waits_;
    Demux demux_;
    boost::unordered_flat_map<std::uint32_t, TimestampVariables> peers_; // by address: tcp_tw_recycle; never iterated
    boost::unordered_flat_map<Port, PortUse> ports_; // those that somebody has; never iterated either
    std::vector<std::uint32_t> touched_;
    std::vector<Listener> listeners_;
    Port next_port_;
    std::uint64_t ports_given_back_ = 0;       // how often
    std::uint64_t no_port_since_ = UINT64_MAX; // so many had been, when none was left for
    Endpoint no_port_for_{};
    std::uint32_t connections_made_ = 0;
    std::int32_t time_wait_count_ = 0;
    std::uint32_t unconnected_ = 0;
    Processes processes_;
    Overflows overflows_;
    KernelLog log_;
};

template <class Arm>
bool Stack::due(std::uint32_t index, std::uint64_t order, Arm&& arm)
{
    if (const TimeWaits::Wake wake = time_waits_.wake(order); wake != TimeWaits::Wake::other) {
        if (wake == TimeWaits::Wake::past) ask_for_time_waits(arm);
        return wake == TimeWaits::Wake::due;
    }
    const Slot& slot = slots_[index];
    if (slot.use == Use::free) return false;
    if (slot.compact) return time_waits_[slot.place].timer().order == order && !time_waits_.in_line(slot.place);
    Whole& socket = sockets_[slot.place];
    if (socket.wake.order != order) return false; // an earlier one was asked for since
    const Timer& next = socket.connection.next_timer();
    if (next.running() && next.order == order) return true;
    socket.wake = next; // the timer was moved or cancelled since
    if (next.running()) arm(index, socket.connection.timers().next(), next);
    return false;
}

template <class Arm>
void Stack::finish(Time now, Output& out, Arm&& arm)
{
    for (const std::uint32_t index : touched_) {
        Slot& slot = slots_[index];
        if (!slot.touched) continue; // it is over already
        slot.touched = false;
        Whole& socket = sockets_[slot.place];
        Connection& touched = socket.connection;
        touched.transmit(now, out);
        if ((touched.state() == State::TimeWait) != slot.in_time_wait) count_time_wait(index, now, out);
        if (slot.in_time_wait && !slot.held && socket.listener == nobody && TimeWait::can_hold(touched)) {
            if (!make_compact(slot)) arm(index, TimerKind::time_wait, time_waits_[slot.place].timer());
            continue;
        }
        if (socket.time_wait != nobody) stay_whole(socket);
        if (touched.timers_are_news()) ask_for_wake(index, socket, arm);
        if (slot.use != Use::connection || !touched.in_progress()) release_if_over(index);
    }
    touched_.clear();
    ask_for_time_waits(arm);
}

template <class Arm>
void Stack::ask_for_wake(std::uint32_t index, Whole& socket, Arm&& arm)
{
    const Timer& next = socket.connection.next_timer();
    if (!next.before(socket.wake)) return; // a later deadline waits until the wake-up comes, and is asked for then
    socket.wake = next;
    arm(index, socket.connection.timers().next(), next);
}

template <class Make>
std::uint32_t Stack::make(const Make& make_connection)
{
    const std::uint32_t index = free_slot();
    Slot& slot = slots_[index];
    slot.use = Use::unconnected;
    ++unconnected_;
    slot.reuse = profile_.reuse_address;
    slot.place = sockets_.make(make_connection);
    return index;
}

template <class Arm>
void Stack::ask_for_time_waits(Arm&& arm)
{
    time_waits_.ask_for_first([&](std::uint32_t place) {
        const TimeWait& first = time_waits_[place];
        arm(slot_of(four_tuple(first.local_port(), first.remote())), TimerKind::time_wait, first.timer());
    });
}

} // namespace tcpsm
