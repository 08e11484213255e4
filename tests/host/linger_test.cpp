// SO_LINGER of one socket among others, and what is recorded of a close that waits.

#include <doctest/doctest.h>

#include <vector>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::Connected;
using test::last_sent_by;
using test::TwoHosts;

namespace {

ConnectionOptions lingering(Duration time)
{
    ConnectionOptions options;
    options.linger = time;
    return options;
}

struct Lingering : Connected {
    [[nodiscard]] std::vector<Record> records(RecordKind kind, Call call) const
    {
        std::vector<Record> all;
        for (std::size_t i = 0; i < history().records().size(); ++i)
            if (history().records()[i].kind == kind && history().records()[i].call == call)
                all.push_back(history().records()[i]);
        return all;
    }
};

} // namespace

TEST_CASE_FIXTURE(Lingering, "close with SO_LINGER: its record says until when it waits, and another that it returns")
{
    a.set_options(lingering(5s));
    const Time called = now();
    CHECK_FALSE(a.close());
    run();
    const auto calls = records(RecordKind::call, Call::close);
    const auto returns = records(RecordKind::returned, Call::close);
    REQUIRE(calls.size() == 1);
    REQUIRE(returns.size() == 1);
    CHECK(calls[0].deadline == called + 5s);
    CHECK(returns[0].time == called + 20ms);
    CHECK(returns[0].to == State::FinWait2);
    CHECK(returns[0].host == A.id());
    CHECK(returns[0].connection == calls[0].connection);
}

TEST_CASE_FIXTURE(Lingering, "close with SO_LINGER while the link is down: it returns in FIN-WAIT-1")
{
    a.set_options(lingering(5s));
    cut(A, B);
    a.close();
    run_for(6s);
    const auto returns = records(RecordKind::returned, Call::close);
    REQUIRE(returns.size() == 1);
    CHECK(returns[0].to == State::FinWait1);
    mend(A, B);
    run_for(60s);
    CHECK(b.receive().error == Error::closing); // it went on by itself
}

TEST_CASE_FIXTURE(Lingering, "close without SO_LINGER: it waits for nothing, and no other record follows")
{
    a.close();
    run();
    CHECK(records(RecordKind::call, Call::close)[0].deadline == Time{});
    CHECK(records(RecordKind::returned, Call::close).empty());
}

TEST_CASE_FIXTURE(Lingering, "the host crashes while close waits: it never returns")
{
    a.set_options(lingering(5s));
    cut(A, B);
    a.close();
    A.crash();
    run();
    CHECK(records(RecordKind::returned, Call::close).empty());
}

TEST_CASE_FIXTURE(Lingering,
                  "SO_LINGER of a listener: its connections have it, and a process that is killed leaves a RST")
{
    listener.set_options(lingering(0s));
    const Socket next = A.connect(B, 80);
    run();
    const Socket child = listener.accept();
    REQUIRE(child.valid());
    B.kill();
    run();
    CHECK(next.receive().error == std::errc::connection_reset);
    CHECK(a.receive().error == Error::closing); // the one from before has not
}

TEST_CASE_FIXTURE(Lingering, "SO_LINGER of no time on a socket that listens or is bound: close is as ever")
{
    listener.set_options(lingering(0s));
    CHECK_FALSE(listener.close());
    const Socket bound = B.socket();
    bound.bind(81);
    bound.set_options(lingering(0s));
    CHECK_FALSE(bound.close());
    CHECK_FALSE(B.socket().bind(81));
}
