// Different worlds in different threads; run under ThreadSanitizer too.

#include <doctest/doctest.h>

#include <array>
#include <thread>

#include "network/rich_world.hpp"
#include "support/transcript.hpp"
#include "tcpsm/network/network.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr int lives = 40;

/// Many lives in copies of one world: they share its history, and each goes on in its own way.
std::string live(const Network& begun, int who)
{
    std::string all;
    for (int life = 0; life < lives; ++life) {
        Network net = begun;
        const Host client = net.host("client");
        const Socket a = client.connect(net.host("server"), 80);
        if (life % 3 == who) net.lose("client.9");
        net.run_for(100ms);
        a.send("life " + std::to_string(life) + " of " + std::to_string(who));
        net.run_for(100ms);
        const Network saved = net;
        a.close();
        net.run();
        net = saved;
        net.clear_history();
        net.at(a).abort();
        net.run();
        all += test::transcript(saved.history()) + test::transcript(net.history());
    }
    return all;
}

} // namespace

TEST_CASE("two worlds in two threads: each has the history that it has alone")
{
    Network begun = test::rich_world(3);
    begun.run_until(Time{} + 1s);
    begun.host("server").listen(81);
    // Each thread has a copy to begin with; both share the history of the world they come from, which goes on too.
    const std::array<Network, 2> copies{begun, begun};
    std::array<std::string, 2> in_threads;
    {
        std::array<std::thread, 2> threads;
        for (std::size_t who = 0; who < 2; ++who)
            threads[who] = std::thread([&, who] { in_threads[who] = live(copies[who], static_cast<int>(who)); });
        begun.run();
        for (std::thread& thread : threads) thread.join();
    }
    for (std::size_t who = 0; who < 2; ++who) CHECK(in_threads[who] == live(copies[who], static_cast<int>(who)));
    CHECK(in_threads[0] != in_threads[1]);
}
