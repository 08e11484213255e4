// Listeners: what a SYN opens there, and what waits to be accepted. RFC 9293, 3.10.1 and 3.10.7.2.

#include "host/stack.hpp"

#include <algorithm>
#include <utility>

namespace tcpsm {

Error Stack::listen(SocketId id, std::uint32_t backlog, bool accepts, Time now, Output& out)
{
    Slot* slot = descriptor(id);
    if (slot == nullptr) return Error::no_such_socket;
    if (profile_.connection.linux_checks) {
        if (slot->use == Use::connection) return Error::invalid_argument;
        if (slot->use == Use::listener) return listen_again(*listener_on(slot->bound), backlog);
        if (slot->bound == 0) become(*slot, Use::unconnected, ephemeral_port({}, now));
    }
    if (slot->use == Use::unconnected) {
        if (slot->bound == 0) return Error::invalid_argument;
        if (meets_another(*slot)) return Error::address_in_use;
        if (number_of(id.index) != 0) connection(id.index) = Connection(options_); // it was a connection before
        become(*slot, Use::listener, slot->bound);
        listeners_.push_back({.slot = id.index,
                              .port = slot->bound,
                              .backlog = std::min(backlog, static_cast<std::uint32_t>(profile_.somaxconn)),
                              .accepts = accepts,
                              .queue = {}});
    }
    return touch(id.index).connection.listen({address_, slot->bound}, Seq{}, now, out);
}

Error Stack::listen_again(Listener& listener, std::uint32_t backlog) const
{
    listener.backlog = std::min(backlog, static_cast<std::uint32_t>(profile_.somaxconn));
    return Error::none;
}

Stack::Opened Stack::accept(SocketId id)
{
    const auto listener = std::find_if(listeners_.begin(), listeners_.end(), [&](const Listener& l) {
        return l.slot == id.index && slots_[l.slot].generation == id.generation;
    });
    if (listener == listeners_.end() && descriptor(id) == nullptr) return {{}, Error::no_such_socket};
    if (listener == listeners_.end()) return {{}, Error::not_listening};
    if (!processes_[whole(id.index).process].descriptors.any_left(profile_.rlimit_nofile))
        return {{}, Error::too_many_open_files};
    while (listener->accepted < listener->queue.size()) {
        const SocketId child = listener->queue[listener->accepted++];
        if (listener->accepted == listener->queue.size()) {
            listener->queue.clear();
            listener->accepted = 0;
        }
        Slot* slot = at(child);
        if (slot == nullptr) continue; // it ended before anyone accepted it
        static_cast<void>(hold(child.index));
        leave_listener(child.index);
        return {child, Error::none};
    }
    return {{}, Error::would_block};
}

void Stack::listener_hears(Listener& listener, const Segment& seg, std::span<const std::uint8_t> text, Endpoint from,
                           Endpoint to, Time now, Output& out)
{
    const bool opens = seg.has(Flag::SYN) && !seg.has(Flag::RST) && !seg.has(Flag::ACK);
    if (opens) return open_child(listener, seg, text, from, to, now, out);
    if (open_by_cookie(listener, seg, text, from, to, now, out)) return;
    Connection none = Connection::child_of(connection(listener.slot), Seq{});
    none.segment_arrives(seg, text, from, to, now, out);
}

void Stack::open_child(Listener& listener, const Segment& syn, std::span<const std::uint8_t> text, Endpoint from,
                       Endpoint to, Time now, Output& out, std::optional<Seq> above)
{
    const bool full = listener.syn_queue_full(profile_);
    if (full) warn_of_flood(listener, now, out);
    const bool no_place = profile_.syncookies == 0 && (full || listener.syn_backlog_reached(profile_));
    if (no_place || listener.accept_queue_full(profile_)) {
        ++(no_place ? overflows_.syn_queue : overflows_.accept_queue);
        return report_refused(Event::RcvSyn, Check::backlog, 0, out);
    }
    if (profile_.syncookies == 2 || full) return answer_with_cookie(listener, syn, from, to, now, out);
    if (!above && older_than_its_address(syn, from, now))
        return report_refused(Event::RcvSyn, Check::peer_timestamp, 0, out);
    Seq iss = iss_.next(to, from, now);
    if (above && iss <= *above) iss = *above + 65537; // beyond any window of the connection before it
    const std::uint32_t index = make_child(listener, from, to, iss);
    connection(index).segment_arrives(syn, text, from, to, now, out);
}

std::uint32_t Stack::make_child(Listener& listener, Endpoint from, Endpoint to, Seq iss)
{
    ++listener.half_open;
    const Connection& parent = connection(listener.slot);
    const std::uint32_t index = make([&] { return Connection::child_of(parent, iss); });
    Whole& child = touch(index);
    child.connection.number = ++connections_made_;
    if (options_->timestamps) child.connection.timestamp_offset = iss_.timestamp_offset(to, from);
    child.listener = listener.slot;
    child.process = whole(listener.slot).process;
    slots_[index].reuse = slots_[listener.slot].reuse;
    become(slots_[index], Use::connection, to.port);
    put_into_demux(index, four_tuple(to.port, from));
    return index;
}

void Stack::answer_with_cookie(Listener& listener, const Segment& seg, Endpoint from, Endpoint to, Time now,
                               Output& out)
{
    const Segment syn = SynCookies::what_is_kept(seg, options_->timestamps);
    Connection child = Connection::child_of(connection(listener.slot), cookies_.cookie(seg, to, from, now));
    if (options_->timestamps)
        child.timestamp_offset = SynCookies::timestamp_offset(seg, iss_.timestamp_offset(to, from), now);
    Output aside; // of the connection that will not have been there only its answer is to be seen
    aside.recording = Recording::nothing;
    child.segment_arrives(syn, {}, from, to, now, aside);
    out.arrived = aside.arrived;
    for (Departure& answer : aside.segments) {
        answer.state = State::Listen;
        out.segments.push_back(answer);
    }
    listener.cookie_sent = now;
    ++overflows_.syn_cookies;
}

void Stack::warn_of_flood(Listener& listener, Time now, Output& out)
{
    if (profile_.syncookies == 2 || std::exchange(listener.warned, true)) return;
    log({now, profile_.syncookies == 0 ? LogLine::syn_drops : LogLine::syn_cookies, listener.port}, out);
}

void Stack::log(const LogEntry& entry, Output& out)
{
    if (!log_.write(entry) || !out.wants(Recording::states)) return;
    out.reports.push_back({.kind = ReportKind::logged, .log = entry.line, .count = entry.port});
}

bool Stack::open_by_cookie(Listener& listener, const Segment& seg, std::span<const std::uint8_t> text, Endpoint from,
                           Endpoint to, Time now, Output& out)
{
    constexpr Duration good_for = 128s;
    if (profile_.syncookies == 0 || listener.cookie_sent == never || now - listener.cookie_sent > good_for)
        return false;
    if (!seg.has(Flag::ACK) || seg.has(Flag::SYN) || seg.has(Flag::RST)) return false;
    const auto syn = cookies_.syn_of(seg, to, from, now);
    if (!syn) return false;
    if (listener.accept_queue_full(profile_)) {
        ++overflows_.accept_queue;
        report_refused(Event::RcvAckOfSyn, Check::accept_queue, 0, out);
        return true;
    }
    const std::uint32_t index = make_child(listener, from, to, seg.ack - 1);
    Connection& child = connection(index);
    child.cookie_arrives(*syn, from, to, now, out);
    child.segment_arrives(seg, text, from, to, now, out);
    offer_to_listener(index, out);
    return true;
}

bool Stack::finds_no_room(std::uint32_t index, const Segment& seg, Endpoint from, Endpoint to, Time now, Output& out)
{
    const Tcb& tcb = connection(index).tcb();
    const bool completes = tcb.state == State::SynReceived && seg.has(Flag::ACK) && !seg.has(Flag::SYN) &&
                           !seg.has(Flag::RST) && seg.ack == tcb.snd.nxt;
    if (!completes) return false;
    const Listener* const listener = listener_in(listener_of(index));
    if (listener == nullptr || !listener->accept_queue_full(profile_)) return false;
    if (listener->accepts && !processes_[whole(index).process].starved) return false;
    ++overflows_.accept_queue;
    if (profile_.abort_on_overflow)
        touch(index).connection.turn_away(seg, from, to, now, out);
    else
        report_refused(Event::RcvAckOfSyn, Check::accept_queue, number_of(index), out);
    return true;
}

void Stack::report_refused(Event event, Check check, std::uint32_t connection, Output& out)
{
    const Why why{.event = event, .check = check, .row = no_row};
    out.arrived = why;
    if (!out.wants(Recording::everything)) return;
    out.reports.push_back({.kind = ReportKind::refused, .connection = connection, .why = why});
}

void Stack::offer_to_listener(std::uint32_t index, Output& out)
{
    Slot& slot = slots_[index];
    if (slot.queued || !synchronized(connection(index).state())) return;
    Listener* const listener = listener_in(listener_of(index));
    if (listener == nullptr) return;
    if (listener->accepts && hold(index)) return leave_listener(index);
    if (listener->accepts) starve(whole(index).process, out);
    slot.queued = true;
    --listener->half_open;
    ++listener->waiting;
    // Those that ended before anyone accepted them leave no trace; room is made for more only where all still wait.
    if (listener->queue.size() == listener->queue.capacity()) {
        listener->queue.erase(listener->queue.begin(),
                              listener->queue.begin() + static_cast<std::ptrdiff_t>(listener->accepted));
        listener->accepted = 0;
        std::erase_if(listener->queue, [&](SocketId id) { return at(id) == nullptr; });
    }
    listener->queue.push_back({index, slot.generation});
}

void Stack::leave_listener(std::uint32_t index)
{
    Slot& slot = slots_[index];
    if (Listener* const listener = listener_in(listener_of(index)))
        --(slot.queued ? listener->waiting : listener->half_open);
    whole(index).listener = nobody;
    slot.queued = false;
}

Listener* Stack::listener_in(std::uint32_t slot)
{
    const auto found =
        std::find_if(listeners_.begin(), listeners_.end(), [&](const Listener& l) { return l.slot == slot; });
    return found == listeners_.end() ? nullptr : &*found;
}

Listener* Stack::listener_on(Port port)
{
    const auto found =
        std::find_if(listeners_.begin(), listeners_.end(), [&](const Listener& l) { return l.port == port; });
    return found == listeners_.end() ? nullptr : &*found;
}

std::uint32_t Stack::waiting_on(Port port) const
{
    for (const Listener& listener : listeners_)
        if (listener.port == port) return listener.waiting;
    return 0;
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
    connection(index).close(now, out);
    stop_listening(index, now, out);
}

void Stack::stop_listening(std::uint32_t index, Time now, Output& out)
{
    become(slots_[index], Use::unconnected, slots_[index].bound);
    std::erase_if(listeners_, [&](const Listener& l) { return l.slot == index; });
    // Nobody can accept or close what the listener still had: the peers are told.
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
        if (slots_[i].use == Use::free || listener_of(i) != index) continue;
        whole(i).listener = nobody;
        slots_[i].queued = false;
        if (half_open_without_listener(i)) continue; // linux leaves it where it is
        if (slots_[i].use == Use::connection)
            touch(i).connection.abort(now, out);
        else
            release(i); // it had ended before
    }
}

bool Stack::half_open_without_listener(std::uint32_t index) const
{
    if (!profile_.connection.linux_checks || slots_[index].compact) return false;
    const Slot& slot = slots_[index];
    const Tcb& tcb = whole(index).connection.tcb();
    return slot.use == Use::connection && listener_of(index) == nobody && !slot.held &&
           tcb.state == State::SynReceived && tcb.passive;
}

} // namespace tcpsm
