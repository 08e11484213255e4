#pragma once
// docs/profiles.md: what the profiles set, from the table of switches, and what the recordings give.

#include <string>

namespace tcpsm::kernel {

/// The whole page, in Markdown.
[[nodiscard]] std::string profiles_page();

} // namespace tcpsm::kernel
