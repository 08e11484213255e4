// linux tcp_tw_recycle, as it was until 4.12: one clock for each address, and what that means to hosts behind a NAT.

#include <doctest/doctest.h>

#include "tcpsm/network/network.hpp"
#include "tcpsm/trace/trace.hpp"
#include "tcpsm/wire/notation.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

HostOptions server_with(bool recycle, bool timestamps)
{
    HostOptions options{.profile = linux_profile(), .iss = {300}, .accepts = true, .reads = true};
    options.profile.connection.tw_recycle = recycle;
    options.profile.connection.timestamps = timestamps;
    return options;
}

/// The client is played by hand, from 192.0.2.1: what reaches it is lost. Its first connection has ended at the server,
/// which closed first, at about 100 ms, with a last timestamp of 1000.
struct Recycling : Network {
    explicit Recycling(bool recycle = true, bool timestamps = true)
        : Network({.seed = 1, .delay = 10ms}), server(host("server", server_with(recycle, timestamps)))
    {
        static_cast<void>(server.listen(80));
        lose([](const Flight& flight) { return flight.to == "client"; }, 1000);
        says("<SEQ=299><CTL=SYN><WND=9000><TS=990,0>");
        says("<SEQ=300><ACK=301><CTL=ACK><WND=9000><TS=995,0>");
        run_for(20ms);
        server.connection(1).close();
        says("<SEQ=300><ACK=302><CTL=FIN,ACK><WND=9000><TS=1000,0>");
        REQUIRE(server.connection(1).state() == State::TimeWait);
    }
    void says(std::string_view notation, Port from = 5000)
    {
        const ParsedNotation parsed = parse_notation(notation);
        REQUIRE(parsed.segment);
        inject(client, from, server, 80, *parsed.segment);
        run_for(20ms);
    }
    /// Whether a SYN from another port is answered.
    bool answered(std::string_view notation)
    {
        const std::uint32_t before = server.connections();
        says(notation, ++port);
        return server.connections() == before + 1;
    }
    [[nodiscard]] Check last_check() const
    {
        for (std::size_t i = history().records().size(); i > 0; --i)
            if (history().records()[i - 1].kind == RecordKind::arrived) return history().records()[i - 1].why.check;
        return Check::none;
    }

    Host client = host("client");
    Host server;
    Port port = 6000;
};

constexpr std::string_view older = "<SEQ=900><CTL=SYN><WND=9000><TS=998,0>";
constexpr std::string_view newer = "<SEQ=900><CTL=SYN><WND=9000><TS=1001,0>";
constexpr std::string_view without = "<SEQ=900><CTL=SYN><WND=9000>";

} // namespace

TEST_CASE_FIXTURE(Recycling, "tcp_tw_recycle, a SYN that is older than its address: dropped in silence")
{
    const std::size_t before = history().segments().size();
    CHECK_FALSE(answered(older));
    CHECK(last_check() == Check::peer_timestamp);
    CHECK(history().segments().size() == before + 1); // the SYN itself
}

TEST_CASE_FIXTURE(Recycling, "tcp_tw_recycle, a SYN that is newer, or older by one: answered")
{
    CHECK(answered(newer));
    CHECK(answered("<SEQ=900><CTL=SYN><WND=9000><TS=999,0>"));
}

TEST_CASE_FIXTURE(Recycling, "tcp_tw_recycle, a SYN without a timestamp from an address that had them: dropped")
{
    CHECK_FALSE(answered(without));
    CHECK(last_check() == Check::peer_timestamp);
}

TEST_CASE_FIXTURE(Recycling, "tcp_tw_recycle, a minute later: the address is forgotten")
{
    run_for(58s);
    CHECK_FALSE(answered(older));
    run_for(2s);
    CHECK(answered(older));
}

TEST_CASE_FIXTURE(Recycling, "tcp_tw_recycle, another address: its clock is its own")
{
    const Host other = host("other");
    const ParsedNotation syn = parse_notation(older);
    inject(other, 5000, server, 80, *syn.segment);
    run_for(20ms);
    CHECK(server.connections() == 2);
}

TEST_CASE_FIXTURE(Recycling, "tcp_tw_recycle, the host reboots: it knows no address any more")
{
    server.crash();
    server.reboot();
    static_cast<void>(server.listen(80));
    CHECK(answered(older));
}

TEST_CASE("tcp_tw_recycle is off, or without timestamps: nothing is remembered")
{
    Recycling off(false);
    CHECK(off.answered(older));
    CHECK(off.answered(without));
    Recycling no_timestamps(true, false);
    CHECK(no_timestamps.answered(older));
}

TEST_CASE("tcp_tw_recycle: TIME-WAIT lasts three and a half RTOs, and a minute without timestamps")
{
    const auto left = [](const Recycling& net) {
        return net.server.netstat().back().deadline - net.now(); // the listener is the first
    };
    Recycling with;
    const Duration rto = with.server.connection(1).standing().rto().rto();
    CHECK(left(with) == rto * 7 / 2 - 10ms); // it began 10 ms ago
    Recycling no_timestamps(true, false);
    CHECK(left(no_timestamps) == 60s - 10ms);
}

TEST_CASE("tcp_tw_recycle, two clients behind one NAT box: the one with the smaller timestamps cannot come second")
{
    const auto second = [](bool recycle, bool a_comes_first) {
        Network net({.seed = 1, .delay = 10ms});
        const Host A = net.host("A", {.profile = linux_profile()}), B = net.host("B", {.profile = linux_profile()});
        const Host S = net.host("S", server_with(recycle, true));
        net.nat(net.host("box"), {A, B});
        static_cast<void>(S.listen(80));
        const Socket one = (a_comes_first ? A : B).connect(S, 80);
        net.run_for(100ms);
        S.connection(1).close();
        net.run_for(50ms);
        one.close();
        net.run_for(50ms);
        const Socket two = (a_comes_first ? B : A).connect(S, 80);
        net.run_for(5s);
        return two.state();
    };
    CHECK(second(true, true) != second(true, false)); // each of them has its own clock
    for (const bool a_comes_first : {true, false}) {
        const State with = second(true, a_comes_first);
        CHECK((with == State::Established || with == State::SynSent));
        CHECK(second(false, a_comes_first) == State::Established);
    }
}
