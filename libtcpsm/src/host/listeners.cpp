// Listeners: what a SYN opens there, and what waits to be accepted. RFC 9293, 3.10.1 and 3.10.7.2.

#include "host/stack.hpp"

#include <algorithm>

namespace tcpsm {

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

void Stack::leave_listener(Slot& slot)
{
    for (Listener& listener : listeners_)
        if (listener.slot == slot.listener) --listener.children;
    slot.listener = nobody;
}

Stack::Listener* Stack::listener_on(Port port)
{
    const auto found =
        std::find_if(listeners_.begin(), listeners_.end(), [&](const Listener& l) { return l.port == port; });
    return found == listeners_.end() ? nullptr : &*found;
}

bool Stack::listens(SocketId id) const
{
    const Slot* slot = at(id);
    return slot != nullptr && slot->use == Use::listener;
}

std::vector<SocketId> Stack::listeners() const
{
    std::vector<SocketId> all;
    for (const Listener& l : listeners_) all.push_back({l.slot, slots_[l.slot].generation});
    return all;
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

} // namespace tcpsm
