// The user calls on sockets, and what happens to all of them at once.

#include "host/stack.hpp"

#include "tcpsm/wire/ipv4.hpp"

namespace tcpsm {

Stack::Opened Stack::socket(ProcessId process)
{
    if (!processes_[process].running) return {{}, Error::no_such_process};
    if (!processes_[process].descriptors.any_left(profile_.rlimit_nofile)) return {{}, Error::too_many_open_files};
    const std::uint32_t index = make([this] { return Connection(options_); });
    whole(index).process = process;
    static_cast<void>(hold(index));
    return {{index, slots_[index].generation}, Error::none};
}

Stack::Slot* Stack::descriptor(SocketId id)
{
    Slot* const slot = at(id);
    const bool gone = slot != nullptr && !slot->held && listener_of(id.index) == nobody;
    return gone && profile_.connection.linux_checks ? nullptr : slot;
}

Error Stack::bind(SocketId id, Port port)
{
    Slot* slot = descriptor(id);
    if (slot == nullptr) return Error::no_such_socket;
    if (port == 0 || slot->use != Use::unconnected || slot->bound != 0) return Error::invalid_argument;
    if (taken(port, slot->reuse)) return Error::address_in_use;
    become(*slot, Use::unconnected, port);
    slot->chosen = true;
    return Error::none;
}

Error Stack::connect(SocketId id, Endpoint remote, Time now, Output& out)
{
    Slot* slot = descriptor(id);
    if (slot == nullptr) return Error::no_such_socket;
    if (slot->use == Use::connection) {
        Connection& connection = touch(id.index).connection;
        const bool opening = connection.state() != State::Closed && !synchronized(connection.state());
        const Error answer = connection.open({}, remote, Seq{}, now, out);
        return opening && profile_.connection.linux_checks ? Error::already_opening : answer;
    }
    if (slot->use == Use::listener && profile_.connection.linux_checks) return Error::already_exists;
    if (remote.port == 0 || remote.address.value == 0) return Error::remote_unspecified;
    if (!names_one_host(remote.address)) return Error::invalid_argument; // MUST-46
    const bool chosen = slot->bound != 0;
    const Port port = chosen ? slot->bound : ephemeral_port(remote, now);
    if (port == 0) return Error::address_not_available;
    std::optional<Tcb> before;
    if (const std::uint32_t old = slot_of(four_tuple(port, remote)); old != nobody) {
        if (!gives_way(*see(old), chosen, now)) return Error::address_in_use;
        before = take_over(old, now, out);
    }
    if (slot->use == Use::listener) stop_listening(id.index, now, out); // 3.10.1: "from passive to active"
    become(*slot, Use::connection, port);
    Connection& opened = touch(id.index).connection;
    if (opened.number != 0) opened = Connection(options_); // it was one before
    opened.number = ++connections_made_;
    put_into_demux(id.index, four_tuple(port, remote));
    const Endpoint local{address_, port};
    // Beyond any window of the connection before it, as Linux was measured to do.
    const Seq iss = before ? before->snd.nxt + 65537 : iss_.next(local, remote, now);
    if (options_->timestamps) opened.timestamp_offset = iss_.timestamp_offset(local, remote);
    return opened.open(local, remote, iss, now, out, before ? before->ts : TimestampVariables{});
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
    Connection& connection = touch(id.index).connection;
    if (slot->use == Use::listener) {
        if (!linux) close_listener(id.index, now, out); // there, SHUT_WR is nothing to a listener
        return Error::none;
    }
    const bool over = connection.state() == State::TimeWait || connection.state() == State::Closed;
    if (linux && over) return Error::does_not_exist; // and what ended it is told to the next call that reads or writes
    const Error answer = connection.shutdown(now, out);
    return linux ? Error::none : answer; // there, what has been shut down is that
}

Error Stack::close(SocketId id, Time now, Output& out)
{
    Slot* slot = descriptor(id);
    if (slot == nullptr) return Error::no_such_socket;
    touch(id.index);
    let_go(id.index, out);
    if (slot->use == Use::unconnected) return Error::none;
    if (slot->use == Use::listener) {
        close_listener(id.index, now, out);
        return Error::none;
    }
    const Error answer = connection(id.index).close(now, out);
    return profile_.connection.linux_checks ? Error::none : answer; // there, no close() fails
}

Error Stack::abort(SocketId id, Time now, Output& out)
{
    Slot* slot = descriptor(id);
    if (slot == nullptr) return Error::no_such_socket;
    if (slot->use != Use::connection) return close(id, now, out);
    touch(id.index);
    let_go(id.index, out);
    return connection(id.index).abort(now, out);
}

void Stack::set_profile(const Profile& profile)
{
    if (profile.ephemeral_first != profile_.ephemeral_first || profile.ephemeral_last != profile_.ephemeral_last) {
        next_port_ = profile.ephemeral_first;
        no_port_since_ = UINT64_MAX;
    }
    const bool reads = profile_.connection.reads;
    profile_ = profile;
    profile_.connection.reads = reads;
    options_ = std::make_shared<const ConnectionOptions>(profile_.connection);

    SharedOptions before; // connections that were opened alike go on sharing
    SharedOptions after;
    const auto while_open = [&](const SharedOptions& opened_with) {
        if (opened_with != before) {
            before = opened_with;
            after = std::make_shared<const ConnectionOptions>(options_while_open(*before, *options_));
        }
        return after;
    };
    time_waits_.change_options(while_open);
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
        if (slots_[i].use == Use::free || slots_[i].compact) continue;
        Connection& open = connection(i);
        open.set_options(slots_[i].use == Use::connection ? while_open(open.shared_options()) : options_);
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
    const std::uint32_t index = slot_of(four_tuple(local, remote));
    if (index != nobody) touch(index).connection.icmp(error, now, out);
}

Error Stack::end(std::optional<ProcessId> process, Time now, Output& out)
{
    if (process && !processes_[*process].running) return Error::no_such_process;
    if (process)
        processes_.end(*process);
    else
        processes_.end_all();
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
        Slot& slot = slots_[i];
        // What is compact is nobody's any more, and a child goes with its listener.
        if (slot.use == Use::free || slot.compact || whole(i).listener != nobody) continue;
        if (process && whole(i).process != *process) continue;
        touch(i).descriptor = Descriptors::none;
        slot.held = false;
        if (slot.use == Use::listener) close_listener(i, now, out);
        if (slot.use == Use::connection) connection(i).close_both_ways(now, out);
    }
    return Error::none;
}

void Stack::crash()
{
    processes_.end_all();
    for (std::uint32_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].use != Use::free) release(i);
    listeners_.clear();
    peers_.clear();
    touched_.clear();
}

} // namespace tcpsm
