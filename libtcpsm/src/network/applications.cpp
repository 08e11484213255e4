// When a program acts: by the clock, and when something has happened to one of its sockets.

#include "network/applications.hpp"

#include <algorithm>

#include "network/world.hpp"

namespace tcpsm {

WorkloadId Applications::add(In in, const Workload& workload)
{
    const auto index = static_cast<std::uint32_t>(programs_.size());
    Program program{.workload = workload, .report = {}, .begun = {}, .listener = {}};
    program.begun.resize(workload.from.size());
    programs_.push_back(std::move(program));
    watch(workload.to);
    schedule(in, in.world.now(), {Task::Kind::listen, index, 0});
    for (std::size_t from = 0; from < workload.from.size(); ++from) {
        watch(workload.from[from]);
        if (workload.clients > 0) schedule_client(in, index, static_cast<std::uint32_t>(from));
    }
    return {index};
}

void Applications::add(In in, const Flood& flood)
{
    floods_.push_back({flood});
    if (flood.syns > 0)
        schedule(in, flood.begins, {Task::Kind::flood, static_cast<std::uint32_t>(floods_.size() - 1), 0});
}

void Applications::watch(HostId host)
{
    if (host >= by_place_.size()) by_place_.resize(std::size_t{host} + 1);
}

std::uint32_t& Applications::session_at(HostId host, std::uint32_t place)
{
    std::vector<std::uint32_t>& places = by_place_[host];
    if (place >= places.size()) places.resize(std::max<std::size_t>(std::size_t{place} + 1, places.size() * 2));
    return places[place];
}

// ---- what has happened to a socket ----------------------------------------------------------------------------------

void Applications::tell(In in)
{
    acting_ = true;
    std::size_t told = 0;
    while (told < news_.size()) { // telling may add more
        const News news = news_[told++];
        tell(in, news);
    }
    news_.clear();
    acting_ = false;
}

void Applications::tell(In in, const News& news)
{
    const std::uint32_t session = session_at(news.host, news.place);
    if (session == 0) return child_arrives(in, news);
    const Stack::Place place = in.world.host(news.host).stack.place(news.place);
    if (sessions_[session - 1].socket == place.socket) return go_on(in, session - 1);
    end(session - 1); // its socket is gone, and another stands there
    child_arrives(in, news);
}

void Applications::stop(In in, HostId host, std::optional<ProcessId> process)
{
    const auto is_meant = [&](const std::string& name) { return !process || in.world.is(host, *process, name); };
    for (std::uint32_t i = 0; i < sessions_.size(); ++i)
        if (sessions_[i].host == host && (!process || runs_in(in, sessions_[i], *process))) end(i);
    for (Program& program : programs_) {
        const Workload& workload = program.workload;
        for (std::size_t from = 0; from < workload.from.size(); ++from)
            if (workload.from[from] == host && is_meant(workload.client_process))
                program.begun[from] = workload.clients;
        if (workload.to == host && is_meant(workload.server_process)) program.accept_due = false;
    }
}

bool Applications::runs_in(In in, const Session& session, ProcessId process) const
{
    if (session.socket != SocketId{}) return in.world.host(session.host).stack.process_of(session.socket) == process;
    const Workload& workload = programs_[session.program].workload;
    return in.world.is(session.host, process, session.client ? workload.client_process : workload.server_process);
}

// ---- the clock ------------------------------------------------------------------------------------------------------

void Applications::schedule(In in, Time at, const Task& task)
{
    std::uint32_t index = 0;
    if (free_tasks_.empty()) {
        index = static_cast<std::uint32_t>(tasks_.size());
        tasks_.push_back(task);
    } else {
        index = free_tasks_.back();
        free_tasks_.pop_back();
        tasks_[index] = task;
    }
    in.world.schedule_task(at, index);
}

void Applications::schedule_client(In in, std::uint32_t program, std::uint32_t from)
{
    const Program& p = programs_[program];
    schedule(in, p.workload.begins + p.workload.rate.due(p.begun[from]), {Task::Kind::begin, program, from});
}

void Applications::wake_at(In in, std::uint32_t session, Time at)
{
    Session& s = sessions_[session];
    s.deadline = at;
    if (at >= s.woken_at) return; // the task that comes before asks again
    s.woken_at = at;
    schedule(in, at, {Task::Kind::session, session, s.generation});
}

void Applications::wake(In in, std::uint32_t session)
{
    Session& s = sessions_[session];
    if (s.woken_at > in.world.now()) return; // it has been woken before this one
    s.woken_at = never;
    if (s.deadline == never) return;
    if (s.deadline > in.world.now()) return wake_at(in, session, s.deadline);
    s.deadline = never;
    if (s.client)
        go_on(in, session);
    else
        server_is_woken(in, session);
}

void Applications::due(In in, std::uint32_t task)
{
    const Task what = tasks_[task];
    free_tasks_.push_back(task);
    acting_ = true; // what comes of it is told when it is done
    perform(in, what);
    tell(in);
}

void Applications::perform(In in, const Task& what)
{
    switch (what.kind) {
    case Task::Kind::listen: return listen(in, what.subject);
    case Task::Kind::accept: return accept(in, what.subject);
    case Task::Kind::flood: return inject(in, what.subject);
    case Task::Kind::session:
        if (sessions_[what.subject].generation == what.detail) wake(in, what.subject);
        return;
    case Task::Kind::begin: {
        Program& program = programs_[what.subject];
        if (program.begun[what.detail] >= program.workload.clients) return; // stopped
        ++program.begun[what.detail];
        if (program.begun[what.detail] < program.workload.clients) schedule_client(in, what.subject, what.detail);
        return begin_client(in, what.subject, what.detail);
    }
    }
}

// ---- sessions -------------------------------------------------------------------------------------------------------

std::uint32_t Applications::make_session(const Session& session)
{
    if (free_sessions_.empty()) {
        sessions_.push_back(session);
        return static_cast<std::uint32_t>(sessions_.size() - 1);
    }
    const std::uint32_t index = free_sessions_.back();
    free_sessions_.pop_back();
    const std::uint32_t generation = sessions_[index].generation;
    sessions_[index] = session;
    sessions_[index].generation = generation;
    return index;
}

void Applications::end(std::uint32_t session)
{
    Session& s = sessions_[session];
    if (s.host == no_host) return;
    let_go(s);
    s = {.generation = s.generation + 1};
    free_sessions_.push_back(session);
}

std::size_t Applications::memory() const
{
    std::size_t octets = sessions_.capacity() * sizeof(Session) + tasks_.capacity() * sizeof(Task) +
                         (free_sessions_.capacity() + free_tasks_.capacity()) * sizeof(std::uint32_t) +
                         news_.capacity() * sizeof(News);
    for (const std::vector<std::uint32_t>& places : by_place_) octets += places.capacity() * sizeof(std::uint32_t);
    return octets;
}

} // namespace tcpsm
