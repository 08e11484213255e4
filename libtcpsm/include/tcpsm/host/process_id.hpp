#pragma once
// What names a process of a host.

#include <cstdint>

#pragma GCC visibility push(default)
namespace tcpsm {

/// Processes of a host are numbered from 0 in the order in which they began. A number is never given again.
struct ProcessId {
    std::uint32_t index = 0;
    friend constexpr bool operator==(ProcessId, ProcessId) = default;
};

} // namespace tcpsm
#pragma GCC visibility pop
