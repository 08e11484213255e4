#pragma once
// Which switches a host starts with: RFC 9293's own values, or those of a system that was measured.

#include <optional>
#include <string_view>

#include "tcpsm/connection/options.hpp"
#include "tcpsm/wire/address.hpp"

namespace tcpsm {

/// Host-wide switches. Each is named after the knob that people know.
struct Profile {
    std::string_view name = "rfc9293";
    ConnectionOptions connection{}; ///< what a connection starts with
    Port ephemeral_first = 49152;   ///< RFC 6335, section 6; linux ip_local_port_range
    Port ephemeral_last = 65535;
};

/// The values of RFC 9293 and the RFCs that it names.
[[nodiscard]] Profile rfc9293();
/// The values of Linux 6.18, as far as what they steer exists here.
[[nodiscard]] Profile linux_profile();
/// By name, "rfc9293" or "linux"; nothing for another.
[[nodiscard]] std::optional<Profile> profile(std::string_view name);

} // namespace tcpsm
