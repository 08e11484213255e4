// The processes of a world's hosts, and their handle.

#include <algorithm>

#include "network/world.hpp"
#include "tcpsm/network/network.hpp"

namespace tcpsm {

// ---- in the world ---------------------------------------------------------------------------------------------------

ProcessId World::process(HostId id, std::string_view name)
{
    Stack& stack = hosts_[id].stack;
    const ProcessId process = stack.process(name);
    if (process.index == history_.hosts()[id].processes.size())
        history_.add_process(id, stack.processes()[process].name);
    return process;
}

std::optional<ProcessId> World::find_process(HostId id, std::string_view name) const
{
    const Processes& all = hosts_[id].stack.processes();
    for (auto i = static_cast<std::uint32_t>(all.count()); i > 0; --i)
        if (all[{i - 1}].name == name) return ProcessId{i - 1};
    return {};
}

Stack::Opened World::socket(Network& network, HostId id, ProcessId process)
{
    if (!hosts_[id].up) return {{}, Error::host_is_down};
    const Stack::Opened opened = hosts_[id].stack.socket(process);
    if (opened.error == Error::none) return opened;
    call(network, id, Call::socket,
         [&](Stack&, Time, Output&) { return Called{.error = opened.error, .process = number_of(process)}; });
    return opened;
}

std::vector<SocketId> World::sockets(Network& network, HostId id, ProcessId process, std::uint32_t count)
{
    std::vector<SocketId> all;
    call(network, id, Call::socket, [&](Stack& stack, Time, Output&) {
        Stack::Opened next;
        while (all.size() < count && (next = stack.socket(process)).error == Error::none) all.push_back(next.socket);
        return Called{.error = next.error, .count = all.size(), .process = number_of(process)};
    });
    return all;
}

Error World::end(Network& network, HostId id, std::optional<ProcessId> process, Call what)
{
    applications_.stop({*this, network}, id, process);
    const Called called = call(network, id, what, [&](Stack& stack, Time now, Output& out) {
        const Error error = stack.end(process, now, out);
        return Called{.error = error, .process = process ? number_of(*process) : std::uint16_t{0}};
    });
    return called.error;
}

// ---- Host -----------------------------------------------------------------------------------------------------------

Process Host::process(std::string_view name) const
{
    return {network_, id_, world().process(id_, name)};
}

std::vector<Process> Host::processes() const
{
    const Processes& all = world().host(id_).stack.processes();
    std::vector<Process> handles;
    for (std::uint32_t i = 0; i < all.count(); ++i) handles.push_back({network_, id_, {i}});
    return handles;
}

void Host::kill() const
{
    world().end(*network_, id_, {}, Call::kill);
}

void Host::exit() const
{
    world().end(*network_, id_, {}, Call::exit);
}

std::error_code Host::end(std::string_view process, Call how) const
{
    if (const auto found = world().find_process(id_, process)) return world().end(*network_, id_, found, how);
    const auto nobody = [](Stack&, Time, Output&) { return World::Called{.error = Error::no_such_process}; };
    return world().call(*network_, id_, how, nobody).error;
}

// ---- Process --------------------------------------------------------------------------------------------------------

World& Process::world() const
{
    return *network_->world_;
}

Socket Process::socket() const
{
    const Stack::Opened opened = world().socket(*network_, host_, id_);
    return opened.error == Error::none ? Socket(network_, host_, opened.socket) : Socket();
}

std::vector<Socket> Process::sockets(std::uint32_t count) const
{
    std::vector<Socket> all;
    for (const SocketId id : world().sockets(*network_, host_, id_, count)) all.push_back({network_, host_, id});
    return all;
}

Socket Process::listen(Port port, ListenOptions options) const
{
    const Socket made = socket();
    if (made.bind(port) || made.listen(options)) {
        if (made.valid()) static_cast<void>(made.close());
        return {};
    }
    return made;
}

Socket Process::connect(Host remote, Port port) const
{
    const Socket made = socket();
    if (made.connect(remote, port)) {
        if (made.valid()) static_cast<void>(made.close());
        return {};
    }
    return made;
}

std::error_code Process::exit() const
{
    return world().end(*network_, host_, id_, Call::exit);
}

std::error_code Process::kill() const
{
    return world().end(*network_, host_, id_, Call::kill);
}

std::error_code Process::crash() const
{
    return world().end(*network_, host_, id_, Call::crash);
}

bool Process::running() const
{
    return world().host(host_).stack.processes()[id_].running;
}

std::string_view Process::name() const
{
    return world().host(host_).stack.processes()[id_].name;
}

std::uint32_t Process::descriptors() const
{
    return world().host(host_).stack.processes()[id_].descriptors.open();
}

} // namespace tcpsm
