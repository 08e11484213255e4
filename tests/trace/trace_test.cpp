#include "tcpsm/trace/trace.hpp"

#include <doctest/doctest.h>

#include "tcpsm/tcpsm.hpp"

using namespace tcpsm;

namespace {

struct LostFinalAck : Network {
    LostFinalAck()
    {
        host("client", {.iss = {100}});
        host("server", {.iss = {300}, .accepts = true});
        host("server").listen(80);
        const Socket a = host("client").connect(host("server"), 80);
        run();
        lose("client.4");
        a.close();
        run();
        host("server").connection(1).close();
        run();
    }
};

} // namespace

TEST_CASE_FIXTURE(LostFinalAck, "the states of a connection: from the listener's opening moves to the end")
{
    const Trace trace(history());
    const HostId client = trace.host("client").value();
    const HostId server = trace.host("server").value();
    using enum State;
    CHECK(trace.states(client, 1) == std::vector{Closed, SynSent, Established, FinWait1, FinWait2, TimeWait, Closed});
    CHECK(trace.states(server, 1) == std::vector{Closed, Listen, SynReceived, Established, CloseWait, LastAck, Closed});
    CHECK(trace.states(server, 1, false) == std::vector{Listen, SynReceived, Established, CloseWait, LastAck, Closed});
    CHECK(trace.states(server, 0) == std::vector{Closed, Listen});
    CHECK(trace.states(client, 7).empty());
}

TEST_CASE_FIXTURE(LostFinalAck, "a lost segment: its outcome says where, half-way")
{
    const Trace trace(history());
    const std::size_t lost = trace.find("client.4").value();
    CHECK(trace.outcome(lost).fate == Fate::lost);
    CHECK(trace.outcome(lost).time == history().segments()[lost].sent + 5ms);
    const std::size_t again = trace.find("server.4").value();
    CHECK(trace.outcome(again).fate == Fate::delivered);
    CHECK(because(history().segments()[again].why) == "retransmission timeout");
    CHECK(reference(history().segments()[again].why) == "RFC 9293, 3.10.8");
    CHECK_FALSE(trace.find("client.99").has_value());
    CHECK_FALSE(trace.host("nobody").has_value());
}

TEST_CASE("octets delivered: all that the user got, in order, though the first segment was lost")
{
    Network net;
    auto [a, b] = established(net, "A", "B");
    net.lose("A3");
    a.send("hello ");
    a.send("world");
    net.run();
    CHECK(b.receive().octets == "hello world");
    const Trace trace(net.history());
    const auto octets = trace.delivered(trace.host("B").value(), b.number());
    CHECK(std::string(octets.begin(), octets.end()) == "hello world");
}

TEST_CASE("times in words: exact to the nanosecond, without trailing zeros")
{
    CHECK(seconds(Time{} + 1s) == "1");
    CHECK(seconds(Time{} + 50ms) == "0.05");
    CHECK(seconds(Time{} + 1s + 1ns) == "1.000000001");
    CHECK(seconds(never) == "9223372036.854775807");
    CHECK(to_string(Duration(-1500ms)) == "-1.5 s");
    CHECK(to_string(Time{} + 4min) == "240 s");
}
