#pragma once
// A world in which windows close and open, ACKs wait and segments are lost: the material for rules about all options.

#include <string>

#include "tcpsm/network/network.hpp"

namespace tcpsm::test {

using namespace std::chrono_literals;

/// All that is off by default, with small buffers, so that the window closes.
[[nodiscard]] inline ConnectionOptions everything_on()
{
    ConnectionOptions options;
    options.receive_buffer = 6000;
    options.window_shift = 3;
    options.window_scaling = true;
    options.timestamps = true;
    options.sack = true;
    options.nagle = true;
    options.delayed_ack = 200ms;
    options.congestion = CongestionControl::reno;
    options.keepalive = true;
    options.keepalive_time = 5s;
    options.keepalive_interval = 2s;
    options.keepalive_probes = 3;
    return options;
}

/// Two hosts with the same options and one connection over a network that loses, delays and duplicates by chance. The
/// client sends more than the server reads, the server answers; then the client closes. Nothing has happened yet.
[[nodiscard]] inline Network busy_world(std::uint64_t seed, const ConnectionOptions& options)
{
    Network net({.seed = seed, .delay = 15ms});
    HostOptions with_options;
    with_options.profile.connection = options;
    with_options.iss = {0xFFFFFF00};
    net.host("client", with_options);
    with_options.accepts = true;
    with_options.iss = {300};
    net.host("server", with_options).listen(80);
    net.add({.chance = 60'000, .verdict = Verdict::lose()});
    net.add({.chance = 40'000, .verdict = Verdict::duplicate(4ms)});
    net.add({.chance = 60'000, .verdict = Verdict::delay(40ms)});
    net.schedule(Time{} + 1ms, [](Network& world) { world.host("client").connect(world.host("server"), 80); });
    for (int i = 0; i < 40; ++i) {
        net.schedule(Time{} + 100ms + i * 70ms, [i](Network& world) {
            world.host("client").connection(1).send(std::string(i % 5 == 0 ? 4000U : 100U, 'x'));
            if (i % 3 == 0) world.host("server").connection(1).send("answer");
        });
    }
    for (int i = 0; i < 30; ++i)
        net.schedule(Time{} + 2s + i * 600ms, [](Network& world) { world.host("server").connection(1).receive(2500); });
    net.schedule(Time{} + 35s, [](Network& world) {
        world.host("client").connection(1).shutdown();
        world.host("server").connection(1).receive();
    });
    net.schedule(Time{} + 45s, [](Network& world) {
        world.host("server").connection(1).receive();
        world.host("server").connection(1).close();
    });
    return net;
}

} // namespace tcpsm::test
