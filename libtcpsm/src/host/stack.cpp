// The table of sockets: which one a segment or a timer is for, and what is so now.

#include "host/stack.hpp"

#include "tcpsm/wire/ipv4.hpp"

namespace tcpsm {

Stack::Stack(Address address, const Profile& profile, std::vector<std::uint32_t> fixed_iss, std::uint64_t secret)
    : address_(address),
      profile_(profile),
      options_(std::make_shared<const ConnectionOptions>(profile.connection)),
      iss_(std::move(fixed_iss), secret),
      cookies_(secret + 1),
      next_port_(profile.ephemeral_first)
{
}

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
            out.count_change(State::SynReceived, State::Closed);
            Connection none(options_);
            none.segment_arrives(seg, text, from, to, now, out);
            return;
        }
        if (slots_[index].listener != nobody && finds_no_room(index, seg, from, to, now, out)) return;
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
        listener_hears(*listener, seg, text, from, to, now, out);
        return;
    }
    Connection none(options_); // in CLOSED: 3.10.7.1
    none.segment_arrives(seg, text, from, to, now, out);
}

void Stack::timeout(std::uint32_t index, Time now, Output& out)
{
    slots_[index].wake = {};
    touch(index).connection.timeout(now, out);
}

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
    slots_[index].reuse = profile_.reuse_address;
    become(slots_[index], use, 0);
    return index;
}

void Stack::release(std::uint32_t index)
{
    Slot& slot = slots_[index];
    if (slot.use == Use::connection) demux_.erase(key(slot.connection.local().port, slot.connection.remote()));
    if (slot.listener != nobody) leave_listener(slot);
    become(slot, Use::free, 0);
    slot.wake = {};
    if (slot.in_time_wait) --time_waits_;
    slot.held = slot.queued = slot.touched = slot.in_time_wait = false;
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
        become(slot, Use::unconnected, 0);
    }
}

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

Stack::Place Stack::place(std::uint32_t index) const
{
    if (index >= slots_.size() || slots_[index].use == Use::free) return {};
    const Slot& slot = slots_[index];
    return {.socket = {index, slot.generation}, .held = slot.held, .waits = slot.queued};
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
           demux_.bucket_count() * (sizeof(std::pair<std::uint64_t, std::uint32_t>) + 1) +
           peers_.bucket_count() * (sizeof(std::pair<std::uint32_t, TimestampVariables>) + 1) +
           ports_.bucket_count() * (sizeof(std::pair<Port, PortUse>) + 1);
}

} // namespace tcpsm
