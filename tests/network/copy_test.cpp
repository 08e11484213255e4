// The world is a value: the same seed gives the same history, and a copy has the same future as the original.

#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include "network/rich_world.hpp"
#include "support/transcript.hpp"
#include "tcpsm/network/network.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::rich_world;
using test::transcript;

namespace {

std::string run_of(Network net)
{
    net.run();
    return transcript(net.history());
}

/// Two hosts with an ESTABLISHED connection and room for faults.
struct Connected : Network {
    Connected() : Network({.seed = 1, .delay = 10ms})
    {
        const Pair pair = established(*this, "A", "B");
        a = pair.a;
        b = pair.b;
    }
    Socket a, b;
};

} // namespace

// ---- the same run ---------------------------------------------------------------------------------------------------

TEST_CASE("the same seed: the same history, byte for byte")
{
    const std::string once = run_of(rich_world(7));
    CHECK(once.size() > 20'000); // much has happened
    CHECK(run_of(rich_world(7)) == once);
}

TEST_CASE("another seed: another history")
{
    CHECK(run_of(rich_world(7)) != run_of(rich_world(8)));
}

TEST_CASE("a run in steps, in stretches of time and in one go: the same history")
{
    const std::string in_one_go = run_of(rich_world(7));
    Network in_steps = rich_world(7);
    while (in_steps.step()) {
    }
    CHECK(transcript(in_steps.history()) == in_one_go);

    Network in_stretches = rich_world(7);
    while (in_stretches.next_event() != never) in_stretches.run_for(17ms);
    CHECK(transcript(in_stretches.history()) == in_one_go);
}

TEST_CASE("recording nothing: the same states at the same times")
{
    Network recorded({.seed = 3, .recording = Recording::everything});
    Network silent({.seed = 3, .recording = Recording::nothing});
    for (Network* net : {&recorded, &silent}) {
        net->lose_by_chance(200'000);
        net->host("B", {.accepts = true, .reads = true}).listen(80);
        const Socket a = net->host("A").connect(net->host("B"), 80);
        net->schedule(Time{} + 20s, [=](Network& world) {
            world.at(a).send(std::string(50'000, 'x'));
            world.at(a).close();
        });
    }
    while (recorded.step()) {
        REQUIRE(silent.step());
        REQUIRE(silent.now() == recorded.now());
        for (const std::string_view host : {"A", "B"})
            REQUIRE(silent.state(silent.host_id(host), 1) == recorded.state(recorded.host_id(host), 1));
    }
    CHECK_FALSE(silent.step());
    CHECK(silent.history().records().empty());
    CHECK(silent.history().segments().empty());
}

// ---- the same future ------------------------------------------------------------------------------------------------

TEST_CASE("saved = net, net.run(), net = saved, net.run(): the same history twice")
{
    Network net = rich_world(11);
    net.run_until(Time{} + 300ms);
    const Network saved = net;
    net.run();
    const std::string first = transcript(net.history());
    net = saved;
    net.run();
    CHECK(transcript(net.history()) == first);
}

TEST_CASE("a copy after every event of a run: each has the same rest")
{
    const std::string expected = run_of(rich_world(5));
    Network net = rich_world(5);
    std::size_t copies = 0;
    do {
        REQUIRE(run_of(net) == expected);
        ++copies;
    } while (net.step());
    CHECK(copies > 60);
    CHECK(transcript(net.history()) == expected);
}

TEST_CASE("a copy runs: the original stays as it was")
{
    Network net = rich_world(5);
    while (net.now() < Time{} + 2s && net.step()) {
        const std::string before = transcript(net.history());
        const Time next = net.next_event();
        Network copy = net;
        copy.host("client").connection(1).abort();
        copy.run();
        REQUIRE(transcript(net.history()) == before);
        REQUIRE(net.next_event() == next);
    }
}

TEST_CASE("two futures of one moment: each has its own history from there on")
{
    Connected net;
    Connected other(net);
    net.a.close();
    net.run();
    const std::string closed = transcript(net.history());
    other.at(other.a).send("hello");
    other.run();
    CHECK(other.history().segments()[0].segment.text_len == 5);
    CHECK(net.history().segments()[0].segment.has(Flag::FIN));
    CHECK(transcript(net.history()) == closed);
}

TEST_CASE("the history is cleared: copies from before keep it and copies from after begin anew")
{
    Network net = rich_world(5);
    net.run_until(Time{} + 1s);
    Network copy = net;
    const std::string before = transcript(copy.history());
    net.run_until(Time{} + 2s);
    net.clear_history();
    CHECK(net.history().segments().empty());
    Network after = net;
    net.run();
    after.run();
    CHECK(transcript(after.history()) == transcript(net.history()));
    CHECK(transcript(copy.history()) == before);
    copy.run();
    CHECK(transcript(copy.history()) == run_of(rich_world(5)));
}

// ---- handles --------------------------------------------------------------------------------------------------------

TEST_CASE("other.at(socket): the same socket in another world")
{
    Connected net;
    Network copy = net;
    copy.at(net.a).close();
    copy.run();
    CHECK(net.a.state() == State::Established);
    CHECK(copy.at(net.b).state() == State::CloseWait);
    CHECK(copy.at(net.b).number() == net.b.number());
    CHECK(copy.at(copy.host("A")).name() == "A");
}

TEST_CASE("a socket that is given back in a copy: still good in the original")
{
    Connected net;
    Network copy = net;
    copy.at(net.a).abort();
    CHECK_FALSE(copy.at(net.a).valid());
    CHECK(net.a.valid());
    CHECK(net.a.send("hello").octets == 5);
}

// ---- what a copy takes along ----------------------------------------------------------------------------------------

TEST_CASE("a copy takes along what rules have counted and drawn")
{
    Connected net;
    const RuleId rule = net.add({.chance = 500'000, .skip = 1, .times = 3, .verdict = Verdict::lose()});
    net.a.send("hello");
    net.run_for(5s);
    Network copy = net;
    net.a.send("again");
    copy.at(net.a).send("again");
    net.run();
    copy.run();
    CHECK(copy.applied(rule) == net.applied(rule));
    CHECK(net.applied(rule) > 0);
    CHECK(transcript(copy.history()) == transcript(net.history()));
}

TEST_CASE("a copy takes along a held segment: each world lets it go for itself")
{
    Connected net;
    net.hold("A3");
    net.a.send("hello");
    net.run_for(100ms);
    Network copy = net;
    CHECK(copy.release("A3"));
    CHECK_FALSE(copy.release("A3"));
    copy.run_for(0s);
    CHECK(copy.at(net.b).receive().octets == "hello");
    CHECK(net.b.receive().error == Error::would_block);
    CHECK(net.release("A3"));
    net.run_for(0s);
    CHECK(net.b.receive().octets == "hello");
}

TEST_CASE("a copy takes along the script: each step happens once in each world")
{
    Connected net;
    net.schedule(Time{} + 1s, [](Network& world) { world.host("A").connection(1).send("timed"); });
    net.when([](const Network& world) { return world.state(world.host_id("B"), 1) == State::CloseWait; },
             [](Network& world) { world.host("B").connection(1).close(); });
    Network copy = net;
    for (Network* world : {&copy, static_cast<Network*>(&net)}) {
        world->run_until(Time{} + 2s);
        CHECK(world->at(net.b).receive().octets == "timed");
        world->at(net.a).shutdown();
        world->run_for(1s);
        CHECK(world->at(net.a).state() == State::TimeWait);
        CHECK(world->host("B").connections() == 1);
        CHECK_FALSE(world->host("B").connection(1).valid());
    }
}

TEST_CASE("a copy made inside a step: it has the same rest as the original")
{
    for (const bool same_event : {false, true}) {
        CAPTURE(same_event);
        Connected net;
        std::vector<Network> copies;
        net.when([](const Network& world) { return world.state(world.host_id("B"), 1) == State::CloseWait; },
                 [&copies](Network& world) {
                     world.host("B").connection(1).send("the rest");
                     copies.push_back(world);
                 },
                 same_event);
        net.a.close();
        net.run();
        REQUIRE(copies.size() == 1);
        copies[0].run();
        CHECK(transcript(copies[0].history()) == transcript(net.history()));
        copies[0].host("B").connection(1).close();
        copies[0].run();
        CHECK(copies[0].host("B").netstat().size() == 1); // the listener
    }
}

// ---- moving and assigning -------------------------------------------------------------------------------------------

TEST_CASE("a world is moved: the new one goes on and the old one can be given another")
{
    const std::string expected = run_of(rich_world(5));
    Network net = rich_world(5);
    net.run_until(Time{} + 1s);
    Network moved = std::move(net);
    Network copy = moved;
    moved.run();
    CHECK(transcript(moved.history()) == expected);

    net = std::move(copy);
    net.run();
    CHECK(transcript(net.history()) == expected);
}

TEST_CASE("a world is assigned to itself: nothing changes")
{
    Network net = rich_world(5);
    net.run_until(Time{} + 1s);
    const Network& same = net;
    net = same;
    net.run();
    CHECK(transcript(net.history()) == run_of(rich_world(5)));
}

TEST_CASE("worlds in a vector that grows: each goes on as before")
{
    std::vector<Network> worlds;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        worlds.push_back(rich_world(seed));
        for (Network& world : worlds) world.run_for(200ms);
    }
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        worlds[seed - 1].run();
        CHECK(transcript(worlds[seed - 1].history()) == run_of(rich_world(seed)));
    }
}
