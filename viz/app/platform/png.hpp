#pragma once
// Pictures as PNG files.

#include <optional>
#include <string>

#include "app/platform/image.hpp"

namespace tcpsm::viz {

/// Empty, or why it could not be written: the system's words, "No space left on device". No half-written file is left.
[[nodiscard]] std::string write_png(const Image& image, const std::string& path);

/// Nothing where there is no file, or it is no PNG.
[[nodiscard]] std::optional<Image> read_png(const std::string& path);

} // namespace tcpsm::viz
