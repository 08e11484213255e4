// What the programs of workloads do: clients that ask, servers that answer.

#include <algorithm>

#include "network/applications.hpp"
#include "network/world.hpp"
#include "tcpsm/network/pattern.hpp"

namespace tcpsm {

Stack::Seen Applications::find(In in, const Session& session)
{
    return in.world.host(session.host).stack.find(session.socket);
}

Socket Applications::socket(In in, const Session& session)
{
    return {&in.network, session.host, session.socket};
}

void Applications::leave(In in, Session& session)
{
    const Side side = session.client ? Side::client : Side::server;
    if (programs_[session.program].workload.forgets != side) static_cast<void>(socket(in, session).close());
    let_go(session);
}

void Applications::let_go(Session& session)
{
    if (session.socket != SocketId{}) session_at(session.host, session.socket.index) = 0;
    session.socket = {};
}

/// As much as the connection takes; the rest when there is room again.
void Applications::write(In in, Session& session)
{
    constexpr std::uint64_t most = 65536;
    while (session.written < session.to_write) {
        const Stack::Seen connection = find(in, session);
        const std::uint64_t room = connection->options().send_buffer - connection->queued();
        const auto count = static_cast<std::size_t>(std::min({session.to_write - session.written, room, most}));
        if (count == 0) return;
        const Sent sent = socket(in, session).send(pattern(connection->number, session.written, count));
        session.written += sent.octets;
        if (sent.error) return;
    }
}

void Applications::go_on(In in, std::uint32_t session)
{
    if (sessions_[session].client)
        client_goes_on(in, session);
    else
        server_goes_on(in, session);
}

// ---- clients --------------------------------------------------------------------------------------------------------

void Applications::begin_client(In in, std::uint32_t program, std::uint32_t from)
{
    Program& p = programs_[program];
    ++p.report.begun;
    const std::uint32_t session =
        make_session({.host = p.workload.from[from], .program = program, .client = true, .left = p.workload.requests});
    open(in, session);
}

void Applications::open(In in, std::uint32_t session)
{
    Session& s = sessions_[session];
    const Workload& workload = programs_[s.program].workload;
    s.asked = s.opened = false;
    s.served = 0;
    s.heard = s.written = s.to_write = 0;
    const ProcessId process = in.world.process(s.host, workload.client_process);
    const Stack::Opened made = in.world.socket(in.network, s.host, process);
    if (made.error != Error::none) return client_is_cut_off(in, session, made.error);
    s.socket = made.socket;
    session_at(s.host, s.socket.index) = session + 1;
    const std::error_code error = socket(in, s).connect(Host(&in.network, workload.to), workload.port);
    if (error) client_is_cut_off(in, session, static_cast<Error>(error.value()));
}

void Applications::client_goes_on(In in, std::uint32_t session)
{
    Session& s = sessions_[session];
    if (s.socket == SocketId{}) return open(in, session); // the pause is over
    Program& program = programs_[s.program];
    const Workload& workload = program.workload;
    const Stack::Seen connection = find(in, s);
    const State state = connection->state();
    if (state == State::Closed) return client_is_cut_off(in, session, connection->signalled());
    if (!synchronized(state)) return;
    if (!s.opened) {
        s.opened = true;
        ++program.report.opened;
    }
    write(in, s);
    if (s.asked && find(in, s)->delivered() - s.heard >= workload.response) {
        s.asked = false;
        s.heard += workload.response;
        ++s.served;
        --s.left;
        ++program.report.answered;
        program.report.last_answer = in.world.now();
        if (s.left > 0 && workload.pause > Duration{}) wake_at(in, session, in.world.now() + workload.pause);
    }
    // The last response says that it is the last one ("Connection: close").
    const std::uint32_t most = workload.keep_alive ? workload.keepalive_requests : 1;
    const bool served = s.left == 0 || s.served >= most;
    const bool peer_has_closed = find(in, s)->state() == State::CloseWait;
    if (peer_has_closed || (served && workload.closes == Side::client)) leave(in, s);
    if (served && workload.closes == Side::neither) let_go(s); // it stays open, and nobody thinks of it any more
    if (s.socket == SocketId{}) return next_connection(in, session);
    if (!served && !s.asked && s.deadline == never) ask(in, s);
}

void Applications::ask(In in, Session& s)
{
    s.asked = true;
    s.to_write += programs_[s.program].workload.request;
    write(in, s);
}

/// The client has left its connection. Where requests are left, it opens another one.
void Applications::next_connection(In in, std::uint32_t session)
{
    Session& s = sessions_[session];
    if (s.left > 0 && s.served == 0) return client_is_cut_off(in, session, Error::closing); // it served for nothing
    if (s.left > 0) {
        if (s.deadline == never) open(in, session);
        return;
    }
    ++programs_[s.program].report.done;
    end(session);
}

/// Without a FIN. Where the connection has been of use before, as one that is kept alive may have, another is opened.
void Applications::client_is_cut_off(In in, std::uint32_t session, Error error)
{
    Session& s = sessions_[session];
    WorkloadReport& report = programs_[s.program].report;
    const bool another = s.left > 0 && s.served > 0;
    if (s.socket != SocketId{}) {
        static_cast<void>(socket(in, s).close()); // a program that was told of an error gives its descriptor back
        let_go(s);
    }
    if (s.left == 0 || another) return next_connection(in, session);
    ++report.failed;
    if (report.first_failure == never) {
        report.first_failure = in.world.now();
        report.error = error;
    }
    end(session);
}

// ---- servers --------------------------------------------------------------------------------------------------------

void Applications::listen(In in, std::uint32_t program)
{
    Program& p = programs_[program];
    const bool busy = p.workload.accept_every > Duration{};
    const Host host(&in.network, p.workload.to);
    ListenOptions options{.backlog = p.workload.backlog};
    if (busy) options.accepts = false;
    p.listener = host.process(p.workload.server_process).listen(p.workload.port, options).id();
}

void Applications::child_arrives(In in, const News& news)
{
    const Stack& stack = in.world.host(news.host).stack;
    const Stack::Place place = stack.place(news.place);
    if (!place.held && !place.waits) return;
    const Stack::Seen connection = stack.find(place.socket);
    if (!connection || !synchronized(connection->state())) return;
    const Port port = connection->local().port;
    const auto serves = [&](const Program& p) { return p.workload.to == news.host && p.workload.port == port; };
    const auto found = std::find_if(programs_.begin(), programs_.end(), serves);
    if (found == programs_.end()) return;
    const auto program = static_cast<std::uint32_t>(found - programs_.begin());
    if (place.held) return begin_server(in, program, place.socket);
    if (found->accept_due || found->workload.accept_every == Duration{}) return;
    found->accept_due = true;
    schedule(in, std::max(in.world.now(), found->accepts_from), {Task::Kind::accept, program, 0});
}

void Applications::accept(In in, std::uint32_t program)
{
    Program& p = programs_[program];
    if (!p.accept_due) return; // its host was stopped
    p.accept_due = false;
    const Socket accepted = Socket(&in.network, p.workload.to, p.listener).accept();
    const bool more = in.world.host(p.workload.to).stack.waiting_on(p.workload.port) > 0;
    if (!accepted.valid() && !more) return;
    p.accepts_from = in.world.now() + p.workload.accept_every;
    if (more) {
        p.accept_due = true;
        schedule(in, p.accepts_from, {Task::Kind::accept, program, 0});
    }
    if (accepted.valid()) begin_server(in, program, accepted.id());
}

void Applications::begin_server(In in, std::uint32_t program, SocketId socket)
{
    const HostId host = programs_[program].workload.to;
    const std::uint32_t session = make_session({.socket = socket, .host = host, .program = program});
    session_at(host, socket.index) = session + 1;
    expect_more(in, session);
    server_goes_on(in, session);
}

void Applications::server_goes_on(In in, std::uint32_t session)
{
    Session& s = sessions_[session];
    const Workload& workload = programs_[s.program].workload;
    if (s.forgotten) return;
    if (find(in, s)->state() == State::Closed) { // cut off
        static_cast<void>(socket(in, s).close());
        return end(session);
    }
    write(in, s);
    while (!s.asked && !s.last && find(in, s)->delivered() - s.heard >= workload.request) {
        s.heard += workload.request;
        s.asked = true;
        if (workload.answers_after > Duration{}) return wake_at(in, session, in.world.now() + workload.answers_after);
        answer(in, session);
    }
    if (s.asked || s.written < s.to_write) return;
    if (s.last || find(in, s)->state() == State::CloseWait) server_leaves(in, session);
}

/// The response to what was asked.
void Applications::answer(In in, std::uint32_t session)
{
    Session& s = sessions_[session];
    const Workload& workload = programs_[s.program].workload;
    s.asked = false;
    ++s.served;
    s.to_write += workload.response;
    if (workload.closes != Side::neither)
        s.last = workload.keep_alive ? s.served >= workload.keepalive_requests : workload.closes == Side::server;
    write(in, s);
    expect_more(in, session);
}

/// A connection that is kept alive is not kept for ever.
void Applications::expect_more(In in, std::uint32_t session)
{
    const Workload& workload = programs_[sessions_[session].program].workload;
    if (workload.keep_alive && workload.closes != Side::neither)
        wake_at(in, session, in.world.now() + workload.keepalive_timeout);
}

void Applications::server_is_woken(In in, std::uint32_t session)
{
    const Session& s = sessions_[session];
    if (s.forgotten) return;
    if (s.asked) {
        answer(in, session);
        return server_goes_on(in, session);
    }
    if (s.written < s.to_write) return expect_more(in, session); // the response has not left yet
    server_leaves(in, session);                                  // nothing was asked for too long
}

void Applications::server_leaves(In in, std::uint32_t session)
{
    Session& s = sessions_[session];
    if (programs_[s.program].workload.forgets == Side::server) {
        s.forgotten = true; // the session stays, so that nobody takes the connection for a new one
        return;
    }
    leave(in, s);
    end(session);
}

// ---- floods ---------------------------------------------------------------------------------------------------------

void Applications::inject(In in, std::uint32_t flood)
{
    Flooding& f = floods_[flood];
    const std::uint32_t n = f.sent++;
    const Address address{0xC6336401U + n % 254}; // 198.51.100.1 and on
    const auto port = static_cast<Port>(1024 + n / 254 % 64512);
    Segment syn;
    syn.flags = Flag::SYN;
    syn.seq = Seq(n * 2654435761U);
    syn.wnd = 65535;
    in.world.inject(f.flood.from, {address, port}, f.flood.to, f.flood.port, syn);
    if (f.sent < f.flood.syns) schedule(in, f.flood.begins + f.flood.rate.due(f.sent), {Task::Kind::flood, flood, 0});
}

} // namespace tcpsm
