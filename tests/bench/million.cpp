#include "bench/million.hpp"

#include <ctime>
#include <random>
#include <vector>

#include "bench/bare_loop.hpp"
#include "bench/footprint.hpp"
#include "network/monotone_queue.hpp"
#include "tcpsm/tcpsm.hpp"

namespace tcpsm::bench {
namespace {

/// Of the processor, as the rows of the other benchmarks are.
template <class Work>
double nanoseconds(Work&& work)
{
    const std::clock_t begin = std::clock();
    work();
    return 1e9 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

/// Enough four-tuples for a million connections: all ports from 1024 on, to each of 16 ports of the server.
constexpr Port first_port = 1024;
constexpr std::uint32_t a_port_takes = 64512;

struct Crowd {
    explicit Crowd(std::uint32_t connections) : network({.seed = 1, .delay = 10ms, .recording = Recording::nothing})
    {
        Profile profile;
        profile.ephemeral_first = first_port;
        client = network.host("client", {.profile = profile});
        server = network.host("server");
        for (std::uint32_t i = 0; i * a_port_takes < connections; ++i)
            listeners.push_back(server.listen(static_cast<Port>(1 + i), {.backlog = a_port_takes}));
    }
    Socket connect()
    {
        const std::uint32_t port = 1 + connected++ / a_port_takes % static_cast<std::uint32_t>(listeners.size());
        return client.connect(server, static_cast<Port>(port));
    }
    template <class Each>
    void accept_all(Each&& each)
    {
        for (const Socket& listener : listeners)
            for (Socket socket = listener.accept(); socket.valid(); socket = listener.accept()) each(socket);
    }

    Network network;
    Host client;
    Host server;
    std::vector<Socket> listeners;
    std::uint32_t connected = 0;
};

void bare_lives(bare::Life& life, std::uint32_t at_once)
{
    for (std::uint32_t i = 0; i < at_once; ++i) life.open(2 * i);
    while (life.step()) {
    }
}

} // namespace

double octets_in_time_wait(std::uint32_t connections)
{
    constexpr std::uint32_t at_once = 1000;
    Crowd crowd(connections);
    std::vector<Socket> open(at_once);
    for (std::uint32_t i = 0; i < connections; i += at_once) {
        for (Socket& socket : open) socket = crowd.connect();
        crowd.network.run_for(50ms);
        crowd.accept_all([](const Socket& socket) { static_cast<void>(socket.close()); });
        crowd.network.run_for(50ms);
        for (const Socket& socket : open) static_cast<void>(socket.close());
        crowd.network.run_for(50ms);
    }
    const std::size_t octets = crowd.network.memory();
    return crowd.network.run() == connections ? static_cast<double>(octets) / connections : 0; // all were waiting
}

Established established_pairs(std::uint32_t pairs)
{
    Established result;
    Crowd crowd(pairs);
    std::vector<Socket> open(pairs);
    double time = nanoseconds([&] {
        for (Socket& socket : open) socket = crowd.connect();
        crowd.network.run();
    });
    result.octets = static_cast<double>(crowd.network.memory()) / (2.0 * pairs);
    time += nanoseconds([&] {
        for (const Socket& socket : open) static_cast<void>(socket.close());
        crowd.network.run();
        crowd.accept_all([](const Socket& socket) { static_cast<void>(socket.close()); });
        crowd.network.run();
    });
    result.cost.ours = time / pairs;
    bare::Life life(pairs);
    result.cost.bare = nanoseconds([&] { bare_lives(life, pairs); }) / pairs;
    return result;
}

Cost short_lives(std::uint32_t lives)
{
    constexpr std::uint32_t at_once = 1000;
    Lives ours(at_once, Recording::counts);
    bare::Life life(at_once);
    Cost cost;
    for (std::uint32_t i = 0; i < lives; i += at_once) { // in turn, so that a slow moment is everybody's
        cost.ours += nanoseconds([&] { ours.run(); }) / lives;
        cost.bare += nanoseconds([&] { bare_lives(life, at_once); }) / lives;
    }
    return cost;
}

Cost events_waiting(std::uint32_t million)
{
    const auto hold = [&](std::uint32_t waiting) {
        MonotoneQueue queue;
        std::mt19937_64 random(1);
        const auto span = [&] { return Duration(random() % 1'000'000'000); };
        for (std::uint32_t i = 0; i < waiting; ++i) queue.push({Time{} + span(), i, 0, 0});
        return nanoseconds([&] {
                   for (std::uint32_t i = 0; i < million; ++i) {
                       const Pending front = queue.front();
                       queue.pop();
                       queue.push({front.time + span(), front.key, 0, 0});
                   }
               }) /
               million;
    };
    return {.ours = hold(million), .bare = hold(1000)};
}

} // namespace tcpsm::bench
