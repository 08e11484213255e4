// The numbers that a sentence names are read from the segments of the history: they must be the connection's own.

#include "explain/numbers.hpp"

#include <doctest/doctest.h>

#include <map>

#include "explain/busy_world.hpp"
#include "explain/told.hpp"
#include "network/rich_world.hpp"

using namespace tcpsm;
using namespace tcpsm::test;

namespace {

using Name = std::pair<HostId, std::uint32_t>;

std::map<Name, Tcb> all_connections(Network world)
{
    std::map<Name, Tcb> all;
    for (const Host& host : world.hosts())
        for (std::uint32_t n = 1; n <= host.connections(); ++n)
            if (host.connection(n).valid()) all[{host.id(), n}] = host.connection(n).connection().tcb();
    return all;
}

struct Tally {
    int known = 0;
    int all = 0;
};

void compare(const Tcb& tcb, const viz::Numbers& numbers, Tally& counts)
{
    if (tcb.state <= State::Listen) return;
    ++counts.all;
    if (!numbers.snd_una || !numbers.snd_nxt) return;
    ++counts.known;
    CHECK(numbers.snd_una->value() == tcb.snd.una.value());
    CHECK(numbers.snd_nxt->value() == tcb.snd.nxt.value());
    if (tcb.state == State::SynSent) return;
    REQUIRE(numbers.rcv_nxt);
    CHECK(numbers.rcv_nxt->value() == tcb.rcv.nxt.value());
    CHECK(*numbers.rcv_wnd <= tcb.rcv.wnd);
    if (tcb.timestamps) CHECK(numbers.ts_recent == tcb.ts.recent);
}

/// Steps through a world, and compares before each event what the history tells with what is so.
template <class Step>
Tally compare_all(Network& world, Step&& step)
{
    Tally counts;
    viz::Story story;
    bool more = true;
    while (more) {
        const auto before = all_connections(world);
        const std::size_t known = story.moments().size();
        more = step();
        story.read(world.history());
        if (story.moments().size() == known) continue;
        for (const auto& connection : before) {
            const auto [host, number] = connection.first;
            CAPTURE(world.history().hosts()[connection.first.first].name);
            const auto moment = static_cast<std::uint32_t>(known);
            compare(connection.second, numbers_before(world.history(), story, host, number, moment), counts);
        }
    }
    return counts;
}

} // namespace

TEST_CASE("the numbers before each event of any scenario: are those of the connection")
{
    Tally all;
    for (const std::string& name : scenario_names()) {
        CAPTURE(name);
        Simulation simulation(scenario(name));
        const Tally counts = compare_all(simulation.network, [&] { return simulation.step(); });
        all.known += counts.known;
        all.all += counts.all;
    }
    CHECK(all.all > 500);
    CHECK(all.known == all.all);
}

TEST_CASE("the numbers in a world of random faults: are those of the connection")
{
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        Network world = rich_world(seed);
        const Tally counts = compare_all(world, [&] { return world.now() < Time{} + 20s && world.step(); });
        CHECK(counts.all > 100);
        CHECK(counts.known == counts.all);
    }
}

TEST_CASE("the numbers in worlds with all options: windows that are scaled and closed, ACKs that wait, timestamps")
{
    for (const ConnectionOptions& options : {everything_on(), linux_profile().connection}) {
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            CAPTURE(seed);
            Network world = busy_world(seed, options);
            const Tally counts = compare_all(world, [&] { return world.now() < Time{} + 60s && world.step(); });
            CHECK(counts.all > 100);
            CHECK(counts.known == counts.all);
        }
    }
}

TEST_CASE(
    "the numbers while both windows are closed and probed: are those of the connection, whatever an ACK's SEQ says")
{
    for (const ConnectionOptions& options : {ConnectionOptions{}, linux_profile().connection}) {
        Network world({.seed = 1, .delay = 10ms});
        Profile profile;
        profile.connection = options;
        profile.connection.receive_buffer = 2000;
        world.host("B", {.profile = profile}).listen(80);
        world.host("A", {.profile = profile});
        const auto a = [](Network& net) { return net.host("A").connection(1); };
        const auto b = [](Network& net) { return net.host("B").connection(1); };
        world.schedule(Time{}, [](Network& net) { net.host("A").connect(net.host("B"), 80); });
        world.schedule(Time{1s}, [=](Network& net) {
            a(net).send(std::string(5000, 'a'));
            b(net).send(std::string(5000, 'b'));
        });
        world.schedule(Time{20s}, [=](Network& net) { b(net).receive(); });
        world.schedule(Time{40s}, [=](Network& net) { a(net).receive(); });
        world.schedule(Time{60s}, [=](Network& net) { a(net).abort(); });
        const Tally counts = compare_all(world, [&] { return world.now() < Time{90s} && world.step(); });
        CHECK(counts.all > 50);
        CHECK(counts.known == counts.all);
    }
}

TEST_CASE("a history that began later: what it cannot tell is not told")
{
    Network world;
    auto [a, b] = established(world, "A", "B");
    viz::Story story;
    story.read(world.history());
    const viz::Numbers nothing = numbers_before(world.history(), story, a.host_id(), a.number(), 1);
    CHECK(!nothing.snd_una);
    CHECK(!nothing.rcv_nxt);

    a.send("hello");
    world.run();
    story.read(world.history());
    const auto last = static_cast<std::uint32_t>(story.moments().size());
    const viz::Numbers numbers = numbers_before(world.history(), story, b.host_id(), b.number(), last);
    REQUIRE(numbers.rcv_nxt);
    CHECK(numbers.rcv_nxt->value() == 105);
}
