#include "diagram/palette.hpp"

#include <array>

namespace tcpsm::viz {
namespace {

// Pale fills for black text: opening is blue, open green, closing first yellow to violet, closing second red. Beyond
// the hue they differ in lightness wherever the table leads from one to the other: a test looks at them as colour-blind
// people do.
constexpr std::array<std::uint32_t, state_count> light_states{
    0xDFE0E3, // CLOSED
    0xE3ECFB, // LISTEN
    0xCEDFFE, // SYN-SENT
    0xB3CBF9, // SYN-RECEIVED
    0xD3F9E4, // ESTABLISHED
    0xFEE6B7, // FIN-WAIT-1
    0xFDD78D, // FIN-WAIT-2
    0xF4D6C6, // CLOSE-WAIT
    0xDED6BC, // CLOSING
    0xFDC5AA, // LAST-ACK
    0xE1D2F6, // TIME-WAIT
};
constexpr std::array<std::uint32_t, state_count> dark_states{
    0x3C414C, 0x2A405F, 0x24508E, 0x3566B1, 0x236244, 0x6C5415, 0x8A6A1A, 0x693E2A, 0x555230, 0x90523C, 0x563F7D,
};

// Blue and orange come first: most networks have two hosts, and these are the two that everybody can tell apart.
constexpr std::array<std::uint32_t, host_colours> light_hosts{
    0x016DD3, // blue
    0xB05800, // orange
    0x1A5E44, // green
    0x2B18BC, // violet
    0x037380, // teal
    0xCE1B9B, // pink
    0x6B4A1F, // brown
    0x3D4656, // slate
};
constexpr std::array<std::uint32_t, host_colours> dark_hosts{
    0x1F98FF, 0xF0A14D, 0x7BF2B7, 0xE1C5FF, 0x2EC1CF, 0xFF78BC, 0xD8C08A, 0xCED3DB,
};

} // namespace

std::uint32_t state_colour(State state, bool dark)
{
    return (dark ? dark_states : light_states)[static_cast<std::size_t>(state)];
}

std::uint32_t state_text_colour(State, bool dark)
{
    return dark ? 0xF4F6FA : 0x1B2330;
}

std::uint32_t host_colour(std::size_t index, bool dark)
{
    return (dark ? dark_hosts : light_hosts)[index % host_colours];
}

} // namespace tcpsm::viz
