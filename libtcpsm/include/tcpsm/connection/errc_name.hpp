#pragma once
// The errors of calls, by the names of std::errc.

#include <span>
#include <string_view>

#include "tcpsm/connection/error.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// "connection_reset"; "ok" where there is none.
[[nodiscard]] std::string_view errc_name(Error error);
/// Those of all errors but "ok".
[[nodiscard]] std::span<const std::string_view> names_of_errors();

} // namespace tcpsm
#pragma GCC visibility pop
