#pragma once
// docs/errors.md: what each call answers where, in both profiles.

#include <string>

namespace tcpsm::errors {

/// The whole page, in Markdown.
[[nodiscard]] std::string errors_page();

} // namespace tcpsm::errors
