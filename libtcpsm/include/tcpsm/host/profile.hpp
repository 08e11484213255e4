#pragma once
// Which switches a host starts with: RFC 9293's own values, or those of a system that was measured.

#include <optional>
#include <string_view>

#include "tcpsm/connection/options.hpp"
#include "tcpsm/wire/address.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// Host-wide switches. Each is named after the knob that people know.
struct Profile {
    std::string_view name = "rfc9293";
    ConnectionOptions connection{}; ///< what a connection starts with
    Port ephemeral_first = 49152;   ///< RFC 6335, section 6; linux ip_local_port_range
    Port ephemeral_last = 65535;

    // ---- limits of its tables; at first as good as none ----
    static constexpr std::int32_t most = 2'147'483'647;
    std::int32_t somaxconn = most;       ///< no backlog is larger; linux sysctl
    std::int32_t max_syn_backlog = most; ///< half-open connections of a listener without SYN cookies; linux sysctl
    std::uint8_t syncookies = 0;         ///< RFC 4987, 3.6: 0 never, 1 where the SYN queue is full, 2 always
    std::int32_t max_tw_buckets = most;  ///< connections in TIME-WAIT: one more skips it; linux sysctl
    std::uint8_t tw_reuse = 0;         ///< OPEN takes over a four-tuple in TIME-WAIT: 1, or 2 on loopback; linux sysctl
    std::int32_t rlimit_nofile = most; ///< descriptors of a process, the three standard ones included; RLIMIT_NOFILE
    bool abort_on_overflow = false;    ///< linux: RST, not silence, where the accept queue is full

    bool reuse_address = false; ///< SO_REUSEADDR of the sockets that are made from now on
};

/// The values of RFC 9293 and the RFCs that it names.
[[nodiscard]] Profile rfc9293();
/// The values of Linux 6.18, as far as what they steer exists here.
[[nodiscard]] Profile linux_profile();
/// By name, "rfc9293" or "linux"; nothing for another.
[[nodiscard]] std::optional<Profile> profile(std::string_view name);

} // namespace tcpsm
#pragma GCC visibility pop
