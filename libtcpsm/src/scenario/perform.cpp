#include "scenario/perform.hpp"

#include <set>
#include <string>
#include <tuple>

#include "tcpsm/network/pattern.hpp"

namespace tcpsm {
namespace {

/// The socket that a step speaks of: the connection it names, by default the host's first; before there is one, the
/// socket that is bound or listens.
Socket socket_of(Host host, const HostName& who)
{
    const Socket connection = host.connection(who.number());
    if (connection.valid() || who.connection > 0 || host.connections() > 0) return connection;
    const Socket bound = host.bound();
    return bound.valid() ? bound : host.listener();
}

/// A socket that is bound to a port, where one is given; not `valid` where it cannot have it.
Socket bound_to(Host host, Port port, const Action& action)
{
    Socket socket = host.bound(port);
    if (socket.valid()) return socket;
    socket = host.process(action.process).socket();
    if (action.reuse_address) static_cast<void>(socket.set_reuse_address(true));
    if (port == 0 || !socket.bind(port)) return socket;
    return {};
}

void connect(Network& network, Host host, const Action& action)
{
    const Socket socket = bound_to(host, action.from_port, action);
    if (!socket.valid()) return;
    static_cast<void>(socket.connect(network.host(action.remote), action.port));
}

void listen(Host host, const Action& action)
{
    const Socket socket = bound_to(host, action.port, action);
    if (socket.valid()) static_cast<void>(socket.listen({.backlog = action.backlog}));
}

void send(Socket socket, std::uint32_t count)
{
    const Connection connection = socket.connection();
    const SendVariables& snd = connection.tcb().snd;
    const auto acknowledged = static_cast<std::uint32_t>(snd.una - snd.iss); // the SYN counts one
    const std::uint64_t first = (acknowledged > 0 ? acknowledged - 1 : 0) + connection.queued();
    static_cast<void>(socket.send(pattern(socket.number(), first, count)));
}

/// The ends of a host's connection, from its history where it is over.
std::pair<Endpoint, Endpoint> ends_of(const Network& network, const Socket& socket, const HostName& who)
{
    const bool has_both = socket.valid() && socket.local().port != 0 && socket.remote().port != 0;
    if (has_both) return {socket.local(), socket.remote()};
    const History& history = network.history();
    const HostId host = network.host_id(who.host);
    for (std::size_t i = 0; i < history.segments().size(); ++i) {
        const SentSegment& sent = history.segments()[i];
        if (sent.name.host == host && sent.connection == who.number()) return {sent.from, sent.to};
    }
    return {};
}

/// The window that stood in the last segment from one end to the other. Where there is none, nothing is known of the
/// peer but that it could take the largest.
std::uint16_t window_told(const History& history, Endpoint from, Endpoint to)
{
    for (std::size_t i = history.segments().size(); i-- > 0;) {
        const SentSegment& sent = history.segments()[i];
        if (sent.from == from && sent.to == to && !sent.segment.has(Flag::RST)) return sent.segment.wnd;
    }
    return 65535;
}

void inject(Network& network, Host host, const HostName& who, const Action& action)
{
    Endpoint from{host.address(), action.from_port};
    Endpoint to;
    if (action.port != 0) {
        if (!action.source.empty()) from.address = network.host(action.source).address();
        to = {network.host(action.remote).address(), action.port};
    } else {
        std::tie(from, to) = ends_of(network, host.connection(who.number()), who);
        from.address = host.address();
    }
    Segment segment = action.segment;
    if (action.last_window) segment.wnd = window_told(network.history(), from, to);
    const std::string text(segment.text_len, '#');
    for (const Host& receiver : network.hosts())
        if (receiver.address() == to.address) network.inject(host, from, receiver, to.port, segment, text);
}

} // namespace

void perform(Network& network, const HostName& who, const Action& action)
{
    const Host host = network.host(who.host);
    if (ends_process(action) && !action.process.empty()) {
        static_cast<void>(host.end(action.process, action.verb));
        return;
    }
    switch (action.verb) {
    case Call::listen: return listen(host, action);
    case Call::connect: return connect(network, host, action);
    case Call::bind: {
        const Socket socket = host.process(action.process).socket();
        if (action.reuse_address) static_cast<void>(socket.set_reuse_address(true));
        static_cast<void>(socket.bind(action.port));
        return;
    }
    case Call::accept: static_cast<void>(host.accept()); return;
    case Call::send: return send(socket_of(host, who), action.octets);
    case Call::receive:
        static_cast<void>(socket_of(host, who).receive(action.octets > 0 ? action.octets : 65536));
        return;
    case Call::shutdown: static_cast<void>(socket_of(host, who).shutdown()); return;
    case Call::close: static_cast<void>(socket_of(host, who).close()); return;
    case Call::abort: static_cast<void>(socket_of(host, who).abort()); return;
    case Call::crash: return host.crash();
    case Call::reboot: return host.reboot();
    case Call::kill: return host.kill();
    case Call::exit: return host.exit();
    case Call::socket: static_cast<void>(host.process(action.process).sockets(action.octets)); return;
    case Call::inject: return inject(network, host, who, action);
    }
}

void release_held(Network& network, const Selector& selector)
{
    const History& history = network.history();
    std::set<std::string> names;
    for (std::size_t i = 0; i < history.records().size(); ++i) {
        const Record& record = history.records()[i];
        if (record.kind != RecordKind::held) continue;
        const SentSegment& sent = history.segments()[record.segment];
        const std::string name = history.name(sent);
        const std::string_view to = sent.to_host == no_host ? std::string_view() : history.hosts()[sent.to_host].name;
        const Flight flight{.name = name,
                            .from = history.hosts()[sent.from_host].name,
                            .to = to,
                            .segment = sent.segment,
                            .state = sent.state,
                            .retransmission = sent.retransmission,
                            .sent = sent.sent};
        if (selector.fits(flight)) names.insert(name);
    }
    for (const std::string& name : names) static_cast<void>(network.release(name));
}

} // namespace tcpsm
