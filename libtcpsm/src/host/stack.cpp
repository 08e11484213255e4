#include "host/stack.hpp"

#include <algorithm>

#include "tcpsm/wire/ipv4.hpp"

namespace tcpsm {

Stack::Stack(Address address, const Profile& profile, std::vector<std::uint32_t> fixed_iss, std::uint64_t secret)
    : address_(address),
      profile_(profile),
      options_(std::make_shared<const ConnectionOptions>(profile.connection)),
      iss_(std::move(fixed_iss), secret),
      next_port_(profile.ephemeral_first)
{
}

// ---- segments -------------------------------------------------------------------------------------------------------

void Stack::segment_arrives(const Segment& seg, std::span<const std::uint8_t> text, Endpoint from, Endpoint to,
                            Time now, Output& out)
{
    // To nobody, to many, or from where nobody can be: dropped, and nothing is said (MUST-57, MUST-63).
    if (!names_one_host(from.address)) return;
    if (to.address != address_ && !names_one_host(to.address)) return;
    const auto found = demux_.find(key(to.port, from));
    if (found != demux_.end()) {
        const std::uint32_t index = found->second;
        if (half_open_without_listener(slots_[index])) { // nobody could accept it: it is as if it were not there
            release(index);
            Connection none(options_);
            none.segment_arrives(seg, text, from, to, now, out);
            return;
        }
        Listener* const successor = seg.has(Flag::SYN) ? listener_on(to.port) : nullptr;
        Connection& connection = touch(index).connection;
        connection.segment_arrives(seg, text, from, to, now, out, successor != nullptr);
        if (successor != nullptr && out.arrived.event == Event::RcvNewSyn) { // out of TIME-WAIT (3.6.1, MAY-2)
            const Seq last = connection.tcb().snd.nxt;
            release_if_over(index);
            open_child(*successor, seg, text, from, to, now, out, last);
            return;
        }
        if (slots_[index].listener != nobody) offer_to_listener(index);
        return;
    }
    if (Listener* listener = listener_on(to.port)) {
        open_child(*listener, seg, text, from, to, now, out);
        return;
    }
    Connection none(options_); // in CLOSED: 3.10.7.1
    none.segment_arrives(seg, text, from, to, now, out);
}

void Stack::open_child(Listener& listener, const Segment& seg, std::span<const std::uint8_t> text, Endpoint from,
                       Endpoint to, Time now, Output& out, std::optional<Seq> above)
{
    const bool opens = seg.has(Flag::SYN) && !seg.has(Flag::RST) && !seg.has(Flag::ACK);
    if (!opens) {
        Connection none = Connection::child_of(slots_[listener.slot].connection, Seq{});
        none.segment_arrives(seg, text, from, to, now, out);
        return;
    }
    if (listener.children >= listener.backlog) {
        if (out.reporting)
            out.reports.push_back(
                {.kind = ReportKind::refused, .why = {.event = Event::RcvSyn, .check = Check::backlog, .row = no_row}});
        return;
    }
    const std::uint32_t parent = listener.slot;
    ++listener.children;
    const std::uint32_t index = make(Use::connection);
    Slot& child = touch(index);
    Seq iss = iss_.next(to, from, now);
    if (above && iss <= *above) iss = *above + 65537; // beyond any window of the connection before it
    child.connection = Connection::child_of(slots_[parent].connection, iss);
    child.connection.number = ++connections_made_;
    if (options_->timestamps) child.connection.timestamp_offset = iss_.timestamp_offset(to, from);
    child.listener = parent;
    demux_[key(to.port, from)] = index;
    child.connection.segment_arrives(seg, text, from, to, now, out);
}

void Stack::offer_to_listener(std::uint32_t index)
{
    Slot& slot = slots_[index];
    if (slot.queued || !synchronized(slot.connection.state())) return;
    const auto listener =
        std::find_if(listeners_.begin(), listeners_.end(), [&](const Listener& l) { return l.slot == slot.listener; });
    if (listener == listeners_.end()) return;
    if (listener->accepts) {
        slot.held = true;
        leave_listener(slot);
        return;
    }
    slot.queued = true;
    // Those that ended before anyone accepted them leave no trace; room is made for more only where all still wait.
    if (listener->queue.size() == listener->queue.capacity()) {
        listener->queue.erase(listener->queue.begin(),
                              listener->queue.begin() + static_cast<std::ptrdiff_t>(listener->accepted));
        listener->accepted = 0;
        std::erase_if(listener->queue, [&](SocketId id) { return at(id) == nullptr; });
    }
    listener->queue.push_back({index, slot.generation});
}

void Stack::timeout(std::uint32_t index, Time now, Output& out)
{
    slots_[index].wake = {};
    touch(index).connection.timeout(now, out);
}

// ---- user calls -----------------------------------------------------------------------------------------------------

SocketId Stack::socket()
{
    const std::uint32_t index = make(Use::unconnected);
    slots_[index].connection = Connection(options_);
    slots_[index].held = true;
    return {index, slots_[index].generation};
}

Error Stack::bind(SocketId id, Port port)
{
    Slot* slot = at(id);
    if (slot == nullptr) return Error::no_such_socket;
    if (port == 0 || slot->use != Use::unconnected || slot->bound != 0) return Error::invalid_argument;
    if (taken(port)) return Error::address_in_use;
    slot->bound = port;
    return Error::none;
}

Error Stack::listen(SocketId id, std::uint32_t backlog, bool accepts, Time now, Output& out)
{
    Slot* slot = at(id);
    if (slot == nullptr) return Error::no_such_socket;
    if (slot->use == Use::unconnected) {
        if (slot->bound == 0) return Error::invalid_argument;
        if (slot->connection.number != 0) slot->connection = Connection(options_); // it was a connection before
        slot->use = Use::listener;
        listeners_.push_back({.slot = id.index,
                              .port = slot->bound,
                              .backlog = backlog,
                              .children = 0,
                              .accepts = accepts,
                              .queue = {}});
    }
    return touch(id.index).connection.listen({address_, slot->bound}, Seq{}, now, out);
}

Stack::Opened Stack::accept(SocketId id)
{
    const auto listener = std::find_if(listeners_.begin(), listeners_.end(), [&](const Listener& l) {
        return l.slot == id.index && slots_[l.slot].generation == id.generation;
    });
    if (listener == listeners_.end()) return {{}, at(id) == nullptr ? Error::no_such_socket : Error::not_listening};
    while (listener->accepted < listener->queue.size()) {
        const SocketId child = listener->queue[listener->accepted++];
        if (listener->accepted == listener->queue.size()) {
            listener->queue.clear();
            listener->accepted = 0;
        }
        Slot* slot = at(child);
        if (slot == nullptr) continue; // it ended before anyone accepted it
        slot->queued = false;
        slot->held = true;
        leave_listener(*slot);
        return {child, Error::none};
    }
    return {{}, Error::would_block};
}

Error Stack::connect(SocketId id, Endpoint remote, Time now, Output& out)
{
    Slot* slot = at(id);
    if (slot == nullptr) return Error::no_such_socket;
    if (slot->use == Use::connection) return touch(id.index).connection.open({}, remote, Seq{}, now, out);
    if (remote.port == 0 || remote.address.value == 0) return Error::remote_unspecified;
    if (!names_one_host(remote.address)) return Error::invalid_argument; // MUST-46
    const Port port = slot->bound != 0 ? slot->bound : ephemeral_port(remote);
    if (port == 0) return Error::address_not_available;
    if (demux_.contains(key(port, remote))) return Error::address_in_use;
    if (slot->use == Use::listener) stop_listening(id.index, now, out); // 3.10.1: "from passive to active"
    slot->bound = port;
    slot->use = Use::connection;
    if (slot->connection.number != 0) slot->connection = Connection(options_); // it was one before
    slot->connection.number = ++connections_made_;
    demux_[key(port, remote)] = id.index;
    const Endpoint local{address_, port};
    const Seq iss = iss_.next(local, remote, now);
    if (options_->timestamps) slot->connection.timestamp_offset = iss_.timestamp_offset(local, remote);
    return touch(id.index).connection.open(local, remote, iss, now, out);
}

Transfer Stack::send(SocketId id, std::span<const std::uint8_t> octets, Time now, Output& out, SendOptions how)
{
    if (at(id) == nullptr) return {0, Error::no_such_socket};
    return touch(id.index).connection.send(octets, now, out, how);
}

Transfer Stack::receive(SocketId id, std::span<std::uint8_t> into, Time now, Output& out)
{
    if (at(id) == nullptr) return {0, Error::no_such_socket};
    return touch(id.index).connection.receive(into, now, out);
}

Error Stack::shutdown(SocketId id, Time now, Output& out)
{
    const Slot* slot = at(id);
    if (slot == nullptr) return Error::no_such_socket;
    touch(id.index);
    if (slot->use == Use::listener) {
        close_listener(id.index, now, out);
        return Error::none;
    }
    return slots_[id.index].connection.shutdown(now, out);
}

Error Stack::close(SocketId id, Time now, Output& out)
{
    Slot* slot = at(id);
    if (slot == nullptr) return Error::no_such_socket;
    touch(id.index);
    slot->held = false;
    if (slot->use == Use::unconnected) return Error::none;
    if (slot->use == Use::listener) {
        close_listener(id.index, now, out);
        return Error::none;
    }
    return slot->connection.close(now, out);
}

Error Stack::abort(SocketId id, Time now, Output& out)
{
    Slot* slot = at(id);
    if (slot == nullptr) return Error::no_such_socket;
    if (slot->use != Use::connection) return close(id, now, out);
    touch(id.index);
    slot->held = false;
    return slot->connection.abort(now, out);
}

void Stack::close_listener(std::uint32_t index, Time now, Output& out)
{
    slots_[index].connection.close(now, out);
    stop_listening(index, now, out);
}

void Stack::stop_listening(std::uint32_t index, Time now, Output& out)
{
    slots_[index].use = Use::unconnected;
    std::erase_if(listeners_, [&](const Listener& l) { return l.slot == index; });
    // Nobody can accept or close what the listener still had: the peers are told.
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
        if (slots_[i].use == Use::free || slots_[i].listener != index) continue;
        slots_[i].listener = nobody;
        slots_[i].queued = false;
        if (half_open_without_listener(slots_[i])) continue; // linux leaves it where it is
        if (slots_[i].use == Use::connection)
            touch(i).connection.abort(now, out);
        else
            release(i); // it had ended before
    }
}

bool Stack::half_open_without_listener(const Slot& slot) const
{
    return profile_.connection.linux_checks && slot.use == Use::connection && slot.listener == nobody && !slot.held &&
           slot.connection.state() == State::SynReceived && slot.connection.tcb().passive;
}

void Stack::set_profile(const Profile& profile)
{
    if (profile.ephemeral_first != profile_.ephemeral_first || profile.ephemeral_last != profile_.ephemeral_last)
        next_port_ = profile.ephemeral_first;
    const bool reads = profile_.connection.reads;
    profile_ = profile;
    profile_.connection.reads = reads;
    options_ = std::make_shared<const ConnectionOptions>(profile_.connection);

    SharedOptions before; // connections that were opened alike go on sharing
    SharedOptions after;
    for (Slot& slot : slots_) {
        if (slot.use == Use::free) continue;
        if (slot.use != Use::connection) {
            slot.connection.set_options(options_);
            continue;
        }
        if (slot.connection.shared_options() != before) {
            before = slot.connection.shared_options();
            after = std::make_shared<const ConnectionOptions>(options_while_open(*before, *options_));
        }
        slot.connection.set_options(after);
    }
}

Error Stack::set_options(SocketId id, const ConnectionOptions& options, Time now, Output& out)
{
    Slot* slot = at(id);
    if (slot == nullptr) return Error::no_such_socket;
    Connection& connection = touch(id.index).connection;
    const ConnectionOptions chosen =
        connection.in_progress() ? options_while_open(connection.options(), options) : options;
    const bool was_kept = connection.options().keepalive;
    connection.set_options(std::make_shared<const ConnectionOptions>(chosen));
    if (chosen.keepalive != was_kept) connection.keep_alive(now, out);
    return Error::none;
}

void Stack::icmp(Port local, Endpoint remote, IcmpError error, Time now, Output& out)
{
    const auto found = demux_.find(key(local, remote));
    if (found != demux_.end()) touch(found->second).connection.icmp(error, now, out);
}

void Stack::kill(Time now, Output& out)
{
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
        Slot& slot = slots_[i];
        if (slot.use == Use::free || slot.listener != nobody) continue; // a child goes with its listener
        touch(i);
        slot.held = false;
        if (slot.use == Use::listener) close_listener(i, now, out);
        if (slot.use == Use::connection) slots_[i].connection.close_both_ways(now, out);
    }
}

void Stack::crash()
{
    for (std::uint32_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].use != Use::free) release(i);
    listeners_.clear();
    touched_.clear();
}

// ---- ports ----------------------------------------------------------------------------------------------------------

Stack::Listener* Stack::listener_on(Port port)
{
    const auto found =
        std::find_if(listeners_.begin(), listeners_.end(), [&](const Listener& l) { return l.port == port; });
    return found == listeners_.end() ? nullptr : &*found;
}

bool Stack::taken(Port port) const
{
    return std::any_of(slots_.begin(), slots_.end(), [&](const Slot& slot) {
        return (slot.use == Use::unconnected || slot.use == Use::listener) && slot.bound == port;
    });
}

Port Stack::ephemeral_port(Endpoint remote)
{
    const int range = profile_.ephemeral_last - profile_.ephemeral_first + 1;
    for (int tried = 0; tried < range; ++tried) {
        const Port port = next_port_;
        next_port_ = port == profile_.ephemeral_last ? profile_.ephemeral_first : static_cast<Port>(port + 1);
        if (!demux_.contains(key(port, remote)) && listener_on(port) == nullptr) return port;
    }
    return 0;
}

// ---- places in the table --------------------------------------------------------------------------------------------

Stack::Slot* Stack::at(SocketId id)
{
    return const_cast<Slot*>(std::as_const(*this).at(id));
}

const Stack::Slot* Stack::at(SocketId id) const
{
    if (id.index >= slots_.size()) return nullptr;
    const Slot& slot = slots_[id.index];
    return slot.use != Use::free && slot.generation == id.generation ? &slot : nullptr;
}

std::uint32_t Stack::make(Use use)
{
    std::uint32_t index = 0;
    if (free_.empty()) {
        index = static_cast<std::uint32_t>(slots_.size());
        slots_.push_back({.connection = Connection(options_)});
    } else {
        index = free_.back();
        free_.pop_back();
    }
    Slot& slot = slots_[index];
    slot.use = use;
    return index;
}

void Stack::release(std::uint32_t index)
{
    Slot& slot = slots_[index];
    if (slot.use == Use::connection) demux_.erase(key(slot.connection.local().port, slot.connection.remote()));
    if (slot.listener != nobody) leave_listener(slot);
    slot.use = Use::free;
    slot.wake = {};
    slot.bound = 0;
    slot.held = slot.queued = slot.touched = false;
    ++slot.generation;
    free_.push_back(index);
}

void Stack::release_if_over(std::uint32_t index)
{
    Slot& slot = slots_[index];
    const State state = slot.connection.state();
    if (slot.use == Use::unconnected || slot.use == Use::listener) {
        if (!slot.held) release(index);
        return;
    }
    // linux: accept() gives also what has ended in the queue, and the next call tells how.
    const bool waits = slot.queued && profile_.connection.linux_checks;
    // A child that has returned to LISTEN is gone (3.10.7.4); its listener waits on.
    if (state == State::Listen || (state == State::Closed && !slot.held && !waits)) {
        release(index);
        return;
    }
    if (state == State::Closed) { // the user still holds it, but the four-tuple is free
        demux_.erase(key(slot.connection.local().port, slot.connection.remote()));
        slot.use = Use::unconnected;
        slot.bound = 0;
    }
}

void Stack::leave_listener(Slot& slot)
{
    for (Listener& listener : listeners_)
        if (listener.slot == slot.listener) --listener.children;
    slot.listener = nobody;
}

// ---- what is so now -------------------------------------------------------------------------------------------------

const Connection* Stack::find(SocketId id) const
{
    const Slot* slot = at(id);
    return slot == nullptr ? nullptr : &slot->connection;
}

SocketId Stack::by_number(std::uint32_t number) const
{
    for (std::uint32_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].use != Use::free && slots_[i].use != Use::listener && slots_[i].connection.number == number)
            return {i, slots_[i].generation};
    return {};
}

std::uint32_t Stack::connection_of(Port local, Endpoint remote) const
{
    const auto found = demux_.find(key(local, remote));
    return found == demux_.end() ? 0 : slots_[found->second].connection.number;
}

bool Stack::listens(SocketId id) const
{
    const Slot* slot = at(id);
    return slot != nullptr && slot->use == Use::listener;
}

Endpoint Stack::bound(SocketId id) const
{
    const Slot* slot = at(id);
    if (slot == nullptr) return {};
    if (slot->use == Use::connection) return slot->connection.local(); // a child has its listener's port, unbound
    return {address_, slot->bound};
}

SocketId Stack::bound_socket(Port port) const
{
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
        const Slot& slot = slots_[i];
        if (slot.use != Use::unconnected || slot.bound == 0 || (port != 0 && slot.bound != port)) continue;
        return {i, slot.generation};
    }
    return {};
}

std::vector<SocketId> Stack::listeners() const
{
    std::vector<SocketId> all;
    for (const Listener& l : listeners_) all.push_back({l.slot, slots_[l.slot].generation});
    return all;
}

std::vector<NetstatLine> Stack::netstat() const
{
    std::vector<NetstatLine> lines;
    for (const Slot& slot : slots_) {
        if (slot.use != Use::listener && slot.use != Use::connection) continue;
        const Connection& c = slot.connection;
        lines.push_back({.connection = c.number,
                         .local = c.local(),
                         .remote = slot.use == Use::listener ? Endpoint{} : c.remote(),
                         .state = c.state(),
                         .receive_queue = c.unread(),
                         .send_queue = c.queued(),
                         .timer = c.timers().next(),
                         .deadline = c.next_timer().deadline});
    }
    return lines;
}

std::size_t Stack::memory() const
{
    // A flat map keeps 15 entries and 16 octets of its own in a group, and is filled to seven eighths at most.
    return slots_.capacity() * sizeof(Slot) + free_.capacity() * sizeof(std::uint32_t) +
           demux_.bucket_count() * (sizeof(std::pair<std::uint64_t, std::uint32_t>) + 1);
}

} // namespace tcpsm
