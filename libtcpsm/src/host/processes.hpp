#pragma once
// The processes of a host, and the descriptors by which they own its sockets.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/host/process_id.hpp"

namespace tcpsm {

/// Which descriptors of a process are open. A new one is the lowest that is free, as POSIX demands; the first three are
/// its standard input, output and error.
class Descriptors {
public:
    static constexpr std::int32_t first = 3;
    static constexpr std::int32_t none = -1;

    /// @param limit  RLIMIT_NOFILE: all are below it
    /// @return `none` where no descriptor is left
    std::int32_t take(std::int32_t limit);
    [[nodiscard]] bool any_left(std::int32_t limit) const
    {
        return next_ < limit || (!free_.empty() && free_.front() < limit);
    }
    void give_back(std::int32_t descriptor);
    [[nodiscard]] std::uint32_t open() const { return static_cast<std::uint32_t>(next_ - first) - free_count(); }
    [[nodiscard]] std::size_t memory() const { return free_.capacity() * sizeof(std::int32_t); }

private:
    [[nodiscard]] std::uint32_t free_count() const { return static_cast<std::uint32_t>(free_.size()); }

    std::int32_t next_ = first;
    std::vector<std::int32_t> free_; // those below `next_`: a heap with the lowest first
};

struct ProcessEntry {
    std::string name;
    Descriptors descriptors{};
    bool running = true;
    bool starved = false; // no descriptor was left for a connection that it wanted to accept
};

/// A table of all that ever ran there. The user of whom the RFC speaks is a process like any other; whoever names none
/// means that one.
class Processes {
public:
    static constexpr std::string_view user = "user";

    /// The running process of that name, `user` where it is empty; a new one where none runs.
    ProcessId named(std::string_view name);
    [[nodiscard]] std::size_t count() const { return all_.size(); }
    ProcessEntry& operator[](ProcessId id) { return all_[id.index]; }
    const ProcessEntry& operator[](ProcessId id) const { return all_[id.index]; }
    /// It has no descriptor any more.
    void end(ProcessId id);
    void end_all();
    /// Descriptors that are open in all of them together.
    [[nodiscard]] std::uint32_t descriptors() const;
    [[nodiscard]] std::size_t memory() const;

private:
    std::vector<ProcessEntry> all_;
    ProcessId user_{0xffffffff}; // the last one of that name, once there is one
};

} // namespace tcpsm
