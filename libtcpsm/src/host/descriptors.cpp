// Whose a socket is: a process has it by a descriptor, from socket() or accept() until close().

#include "host/stack.hpp"

namespace tcpsm {

bool Stack::hold(std::uint32_t index)
{
    Whole& socket = whole(index);
    const std::int32_t descriptor = processes_[socket.process].descriptors.take(profile_.rlimit_nofile);
    if (descriptor == Descriptors::none) return false;
    socket.descriptor = descriptor;
    slots_[index].held = true;
    return true;
}

void Stack::let_go(std::uint32_t index, Output& out)
{
    Slot& slot = slots_[index];
    if (!slot.held) return;
    slot.held = false;
    Whole& socket = whole(index);
    ProcessEntry& process = processes_[socket.process];
    process.descriptors.give_back(std::exchange(socket.descriptor, Descriptors::none));
    if (process.starved) accept_waiting(socket.process, out);
}

void Stack::starve(ProcessId process, Output& out)
{
    processes_[process].starved = true;
    if (out.wants(Recording::counts)) out.reports.push_back({.kind = ReportKind::not_accepted});
}

void Stack::accept_waiting(ProcessId process, Output& out)
{
    processes_[process].starved = false;
    for (const SocketId listener : listeners()) {
        if (!listener_in(listener.index)->accepts || whole(listener.index).process != process) continue;
        Opened next = accept(listener);
        for (; next.error == Error::none; next = accept(listener)) touch(next.socket.index);
        if (next.error == Error::too_many_open_files && listener_in(listener.index)->waiting > 0) starve(process, out);
    }
}

std::optional<ProcessId> Stack::process_of(SocketId id) const
{
    const Slot* const slot = at(id);
    if (slot == nullptr || slot->compact) return {};
    return whole(id.index).process;
}

std::int32_t Stack::descriptor_of(SocketId id) const
{
    const Slot* const slot = at(id);
    return slot == nullptr || !slot->held ? Descriptors::none : whole(id.index).descriptor;
}

} // namespace tcpsm
