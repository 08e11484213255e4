#pragma once
// The world that a seed stands for: two hosts, what the network does to their segments, and what their applications do.

#include <array>
#include <cstdint>
#include <string>

#include "tcpsm/network/network.hpp"

namespace tcpsm::soak {

/// Host A is 0, host B is 1.
inline constexpr std::size_t hosts = 2;

struct ApplicationPlan {
    std::uint32_t octets = 0;    ///< what it sends
    std::uint32_t send_most = 1; ///< in one SEND
    std::uint32_t read_most = 1; ///< in one RECEIVE
    std::uint32_t pauses = 0;    ///< how often it stops reading for a while
    bool urgent = false;         ///< some of what it sends is (3.8.5)
    Time reads_from{};           ///< not before this does it read
    Time closes{};               ///< not before this does it close its half
};

struct Plan {
    std::uint64_t seed = 0;
    NetworkOptions network{};
    std::array<HostOptions, hosts> host{};
    std::array<ApplicationPlan, hosts> application{};
    bool simultaneous = false; ///< both open actively
    std::uint32_t loss = 0;    ///< chances in a million
    Rule duplication{};
    Rule delay{};
    Rule spike{};
};

/// Everything is drawn from the seed.
Plan plan_of(std::uint64_t seed);
/// What was drawn, a line for each host, its switches by their names where they are not RFC 9293's.
std::string to_string(const Plan& plan);

} // namespace tcpsm::soak
