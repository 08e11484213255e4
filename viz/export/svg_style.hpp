#pragma once
// The style sheet of the pictures: a class for every kind of element, so that a theme is a list of colours.

#include <string>

#include "export/svg.hpp"

namespace tcpsm::viz {

[[nodiscard]] std::string style_sheet(SvgTheme theme);

/// The class of a state's fill: "s4".
[[nodiscard]] std::string state_class(State state);
/// The class of what belongs to the n-th host: "h0". They repeat when the colours do.
[[nodiscard]] std::string host_class(std::size_t host);

} // namespace tcpsm::viz
