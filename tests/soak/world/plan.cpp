#include "soak/world/plan.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include "soak/world/chance.hpp"
#include "tcpsm/host/switches.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::soak {
namespace {

constexpr std::uint32_t megabyte = 1 << 20;

// ---- what a host has ------------------------------------------------------------------------------------------------

void draw_features(ConnectionOptions& options, Chance& chance)
{
    options.congestion = chance.one_in(2) ? CongestionControl::reno : CongestionControl::none;
    options.initial_window = static_cast<std::uint16_t>(chance.one_in(3) ? chance.between(1, 10) : 0);
    options.sack = !chance.one_in(3);
    options.timestamps = chance.one_in(2);
    options.paws = !chance.one_in(6);
    options.window_scaling = chance.one_in(2);
    options.window_shift = static_cast<std::int8_t>(chance.one_in(2) ? -1 : static_cast<int>(chance.between(0, 14)));
    options.nagle = chance.one_in(2);
    options.delayed_ack = chance.one_of(std::array<Duration, 4>{0ms, 40ms, 200ms, 499ms});
    options.quick_acks = static_cast<std::int16_t>(chance.one_in(2) ? 0 : chance.between(1, 16));
    options.silly_window_avoidance = !chance.one_in(4);
    options.override_timeout = chance.one_of(std::array<Duration, 3>{100ms, 200ms, 1s});
    options.probe_octet = chance.one_in(2);
    options.rfc5961 = !chance.one_in(6);
    options.challenge_acks = static_cast<std::int16_t>(chance.between(1, 10));
    options.linux_checks = chance.one_in(4);
}

void draw_timers(ConnectionOptions& options, Chance& chance)
{
    options.rto_min = chance.one_of(std::array<Duration, 3>{200ms, 1s, 1s});
    options.rto_min_is_variance_floor = chance.one_in(4);
    options.rto_after_lost_syn = chance.one_in(2) ? 3s : 0s;
    // Most are patient, so that most runs end well.
    options.r2 = options.r2_syn = chance.one_of(std::array<Duration, 4>{100s, 1000s, 1000s, 2000s});
    options.user_timeout = chance.one_of(std::array<Duration, 5>{0s, 0s, 0s, 300s, 30s});
    if (chance.one_in(4)) options.retries = static_cast<std::int16_t>(chance.between(6, 15));
    options.keepalive = chance.one_in(3);
    options.keepalive_time = 1s * chance.between(1, 60);
    options.keepalive_interval = 1s * chance.between(1, 75);
    options.keepalive_octet = chance.one_in(3);
    options.msl = chance.one_of(std::array<Duration, 3>{15s, 30s, 120s}); // an application's pause is shorter than two
}

void draw_sizes(ConnectionOptions& options, Chance& chance)
{
    options.mss = chance.one_of(std::array<std::uint16_t, 7>{1, 7, 100, 536, 536, 1460, 1460});
    const auto size = [&]() -> std::uint32_t {
        switch (chance.between(0, 5)) {
        case 0: return chance.between(1, 100);
        case 1: return chance.between(100, 5000);
        case 2: return chance.between(60'000, 2 * megabyte);
        default: return chance.between(5000, 65'535);
        }
    };
    options.receive_buffer = size();
    options.send_buffer = size();
}

HostOptions draw_host(Chance& chance)
{
    HostOptions host;
    if (chance.one_in(4)) {
        host.profile = linux_profile();
    } else {
        draw_features(host.profile.connection, chance);
        draw_timers(host.profile.connection, chance);
    }
    if (!chance.one_in(3)) draw_sizes(host.profile.connection, chance);
    host.iss = {chance.one_in(2) ? 0xFFFFFFFF - chance.between(0, 20'000) : chance.between(0, 999)};
    host.reads = chance.one_in(2);
    return host;
}

// ---- what its application does --------------------------------------------------------------------------------------

ApplicationPlan draw_application(Chance& chance)
{
    ApplicationPlan application;
    application.octets = chance.one_in(5) ? 0 : chance.between(1, 30'000);
    application.send_most = chance.one_of(std::array<std::uint32_t, 3>{1, 100, 6000});
    application.read_most = chance.one_of(std::array<std::uint32_t, 4>{1, 100, 9000, 65'536});
    application.pauses = chance.one_in(3) ? chance.between(1, 3) : 0;
    application.closes = Time{} + 1ms * chance.between(0, 20'000);
    return application;
}

/// Small segments, windows and calls make a run long: it gets less to carry.
void fit(Plan& plan)
{
    for (std::size_t sender = 0; sender < hosts; ++sender) {
        const ConnectionOptions& from = plan.host[sender].profile.connection;
        const ConnectionOptions& to = plan.host[1 - sender].profile.connection;
        const std::uint32_t piece =
            std::min({std::uint32_t{std::min(from.mss, to.mss)}, from.send_buffer, to.receive_buffer,
                      50 * plan.application[sender].send_most, 50 * plan.application[1 - sender].read_most});
        plan.application[sender].octets = std::min(plan.application[sender].octets, 150 + 300 * piece);
    }
}

/// A transfer of 1 MB across the wrap, one way, the other way little.
void make_large(Plan& plan, Chance& chance)
{
    const std::size_t sender = chance.one_in(2) ? 0 : 1;
    for (std::size_t i = 0; i < hosts; ++i) {
        ConnectionOptions& options = plan.host[i].profile.connection;
        options.mss = 1460;
        options.send_buffer = 1 << 20;
        options.receive_buffer = std::max<std::uint32_t>(options.receive_buffer, 16'000);
        plan.application[i].send_most = plan.application[i].read_most = 65'536;
    }
    plan.application[sender].octets = megabyte;
    plan.host[sender].iss = {0xFFFFFFFF - chance.between(0, megabyte)};
    plan.loss = chance.between(10'000, 80'000);
}

/// One end reads nothing for minutes, or neither does, and the other sends more than the window takes: it probes, and
/// what else is sent must be heard all the same.
void close_windows(Plan& plan, Chance& chance)
{
    const std::uint32_t which = chance.between(0, 2);
    for (std::size_t i = 0; i < hosts; ++i) {
        if (which == 1 - i) continue; // 2: both
        ConnectionOptions& options = plan.host[i].profile.connection;
        options.receive_buffer = std::min<std::uint32_t>(options.receive_buffer, chance.between(1, 3000));
        plan.host[i].reads = false;
        plan.application[i].reads_from = Time{} + 1s * chance.between(30, 900);
        ApplicationPlan& peer = plan.application[1 - i];
        peer.octets = std::max(peer.octets, 2 * options.receive_buffer + chance.between(1, 500));
    }
}

void draw_faults(Plan& plan, Chance& chance)
{
    plan.loss = chance.between(10'000, 300'000);
    plan.duplication = {.chance = chance.between(0, 150'000),
                        .verdict = Verdict::duplicate(1ms * chance.between(0, 400))};
    plan.delay = {.chance = chance.between(0, 200'000), .verdict = Verdict::delay(1ms * chance.between(1, 700))};
    plan.spike = {.chance = chance.between(0, 30'000), .verdict = Verdict::delay(1s * chance.between(1, 20))};
}

std::string value_of(const SwitchValue& value)
{
    if (const auto* duration = std::get_if<Duration>(&value)) return tcpsm::to_string(*duration);
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* yes = std::get_if<bool>(&value)) return *yes ? "yes" : "no";
    return std::get<std::string>(value);
}

std::string switches_of(const Profile& drawn)
{
    std::string result;
    for (const Switch& one : switches())
        if (one.get(drawn) != one.get(rfc9293()))
            result += " " + std::string(one.name) + "=" + value_of(one.get(drawn));
    return result;
}

} // namespace

Plan plan_of(std::uint64_t seed)
{
    Chance chance(seed);
    Plan plan;
    plan.seed = seed;
    plan.network = {.seed = seed, .delay = 1ms * chance.between(0, 300)};
    draw_faults(plan, chance);
    for (std::size_t i = 0; i < hosts; ++i) {
        plan.host[i] = draw_host(chance);
        plan.application[i] = draw_application(chance);
    }
    plan.simultaneous = chance.one_in(5);
    if (chance.one_in(25))
        make_large(plan, chance);
    else
        fit(plan);
    for (ApplicationPlan& application : plan.application) application.urgent = chance.one_in(4);
    if (chance.one_in(8)) {
        close_windows(plan, chance);
        fit(plan);
    }
    return plan;
}

std::string to_string(const Plan& plan)
{
    std::string result = "seed " + std::to_string(plan.seed) + ": delay " + tcpsm::to_string(plan.network.delay) +
                         ", loss " + std::to_string(plan.loss) + " in a million" +
                         (plan.simultaneous ? ", both open\n" : "\n");
    for (std::size_t i = 0; i < hosts; ++i) {
        const ApplicationPlan& application = plan.application[i];
        result += std::string(i == 0 ? "A" : "B") + " sends " + std::to_string(application.octets) + " by " +
                  std::to_string(application.send_most) + (application.urgent ? ", some of it urgent" : "") +
                  ", reads " + (plan.host[i].reads ? "at once" : "by " + std::to_string(application.read_most)) +
                  (application.reads_from > Time{} ? " from " + tcpsm::to_string(application.reads_from) : "") +
                  ", pauses " + std::to_string(application.pauses) + ", closes at " +
                  tcpsm::to_string(application.closes) + ";" + switches_of(plan.host[i].profile) + "\n";
    }
    return result;
}

} // namespace tcpsm::soak
