#include "tcpsm/host/profile.hpp"

namespace tcpsm {

Profile rfc9293()
{
    return {};
}

Profile linux_profile()
{
    ConnectionOptions c;
    c.time_wait = 60s; // TCP_TIMEWAIT_LEN: fixed, whatever the MSL
    c.rto_min = 200ms; // tcp_rto_min_us
    c.rto_min_is_variance_floor = true;
    c.rto_max = 120s;          // tcp_rto_max_ms
    c.retries1 = 3;            // tcp_retries1
    c.retries = 15;            // tcp_retries2
    c.orphan_retries = 0;      // tcp_orphan_retries
    c.syn_retries = 6;         // tcp_syn_retries
    c.syn_linear_timeouts = 4; // tcp_syn_linear_timeouts
    c.synack_retries = 5;      // tcp_synack_retries
    c.user_timeout = 0s;
    c.fin_timeout = 60s; // tcp_fin_timeout
    c.half_duplex_close = true;
    c.nagle = true;
    c.delayed_ack = 40ms; // TCP_DELACK_MIN
    c.quick_acks = 16;    // TCP_MAX_QUICKACKS
    c.congestion = CongestionControl::reno;
    c.initial_window = 10; // TCP_INIT_CWND
    c.window_scaling = true;
    c.window_shift = 10; // of tcp_rmem's 32 MB
    c.timestamps = true;
    c.accepts_without_timestamp = true;
    c.sack = true;
    c.probe_octet = false;
    c.challenge_acks = 1;
    c.challenge_period = 500ms; // tcp_invalid_ratelimit
    c.linux_checks = true;
    Profile p{.name = "linux", .connection = c, .ephemeral_first = 32768, .ephemeral_last = 60999};
    p.somaxconn = 4096;
    p.max_syn_backlog = 2048; // it grows with the machine's memory
    p.syncookies = 1;
    p.max_tw_buckets = 131072;   // this too
    p.rlimit_nofile = 1'048'576; // fs.nr_open, which servers are given; a login shell gives 1024
    p.tw_reuse = 2;
    return p;
}

std::optional<Profile> profile(std::string_view name)
{
    if (name == "rfc9293") return rfc9293();
    if (name == "linux") return linux_profile();
    return std::nullopt;
}

} // namespace tcpsm
