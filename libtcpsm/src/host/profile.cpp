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
    c.rto_min = 200ms;
    c.rto_min_is_variance_floor = true;
    c.rto_max = 120s;
    c.rto_after_lost_syn = 0s;
    c.retries = 15;            // tcp_retries2
    c.syn_retries = 6;         // tcp_syn_retries
    c.syn_linear_timeouts = 4; // tcp_syn_linear_timeouts
    c.synack_retries = 5;      // tcp_synack_retries
    c.user_timeout = 0s;
    c.fin_timeout = 60s; // tcp_fin_timeout
    c.receive_buffer = 64240;
    c.half_duplex_close = true;
    return {.name = "linux", .connection = c, .ephemeral_first = 32768, .ephemeral_last = 60999};
}

std::optional<Profile> profile(std::string_view name)
{
    if (name == "rfc9293") return rfc9293();
    if (name == "linux") return linux_profile();
    return std::nullopt;
}

} // namespace tcpsm
