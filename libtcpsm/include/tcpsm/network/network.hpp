#pragma once
// The simulated world: hosts, the links between them, and the virtual clock. A Network is a value: a copy is a
// snapshot, and what happens in one is nothing to the other.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/connection/connection.hpp"
#include "tcpsm/host/kernel_log.hpp"
#include "tcpsm/host/netstat.hpp"
#include "tcpsm/host/process_id.hpp"
#include "tcpsm/host/profile.hpp"
#include "tcpsm/host/socket_id.hpp"
#include "tcpsm/network/counts.hpp"
#include "tcpsm/network/history.hpp"
#include "tcpsm/network/rule.hpp"
#include "tcpsm/network/workload.hpp"

namespace tcpsm::detail {
class Applications;
class World;
} // namespace tcpsm::detail

#pragma GCC visibility push(default)
namespace tcpsm {

class Host;
class Network;
class Process;

struct NetworkOptions {
    std::uint64_t seed = 1; ///< of everything that is drawn: chances, ISS, tie-free and the same on every machine
    Duration delay = 10ms;  ///< one way, between any two hosts
    Recording recording = Recording::everything; ///< what is written to the history, and counted
};

struct HostOptions {
    Profile profile{};                ///< where its connections start from
    std::vector<std::uint32_t> iss{}; ///< initial sequence numbers of its first connections; then RFC 6528's
    bool accepts = false;             ///< the application accepts by itself
    bool reads = false;               ///< a RECEIVE is always outstanding
};

struct ListenOptions {
    std::uint32_t backlog = 128;   ///< connections that may wait, half-open ones included
    std::optional<bool> accepts{}; ///< by itself; where nothing is said, as the host's options say
};

/// What RECEIVE brought.
struct Received {
    std::string octets;
    std::error_code error; ///< would_block: nothing yet; closing: nothing any more
};

/// What SEND took.
struct Sent {
    std::size_t octets = 0;
    std::error_code error;
};

/// A socket of a host: a small value, good in every copy of its world by `copy.at(socket)`. A call in the wrong state
/// answers the RFC's sentence as a `std::error_code`; after the socket is gone it answers no_such_socket.
class Socket {
public:
    Socket() = default;

    /// Gives an unconnected socket its local port. Errors: address_in_use, invalid_argument.
    std::error_code bind(Port port) const;
    /// OPEN, active (3.10.1). Answers at once; state() tells how it goes, and the next call what became of it.
    std::error_code connect(Host remote, Port port) const;
    /// OPEN, passive (3.10.1), on the port that was bound.
    std::error_code listen(ListenOptions options = {}) const;
    /// The next connection of a listener; a socket that is not `valid` where none waits.
    [[nodiscard]] Socket accept() const;
    /// SEND (3.10.2): queues the octets and sends what may be sent.
    Sent send(std::string_view octets, SendOptions how = {}) const;
    Sent send(std::span<const std::uint8_t> octets, SendOptions how = {}) const;
    /// RECEIVE (3.10.3): what is there, at most `most` octets.
    Received receive(std::size_t most = 65536) const;
    Transfer receive(std::span<std::uint8_t> into) const;
    /// CLOSE (3.10.4), and the socket stays: nothing more to send, reading goes on.
    std::error_code shutdown() const;
    /// CLOSE (3.10.4), and the socket is given back when the connection is over.
    std::error_code close() const;
    /// ABORT (3.10.5).
    std::error_code abort() const;

    /// Other options from now on, as setsockopt() would choose them one by one: Nagle, keep-alive, delays, R1 and R2
    /// (MUST-17, MUST-21, MUST-24). While a connection is open, what its opening told the peer stays as it was.
    std::error_code set_options(const ConnectionOptions& options) const;
    /// SO_REUSEADDR: whether it shares its port with others that say so too. Where this is not said, the profile
    /// decides; a connection has what its listener had.
    std::error_code set_reuse_address(bool reuse) const;

    [[nodiscard]] bool valid() const;  ///< it names a socket that is not yet given back
    [[nodiscard]] State state() const; ///< STATUS (3.10.6); CLOSED where there is no connection
    [[nodiscard]] Endpoint local() const;
    [[nodiscard]] Endpoint remote() const;
    [[nodiscard]] std::uint32_t number() const; ///< of the connection on its host, from 1; 0 where there is none
    /// A copy of the connection as it is now: its variables, timers and queues.
    [[nodiscard]] Connection connection() const;
    /// The same without its buffers: cheap to ask for.
    [[nodiscard]] Standing standing() const;

    /// The lowest that was free in its process, from 3 on; -1 where nobody has it: after CLOSE, the descriptor is gone
    /// and the connection goes on.
    [[nodiscard]] std::int32_t descriptor() const;

    [[nodiscard]] HostId host_id() const { return host_; }
    [[nodiscard]] SocketId id() const { return id_; }

private:
    friend class detail::Applications;
    friend class Network;
    friend class Host;
    friend class Process;
    Socket(Network* network, HostId host, SocketId id) : network_(network), host_(host), id_(id) {}
    [[nodiscard]] detail::World& world() const;
    template <class Act>
    Error call(Call what, Act&& act) const;

    Network* network_ = nullptr;
    HostId host_ = no_host;
    SocketId id_;
};

/// A host of a network: a small value, good in every copy of its world by `copy.at(host)`.
class Host {
public:
    Host() = default;

    /// The running process of that name, where it is empty the user of whom the RFC speaks; a new one where none runs.
    /// The calls below that make sockets make them for that user.
    [[nodiscard]] Process process(std::string_view name = {}) const;
    /// All that ever ran there, in the order in which they began.
    [[nodiscard]] std::vector<Process> processes() const;

    /// A socket that is neither bound nor connected; not `valid` where its process has no descriptor left.
    [[nodiscard]] Socket socket() const;
    /// Waits for connections on a port. A socket that is not `valid` where another listens there.
    Socket listen(Port port, ListenOptions options = {}) const;
    /// Opens a connection from an ephemeral port. A socket that is not `valid` where none is free.
    Socket connect(Host remote, Port port) const;
    /// The next connection of any of its listeners; not `valid` where none waits.
    [[nodiscard]] Socket accept() const;
    /// The socket that is bound to a port, or to any where it is 0, and neither listens nor is connected; not `valid`
    /// where there is none.
    [[nodiscard]] Socket bound(Port port = 0) const;
    /// Its first listener; not `valid` where it has none.
    [[nodiscard]] Socket listener() const;

    /// The machine stops: its connections are forgotten, and nothing is said. Until `reboot` it hears nothing.
    void crash() const;
    /// It comes up again, with no connection and no listener.
    void reboot() const;
    /// Every process is killed, or exits: each of its sockets is closed for reading too (3.6.1).
    void kill() const;
    void exit() const;
    /// The last process of that name ends, by `kill`, `exit` or `crash`. Errors: no_such_process.
    std::error_code end(std::string_view process, Call how) const;

    /// Another profile from now on, but for what says whether the user reads by itself, which stays. Connections that
    /// are opened from now on have it whole; one that exists takes over what was neither told to its peer nor allocated
    /// when it opened, and uses that at its next occasion: timers that run, run on (docs/decisions/0012).
    void set_profile(const Profile& profile) const;
    [[nodiscard]] Profile profile() const;
    /// ICMP tells this host of the connection between a port of its own and one of `remote` (3.9.2.2).
    void icmp(Port local, Host remote, Port remote_port, IcmpError error) const;

    [[nodiscard]] std::string_view name() const;
    [[nodiscard]] Address address() const;
    [[nodiscard]] bool up() const;
    /// The socket of its n-th connection, from 1; not `valid` once it is over.
    [[nodiscard]] Socket connection(std::uint32_t number) const;
    /// How many connections it has had.
    [[nodiscard]] std::uint32_t connections() const;
    [[nodiscard]] std::vector<NetstatLine> netstat() const;
    /// What its kernel has logged, ten lines in five seconds at most, as `dmesg` shows it: the first thousand.
    [[nodiscard]] std::vector<LogEntry> log() const;
    /// The same in numbers, and what has happened so far; all zero in a world that records nothing.
    [[nodiscard]] Counts counts() const;
    [[nodiscard]] HostId id() const { return id_; }

private:
    friend class detail::Applications;
    friend class Network;
    friend class Process;
    friend class Socket;
    Host(Network* network, HostId id) : network_(network), id_(id) {}
    [[nodiscard]] detail::World& world() const;

    Network* network_ = nullptr;
    HostId id_ = no_host;
};

/// A process of a host: a small value, good in every copy of its world by `copy.at(process)`. It owns sockets by
/// descriptors, at most as many as `rlimit_nofile` of its host's profile allows. When it ends, by itself or not, the
/// kernel closes all of them for reading too (3.6.1): to TCP, exit, kill and crash are one.
class Process {
public:
    /// As Host::socket, Host::listen and Host::connect. Where no descriptor is left (EMFILE), the history and the
    /// counts tell, and the socket is not `valid`. None is valid once the process is over.
    [[nodiscard]] Socket socket() const;
    Socket listen(Port port, ListenOptions options = {}) const;
    Socket connect(Host remote, Port port) const;
    /// So many sockets at once, fewer where its descriptors do not suffice.
    std::vector<Socket> sockets(std::uint32_t count) const;

    /// Errors of all three: no_such_process, where it is over already.
    std::error_code exit() const;
    std::error_code kill() const;
    std::error_code crash() const;

    [[nodiscard]] bool running() const;
    [[nodiscard]] std::string_view name() const;
    [[nodiscard]] std::uint32_t pid() const { return id_.index + 1; }
    [[nodiscard]] std::uint32_t descriptors() const; ///< that are open, without the three standard ones
    [[nodiscard]] HostId host_id() const { return host_; }
    [[nodiscard]] ProcessId id() const { return id_; }

private:
    friend class Host;
    friend class Network;
    Process(Network* network, HostId host, ProcessId id) : network_(network), host_(host), id_(id) {}
    [[nodiscard]] detail::World& world() const;

    Network* network_ = nullptr;
    HostId host_ = no_host;
    ProcessId id_;
};

class Network {
public:
    explicit Network(const NetworkOptions& options = {});
    Network(const Network& other);
    Network& operator=(const Network& other);
    Network(Network&&) noexcept;
    Network& operator=(Network&&) noexcept;
    ~Network();

    // ---- hosts and links ----
    /// The host of that name, made with `options` where there is none yet. Addresses count up from 192.0.2.1.
    Host host(std::string_view name, const HostOptions& options = {});
    [[nodiscard]] std::vector<Host> hosts();
    /// The delay one way from one host to another, from now on.
    void set_delay(Host from, Host to, Duration delay);
    /// The delay one way of every link, also of those that had their own, for segments that leave from now on.
    void set_delay(Duration delay);
    /// Nothing passes between two hosts, in either direction, until `mend`.
    void cut(Host a, Host b);
    void mend(Host a, Host b);
    /// Hosts stand behind a NAT box from now on. What they send to others leaves with the address of `box` and a port
    /// that it keeps for each of their endpoints, from 1024 on; what is sent to that port comes back to them, whoever
    /// sent it. Text and options stay as they are. To any other port of the box, and from outside to one of these
    /// hosts' own addresses, nothing passes, and nothing is said; `box` itself hears nothing. The box forgets no port,
    /// and its delay is none: delays and cuts are those between the hosts that talk. It decides as a segment leaves.
    void nat(Host box, const std::vector<Host>& behind);

    // ---- faults, asked in the order in which they were added ----
    RuleId add(Rule rule);
    RuleId lose(std::string_view segment);
    RuleId lose(std::function<bool(const Flight&)> when, std::uint32_t times = 1);
    /// Loses by chance, in a million.
    RuleId lose_by_chance(std::uint32_t in_a_million);
    /// Loses any segment by chance, in a million, from now on, instead of what was set before; 0 ends it. It is one
    /// rule, asked where the first such call put it, with numbers of its own.
    void set_loss(std::uint32_t in_a_million);
    RuleId delay(std::string_view segment, Duration by);
    RuleId duplicate(std::string_view segment, Duration after = {});
    /// Keeps a segment in the network until `release`.
    RuleId hold(std::string_view segment);
    /// Lets a held segment arrive now; false where none of that name is held.
    bool release(std::string_view segment);
    /// A rule is over: it answers no more.
    void end(RuleId rule);
    /// How often a rule has been applied.
    [[nodiscard]] std::uint32_t applied(RuleId rule) const;
    /// A segment that nobody sent appears on the link from one host to another and arrives after its delay.
    void inject(Host from, Port from_port, Host to, Port to_port, const Segment& segment, std::string_view text = {});
    /// The same with a source that need not be of `from`: who is off the path writes another's name into the header.
    void inject(Host from, Endpoint source, Host to, Port to_port, const Segment& segment, std::string_view text = {});

    // ---- many users ----
    /// Programs that use the network from now on.
    WorkloadId add(const Workload& workload);
    void add(const Flood& flood);
    /// How far a workload has come.
    [[nodiscard]] WorkloadReport report(WorkloadId workload) const;

    // ---- a script ----
    /// Does something at a moment (or now, where that is past), after what arrives and fires then.
    StepId schedule(Time at, std::function<void(Network&)> action);
    /// Does something once, when a condition first holds after an event: after all output of the event has left; or,
    /// with `same_event`, before, so that a FIN can ride on the ACK.
    StepId when(std::function<bool(const Network&)> condition, std::function<void(Network&)> action,
                bool same_event = false);
    /// Whether a step has been done.
    [[nodiscard]] bool fired(StepId step) const;

    // ---- time ----
    [[nodiscard]] Time now() const;
    /// One event; false where nothing is pending.
    bool step();
    /// Runs until nothing is pending, at most an hour from now. Returns the number of events.
    std::size_t run();
    /// Runs to a moment; the clock then shows it. Returns the number of events.
    std::size_t run_until(Time until);
    std::size_t run_for(Duration span) { return run_until(now() + span); }
    /// When the next event is due; `never` where nothing is pending.
    [[nodiscard]] Time next_event() const;

    // ---- what happened ----
    [[nodiscard]] const History& history() const;
    /// Forgets what happened; the states of now become the beginning of the history.
    void clear_history();
    /// The same host or socket in this world.
    [[nodiscard]] Host at(Host host) { return {this, host.id_}; }
    [[nodiscard]] Socket at(Socket socket) { return {this, socket.host_, socket.id_}; }
    [[nodiscard]] Process at(Process process) { return {this, process.host_, process.id_}; }
    /// The state of a host's n-th connection; CLOSED once it is over. Good inside a condition.
    [[nodiscard]] State state(HostId host, std::uint32_t connection) const;
    [[nodiscard]] State state(Socket socket) const;
    /// As Host::counts() and Host::log().
    [[nodiscard]] Counts counts(HostId host) const;
    [[nodiscard]] std::vector<LogEntry> log(HostId host) const;
    [[nodiscard]] HostId host_id(std::string_view name) const; ///< no_host for an unknown name
    /// Octets that the tables, queues and connections of all hosts hold, without the history.
    [[nodiscard]] std::size_t memory() const;
    /// Of one host: its tables, its sockets and its connections with their buffers.
    [[nodiscard]] std::size_t memory(HostId host) const;

private:
    friend class Host;
    friend class Process;
    friend class Socket;
    std::unique_ptr<detail::World> world_;
};

/// Two ends of one connection.
struct Pair {
    Socket a;
    Socket b;
};

/// Opens a connection from host `a` to port 80 of host `b` and runs until both are ESTABLISHED; makes the hosts where
/// they are missing, with initial sequence numbers 99 and 299 as the RFC's figures of closing have them. The history
/// begins here.
Pair established(Network& network, std::string_view a, std::string_view b);

} // namespace tcpsm
#pragma GCC visibility pop
