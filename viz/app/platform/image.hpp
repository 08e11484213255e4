#pragma once
// A picture in memory.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tcpsm::viz {

struct Image {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba; ///< four octets a pixel, rows from the top, no padding
};

/// All of one colour, 0xRRGGBB. Sizes below 0 count as 0.
[[nodiscard]] Image blank_image(int width, int height, std::uint32_t rgb);

/// FNV-1a of the size and all octets: the same for equal images, on every machine.
[[nodiscard]] std::uint64_t hash(const Image& image);

} // namespace tcpsm::viz
