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
    if (to.address != address_ && !names_one_host(to.address)) return;
    const std::uint32_t index = slot_of(four_tuple(to.port, from));
    if (index == nobody && !names_one_host(from.address)) return; // a connection knows that its peer can be there
    if (index != nobody) {
        if (profile_.connection.linux_checks &&
            half_open_without_listener(index)) { // nobody could accept it: it is as if it were not there
            release(index);
            out.count_change(State::SynReceived, State::Closed);
            Connection none(options_);
            none.segment_arrives(seg, text, from, to, now, out);
            return;
        }
        const bool child = listener_of(index) != nobody;
        if (child && finds_no_room(index, seg, from, to, now, out)) return;
        Listener* const successor = seg.has(Flag::SYN) ? listener_on(to.port) : nullptr;
        Connection& connection = touch(index).connection;
        connection.segment_arrives(seg, text, from, to, now, out, successor != nullptr);
        if (successor != nullptr && out.arrived.event == Event::RcvNewSyn) { // out of TIME-WAIT (3.6.1, MAY-2)
            const Seq last = connection.tcb().snd.nxt;
            release_if_over(index);
            open_child(*successor, seg, text, from, to, now, out, last);
            return;
        }
        if (child) offer_to_listener(index, out);
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
    const Slot& slot = slots_[index];
    if (slot.compact) return time_wait_is_over(index, now, out);
    Whole& socket = touch(index);
    socket.wake = {};
    socket.connection.timeout(now, out);
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

std::uint32_t Stack::free_slot()
{
    const std::uint32_t index = free_slot_;
    if (index == nobody) {
        make_room(slots_);
        slots_.emplace_back();
        return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    free_slot_ = slots_[index].place;
    return index;
}

void Stack::release(std::uint32_t index)
{
    Slot& slot = slots_[index];
    if (slot.use == Use::connection) demux_.erase(tuple_of(index), index);
    become(slot, Use::free, 0);
    if (slot.in_time_wait) --time_wait_count_;
    if (slot.compact) {
        time_waits_.remove(slot.place);
    } else {
        const Whole& socket = sockets_[slot.place];
        if (socket.listener != nobody) leave_listener(index);
        if (socket.time_wait != nobody) time_waits_.remove(socket.time_wait);
        sockets_.destroy(slot.place);
    }
    slot = {.generation = slot.generation + 1, .place = free_slot_};
    free_slot_ = index;
}

void Stack::release_if_over(std::uint32_t index)
{
    Slot& slot = slots_[index];
    if (slot.use == Use::unconnected || slot.use == Use::listener) {
        if (!slot.held) release(index);
        return;
    }
    const State state = connection(index).state();
    // linux: accept() gives also what has ended in the queue, and the next call tells how.
    const bool waits = slot.queued && profile_.connection.linux_checks;
    // A child that has returned to LISTEN is gone (3.10.7.4); its listener waits on.
    if (state == State::Listen || (state == State::Closed && !slot.held && !waits)) {
        release(index);
        return;
    }
    if (state == State::Closed) { // the user still holds it, but the four-tuple is free
        demux_.erase(tuple_of(index), index);
        become(slot, Use::unconnected, slot.chosen ? slot.bound : Port{});
    }
}

void Stack::expand(Slot& slot)
{
    const std::uint32_t entry = slot.place;
    slot.place = sockets_.make([&] { return time_waits_.connection(entry); });
    slot.compact = false;
    Whole& socket = sockets_[slot.place];
    socket.four_tuple = four_tuple(time_waits_[entry].local_port(), time_waits_[entry].remote());
    socket.time_wait = entry;
    if (!time_waits_.in_line(entry)) socket.wake = time_waits_[entry].timer();
}

// ---- what is so now -------------------------------------------------------------------------------------------------

void Stack::put_into_demux(std::uint32_t index, std::uint64_t tuple)
{
    whole(index).four_tuple = tuple;
    demux_.insert(tuple, index, [this](std::uint32_t slot) { return tuple_of(slot); });
}

Stack::Seen Stack::find(SocketId id) const
{
    return at(id) == nullptr ? Seen() : see(id.index);
}

State Stack::state(SocketId id) const
{
    const Slot* slot = at(id);
    if (slot == nullptr) return State::Closed;
    return slot->compact ? State::TimeWait : whole(id.index).connection.state();
}

std::uint32_t Stack::number(SocketId id) const
{
    return at(id) == nullptr ? 0 : number_of(id.index);
}

std::uint32_t Stack::number_of(std::uint32_t index) const
{
    const Slot& slot = slots_[index];
    return slot.compact ? time_waits_[slot.place].number() : sockets_[slot.place].connection.number;
}

SocketId Stack::by_number(std::uint32_t number) const
{
    for (std::uint32_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].use != Use::free && slots_[i].use != Use::listener && number_of(i) == number)
            return {i, slots_[i].generation};
    return {};
}

std::uint32_t Stack::connection_of(Port local, Endpoint remote) const
{
    const std::uint32_t index = slot_of(four_tuple(local, remote));
    return index == nobody ? 0 : number_of(index);
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
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
        const Slot& slot = slots_[i];
        if (slot.use != Use::listener && slot.use != Use::connection) continue;
        const Seen c = see(i);
        lines.push_back({.connection = c->number,
                         .local = c->local(),
                         .remote = slot.use == Use::listener ? Endpoint{} : c->remote(),
                         .state = c->state(),
                         .receive_queue = c->unread(),
                         .send_queue = c->queued(),
                         .timer = c->timers().next(),
                         .deadline = c->next_timer().deadline,
                         .process = slot.held ? std::optional(whole(i).process) : std::nullopt,
                         .program = slot.held ? processes_[whole(i).process].name : std::string()});
    }
    return lines;
}

std::size_t Stack::memory() const
{
    return slots_.capacity() * sizeof(Slot) + sockets_.memory() + time_waits_.memory() + demux_.memory() +
           touched_.capacity() * sizeof(std::uint32_t) + processes_.memory() + log_.memory() +
           // A flat map keeps 15 entries and 16 octets of its own in a group.
           peers_.bucket_count() * (sizeof(std::pair<std::uint32_t, TimestampVariables>) + 1) +
           ports_.bucket_count() * (sizeof(std::pair<Port, PortUse>) + 1);
}

} // namespace tcpsm
