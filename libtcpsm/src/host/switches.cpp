#include "tcpsm/host/switches.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace tcpsm {
namespace {

constexpr std::int64_t no_limit = INT64_MAX;
constexpr std::int64_t a_millisecond = 1'000'000; // an RTO of zero would be doubled for ever
constexpr std::int64_t half_a_second = 500'000'000;

/// Where a switch's value stands: among a connection's options, or the host's own.
template <auto Member, class AProfile>
auto& place(AProfile& profile)
{
    if constexpr (std::is_invocable_v<decltype(Member), const ConnectionOptions&>)
        return profile.connection.*Member;
    else
        return profile.*Member;
}

template <auto Member>
SwitchValue get(const Profile& profile)
{
    const auto& value = place<Member>(profile);
    using Type = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_same_v<Type, Duration> || std::is_same_v<Type, bool>)
        return value;
    else
        return std::int64_t{value};
}

template <auto Member>
void set(Profile& profile, const SwitchValue& value)
{
    auto& there = place<Member>(profile);
    using Type = std::remove_cvref_t<decltype(there)>;
    if constexpr (std::is_same_v<Type, Duration> || std::is_same_v<Type, bool>)
        there = std::get<Type>(value);
    else
        there = static_cast<Type>(std::get<std::int64_t>(value));
}

template <auto Member>
constexpr Switch duration(std::string_view name, std::string_view from, std::string_view effect, std::int64_t least = 0,
                          Duration unit = {})
{
    return {name, SwitchType::duration, least, no_limit, from, effect, unit, {}, &get<Member>, &set<Member>};
}

template <auto Member>
constexpr Switch number(std::string_view name, std::int64_t least, std::int64_t most, std::string_view from,
                        std::string_view effect)
{
    return {name, SwitchType::number, least, most, from, effect, {}, {}, &get<Member>, &set<Member>};
}

template <auto Member>
constexpr Switch yes_no(std::string_view name, std::string_view from, std::string_view effect)
{
    return {name, SwitchType::yes_no, 0, 1, from, effect, {}, {}, &get<Member>, &set<Member>};
}

using O = ConnectionOptions;

std::optional<std::int64_t> number_of(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

struct Ports {
    Port first;
    Port last;
};

/// "32768 60999"
std::optional<Ports> ports_of(std::string_view text)
{
    const std::size_t blank = std::min(text.find_first_of(" \t"), text.size());
    const std::size_t second = std::min(text.find_first_not_of(" \t", blank), text.size());
    const auto first = number_of(text.substr(0, blank));
    const auto last = number_of(text.substr(second));
    if (!first || !last || *first < 1 || *last < *first || *last > 65535) return {};
    return Ports{static_cast<Port>(*first), static_cast<Port>(*last)};
}

constexpr std::array all{
    duration<&O::msl>("msl", "RFC 9293, 3.4.2", "Maximum Segment Lifetime: TIME-WAIT lasts twice as long"),
    duration<&O::time_wait>("time_wait", "RFC 9293, 3.6.1; linux TCP_TIMEWAIT_LEN",
                            "how long TIME-WAIT lasts, where not 2 MSL; 0s skips it"),
    duration<&O::rto_initial>("rto_initial", "RFC 6298, 2.1", "the RTO before any round trip was measured",
                              a_millisecond),
    duration<&O::rto_min>("rto_min", "RFC 6298, 2.4", "the least RTO", a_millisecond),
    yes_no<&O::rto_min_is_variance_floor>(
        "rto_min_is_variance_floor", "linux tcp_rto_min_us",
        "rto_min is a floor of the variance's part: RTO = SRTT + max(rto_min, 4 RTTVAR)"),
    duration<&O::rto_max>("rto_max", "RFC 6298, 2.5", "the largest RTO", a_millisecond),
    duration<&O::rto_after_lost_syn>("rto_after_lost_syn", "RFC 6298, 5.7",
                                     "the RTO for text after a SYN was lost; 0s keeps it as it is"),
    // Where R2 is given as a time, it is not counted in retransmissions.
    Switch{"r2",
           SwitchType::duration,
           0,
           no_limit,
           "RFC 9293, 3.8.3",
           "give up on text or a FIN after so long without an ACK",
           {},
           {},
           &get<&O::r2>,
           [](Profile& p, const SwitchValue& value) {
               p.connection.r2 = std::get<Duration>(value);
               p.connection.retries = -1;
           }},
    Switch{"r2_syn",
           SwitchType::duration,
           0,
           no_limit,
           "RFC 9293, 3.8.3",
           "give up on a SYN after so long",
           {},
           {},
           &get<&O::r2_syn>,
           [](Profile& p, const SwitchValue& value) {
               p.connection.r2_syn = std::get<Duration>(value);
               p.connection.syn_retries = p.connection.synack_retries = -1;
           }},
    duration<&O::user_timeout>("user_timeout", "RFC 9293, 3.9.1.1; TCP_USER_TIMEOUT",
                               "abort the connection when text stays unacknowledged so long; 0s is off"),
    number<&O::send_buffer>("send_buffer", 1, 1 << 30, "RFC 9293, 3.10.2", "octets that SEND may queue"),
    number<&O::receive_buffer>("receive_buffer", 1, 1 << 30, "RFC 9293, 3.10.3",
                               "octets that may wait to be read: the window at its largest"),
    number<&O::mss>("mss", 1, 65495, "RFC 9293, 3.7.1", "largest text of a segment that can be received"),
    Switch{"so_linger", SwitchType::duration, -1, no_limit, "SO_LINGER",
           "CLOSE returns when the peer has acknowledged everything, or so late; 0s is ABORT", 1s, "off",
           &get<&O::linger>, &set<&O::linger>},
    yes_no<&O::half_duplex_close>("half_duplex_close", "RFC 9293, 3.6.1, MAY-1", "CLOSE also ends reading"),
    yes_no<&O::silly_window_avoidance>("silly_window_avoidance", "RFC 9293, 3.8.6.2",
                                       "neither offer nor use small pieces of window"),
    duration<&O::override_timeout>("override_timeout", "RFC 9293, 3.8.6.2.1",
                                   "a segment too small to be sent waits no longer than this", a_millisecond),
    yes_no<&O::probe_octet>("probe_octet", "RFC 9293, 3.8.6.1", "a zero-window probe carries an octet of the text"),
    Switch{"tcp_nodelay",
           SwitchType::yes_no,
           0,
           1,
           "RFC 9293, 3.7.4; TCP_NODELAY",
           "no waiting for an ACK before a small segment (Nagle's algorithm is off)",
           {},
           {},
           [](const Profile& p) { return SwitchValue(!p.connection.nagle); },
           [](Profile& p, const SwitchValue& value) { p.connection.nagle = !std::get<bool>(value); }},
    Switch{"delayed_ack",
           SwitchType::duration,
           0,
           half_a_second - 1,
           "RFC 9293, 3.8.6.3; linux TCP_DELACK_MIN",
           "an ACK of text may wait so long for company; 0s is off",
           {},
           {},
           &get<&O::delayed_ack>,
           &set<&O::delayed_ack>},
    number<&O::quick_acks>("quick_acks", 0, 127, "linux TCP_MAX_QUICKACKS", "so many of the first ACKs do not wait"),
    Switch{"tcp_congestion_control",
           SwitchType::word,
           0,
           0,
           "RFC 9293, 3.8.2; RFC 5681; RFC 6582",
           "how much may be in flight besides what the window allows",
           {},
           "none, reno",
           [](const Profile& p) {
               return SwitchValue(std::string(p.connection.congestion == CongestionControl::reno ? "reno" : "none"));
           },
           [](Profile& p, const SwitchValue& value) {
               p.connection.congestion =
                   std::get<std::string>(value) == "reno" ? CongestionControl::reno : CongestionControl::none;
           }},
    number<&O::initial_window>("initial_window", 0, 1000, "RFC 5681, 3.1; RFC 6928",
                               "segments that may be in flight at first; 0 is RFC 5681's formula"),
    yes_no<&O::window_scaling>("tcp_window_scaling", "RFC 7323, 2", "windows may be larger than 65535"),
    number<&O::window_shift>("window_shift", -1, 14, "RFC 7323, 2.3",
                             "the shift that is offered; -1 takes the least that the buffer needs"),
    yes_no<&O::timestamps>("tcp_timestamps", "RFC 7323, 3", "every segment carries the time, and echoes the peer's"),
    yes_no<&O::paws>("paws", "RFC 7323, 5", "a segment with an older timestamp than the last is refused"),
    yes_no<&O::sack>("tcp_sack", "RFC 2018", "ACKs say what has arrived beyond a hole"),
    yes_no<&O::keepalive>("so_keepalive", "RFC 9293, 3.8.4; SO_KEEPALIVE",
                          "a silent peer is asked whether it is there"),
    duration<&O::keepalive_time>("tcp_keepalive_time", "RFC 9293, 3.8.4; TCP_KEEPIDLE",
                                 "silence before the first probe", a_millisecond, 1s),
    duration<&O::keepalive_interval>("tcp_keepalive_intvl", "RFC 9293, 3.8.4; TCP_KEEPINTVL",
                                     "time between probes that are not answered", a_millisecond, 1s),
    number<&O::keepalive_probes>("tcp_keepalive_probes", 1, 127, "RFC 9293, 3.8.4; TCP_KEEPCNT",
                                 "so many unanswered probes end the connection"),
    yes_no<&O::keepalive_octet>("keepalive_octet", "RFC 9293, 3.8.4, MAY-6", "a probe carries one octet of no meaning"),
    number<&O::retries1>("tcp_retries1", 0, 127, "RFC 9293, 3.8.3, R1",
                         "retransmissions before the user is told of them"),
    number<&O::retries>("tcp_retries2", 0, 127, "RFC 9293, 3.8.3, R2",
                        "retransmissions of text or a FIN before giving up, instead of the time r2"),
    number<&O::orphan_retries>("tcp_orphan_retries", 0, 127, "linux sysctl",
                               "retransmissions after the application has closed; 0 is 8, as on Linux"),
    number<&O::syn_retries>("tcp_syn_retries", 0, 127, "RFC 9293, 3.8.3; linux sysctl",
                            "retransmissions of a SYN with back-off before giving up, instead of the time r2_syn"),
    number<&O::synack_retries>("tcp_synack_retries", 0, 127, "RFC 9293, 3.8.3; linux sysctl",
                               "retransmissions of a SYN,ACK before giving up"),
    number<&O::syn_linear_timeouts>("tcp_syn_linear_timeouts", 0, 127, "linux sysctl",
                                    "retransmissions of a SYN without back-off, before those with"),
    duration<&O::fin_timeout>("tcp_fin_timeout", "linux sysctl",
                              "ends a FIN-WAIT-2 that nobody reads from after so long; 0s is off", 0, 1s),
    yes_no<&O::rfc5961>("rfc5961", "RFC 5961", "a RST must be exact, a SYN resets nothing, an ACK must lie in a range"),
    number<&O::challenge_acks>("challenge_acks", 1, 1000, "RFC 5961, 7", "challenge ACKs in one tcp_invalid_ratelimit"),
    duration<&O::challenge_period>("tcp_invalid_ratelimit", "RFC 5961, 7; linux sysctl",
                                   "the time in which at most challenge_acks are sent; 0s is no limit", 0, 1ms),
    yes_no<&O::time_wait_reopen>("time_wait_reopen", "RFC 9293, 3.6.1, MAY-2; RFC 6191",
                                 "a SYN that is newer than all that was sent opens a new connection out of TIME-WAIT"),
    yes_no<&O::rfc1337>("tcp_rfc1337", "RFC 1337", "a RST does not end TIME-WAIT early"),
    yes_no<&O::tw_recycle>(
        "tcp_tw_recycle", "linux sysctl, until 4.12",
        "with timestamps, TIME-WAIT lasts 3.5 RTO, and a SYN is dropped whose timestamp is older than "
        "the last of its address within a minute"),
    duration<&O::defer_accept>("tcp_defer_accept", "linux TCP_DEFER_ACCEPT",
                               "so long, an ACK without text does not end a handshake; 0s is off", 0, 1s),
    Switch{"ip_local_port_range",
           SwitchType::ports,
           1,
           65535,
           "RFC 6335, 6; linux sysctl",
           "the first and the last port that OPEN chooses from",
           {},
           {},
           [](const Profile& p) {
               return SwitchValue(std::to_string(p.ephemeral_first) + ' ' + std::to_string(p.ephemeral_last));
           },
           [](Profile& p, const SwitchValue& value) {
               const auto ports = ports_of(std::get<std::string>(value));
               p.ephemeral_first = ports->first;
               p.ephemeral_last = ports->last;
           }},
    number<&Profile::somaxconn>("somaxconn", 0, Profile::most, "linux sysctl", "no listener's backlog is larger"),
    number<&Profile::max_syn_backlog>(
        "tcp_max_syn_backlog", 0, Profile::most, "linux sysctl",
        "with tcp_syncookies = 0, half-open connections take three quarters of it at most"),
    number<&Profile::syncookies>("tcp_syncookies", 0, 2, "RFC 4987, 3.6; linux sysctl",
                                 "a SYN is answered and forgotten: 1 where the SYN queue is full, 2 always"),
    number<&Profile::rlimit_nofile>("rlimit_nofile", 4, Profile::most, "RLIMIT_NOFILE, ulimit -n",
                                    "descriptors of a process, its three standard ones included"),
    number<&Profile::max_tw_buckets>("tcp_max_tw_buckets", 0, Profile::most, "linux sysctl",
                                     "so many connections may be in TIME-WAIT: what comes then skips it"),
    number<&Profile::tw_reuse>("tcp_tw_reuse", 0, 2, "RFC 6191; linux sysctl",
                               "OPEN may take over a four-tuple that has been in TIME-WAIT for a second and had "
                               "timestamps: 2 on loopback alone"),
    yes_no<&Profile::abort_on_overflow>("tcp_abort_on_overflow", "linux sysctl",
                                        "a RST, not silence, for the ACK that finds the accept queue full"),
    yes_no<&Profile::reuse_address>("so_reuseaddr", "SO_REUSEADDR",
                                    "sockets may be bound to one port, where all of them say so and none listens yet"),
    yes_no<&O::soft_errors>("soft_errors", "RFC 9293, 3.9.1.8, SHLD-20",
                            "the user is told of trouble that ends nothing"),
    yes_no<&O::linux_checks>("linux_checks", "measured on Linux 6.18",
                             "the small differences of Linux that have no knob: docs/profiles.md lists them"),
};

/// What "60" means to a switch.
std::optional<SwitchValue> sysctl_value(const Switch& one, std::string_view text)
{
    if (one.type == SwitchType::word || one.type == SwitchType::ports) {
        if (!one.knows(text)) return {};
        return SwitchValue(std::string(text));
    }
    const std::optional<std::int64_t> number = number_of(text);
    if (!number) return {};
    switch (one.type) {
    case SwitchType::duration:
        if (one.unit == Duration(0)) return {};
        return SwitchValue(*number * one.unit);
    case SwitchType::yes_no: return SwitchValue(*number != 0);
    default: break;
    }
    if (*number < one.least || *number > one.most) return {};
    return SwitchValue(*number);
}

} // namespace

bool Switch::knows(std::string_view word) const
{
    if (type == SwitchType::ports) return ports_of(word).has_value();
    for (std::string_view rest = words; !rest.empty();) {
        const std::size_t comma = rest.find(", ");
        if (rest.substr(0, comma) == word) return true;
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 2);
    }
    return false;
}

std::span<const Switch> switches()
{
    return all;
}

const Switch* find_switch(std::string_view name)
{
    for (const Switch& one : all)
        if (one.name == name) return &one;
    return nullptr;
}

bool set_sysctl(Profile& profile, std::string_view name, std::string_view value)
{
    const Switch* const one = find_switch(name);
    const auto given = one != nullptr ? sysctl_value(*one, value) : std::nullopt;
    if (!given) return false;
    one->set(profile, *given);
    return true;
}

} // namespace tcpsm
