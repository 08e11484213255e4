#pragma once
// A listener's two queues: connections whose handshake is going on, and those that wait to be accepted.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tcpsm/host/profile.hpp"
#include "tcpsm/host/socket_id.hpp"

namespace tcpsm {

struct Listener {
    std::uint32_t slot = 0;
    Port port = 0;
    std::uint32_t backlog = 0;   // of each queue
    std::uint32_t half_open = 0; // the SYN queue
    std::uint32_t waiting = 0;   // the accept queue: what of `queue` is still there
    bool accepts = false;        // the application accepts by itself
    std::vector<SocketId> queue; // those that wait to be accepted, from `accepted` on
    std::size_t accepted = 0;
    Time cookie_sent = never; // the last one
    bool warned = false;      // the kernel has logged that SYNs come in a flood

    [[nodiscard]] bool accept_queue_full(const Profile& profile) const { return full(waiting, profile); }
    [[nodiscard]] bool syn_queue_full(const Profile& profile) const { return full(half_open, profile); }
    /// The last quarter is for peers that have been here before; nobody has. Linux counts so, and lets one more in than
    /// three quarters.
    [[nodiscard]] bool syn_backlog_reached(const Profile& profile) const
    {
        const auto most = static_cast<std::uint32_t>(profile.max_syn_backlog);
        return half_open > most - most / 4;
    }

private:
    /// linux takes one more than it was told.
    [[nodiscard]] bool full(std::uint32_t count, const Profile& profile) const
    {
        return profile.connection.linux_checks ? count > backlog : count >= backlog;
    }
};

} // namespace tcpsm
