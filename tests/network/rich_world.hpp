#pragma once
// A world in which much happens: the material for copying, repeating and comparing runs.

#include <string>

#include "tcpsm/network/network.hpp"

namespace tcpsm::test {

using namespace std::chrono_literals;

/// Three hosts; two connections with text both ways over a network that loses, delays and duplicates by chance, a
/// segment that is held and let go, a link that is cut for a while, an injected RST, a crash, and a script with steps
/// by time and by condition. Nothing has happened yet.
inline Network rich_world(std::uint64_t seed)
{
    Network net({.seed = seed, .delay = 10ms});
    net.host("client", {.iss = {0xFFFFFFF0}});
    const Host server = net.host("server", {.accepts = true, .reads = true});
    const Host third = net.host("third");
    net.set_delay(server, third, 35ms);
    server.listen(80);

    net.hold("client.5");
    net.add({.chance = 100'000, .verdict = Verdict::lose()});
    net.add({.when = [](const Flight& flight) { return flight.segment.text_len > 0; },
             .chance = 200'000,
             .verdict = Verdict::duplicate(3ms)});
    net.add({.chance = 150'000, .skip = 2, .verdict = Verdict::delay(25ms)});

    net.schedule(Time{} + 1ms, [](Network& world) {
        world.host("client").connect(world.host("server"), 80);
        world.host("third").connect(world.host("server"), 80);
    });
    for (int i = 0; i < 14; ++i) {
        net.schedule(Time{} + 50ms + i * 40ms, [i](Network& world) {
            world.host("client").connection(1).send(std::string(700, static_cast<char>('a' + i)));
            world.host("server").connection(1).send("answer " + std::to_string(i));
            world.host("server").connection(2).send("news " + std::to_string(i));
        });
    }
    net.schedule(Time{} + 150ms, [](Network& world) { world.cut(world.host("server"), world.host("third")); });
    net.schedule(Time{} + 900ms, [](Network& world) { world.mend(world.host("server"), world.host("third")); });
    net.schedule(Time{} + 1500ms, [](Network& world) { world.release("client.5"); });
    net.schedule(Time{} + 400ms, [](Network& world) {
        Segment rst;
        rst.flags = Flag::RST;
        world.inject(world.host("third"), 4000, world.host("server"), 80, rst);
    });
    net.when([](const Network& world) { return world.state(world.host_id("client"), 1) == State::Established; },
             [](Network& world) { world.host("client").connection(1).send("hello"); });
    net.when([](const Network& world) { return world.now() > Time{} + 4s; },
             [](Network& world) { world.host("client").connection(1).shutdown(); });
    net.when([](const Network& world) { return world.state(world.host_id("server"), 1) == State::CloseWait; },
             [](Network& world) { world.host("server").connection(1).close(); }, true);
    net.schedule(Time{} + 6s, [](Network& world) { world.host("third").crash(); });
    net.schedule(Time{} + 7s, [](Network& world) { world.host("server").connection(2).send("anyone there?"); });
    net.schedule(Time{} + 8s, [](Network& world) { world.host("third").reboot(); });
    return net;
}

} // namespace tcpsm::test
