#pragma once
// The results of calls, by the names of std::errc.

#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/connection/errc_name.hpp"

namespace tcpsm {

/// All names that a call can answer.
[[nodiscard]] const std::vector<std::string>& errc_names();
/// Of a connection that is still being opened.
inline constexpr std::string_view in_progress = "operation_in_progress";

} // namespace tcpsm
