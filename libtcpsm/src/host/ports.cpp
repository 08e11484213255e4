// Which ports are taken, and which one is next.

#include "host/stack.hpp"

#include <algorithm>

namespace tcpsm {

bool Stack::taken(Port port) const
{
    return std::any_of(slots_.begin(), slots_.end(), [&](const Slot& slot) {
        return (slot.use == Use::unconnected || slot.use == Use::listener) && slot.bound == port;
    });
}

Port Stack::ephemeral_port(Endpoint remote, Time now)
{
    const int range = profile_.ephemeral_last - profile_.ephemeral_first + 1;
    for (int tried = 0; tried < range; ++tried) {
        const Port port = next_port_;
        next_port_ = port == profile_.ephemeral_last ? profile_.ephemeral_first : static_cast<Port>(port + 1);
        if (listener_on(port) != nullptr) continue;
        const auto found = demux_.find(key(port, remote));
        if (found == demux_.end() || gives_way(slots_[found->second].connection, false, now)) return port;
    }
    return 0;
}

Endpoint Stack::bound(SocketId id) const
{
    const Slot* slot = at(id);
    if (slot == nullptr) return {};
    if (slot->use == Use::connection) return slot->connection.local(); // a child has its listener's port, unbound
    return {address_, slot->bound};
}

SocketId Stack::bound_socket(Port port) const
{
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
        const Slot& slot = slots_[i];
        if (slot.use != Use::unconnected || slot.bound == 0 || (port != 0 && slot.bound != port)) continue;
        return {i, slot.generation};
    }
    return {};
}

} // namespace tcpsm
