#include "diagram/random_run.hpp"

#include <array>
#include <string>
#include <vector>

using namespace tcpsm;

namespace tcpsm::test {
namespace {

constexpr std::array<const char*, 4> names{"client", "server", "b", "a-long-name-of-a-host"};

Segment segment_with(Flags flags)
{
    Segment segment;
    segment.flags = flags;
    return segment;
}

/// Two that answer each other may never come to an end, and where there is no delay, not even to the next instant.
void run(Network& net, Duration span)
{
    const Time until = net.now() + span;
    for (int i = 0; i < 200 && net.next_event() <= until; ++i) net.step();
    if (net.next_event() > until) net.run_until(until);
}

void call_something(Network& net, Chance& chance, std::vector<Socket>& sockets)
{
    std::vector<Host> hosts = net.hosts();
    Host& host = hosts[chance.between(0, static_cast<std::uint32_t>(hosts.size()) - 1)];
    Host& other = hosts[chance.between(0, static_cast<std::uint32_t>(hosts.size()) - 1)];
    switch (chance.between(0, 11)) {
    case 0:
    case 1:
    case 2:
        if (const Socket socket = host.connect(other, 80); socket.valid()) sockets.push_back(socket);
        return;
    case 3: static_cast<void>(host.listen(80)); return;
    case 4:
        if (chance.one_in(5)) host.crash();
        if (!host.up() && chance.one_in(2)) host.reboot();
        return;
    case 5:
        if (chance.one_in(6)) host.kill();
        return;
    case 6: net.inject(host, 80, other, 80, segment_with(chance.one_in(2) ? Flag::RST : Flag::SYN)); return;
    default: break;
    }
    if (const Socket accepted = host.accept(); accepted.valid()) sockets.push_back(accepted);
    if (sockets.empty()) return;
    const Socket socket = sockets[chance.between(0, static_cast<std::uint32_t>(sockets.size()) - 1)];
    switch (chance.between(0, 4)) {
    case 0: static_cast<void>(socket.close()); break;
    case 1: static_cast<void>(socket.receive()); break;
    case 2:
        if (chance.one_in(4)) static_cast<void>(socket.abort());
        break;
    default: static_cast<void>(socket.send(std::string(chance.between(1, 4000), 'x'))); break;
    }
}

} // namespace

Network random_run(std::uint64_t seed)
{
    Chance chance(seed);
    Network net({.seed = seed, .delay = std::chrono::milliseconds(chance.between(0, 3) * chance.between(0, 60))});
    const std::uint32_t hosts = chance.between(1, 4);
    for (std::uint32_t i = 0; i < hosts; ++i)
        net.host(names[i], {.accepts = chance.one_in(2), .reads = chance.one_in(2)});
    for (Host host : net.hosts())
        if (!chance.one_in(4)) static_cast<void>(host.listen(80));
    if (chance.one_in(2)) net.lose_by_chance(chance.between(0, 300000));
    if (chance.one_in(3)) net.duplicate("client.2", std::chrono::milliseconds(chance.between(0, 20)));
    if (chance.one_in(3)) net.delay("client.3", std::chrono::milliseconds(chance.between(0, 5000)));
    if (chance.one_in(3)) net.hold("server.2");
    std::vector<Socket> sockets;
    for (std::uint32_t i = chance.between(5, 60); i > 0; --i) {
        call_something(net, chance, sockets);
        if (chance.one_in(3)) continue;
        const std::uint32_t span = chance.one_in(5) ? 90000 : 40;
        run(net, std::chrono::milliseconds(chance.between(0, span)));
        if (chance.one_in(10)) net.release("server.2");
        if (seed % 7 == 0 && chance.one_in(30)) net.clear_history();
    }
    return net;
}

} // namespace tcpsm::test
