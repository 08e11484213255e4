#include "network/world.hpp"

#include <algorithm>

namespace tcpsm {

World::World(const NetworkOptions& options) : options_(options), faults_(options.seed)
{
    out_.recording = options.recording;
}

// ---- hosts and links ------------------------------------------------------------------------------------------------

HostId World::make_host(std::string_view name, const HostOptions& options)
{
    const auto id = static_cast<HostId>(hosts_.size());
    const Address address{0xC0000201U + id}; // 192.0.2.1 and on: TEST-NET-1, RFC 5737
    Profile profile = options.profile;
    profile.connection.reads = options.reads;
    hosts_.push_back({.name = std::string(name),
                      .stack = Stack(address, profile, options.iss, options_.seed * 0x9e3779b97f4a7c15 + id),
                      .accepts = options.accepts});
    history_.add_host({std::string(name), address});
    return id;
}

HostId World::find_host(std::string_view name) const
{
    for (std::size_t i = 0; i < hosts_.size(); ++i)
        if (hosts_[i].name == name) return static_cast<HostId>(i);
    return no_host;
}

HostId World::owner(Address address) const
{
    const std::uint32_t index = address.value - 0xC0000201U;
    return index < hosts_.size() ? static_cast<HostId>(index) : no_host;
}

const World::Link* World::link(HostId from, HostId to) const
{
    for (const Link& l : links_)
        if (l.from == from && l.to == to) return &l;
    return nullptr;
}

World::Link& World::make_link(HostId from, HostId to)
{
    for (Link& l : links_)
        if (l.from == from && l.to == to) return l;
    return links_.emplace_back(Link{from, to, options_.delay, false});
}

void World::set_delay(HostId from, HostId to, Duration delay)
{
    make_link(from, to).delay = delay;
}

void World::set_delay(Duration delay)
{
    options_.delay = delay;
    for (Link& l : links_) l.delay = delay;
}

void World::set_cut(HostId a, HostId b, bool cut)
{
    make_link(a, b).cut = cut;
    make_link(b, a).cut = cut;
}

void World::put_behind(HostId box, HostId inner)
{
    nat_boxes_.put_behind(hosts_[box].stack.address(), hosts_[inner].stack.address());
}

// ---- one event ------------------------------------------------------------------------------------------------------

void World::end_event(Network& network)
{
    if (depth_ > 1) { // a call within an event: its output leaves with the event's
        --depth_;
        return;
    }
    if (waiting_steps_ > 0) {
        // What has left already points into a connection's buffer, which a step may enlarge.
        if (!touched_.empty()) send_off(touched_.front());
        run_same_event_steps(network);
    }
    for (const HostId id : touched_) finish(id);
    touched_.clear();
    depth_ = 0;
    if (waiting_steps_ > 0) latch_steps(network);
    if (applications_.waiting()) applications_.act({*this, network});
}

void World::finish(HostId id)
{
    hosts_[id].touched = false;
    applications_.note(id, hosts_[id].stack.touched());
    const auto asks = [&](std::uint32_t slot, TimerKind kind, const Timer& timer) { arm(id, slot, kind, timer); };
    hosts_[id].stack.finish(now_, out_, asks);
    send_off(id);
}

// ---- time -----------------------------------------------------------------------------------------------------------

void World::arm(HostId id, std::uint32_t slot, TimerKind kind, const Timer& timer)
{
    queue_.push(timer.deadline, Pending::make_key(PendingKind::timer, timer.order), slot, id,
                1 + static_cast<std::size_t>(kind));
}

bool World::settle_timers()
{
    while (!queue_.empty()) {
        const Pending& front = queue_.front();
        if (front.kind() != PendingKind::timer) return true;
        const HostId id = front.host;
        bool asked = false;
        const auto asks = [&](std::uint32_t slot, TimerKind kind, const Timer& timer) {
            if (!asked) queue_.pop();
            asked = true;
            arm(id, slot, kind, timer);
        };
        if (hosts_[id].stack.due(front.index, front.order(), asks)) return true;
        if (!asked) queue_.pop();
    }
    return false;
}

Time World::next_event()
{
    return settle_front() ? queue_.front().time : never;
}

bool World::step(Network& network, Time until)
{
    if (depth_ > 0) end_event(network);                                     // of a copy that a `same_event` step made
    if (applications_.interrupted()) applications_.go_on({*this, network}); // of one that such a step made
    if (!settle_front() || queue_.front().time > until) return false;
    const PendingKind kind = queue_.front().kind();
    const std::uint32_t index = queue_.front().index;
    const HostId host = queue_.front().host;
    now_ = std::max(now_, queue_.front().time);
    queue_.pop();
    begin_event();
    switch (kind) {
    case PendingKind::arrival: arrive(index); break;
    case PendingKind::timer:
        touch(host);
        hosts_[host].stack.timeout(index, now_, out_);
        take_reports(host);
        break;
    case PendingKind::step:
        --depth_; // each call of a step is an event of its own
        run_step(network, index);
        return true;
    case PendingKind::task:
        --depth_; // and each call of a program
        applications_.due({*this, network}, index);
        return true;
    }
    end_event(network);
    return true;
}

// ---- the script -----------------------------------------------------------------------------------------------------

StepId World::schedule(Time at, std::function<void(Network&)> action)
{
    const StepId id{static_cast<std::uint32_t>(steps_.size())};
    steps_.push_back({.when = {}, .action = std::move(action), .latched = true});
    schedule_step(id.index, at);
    return id;
}

void World::schedule_step(std::uint32_t step, Time at)
{
    queue_.push(std::max(at, now_), Pending::make_key(PendingKind::step, ++steps_scheduled_), step, 0,
                EventQueue::no_series);
}

void World::schedule_task(Time at, std::uint32_t task)
{
    queue_.push(std::max(at, now_), Pending::make_key(PendingKind::task, ++tasks_scheduled_), task, 0,
                EventQueue::no_series);
}

StepId World::when(std::function<bool(const Network&)> condition, std::function<void(Network&)> action, bool same_event)
{
    const StepId id{static_cast<std::uint32_t>(steps_.size())};
    steps_.push_back({.when = std::move(condition), .action = std::move(action), .same_event = same_event});
    ++waiting_steps_;
    return id;
}

void World::run_step(Network& network, std::uint32_t step)
{
    steps_[step].fired = true;
    const auto action = std::move(steps_[step].action); // the action may add steps
    action(network);
}

void World::run_same_event_steps(Network& network)
{
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        if (steps_[i].latched || !steps_[i].same_event || !steps_[i].when(network)) continue;
        steps_[i].latched = true;
        --waiting_steps_;
        run_step(network, static_cast<std::uint32_t>(i));
    }
}

/// A condition that holds now makes its step due at this instant, after what else arrives and fires in it.
void World::latch_steps(const Network& network)
{
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        if (steps_[i].latched || steps_[i].same_event || !steps_[i].when(network)) continue;
        steps_[i].latched = true;
        --waiting_steps_;
        schedule_step(static_cast<std::uint32_t>(i), now_);
    }
}

// ---- hosts that stop ------------------------------------------------------------------------------------------------

void World::stop_host(Network& network, HostId id, Call what)
{
    applications_.stop({*this, network}, id);
    begin_event();
    hosts_[id].stack.crash();
    hosts_[id].up = what == Call::reboot;
    hosts_[id].counts.standing = {};
    if (recording_states()) record_call(id, what, {});
    end_event(network);
}

// ---- memory ---------------------------------------------------------------------------------------------------------

std::size_t World::memory() const
{
    std::size_t octets = queue_.memory() + applications_.memory() + flights_.capacity() * sizeof(InFlight);
    for (const InFlight& flight : flights_) octets += flight.text.capacity();
    for (const HostEntry& host : hosts_) octets += host.stack.memory();
    return octets;
}

} // namespace tcpsm
