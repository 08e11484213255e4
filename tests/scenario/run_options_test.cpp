#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "tcpsm/scenario/simulation.hpp"

using namespace tcpsm;

namespace {

Scenario scenario()
{
    return std::get<Scenario>(
        read_scenario("hosts: { client: { iss: 100 }, server: {} }\n"
                      "steps: [{ at: 0s, server: listen 80 }, { at: 1s, client: connect server:80 }]\n"
                      "faults: [{ duplicate: every segment }]\n",
                      "t.yaml"));
}

std::string refused(const RunOptions& options)
{
    Scenario changed = scenario();
    const auto error = apply(options, changed);
    return error ? error->message() : "not refused";
}

} // namespace

TEST_CASE("--set changes the scenario, every host, or one host")
{
    Scenario changed = scenario();
    REQUIRE_FALSE(apply({.set = {"msl=10s", "delay=1ms", "until=5s", "seed=9", "mss=536", "client.iss=7",
                                 "server.reads=no", "server.mss=1000", "client.profile=linux"},
                         .recording = Recording::nothing},
                        changed));
    CHECK(changed.msl == 10s);
    CHECK(changed.delay == 1ms);
    CHECK(changed.until == Time{} + 5s);
    CHECK(changed.seed == 9);
    CHECK(changed.recording == Recording::nothing);
    const HostOptions client = changed.options(changed.hosts[0]);
    const HostOptions server = changed.options(changed.hosts[1]);
    CHECK(client.profile.connection.mss == 536);
    CHECK(client.iss == std::vector<std::uint32_t>{7});
    CHECK(client.profile.name == "linux");
    CHECK(server.profile.connection.mss == 1000);
    CHECK_FALSE(server.reads);
}

TEST_CASE("--seed and --profile stand over the file")
{
    Scenario changed = scenario();
    REQUIRE_FALSE(apply({.seed = 5, .profile = "linux"}, changed));
    CHECK(changed.seed == 5);
    CHECK(changed.options(changed.hosts[0]).profile.name == "linux");
}

TEST_CASE("--lose is asked before the faults of the file")
{
    Scenario changed = scenario();
    REQUIRE_FALSE(apply({.lose = {"client.1", "first ACK from client"}}, changed));
    REQUIRE(changed.faults.size() == 3);
    CHECK(changed.faults[0].text == "--lose client.1");
    Simulation simulation(changed);
    simulation.run();
    CHECK(simulation.applied(0));
    CHECK(Trace(simulation.network.history()).outcome(0).fate == Fate::lost);
}

TEST_CASE("bad options: one error that names the option, what was expected and the nearest word")
{
    CHECK(refused({.set = {"mls=10s"}}) ==
          "--set: found 'mls', expected one of msl, delay, until, seed, profile, accepts, reads, time_wait, "
          "rto_initial, rto_min, rto_min_is_variance_floor, rto_max, rto_after_lost_syn, r2, r2_syn, user_timeout, "
          "send_buffer, receive_buffer, mss, half_duplex_close, silly_window_avoidance, override_timeout, "
          "probe_octet, tcp_nodelay, delayed_ack, quick_acks, tcp_congestion_control, initial_window, "
          "tcp_window_scaling, window_shift, tcp_timestamps, paws, tcp_sack, so_keepalive, tcp_keepalive_time, "
          "tcp_keepalive_intvl, tcp_keepalive_probes, keepalive_octet, tcp_retries1, tcp_retries2, "
          "tcp_orphan_retries, tcp_syn_retries, tcp_synack_retries, tcp_syn_linear_timeouts, tcp_fin_timeout, "
          "rfc5961, challenge_acks, tcp_invalid_ratelimit, time_wait_reopen, tcp_rfc1337, soft_errors, linux_checks, "
          "client.iss, server.iss; did you mean 'msl'?");
    CHECK(refused({.set = {"msl"}}) == "--set: found 'msl', expected KEY=VALUE, such as msl=10s");
    CHECK(refused({.set = {"msl="}}) == "--set: found nothing, expected a time with a unit: ns, us, ms, s or min");
    CHECK(refused({.set = {"mss=0"}}) == "--set: found '0', expected a number from 1 to 65495");
    CHECK(refused({.set = {"clinet.mss=536"}}) ==
          "--set: found 'clinet', expected the host client or server; did you mean 'client'?");
    CHECK(refused({.set = {"client.mms=536"}}).ends_with("; did you mean 'mss'?"));
    CHECK(refused({.set = {"client.msl=1"}}).ends_with("; did you mean '1s'?"));
    CHECK(refused({.lose = {"clinet.4"}}) ==
          "--lose: found 'clinet', expected the host client or server; did you mean 'client'?");
    CHECK(refused({.lose = {"client4"}}) ==
          "--lose: found 'client4', expected a segment's name, or 'every', 'first' or '5% of' and the kind of segment; "
          "did you mean 'client.4'?");
    CHECK(refused({.profile = "linus"}) ==
          "--profile: found 'linus', expected the profile rfc9293 or linux; did you mean 'linux'?");
}

TEST_CASE("a loss from the command line that never applies: check says so, without a place")
{
    Scenario changed = scenario();
    REQUIRE_FALSE(apply({.lose = {"client.99"}}, changed));
    Simulation simulation(changed);
    simulation.run();
    const auto failures = check(changed, simulation);
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].place == Place{});
    CHECK(failures[0].expectation == "--lose client.99");
    CHECK(failures[0].found == "the fault never applied");
}
