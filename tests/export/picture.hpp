#pragma once
// A picture as rsvg-convert draws it.

#include <cstdint>
#include <string>
#include <vector>

#include "diagram/geometry.hpp"

namespace tcpsm::test {

struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels; ///< red, green, blue, alpha, line by line

    /// The box around all pixels that are darker than the paper, within another box; empty where there are none.
    [[nodiscard]] tcpsm::viz::Box ink(const tcpsm::viz::Box& within) const;
};

/// Draws an SVG. The width is 0 where that failed.
Picture draw(const std::string& svg);

} // namespace tcpsm::test
