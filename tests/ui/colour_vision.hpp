#pragma once
// How colours look to people, and how far apart.

#include <array>
#include <cstdint>

namespace colour {

struct Linear {
    double r = 0, g = 0, b = 0;
}; ///< light, not the numbers that sRGB stores it as: 0 to 1
struct Lab {
    double l = 0, a = 0, b = 0;
}; ///< CIE 1976 L*a*b*, D65

[[nodiscard]] Linear linear(std::uint32_t rgb);
[[nodiscard]] Lab lab(const Linear& light);

enum class Sight : std::uint8_t { usual, protanopia, deuteranopia, tritanopia };
inline constexpr std::array<Sight, 4> sights{Sight::usual, Sight::protanopia, Sight::deuteranopia, Sight::tritanopia};
[[nodiscard]] const char* name(Sight sight);

/// What people see who lack a kind of cone.
/// G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A Physiologically-based Model for Simulation of Color Vision
/// Deficiency, IEEE TVCG 15 (6), 2009; the matrices for severity 1.0.
[[nodiscard]] Linear seen(const Linear& light, Sight sight);

/// How different two colours are, CIEDE2000: about 1 can just be seen side by side.
/// G. Sharma, W. Wu, E. N. Dalal: The CIEDE2000 Color-Difference Formula, Color Res. Appl. 30 (1), 2005.
[[nodiscard]] double difference(const Lab& x, const Lab& y);

/// The least difference of two colours that any of the four sights leaves.
[[nodiscard]] double least_difference(std::uint32_t x, std::uint32_t y);

/// From 1 to 21: WCAG 2.1, "contrast ratio".
[[nodiscard]] double contrast(std::uint32_t x, std::uint32_t y);

} // namespace colour
