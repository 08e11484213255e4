#pragma once
// What a socket of the kernel answers where the library has an Error.

#include <string>

#include "tcpsm/connection/error.hpp"

namespace tcpsm::kernel {

/// "ECONNRESET", "EPIPE", ...; "ok" for none.
[[nodiscard]] std::string errno_name(Error error);

} // namespace tcpsm::kernel
