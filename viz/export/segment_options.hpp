#pragma once
// The options of a segment as they are written down.

#include <string>
#include <vector>

#include "tcpsm/wire/options.hpp"

namespace tcpsm {

/// In the order of the header, one text each: "mss 1460", "sack-permitted", "timestamps 12 34", "window-scale 7",
/// "sack 100-200 300-400", and "kind 30" for what is not understood. No-Operation and End are left out.
[[nodiscard]] std::vector<std::string> option_texts(const Options& options);

} // namespace tcpsm
