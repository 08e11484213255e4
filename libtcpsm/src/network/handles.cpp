// Host and Socket: values that name something in a world, and what can be asked of it.

#include "network/world.hpp"
#include "tcpsm/network/network.hpp"

namespace tcpsm {
namespace {

std::span<const std::uint8_t> as_octets(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

} // namespace

// ---- Host -----------------------------------------------------------------------------------------------------------

World& Host::world() const
{
    return *network_->world_;
}

Socket Host::socket() const
{
    return process().socket();
}

Socket Host::listen(Port port, ListenOptions options) const
{
    return process().listen(port, options);
}

Socket Host::connect(Host remote, Port port) const
{
    return process().connect(remote, port);
}

Socket Host::accept() const
{
    for (const SocketId listener : world().host(id_).stack.listeners()) {
        const Socket accepted = Socket(network_, id_, listener).accept();
        if (accepted.valid()) return accepted;
    }
    return {};
}

Socket Host::bound(Port port) const
{
    return {network_, id_, world().host(id_).stack.bound_socket(port)};
}

Socket Host::listener() const
{
    const std::vector<SocketId> listeners = world().host(id_).stack.listeners();
    return {network_, id_, listeners.empty() ? SocketId{} : listeners.front()};
}

void Host::crash() const
{
    world().stop_host(*network_, id_, Call::crash);
}

void Host::reboot() const
{
    world().stop_host(*network_, id_, Call::reboot);
}

void Host::set_profile(const Profile& profile) const
{
    world().host(id_).stack.set_profile(profile);
}

void Host::icmp(Port local, Host remote, Port remote_port, IcmpError error) const
{
    world().act(*network_, id_, [&](Stack& stack, Time now, Output& out) {
        stack.icmp(local, {remote.address(), remote_port}, error, now, out);
        return Error::none;
    });
}

Profile Host::profile() const
{
    return world().host(id_).stack.profile();
}

std::string_view Host::name() const
{
    return world().host(id_).name;
}

Address Host::address() const
{
    return world().host(id_).stack.address();
}

bool Host::up() const
{
    return world().host(id_).up;
}

Socket Host::connection(std::uint32_t number) const
{
    return {network_, id_, world().host(id_).stack.by_number(number)};
}

std::uint32_t Host::connections() const
{
    return world().host(id_).stack.connections_made();
}

std::vector<NetstatLine> Host::netstat() const
{
    return world().host(id_).stack.netstat();
}

std::vector<LogEntry> Host::log() const
{
    return network_->log(id_);
}

Counts Host::counts() const
{
    return world().counts(id_);
}

// ---- Socket ---------------------------------------------------------------------------------------------------------

World& Socket::world() const
{
    return *network_->world_;
}

// Every call has the same shape: it is an event of its host, and its record names the connection. A connection that a
// call ends is gone afterwards, so its number is taken before.
template <class Act>
Error Socket::call(Call what, Act&& act) const
{
    if (network_ == nullptr) return Error::no_such_socket;
    const auto called = world().call(*network_, host_, what, [&](Stack& stack, Time now, Output& out) {
        World::Called result;
        const auto note_number = [&] {
            if (!out.wants(Recording::states)) return; // nobody will read it
            if (stack.exists(id_)) result.connection = stack.number(id_);
        };
        note_number();
        act(stack, now, out, result);
        note_number();
        return result;
    });
    return called.error;
}

std::error_code Socket::bind(Port port) const
{
    return call(Call::bind, [&](Stack& stack, Time, Output&, auto& result) { result.error = stack.bind(id_, port); });
}

std::error_code Socket::connect(Host remote, Port port) const
{
    return call(Call::connect, [&](Stack& stack, Time now, Output& out, auto& result) {
        result.error = stack.connect(id_, {remote.address(), port}, now, out);
    });
}

std::error_code Socket::listen(ListenOptions options) const
{
    return call(Call::listen, [&](Stack& stack, Time now, Output& out, auto& result) {
        const bool accepts = options.accepts.value_or(world().host(host_).accepts);
        result.error = stack.listen(id_, options.backlog, accepts, now, out);
    });
}

Socket Socket::accept() const
{
    SocketId child;
    call(Call::accept, [&](Stack& stack, Time, Output&, auto& result) {
        const Stack::Opened opened = stack.accept(id_);
        child = opened.socket;
        result.error = opened.error;
    });
    return {network_, host_, child};
}

Sent Socket::send(std::string_view octets, SendOptions how) const
{
    return send(as_octets(octets), how);
}

Sent Socket::send(std::span<const std::uint8_t> octets, SendOptions how) const
{
    Transfer transfer;
    transfer.error = call(Call::send, [&](Stack& stack, Time now, Output& out, auto& result) {
        transfer = stack.send(id_, octets, now, out, how);
        result.error = transfer.error;
        result.count = transfer.octets;
    });
    return {transfer.octets, transfer.error};
}

Received Socket::receive(std::size_t most) const
{
    Received received;
    received.octets.resize(most);
    const Transfer transfer = receive({reinterpret_cast<std::uint8_t*>(received.octets.data()), most});
    received.octets.resize(transfer.octets);
    received.error = transfer.error;
    return received;
}

Transfer Socket::receive(std::span<std::uint8_t> into) const
{
    Transfer transfer;
    transfer.error = call(Call::receive, [&](Stack& stack, Time now, Output& out, auto& result) {
        transfer = stack.receive(id_, into, now, out);
        result.error = transfer.error;
        result.count = transfer.octets;
    });
    return transfer;
}

std::error_code Socket::shutdown() const
{
    return call(Call::shutdown, [&](Stack& stack, Time now, Output& out, auto& result) {
        result.error = stack.shutdown(id_, now, out);
    });
}

std::error_code Socket::close() const
{
    return call(Call::close, [&](Stack& stack, Time now, Output& out, auto& result) {
        result.error = stack.close(id_, now, out);
        const Stack::Seen connection = stack.find(id_);
        if (!connection || !connection->lingers()) return;
        result.until = connection->timers()[TimerKind::linger].deadline;
    });
}

std::error_code Socket::abort() const
{
    return call(Call::abort,
                [&](Stack& stack, Time now, Output& out, auto& result) { result.error = stack.abort(id_, now, out); });
}

std::error_code Socket::set_options(const ConnectionOptions& options) const
{
    if (network_ == nullptr) return Error::no_such_socket;
    return world().act(*network_, host_,
                       [&](Stack& stack, Time now, Output& out) { return stack.set_options(id_, options, now, out); });
}

std::error_code Socket::set_reuse_address(bool reuse) const
{
    if (network_ == nullptr) return Error::no_such_socket;
    return world().act(*network_, host_,
                       [&](Stack& stack, Time, Output&) { return stack.set_reuse_address(id_, reuse); });
}

bool Socket::valid() const
{
    return network_ != nullptr && world().host(host_).stack.exists(id_);
}

State Socket::state() const
{
    return network_ == nullptr ? State::Closed : network_->state(*this);
}

Endpoint Socket::local() const
{
    return valid() ? world().host(host_).stack.bound(id_) : Endpoint{};
}

Endpoint Socket::remote() const
{
    return valid() ? connection().remote() : Endpoint{};
}

std::int32_t Socket::descriptor() const
{
    return network_ == nullptr ? Descriptors::none : world().host(host_).stack.descriptor_of(id_);
}

std::uint32_t Socket::number() const
{
    return network_ == nullptr ? 0 : world().host(host_).stack.number(id_);
}

Standing Socket::standing() const
{
    return valid() ? world().host(host_).stack.find(id_)->standing() : Connection().standing();
}

Connection Socket::connection() const
{
    return valid() ? *world().host(host_).stack.find(id_) : Connection();
}

} // namespace tcpsm
