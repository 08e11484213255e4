#pragma once
// A host's log while it is being written: a flood does not fill it.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tcpsm/host/kernel_log.hpp"

namespace tcpsm {

class KernelLog {
public:
    /// @return false where it says too much already, and nothing was written
    bool write(const LogEntry& entry);
    [[nodiscard]] const std::vector<LogEntry>& entries() const { return entries_; }
    [[nodiscard]] std::size_t memory() const { return entries_.capacity() * sizeof(LogEntry); }

private:
    // linux net_ratelimit: ten lines in five seconds.
    static constexpr Duration period = std::chrono::seconds(5);
    static constexpr int most_in_a_period = 10;
    // The ring of a kernel forgets its oldest lines. Here the first ones are those that people look for.
    static constexpr std::size_t most_kept = 1000;

    std::vector<LogEntry> entries_;
    Time period_began_{};
    int in_period_ = 0;
};

} // namespace tcpsm
