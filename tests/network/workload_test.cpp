// Workloads: clients that ask, servers that answer, by the calls that a user has.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/transcript.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/trace/ladder.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

HostOptions reading(std::vector<std::uint32_t> iss = {})
{
    return {.iss = std::move(iss), .accepts = true, .reads = true};
}

struct Two : Network {
    Two() : Network({.seed = 1, .delay = 10ms}) {}
    Host C = host("C", reading({100})), S = host("S", reading({300}));
    /// What all clients of C ask of S.
    Workload of(Workload workload) const
    {
        workload.from = {C.id()};
        workload.to = S.id();
        return workload;
    }
    std::uint64_t calls(HostId host, Call call) const
    {
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < history().records().size(); ++i) {
            const Record& record = history().records()[i];
            count += record.kind == RecordKind::call && record.host == host && record.call == call ? 1U : 0U;
        }
        return count;
    }
};

} // namespace

TEST_CASE_FIXTURE(Two, "one client with one request: the server answers, and closes first")
{
    const WorkloadId web = add(of({.request = 5, .response = 7}));
    run();
    CHECK(ladder(*this) == R"(    TCP Peer C                                               TCP Peer S
    CLOSED                                                   LISTEN
C1  SYN-SENT    --> <SEQ=100><CTL=SYN>                   --> SYN-RECEIVED
S1  ESTABLISHED <-- <SEQ=300><ACK=101><CTL=SYN,ACK>      <-- SYN-RECEIVED
C2  ESTABLISHED --> <SEQ=101><ACK=301><CTL=ACK>          ...
C3  ESTABLISHED --> <SEQ=101><ACK=301><DATA=5><CTL=ACK>  ...
C2              ... <SEQ=101><ACK=301><CTL=ACK>          --> ESTABLISHED
C3              ... <SEQ=101><ACK=301><DATA=5><CTL=ACK>  --> ESTABLISHED
S2              ... <SEQ=301><ACK=106><CTL=ACK>          <-- ESTABLISHED
S3              ... <SEQ=301><ACK=106><DATA=7><CTL=ACK>  <-- ESTABLISHED
S4              ... <SEQ=308><ACK=106><CTL=FIN,ACK>      <-- FIN-WAIT-1
S2  ESTABLISHED <-- <SEQ=301><ACK=106><CTL=ACK>          ...
S3  ESTABLISHED <-- <SEQ=301><ACK=106><DATA=7><CTL=ACK>  ...
C4  ESTABLISHED --> <SEQ=106><ACK=308><CTL=ACK>          ...
S4  CLOSE-WAIT  <-- <SEQ=308><ACK=106><CTL=FIN,ACK>      ...
C5  CLOSE-WAIT  --> <SEQ=106><ACK=309><CTL=ACK>          ...
C6  LAST-ACK    --> <SEQ=106><ACK=309><CTL=FIN,ACK>      ...
C4              ... <SEQ=106><ACK=308><CTL=ACK>          --> FIN-WAIT-1
C5              ... <SEQ=106><ACK=309><CTL=ACK>          --> FIN-WAIT-2
C6              ... <SEQ=106><ACK=309><CTL=FIN,ACK>      --> TIME-WAIT
S5  CLOSED      <-- <SEQ=309><ACK=107><CTL=ACK>          <-- TIME-WAIT
                                                             CLOSED       (2 MSL)
)");
    CHECK(report(web) ==
          WorkloadReport{.begun = 1, .done = 1, .opened = 1, .answered = 1, .last_answer = Time{} + 40ms});
}

TEST_CASE_FIXTURE(Two, "the client closes first: TIME-WAIT is the client's")
{
    add(of({.closes = Side::client}));
    run_for(1s);
    CHECK(C.counts().in(State::TimeWait) == 1);
    CHECK(S.counts().in(State::TimeWait) == 0);
}

TEST_CASE_FIXTURE(Two,
                  "a hundred clients at fifty a second: they begin one every 20 ms, from the moment that was given")
{
    add(of({.clients = 100, .rate = {50, 1s}, .begins = Time{} + 1s}));
    run();
    std::vector<Time> begun;
    for (std::size_t i = 0; i < history().segments().size(); ++i)
        if (history().segments()[i].segment.flags == Flags(Flag::SYN)) begun.push_back(history().segments()[i].sent);
    REQUIRE(begun.size() == 100);
    for (std::size_t i = 0; i < begun.size(); ++i) CHECK(begun[i] == Time{} + 1s + 20ms * static_cast<int>(i));
}

TEST_CASE_FIXTURE(Two, "requests without keep-alive: a connection for each, with it: one for all of them")
{
    const WorkloadId web = add(of({.requests = 5}));
    run();
    CHECK(report(web).opened == 5);
    CHECK(report(web).answered == 5);
    CHECK(S.counts().time_waits == 5);

    Two kept;
    const WorkloadId alive = kept.add(kept.of({.requests = 5, .keep_alive = true, .closes = Side::client}));
    kept.run();
    CHECK(kept.report(alive).opened == 1);
    CHECK(kept.report(alive).answered == 5);
    CHECK(kept.C.counts().time_waits == 1);
}

TEST_CASE_FIXTURE(Two,
                  "a server closes after keepalive_requests: the client opens another connection, and loses nothing")
{
    const WorkloadId web = add(of({.requests = 10, .keep_alive = true, .keepalive_requests = 4}));
    run();
    CHECK(report(web).opened == 3);
    CHECK(report(web).answered == 10);
    CHECK(report(web).done == 1);
}

TEST_CASE_FIXTURE(Two, "nothing is asked for keepalive_timeout: the server closes, that long after its last response")
{
    const WorkloadId web = add(of({.requests = 2, .pause = 3s, .keep_alive = true, .keepalive_timeout = Duration(5s)}));
    run_for(3s + 50ms + 5s - 1ns);
    CHECK(state(S.id(), 1) == State::Established);
    CHECK(report(web).answered == 2);
    run_for(10ms);
    CHECK(state(S.id(), 1) == State::FinWait1);
}

TEST_CASE_FIXTURE(Two, "a pause: the next request leaves that long after the response")
{
    add(of({.requests = 3, .pause = 1s, .request = 1, .response = 1, .keep_alive = true}));
    run();
    std::vector<Time> asked;
    for (std::size_t i = 0; i < history().segments().size(); ++i) {
        const SentSegment& sent = history().segments()[i];
        if (sent.name.host == C.id() && sent.segment.text_len > 0) asked.push_back(sent.sent);
    }
    REQUIRE(asked.size() == 3);
    CHECK(asked[1] - asked[0] == 1s + 20ms); // the request and the response travel for 10 ms each
    CHECK(asked[2] - asked[1] == 1s + 20ms);
}

TEST_CASE_FIXTURE(Two, "a response larger than the send buffer: written as there is room, and whole before the FIN")
{
    Network net({.seed = 1, .delay = 10ms});
    HostOptions small = reading();
    small.profile.connection.send_buffer = 4096;
    const Host client = net.host("client", reading()), server = net.host("server", small);
    const WorkloadId web = net.add(Workload{.from = {client.id()}, .to = server.id(), .response = 1'000'000});
    net.run();
    CHECK(net.report(web).answered == 1);
    CHECK(server.counts().failed(Error::insufficient_resources) == 0);
}

TEST_CASE_FIXTURE(Two, "a server that forgets to close: one more CLOSE-WAIT with every client, until it is killed")
{
    add(of({.clients = 20, .rate = {10, 1s}, .closes = Side::client, .forgets = Side::server}));
    run_until(Time{} + 1049ms);
    CHECK(S.counts().in(State::CloseWait) == 10);
    run_until(Time{} + 5s);
    CHECK(S.counts().in(State::CloseWait) == 20);
    S.kill();
    run();
    CHECK(S.counts().in(State::CloseWait) == 0);
}

TEST_CASE_FIXTURE(Two, "a server that is slow to accept: one in each span, and the queue between grows")
{
    add(of({.clients = 6, .accept_every = Duration(100ms)}));
    run_until(Time{} + 30ms + 50ms);
    CHECK(calls(S.id(), Call::accept) == 1);
    run_until(Time{} + 30ms + 250ms);
    CHECK(calls(S.id(), Call::accept) == 3);
    run();
    CHECK(calls(S.id(), Call::accept) == 6);
}

TEST_CASE_FIXTURE(Two, "a server that works on a request: the response leaves so much later")
{
    const WorkloadId web = add(of({.answers_after = Duration(250ms)}));
    run();
    CHECK(report(web).last_answer == Time{} + 40ms + 250ms);
}

TEST_CASE_FIXTURE(Two, "no port is left: the client gives up, and its report says with what")
{
    Network net({.seed = 1, .delay = 10ms});
    HostOptions few = reading();
    few.profile.ephemeral_first = 40000;
    few.profile.ephemeral_last = 40009;
    const Host client = net.host("client", few), server = net.host("server", reading());
    const WorkloadId web = net.add(
        Workload{.from = {client.id()}, .to = server.id(), .clients = 15, .rate = {10, 1s}, .closes = Side::client});
    net.run();
    CHECK(net.report(web).done == 10);
    CHECK(net.report(web).failed == 5);
    CHECK(net.report(web).first_failure == Time{} + 1s);
    CHECK(net.report(web).error == Error::address_not_available);
    CHECK(client.counts().failed(Error::address_not_available) == 5);
}

TEST_CASE_FIXTURE(Two, "a client's host is killed: no client begins any more")
{
    const WorkloadId web = add(of({.clients = 100, .rate = {10, 1s}}));
    run_until(Time{} + 950ms);
    C.kill();
    run();
    CHECK(report(web).begun == 10);
}

TEST_CASE_FIXTURE(Two, "the server is killed, and listens again: it answers again")
{
    const WorkloadId web = add(of({.clients = 30, .rate = {10, 1s}}));
    run_until(Time{} + 1s);
    S.kill();
    run_until(Time{} + 2s);
    S.listen(80);
    run();
    CHECK(report(web).begun == 30);
    CHECK(report(web).done == 20);
    CHECK(report(web).failed == 10);
    CHECK(report(web).error == Error::open_reset);
}

TEST_CASE_FIXTURE(Two, "a flood: as many SYNs as were asked for, from addresses that nobody has, no two alike")
{
    S.listen(80, {.backlog = 1000});
    add(Flood{.from = C.id(), .to = S.id(), .syns = 600, .rate = {100, 1s}});
    run_until(Time{} + 3s - 1ms + 10ms);
    CHECK(S.counts().in(State::SynReceived) == 300);
    run_until(Time{} + 6s + 10ms);
    CHECK(S.counts().passive_opens == 600);
}

TEST_CASE_FIXTURE(Two, "a copy of a world in the middle of a workload: the same future, and nothing to do with it")
{
    add(of(
        {.clients = 50, .rate = {25, 1s}, .requests = 4, .pause = 100ms, .keep_alive = true, .keepalive_requests = 3}));
    lose_by_chance(100'000);
    run_until(Time{} + 1s);
    Network copy = *this;
    run();
    const std::string first = test::transcript(history());
    copy.run();
    CHECK(test::transcript(copy.history()) == first);
}
