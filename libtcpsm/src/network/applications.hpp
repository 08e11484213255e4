#pragma once
// The programs of workloads. Each is a user like any other: what it does, it does by the calls of Host and Socket, each
// an event of its own, after the output of the event has left that it waited for.

#include <cstdint>
#include <optional>
#include <vector>

#include "host/stack.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/network/workload.hpp"

namespace tcpsm::detail {

class Applications {
public:
    /// The world that they act in, and its handle.
    struct In {
        World& world;
        Network& network;
    };

    WorkloadId add(In in, const Workload& workload);
    void add(In in, const Flood& flood);
    [[nodiscard]] const WorkloadReport& report(WorkloadId id) const { return programs_[id.index].report; }

    /// An event has touched places of a host: whoever has a socket there is told by `act`.
    void note(HostId host, const std::vector<std::uint32_t>& touched)
    {
        if (host >= by_place_.size()) return;
        for (const std::uint32_t place : touched) news_.push_back({host, place});
    }
    [[nodiscard]] bool waiting() const { return !news_.empty(); }
    /// Tells all that is new; nothing where it is being told already.
    void act(In in)
    {
        if (!acting_) tell(in);
    }
    /// A world was copied while one of its programs acted; the copy has to go on.
    [[nodiscard]] bool interrupted() const { return acting_; }
    void go_on(In in) { tell(in); }
    /// A task is due that was given to `World::schedule_task`.
    void due(In in, std::uint32_t task);
    /// What runs on a host has ended, or what runs there in one process, and no call is made.
    void stop(In in, HostId host, std::optional<ProcessId> process = {});
    [[nodiscard]] std::size_t memory() const;

private:
    static constexpr std::uint32_t nobody = 0xffffffff;

    /// A workload at work.
    struct Program {
        Workload workload;
        WorkloadReport report;
        std::vector<std::uint32_t> begun; // of each host of `from`
        SocketId listener;
        bool accept_due = false; // is scheduled
        Time accepts_from{};     // busy until then
    };
    struct Flooding {
        Flood flood;
        std::uint32_t sent = 0;
    };
    /// One end of a conversation. A client's goes on over several connections.
    struct Session {
        SocketId socket{};
        HostId host = no_host; // no_host: the place is free
        std::uint32_t program = 0;
        std::uint32_t generation = 0;
        bool client = false;
        bool asked = false;         // client: it waits for a response; server: it works on one
        bool opened = false;        // client: its connection came to ESTABLISHED
        bool last = false;          // server: nothing will be answered any more
        bool forgotten = false;     // server: its program forgot to close
        std::uint32_t left = 0;     // client: requests that are not answered yet
        std::uint32_t served = 0;   // requests on this connection
        std::uint64_t heard = 0;    // octets of whole messages
        std::uint64_t written = 0;  // octets that SEND took
        std::uint64_t to_write = 0; // and those that it will be given
        Time deadline = never;      // what it waits for by the clock
        Time woken_at = never;      // when its task is due, which is then or before
    };
    struct Task {
        enum class Kind : std::uint8_t { listen, begin, session, accept, flood } kind{};
        std::uint32_t subject = 0; // program, flood or session
        std::uint32_t detail = 0;  // begin: which host of the workload; session: its generation
    };
    struct News {
        HostId host;
        std::uint32_t place;
    };

    /// Whether a session has its socket in a process, or would get it there.
    [[nodiscard]] bool runs_in(In in, const Session& session, ProcessId process) const;
    void tell(In in);
    void tell(In in, const News& news);
    void watch(HostId host);
    /// Which session has the socket at a place, plus 1; 0 for none.
    std::uint32_t& session_at(HostId host, std::uint32_t place);
    void perform(In in, const Task& what);
    void schedule(In in, Time at, const Task& task);
    void schedule_client(In in, std::uint32_t program, std::uint32_t from);
    void wake_at(In in, std::uint32_t session, Time at);
    void wake(In in, std::uint32_t session);

    // what the programs do (conversations.cpp)
    void listen(In in, std::uint32_t program);
    void accept(In in, std::uint32_t program);
    void inject(In in, std::uint32_t flood);
    void begin_client(In in, std::uint32_t program, std::uint32_t from);
    /// A connection without a session has come: where a program serves its port, it has one now.
    void child_arrives(In in, const News& news);
    void begin_server(In in, std::uint32_t program, SocketId socket);
    void open(In in, std::uint32_t session);
    void go_on(In in, std::uint32_t session);
    void client_goes_on(In in, std::uint32_t session);
    void client_is_cut_off(In in, std::uint32_t session, Error error);
    void next_connection(In in, std::uint32_t session);
    void ask(In in, Session& session);
    void server_goes_on(In in, std::uint32_t session);
    void answer(In in, std::uint32_t session);
    void expect_more(In in, std::uint32_t session);
    void server_is_woken(In in, std::uint32_t session);
    void server_leaves(In in, std::uint32_t session);
    void write(In in, Session& session);
    /// Has no more to do with the connection: CLOSE, unless its program forgets that.
    void leave(In in, Session& session);
    void let_go(Session& session);

    [[nodiscard]] static Stack::Seen find(In in, const Session& session);
    [[nodiscard]] static Socket socket(In in, const Session& session);
    std::uint32_t make_session(const Session& session);
    void end(std::uint32_t session);

    std::vector<Program> programs_;
    std::vector<Flooding> floods_;
    std::vector<Session> sessions_;
    std::vector<std::uint32_t> free_sessions_;
    std::vector<Task> tasks_;
    std::vector<std::uint32_t> free_tasks_;
    std::vector<std::vector<std::uint32_t>> by_place_; // of each host: see `session_at`
    std::vector<News> news_;
    bool acting_ = false;
};

} // namespace tcpsm::detail

namespace tcpsm {
using detail::Applications; // as World is
} // namespace tcpsm
