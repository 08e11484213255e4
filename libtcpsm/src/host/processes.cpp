#include "host/processes.hpp"

#include <algorithm>

namespace tcpsm {

std::int32_t Descriptors::take(std::int32_t limit)
{
    if (!free_.empty() && free_.front() < limit) {
        std::pop_heap(free_.begin(), free_.end(), std::greater<>());
        const std::int32_t lowest = free_.back();
        free_.pop_back();
        return lowest;
    }
    return next_ < limit ? next_++ : none;
}

void Descriptors::give_back(std::int32_t descriptor)
{
    if (open() == 1) { // it was the last one: who opens one after the other never comes to the heap
        next_ = first;
        free_.clear();
        return;
    }
    free_.push_back(descriptor);
    std::push_heap(free_.begin(), free_.end(), std::greater<>());
}

ProcessId Processes::named(std::string_view name)
{
    const bool has_user = user_.index < all_.size() && all_[user_.index].running;
    if (name.empty() && has_user) return user_;
    if (name.empty()) name = user;
    const auto found = std::find_if(all_.begin(), all_.end(),
                                    [&](const ProcessEntry& entry) { return entry.running && entry.name == name; });
    if (found != all_.end()) return {static_cast<std::uint32_t>(found - all_.begin())};
    all_.push_back({.name = std::string(name)});
    const ProcessId begun{static_cast<std::uint32_t>(all_.size() - 1)};
    if (name == user) user_ = begun;
    return begun;
}

void Processes::end(ProcessId id)
{
    all_[id.index].running = false;
    all_[id.index].starved = false;
    all_[id.index].descriptors = {};
}

void Processes::end_all()
{
    for (std::uint32_t i = 0; i < all_.size(); ++i) end({i});
}

std::uint32_t Processes::descriptors() const
{
    std::uint32_t open = 0;
    for (const ProcessEntry& entry : all_) open += entry.descriptors.open();
    return open;
}

std::size_t Processes::memory() const
{
    std::size_t octets = all_.capacity() * sizeof(ProcessEntry);
    for (const ProcessEntry& entry : all_) octets += entry.descriptors.memory();
    return octets;
}

} // namespace tcpsm
