#pragma once
// The colours that mean something in every picture, 0xRRGGBB. People who are colour-blind can tell them apart.

#include <cstddef>
#include <cstdint>

#include "tcpsm/machine/state.hpp"

namespace tcpsm::viz {

inline constexpr std::size_t host_colours = 8;

/// The fill of a band or box that shows a state.
[[nodiscard]] std::uint32_t state_colour(State state, bool dark);
/// The name of the state on that fill.
[[nodiscard]] std::uint32_t state_text_colour(State state, bool dark);
/// The lines and the name of the n-th host of a network; they repeat after `host_colours`.
[[nodiscard]] std::uint32_t host_colour(std::size_t index, bool dark);

} // namespace tcpsm::viz
