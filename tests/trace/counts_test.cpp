#include "tcpsm/trace/counts.hpp"

#include <doctest/doctest.h>

#include <random>

#include "tcpsm/tcpsm.hpp"

using namespace tcpsm;

namespace {

StateCounts counts_of(const Host& host)
{
    StateCounts counts{};
    for (const NetstatLine& line : host.netstat()) ++counts[static_cast<std::size_t>(line.state)];
    return counts;
}

StateCounts with(std::initializer_list<std::pair<State, std::uint32_t>> some)
{
    StateCounts counts{};
    for (const auto& [state, count] : some) counts[static_cast<std::size_t>(state)] = count;
    return counts;
}

struct Two : Network {
    Host client = host("client");
    Host server = host("server", {.accepts = true});
};

/// Three hosts whose users do what a seed says: they open, write, close and abort connections, close and open
/// listeners, are killed; their machines crash. A third of what they say is lost.
class Bustle {
public:
    Bustle(std::uint32_t seed, const Profile& profile) : random_(seed), net_({.seed = seed})
    {
        HostOptions options{.profile = profile, .accepts = true, .reads = true};
        options.profile.connection.msl = 2s;
        options.profile.ephemeral_first = 50000;
        options.profile.ephemeral_last = 50015;
        for (const char* name : {"a", "b", "c"}) net_.host(name, options);
        net_.lose_by_chance(300'000);
    }

    void run()
    {
        for (int i = 0; i < 600; ++i) {
            act();
            compare();
            const Time until = net_.now() + Duration(500ms) * draw(4);
            while (net_.next_event() <= until) {
                net_.step();
                compare();
            }
            net_.run_until(until);
        }
        settle();
    }
    [[nodiscard]] const History& history() const { return net_.history(); }
    /// What the hosts said of themselves at the end of each instant that changed it.
    [[nodiscard]] const std::vector<CountsRow>& rows() const { return rows_; }

private:
    std::uint32_t draw(std::uint32_t below) { return static_cast<std::uint32_t>(random_() % below); }
    Host any_host() { return net_.hosts()[draw(3)]; }

    void act()
    {
        const Host host = any_host();
        const std::uint32_t what = draw(100);
        const Socket some = host.connections() == 0 ? Socket{} : host.connection(1 + draw(host.connections()));
        if (what < 40)
            host.connect(any_host(), 80);
        else if (what < 60)
            host.listen(80, {.backlog = 8});
        else if (what < 65 && host.listener().valid())
            host.listener().close();
        else if (what < 67 && host.listener().valid())
            host.listener().connect(any_host(), 80);
        else if (what < 70)
            host.kill();
        else if (what < 72)
            host.crash();
        else if (what == 72 || (what < 82 && !host.up()))
            host.reboot();
        else if (what < 85 && some.valid())
            some.abort();
        else if (some.valid())
            some.close();
    }

    /// The counter, which reads what has just been written, agrees with every host.
    void compare()
    {
        counter_.read(net_.history());
        if (net_.now() != now_) settle();
        now_ = net_.now();
        for (const Host& host : net_.hosts()) {
            CAPTURE(host.name());
            CAPTURE(seconds(now_));
            REQUIRE(counter_.counts(host.id()) == counts_of(host));
            seen_[host.id()] = counts_of(host);
        }
    }

    void settle()
    {
        for (HostId host = 0; host < 3; ++host) {
            if (seen_[host] == last_[host]) continue;
            last_[host] = seen_[host];
            rows_.push_back({now_, host, seen_[host]});
        }
    }

    std::mt19937 random_;
    Network net_;
    StateCounter counter_;
    Time now_{};
    std::array<StateCounts, 3> seen_{};
    std::array<StateCounts, 3> last_{};
    std::vector<CountsRow> rows_;
};

} // namespace

TEST_CASE_FIXTURE(Two, "counts of one connection: a row for each instant that changed them, per host")
{
    server.listen(80);
    const Socket a = client.connect(server, 80);
    run();
    a.close();
    run();
    using enum State;
    const HostId A = client.id();
    const HostId B = server.id();
    const std::vector<CountsRow> rows{
        {Time{}, A, with({{SynSent, 1}})},
        {Time{}, B, with({{Listen, 1}})},
        {Time{} + 10ms, B, with({{Listen, 1}, {SynReceived, 1}})},
        {Time{} + 20ms, A, with({{Established, 1}})},
        {Time{} + 30ms, A, with({{FinWait1, 1}})},
        {Time{} + 30ms, B, with({{Listen, 1}, {Established, 1}})},
        {Time{} + 40ms, B, with({{Listen, 1}, {CloseWait, 1}})},
        {Time{} + 50ms, A, with({{FinWait2, 1}})},
    };
    CHECK(counts_over_time(history()) == rows);
    CHECK(total(rows[2].counts) == 2);
}

TEST_CASE("counts by seed, with losses, crashes and closed listeners: at every step what netstat shows")
{
    for (const Profile& profile : {rfc9293(), linux_profile()})
        for (std::uint32_t seed = 1; seed <= 10; ++seed) {
            CAPTURE(profile.name);
            CAPTURE(seed);
            Bustle bustle(seed, profile);
            bustle.run();
            CHECK(counts_over_time(bustle.history()) == bustle.rows());
            CHECK(bustle.rows().size() > 300);
        }
}

TEST_CASE_FIXTURE(Two, "counts of a history that begins in the middle: they begin with what was there")
{
    server.listen(80);
    const Socket a = client.connect(server, 80);
    run();
    clear_history();
    StateCounter counter;
    counter.read(history());
    CHECK(counter.counts(client.id()) == counts_of(client));
    CHECK(counter.counts(server.id()) == counts_of(server));
    a.close();
    run();
    counter.read(history());
    CHECK(counter.counts(client.id()) == counts_of(client));
    CHECK(counter.counts(server.id()) == counts_of(server));
}

TEST_CASE_FIXTURE(Two, "counts after a crash: the host has no connection, and its peer has")
{
    server.listen(80);
    client.connect(server, 80);
    run();
    server.crash();
    const std::vector<CountsRow> rows = counts_over_time(history());
    CHECK(rows.back().host == server.id());
    CHECK(total(rows.back().counts) == 0);
    StateCounter counter;
    counter.read(history());
    CHECK(counter.counts(client.id()) == with({{State::Established, 1}}));
}

TEST_CASE("first shortages: when a host had no port left, and when a listener's queue was full, once each")
{
    Network net;
    Profile two_ports = rfc9293();
    two_ports.ephemeral_last = static_cast<Port>(two_ports.ephemeral_first + 1);
    const Host client = net.host("client", {.profile = two_ports});
    const Host server = net.host("server");
    server.listen(80, {.backlog = 1});
    CHECK(first_shortages(net.history()).empty());
    client.connect(server, 80);
    client.connect(server, 80);
    net.run_until(Time{} + 1s);
    client.connect(server, 80);
    net.run_until(Time{} + 2s);
    client.connect(server, 80);
    const std::vector<FirstShortage> expected{{Time{} + 10ms, server.id(), Shortage::queue},
                                              {Time{} + 1s, client.id(), Shortage::ports}};
    CHECK(first_shortages(net.history()) == expected);
}
