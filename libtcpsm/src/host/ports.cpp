// Which ports are taken, and which one is next.

#include "host/stack.hpp"

namespace tcpsm {

void Stack::become(Slot& slot, Use use, Port port)
{
    if (slot.bound != 0) ++ports_given_back_;
    count_port(slot, -1);
    if (slot.use == Use::unconnected) --unconnected_;
    if (use == Use::unconnected) ++unconnected_;
    slot.use = use;
    slot.bound = port;
    count_port(slot, 1);
}

void Stack::count_port(const Slot& slot, std::int32_t by)
{
    if (slot.bound == 0) return;
    PortUse& port = ports_[slot.bound];
    (slot.use == Use::connection ? port.connections : port.bound)[slot.reuse ? 1 : 0] += by;
    if (slot.use == Use::listener) port.listeners += by;
    if (port.nobody()) ports_.erase(slot.bound);
}

bool Stack::taken(Port port, bool reuse) const
{
    const auto found = ports_.find(port);
    if (found == ports_.end()) return false;
    const PortUse& use = found->second;
    const auto bars = [&](const std::array<std::int32_t, 2>& sockets) {
        return sockets[0] > 0 || (sockets[1] > 0 && !reuse);
    };
    if (use.listeners > 0 || bars(use.bound)) return true;
    // The RFC lets a port be listened on beside connections that have it (MUST-42): docs/decisions/0019.
    return profile_.connection.linux_checks && bars(use.connections);
}

bool Stack::meets_another(const Slot& slot)
{
    count_port(slot, -1);
    const bool met = taken(slot.bound, slot.reuse);
    count_port(slot, 1);
    return met;
}

Port Stack::ephemeral_port(Endpoint remote, Time now)
{
    // Where no port was left for this peer, none is until one has been given back; only tcp_tw_reuse frees one by time.
    const bool by_time = profile_.tw_reuse == 1 || (profile_.tw_reuse == 2 && remote.address == address_);
    if (!by_time && no_port_for_ == remote && no_port_since_ == ports_given_back_) return 0;
    const int range = profile_.ephemeral_last - profile_.ephemeral_first + 1;
    for (int tried = 0; tried < range; ++tried) {
        const Port port = next_port_;
        next_port_ = port == profile_.ephemeral_last ? profile_.ephemeral_first : static_cast<Port>(port + 1);
        if (const auto use = ports_.find(port); use != ports_.end() && use->second.waits()) continue;
        const std::uint32_t index = slot_of(four_tuple(port, remote));
        if (index == nobody || (by_time && gives_way(*see(index), false, now))) return port;
    }
    no_port_for_ = remote;
    no_port_since_ = ports_given_back_;
    return 0;
}

Endpoint Stack::bound(SocketId id) const
{
    const Slot* slot = at(id);
    if (slot == nullptr) return {};
    if (slot->use == Use::connection) return see(id.index)->local(); // a child has its listener's port, unbound
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
