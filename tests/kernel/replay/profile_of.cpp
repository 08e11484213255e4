#include "replay/profile_of.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>

#include "tcpsm/host/switches.hpp"

namespace tcpsm::kernel {
namespace {

/// Of "net.ipv4.tcp_sack" the last part: the name of the switch.
std::string_view short_name(std::string_view name)
{
    return name.substr(name.rfind('.') + 1);
}

/// The octets that the kernel was ready to take before anybody read, where it said less than by default.
std::optional<std::uint32_t> small_buffer(const Recording& recording, const Profile& profile)
{
    std::map<int, std::uint32_t> most;
    bool small = false;
    for (const Line& line : recording.lines) {
        if (const auto* call = std::get_if<CallLine>(&line.what); call != nullptr && call->call.verb == Verb::read)
            break;
        const auto* seg = std::get_if<Seg>(&line.what);
        if (seg == nullptr || !seg->sent || !seg->window || seg->flags.has(Flag::RST)) continue;
        if (!seg->flags.has(Flag::ACK)) continue;
        const bool opens = seg->flags.has(Flag::SYN);
        std::uint32_t& edge = most[seg->incarnation];
        if (opens && *seg->window < profile.connection.receive_buffer / 2) small = true;
        edge = std::max(edge, static_cast<std::uint32_t>(seg->ack - 1) + *seg->window);
    }
    if (!small) return std::nullopt;
    std::uint32_t least = UINT32_MAX;
    for (const auto& [incarnation, octets] : most) least = std::min(least, octets);
    return least;
}

} // namespace

Profile profile_of(const Recording& recording)
{
    constexpr std::uint16_t headers = 40; // IPv4's and TCP's
    Profile profile = linux_profile();
    profile.reuse_address = true; // the recorder's sockets have it: bind succeeds beside TIME-WAIT
    profile.connection.mss = static_cast<std::uint16_t>(recording.mtu - headers);
    for (const auto* all : {&recording.sysctl, &recording.sysctl_set})
        for (const auto& [name, value] : *all) set_sysctl(profile, short_name(name), value);
    if (const auto octets = small_buffer(recording, profile)) profile.connection.receive_buffer = *octets;
    return profile;
}

std::vector<std::string> unsupported_sysctls(const Recording& recording)
{
    std::vector<std::string> names;
    Profile profile = linux_profile();
    for (const auto& [name, value] : recording.sysctl_set) {
        const std::string_view last = short_name(name);
        if (!set_sysctl(profile, last, value)) names.emplace_back(last);
    }
    return names;
}

} // namespace tcpsm::kernel
