// The user calls on sockets, and what happens to all of them at once.

#include "host/stack.hpp"

#include "tcpsm/wire/ipv4.hpp"

namespace tcpsm {

SocketId Stack::socket()
{
    const std::uint32_t index = make(Use::unconnected);
    slots_[index].connection = Connection(options_);
    slots_[index].held = true;
    return {index, slots_[index].generation};
}

Stack::Slot* Stack::descriptor(SocketId id)
{
    Slot* const slot = at(id);
    const bool gone = slot != nullptr && !slot->held && slot->listener == nobody;
    return gone && profile_.connection.linux_checks ? nullptr : slot;
}

Error Stack::bind(SocketId id, Port port)
{
    Slot* slot = descriptor(id);
    if (slot == nullptr) return Error::no_such_socket;
    if (port == 0 || slot->use != Use::unconnected || slot->bound != 0) return Error::invalid_argument;
    if (taken(port, slot->reuse)) return Error::address_in_use;
    become(*slot, Use::unconnected, port);
    return Error::none;
}

Error Stack::connect(SocketId id, Endpoint remote, Time now, Output& out)
{
    Slot* slot = descriptor(id);
    if (slot == nullptr) return Error::no_such_socket;
    if (slot->use == Use::connection) {
        const bool opening = slot->connection.state() != State::Closed && !synchronized(slot->connection.state());
        const Error answer = touch(id.index).connection.open({}, remote, Seq{}, now, out);
        return opening && profile_.connection.linux_checks ? Error::already_opening : answer;
    }
    if (slot->use == Use::listener && profile_.connection.linux_checks) return Error::already_exists;
    if (remote.port == 0 || remote.address.value == 0) return Error::remote_unspecified;
    if (!names_one_host(remote.address)) return Error::invalid_argument; // MUST-46
    const bool chosen = slot->bound != 0;
    const Port port = chosen ? slot->bound : ephemeral_port(remote, now);
    if (port == 0) return Error::address_not_available;
    std::optional<Tcb> before;
    if (const auto found = demux_.find(key(port, remote)); found != demux_.end()) {
        if (!gives_way(slots_[found->second].connection, chosen, now)) return Error::address_in_use;
        before = take_over(found->second, now, out);
    }
    if (slot->use == Use::listener) stop_listening(id.index, now, out); // 3.10.1: "from passive to active"
    become(*slot, Use::connection, port);
    if (slot->connection.number != 0) slot->connection = Connection(options_); // it was one before
    slot->connection.number = ++connections_made_;
    demux_[key(port, remote)] = id.index;
    const Endpoint local{address_, port};
    // Beyond any window of the connection before it, as Linux was measured to do.
    const Seq iss = before ? before->snd.nxt + 65537 : iss_.next(local, remote, now);
    if (options_->timestamps) slot->connection.timestamp_offset = iss_.timestamp_offset(local, remote);
    return touch(id.index).connection.open(local, remote, iss, now, out, before ? before->ts : TimestampVariables{});
}

Transfer Stack::send(SocketId id, std::span<const std::uint8_t> octets, Time now, Output& out, SendOptions how)
{
    if (descriptor(id) == nullptr) return {0, Error::no_such_socket};
    Transfer sent = touch(id.index).connection.send(octets, now, out, how);
    const bool to_nobody = sent.error == Error::does_not_exist || sent.error == Error::remote_unspecified;
    if (to_nobody && profile_.connection.linux_checks) sent.error = Error::closing; // EPIPE
    return sent;
}

Transfer Stack::receive(SocketId id, std::span<std::uint8_t> into, Time now, Output& out)
{
    const Slot* const slot = descriptor(id);
    if (slot == nullptr) return {0, Error::no_such_socket};
    if (slot->use == Use::listener && profile_.connection.linux_checks) return {0, Error::does_not_exist};
    return touch(id.index).connection.receive(into, now, out);
}

Error Stack::shutdown(SocketId id, Time now, Output& out)
{
    const Slot* slot = descriptor(id);
    if (slot == nullptr) return Error::no_such_socket;
    const bool linux = profile_.connection.linux_checks;
    touch(id.index);
    if (slot->use == Use::listener) {
        if (!linux) close_listener(id.index, now, out); // there, SHUT_WR is nothing to a listener
        return Error::none;
    }
    const bool over = slot->connection.state() == State::TimeWait || slot->connection.state() == State::Closed;
    const Error answer = slots_[id.index].connection.shutdown(now, out);
    if (!linux || answer == Error::none) return answer;
    return over ? Error::does_not_exist : Error::none; // what has been shut down is that
}

Error Stack::close(SocketId id, Time now, Output& out)
{
    Slot* slot = descriptor(id);
    if (slot == nullptr) return Error::no_such_socket;
    touch(id.index);
    slot->held = false;
    if (slot->use == Use::unconnected) return Error::none;
    if (slot->use == Use::listener) {
        close_listener(id.index, now, out);
        return Error::none;
    }
    const Error answer = slot->connection.close(now, out);
    return profile_.connection.linux_checks ? Error::none : answer; // there, no close() fails
}

Error Stack::abort(SocketId id, Time now, Output& out)
{
    Slot* slot = descriptor(id);
    if (slot == nullptr) return Error::no_such_socket;
    if (slot->use != Use::connection) return close(id, now, out);
    touch(id.index);
    slot->held = false;
    return slot->connection.abort(now, out);
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

Error Stack::set_reuse_address(SocketId id, bool reuse)
{
    Slot* slot = at(id);
    if (slot == nullptr) return Error::no_such_socket;
    count_port(*slot, -1);
    slot->reuse = reuse;
    count_port(*slot, 1);
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
    peers_.clear();
    touched_.clear();
}

} // namespace tcpsm
