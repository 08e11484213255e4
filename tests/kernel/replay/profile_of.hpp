#pragma once
// The `linux` profile as a recording's system had it.

#include "replay/recording.hpp"
#include "tcpsm/host/profile.hpp"

namespace tcpsm::kernel {

/// The profile `linux` with what the recording says of its sysctls, of the MTU, and of its receive buffer: nothing says
/// that it was set, so it is taken from the windows that the kernel offered before anything was read.
[[nodiscard]] Profile profile_of(const Recording& recording);

/// What the recording set and no switch stands for, each by its name.
[[nodiscard]] std::vector<std::string> unsupported_sysctls(const Recording& recording);

} // namespace tcpsm::kernel
