// What each connection waits for, and what happens if it does not come.

#include <doctest/doctest.h>

#include "explain/alone.hpp"
#include "explain/sayings.hpp"
#include "support/text.hpp"

using namespace tcpsm;
using namespace tcpsm::test;
using viz::Language;

namespace {

std::string waiting_in(State state, const HostOptions& options = {})
{
    Alone world(options);
    world.is_in(state);
    const std::string all = waiting(world);
    return all.substr(0, all.find('\n'));
}

} // namespace

TEST_CASE("each state: says what is awaited, and what happens if it does not come")
{
    CHECK(waiting_in(State::Closed).empty());
    CHECK(waiting_in(State::Listen) == "A waits for a SYN on port 80, with no limit.");
    CHECK(waiting_in(State::SynSent) ==
          "A waits for B's SYN,ACK; if it does not come, it sends its SYN again in 1 s. It gives up when it has heard "
          "nothing for 180 s.");
    CHECK(waiting_in(State::Established) == "A owes nothing and waits for its application, or for B; no timer runs.");
    CHECK(waiting_in(State::FinWait1) ==
          "A waits for the ACK of its FIN; if it does not come, it sends the FIN again in 1 s. It gives up when it has "
          "heard nothing for 100 s.");
    CHECK(waiting_in(State::FinWait2) == "A may still receive text, and waits for B's FIN, with no limit.");
    CHECK(waiting_in(State::CloseWait) ==
          "A waits for its application to call close(), with no limit; until then B has to wait for a FIN.");
    CHECK(waiting_in(State::Closing) ==
          "A waits for the ACK of its FIN; if it does not come, it sends the FIN again in "
          "0.99 s. It gives up when it has heard nothing for 100 s.");
    CHECK(waiting_in(State::LastAck) ==
          "A waits for the ACK of its FIN; if it does not come, it sends the FIN again in "
          "1 s. It gives up when it has heard nothing for 100 s.");
    CHECK(waiting_in(State::TimeWait) == "A waits out 2 MSL: 240 s more, then it is CLOSED.");
}

TEST_CASE("a child of a listener in SYN-RECEIVED: waits beside its listener")
{
    Alone world;
    world.is_in(State::SynReceived);
    CHECK(waiting(world) ==
          "A waits for a SYN on port 80, with no limit.\n"
          "A waits for the ACK of its SYN,ACK; if it does not come, it sends the SYN,ACK again in 1 s. "
          "It gives up when it has heard nothing for 180 s.\n");
}

TEST_CASE("text under way: the connection waits for its ACK, and for that of the FIN behind it")
{
    Alone world;
    world.is_in(State::Established);
    world.socket.send("hello");
    CHECK(waiting(world) ==
          "A waits for the ACK of 5 octets; if it does not come, it sends them again in 1 s. It gives "
          "up when it has heard nothing for 100 s.\n");
    world.socket.close();
    CHECK(waiting(world) == "A waits for the ACK of 5 octets and its FIN; if it does not come, it sends them again in "
                            "1 s. It gives up when it has heard nothing for 100 s.\n");
}

TEST_CASE("a window of zero: the connection waits for it to open")
{
    Alone world;
    world.is_in(State::Established);
    world.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
    world.socket.send("hello");
    CHECK(waiting(world) ==
          "A has 5 octets to send and waits for B's window to open; if it hears nothing of it, it probes it in 1 s.\n");
}

TEST_CASE("systems that count, or that give up earlier: the limit is theirs")
{
    CHECK(waiting_in(State::SynSent, with({.syn_retries = 6, .syn_linear_timeouts = 4}))
              .ends_with("It gives up after 10 repetitions."));
    CHECK(waiting_in(State::FinWait1, with({.retries = 15})).ends_with("It gives up after 15 repetitions."));
    CHECK(waiting_in(State::FinWait1, with({.user_timeout = 20s})).ends_with("Its user timeout ends all in 20 s."));
    Alone world(with({.fin_timeout = 60s, .half_duplex_close = true}));
    world.is_in(State::Established);
    world.socket.close();
    world.gets("<SEQ=301><ACK=102><CTL=ACK>");
    CHECK(waiting(world) == "A waits for B's FIN; if it does not come, it gives up in 60 s.\n");
}

TEST_CASE("the last repetition: what follows is that the connection gives up, and when")
{
    Simulation simulation(scenario("lost-final-ack-forever"));
    simulation.network.run_until(Time{} + 64s);
    CHECK(waiting(simulation.network).find("it sends the FIN again in 1.05 s. It gives up when") != std::string::npos);
    simulation.network.run_until(Time{} + 66s);
    CHECK(waiting(simulation.network)
              .find("server waits for the ACK of its FIN; if it does not come, it gives up in "
                    "59.05 s.\n") != std::string::npos);
    simulation.network.run_until(Time{} + 125050ms);
    CHECK(waiting(simulation.network).find("ACK of its FIN") == std::string::npos);

    CHECK(waiting_in(State::FinWait1, with({.retries = 0})) ==
          "A waits for the ACK of its FIN; if it does not come, it gives up in 1 s.");
    CHECK(waiting_in(State::SynSent, with({.user_timeout = 500ms})) ==
          "A waits for B's SYN,ACK; if it does not come, it gives up in 0.5 s.");
    CHECK(waiting_in(State::SynSent, with({.r2_syn = 500ms})) ==
          "A waits for B's SYN,ACK; if it does not come, it gives up in 1 s.");
    Alone world(with({.r2 = 500ms}));
    world.is_in(State::Established);
    world.socket.send("hello");
    CHECK(waiting(world) == "A waits for the ACK of 5 octets; if it does not come, it gives up in 1 s.\n");
    world.socket.close();
    CHECK(waiting(world) == "A waits for the ACK of 5 octets and its FIN; if it does not come, it gives up in 1 s.\n");
    Alone child(with({.synack_retries = 0}));
    child.is_in(State::SynReceived);
    CHECK(waiting(child).ends_with("A waits for the ACK of its SYN,ACK; if it does not come, it gives up in 1 s.\n"));
}

TEST_CASE("what is said to follow: is what follows, at every event of a run without answers")
{
    for (const ConnectionOptions& options :
         {ConnectionOptions{}, ConnectionOptions{.retries = 3, .syn_retries = 2, .synack_retries = 2},
          ConnectionOptions{.user_timeout = 20s}, ConnectionOptions{.user_timeout = 0s}}) {
        for (const State state :
             {State::SynSent, State::SynReceived, State::FinWait1, State::Closing, State::LastAck}) {
            CAPTURE(name(state));
            Alone world(with(options));
            world.is_in(state);
            int repeated = 0;
            for (bool over = false; !over;) {
                const std::string said = waiting(world);
                const bool again = said.find(" again in ") != std::string::npos;
                REQUIRE((again || said.find("it gives up in ") != std::string::npos));
                REQUIRE(world.step());
                const std::string_view open = again ? "RTO fires: it has heard no" : "gives up, and the connection";
                const Told told(world);
                const auto last = static_cast<std::uint32_t>(told.story.moments().size() - 1);
                const auto headline = explain_moment(told.history, told.story, last, Language::english).headline;
                CHECK(headline.find(open) != std::string::npos);
                over = !again;
                repeated += again ? 1 : 0;
            }
            CHECK(repeated > 1);
        }
    }
}

TEST_CASE("a host that is down: says so, and nothing else")
{
    Alone world;
    world.is_in(State::Established);
    world.a.crash();
    CHECK(waiting(world) == "A is down: it hears nothing, and all its connections are forgotten.\n");
    world.a.reboot();
    CHECK(waiting(world).empty());
}

TEST_CASE("time between two events: what is left is counted from the moment that the picture shows")
{
    Simulation simulation(scenario("lost-final-ack"));
    simulation.network.run_until(Time{} + 2200ms);
    CHECK(waiting(simulation.network, Time{} + 2231ms) == unfolded(R"(
        client waits out 2 MSL: 59.97 s more, then it is CLOSED.
        server waits for a SYN on port 80, with no limit.
        server waits for the ACK of its FIN; if it does not come, it sends the FIN again in 1.92 s.
            It gives up when it has heard nothing for 100 s.
    )"));
    CHECK(waiting(simulation.network, Time{} + 2231ms, Language::chinese) == lines(R"(
        client 等待 2 MSL：还有 59.97 s，然后进入 CLOSED 状态。
        server 在端口 80 上等待 SYN，没有时限。
        server 等待对 FIN 的确认；如果不来，1.92 s 后重传 FIN。如果 100 s 都没有应答，就放弃。
    )"));
}

TEST_CASE("asking: changes nothing in the world")
{
    Simulation simulation(scenario("lost-final-ack"));
    simulation.network.run_until(Time{} + 1150ms);
    const std::size_t records = simulation.network.history().records().size();
    const std::string first = waiting(simulation.network);
    CHECK(waiting(simulation.network) == first);
    CHECK(simulation.network.history().records().size() == records);
}
