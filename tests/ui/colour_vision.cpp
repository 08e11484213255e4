#include "ui/colour_vision.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace colour {
namespace {

using Matrix = std::array<double, 9>;

Linear times(const Matrix& m, const Linear& v)
{
    return {m[0] * v.r + m[1] * v.g + m[2] * v.b, m[3] * v.r + m[4] * v.g + m[5] * v.b,
            m[6] * v.r + m[7] * v.g + m[8] * v.b};
}

double channel(std::uint32_t rgb, unsigned shift)
{
    const double stored = ((rgb >> shift) & 0xFFU) / 255.0;
    return stored <= 0.04045 ? stored / 12.92 : std::pow((stored + 0.055) / 1.055, 2.4);
}

// The Y of XYZ.
double luminance(const Linear& light)
{
    return 0.2126729 * light.r + 0.7151522 * light.g + 0.0721750 * light.b;
}

double f_of_lab(double t)
{
    return t > 216.0 / 24389.0 ? std::cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
}

double radians(double degrees)
{
    return degrees * std::numbers::pi / 180.0;
}

double hue(double a, double b)
{
    if (a == 0 && b == 0) return 0;
    const double degrees = std::atan2(b, a) * 180.0 / std::numbers::pi;
    return degrees < 0 ? degrees + 360 : degrees;
}

double seventh_power_share(double chroma)
{
    const double power = std::pow(chroma, 7);
    return std::sqrt(power / (power + std::pow(25.0, 7)));
}

// Equations 10 and 14 of Sharma, Wu, Dalal.
double hue_difference(double h1, double h2)
{
    const double d = h2 - h1;
    if (d > 180) return d - 360;
    return d < -180 ? d + 360 : d;
}
double mean_hue(double h1, double h2)
{
    if (std::abs(h1 - h2) <= 180) return (h1 + h2) / 2;
    return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}

} // namespace

Linear linear(std::uint32_t rgb)
{
    return {channel(rgb, 16), channel(rgb, 8), channel(rgb, 0)};
}

Lab lab(const Linear& light)
{
    const double x = f_of_lab((0.4124564 * light.r + 0.3575761 * light.g + 0.1804375 * light.b) / 0.9504700);
    const double y = f_of_lab(luminance(light));
    const double z = f_of_lab((0.0193339 * light.r + 0.1191920 * light.g + 0.9503041 * light.b) / 1.0888300);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

const char* name(Sight sight)
{
    switch (sight) {
    case Sight::protanopia: return "protanopia";
    case Sight::deuteranopia: return "deuteranopia";
    case Sight::tritanopia: return "tritanopia";
    default: return "usual sight";
    }
}

Linear seen(const Linear& light, Sight sight)
{
    static constexpr std::array<Matrix, 4> matrices{{
        {1, 0, 0, 0, 1, 0, 0, 0, 1},
        {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
        {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
        {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
    }};
    const Linear result = times(matrices[static_cast<std::size_t>(sight)], light);
    return {std::clamp(result.r, 0.0, 1.0), std::clamp(result.g, 0.0, 1.0), std::clamp(result.b, 0.0, 1.0)};
}

double difference(const Lab& x, const Lab& y)
{
    const double g = 0.5 * (1 - seventh_power_share((std::hypot(x.a, x.b) + std::hypot(y.a, y.b)) / 2));
    const double a1 = x.a * (1 + g);
    const double a2 = y.a * (1 + g);
    const double c1 = std::hypot(a1, x.b);
    const double c2 = std::hypot(a2, y.b);
    const double h1 = hue(a1, x.b);
    const double h2 = hue(a2, y.b);
    const bool grey = c1 * c2 == 0;

    const double dl = y.l - x.l;
    const double dc = c2 - c1;
    const double dh = 2 * std::sqrt(c1 * c2) * std::sin(radians(grey ? 0 : hue_difference(h1, h2)) / 2);

    const double l = (x.l + y.l) / 2;
    const double c = (c1 + c2) / 2;
    const double h = grey ? h1 + h2 : mean_hue(h1, h2);
    const double t = 1 - 0.17 * std::cos(radians(h - 30)) + 0.24 * std::cos(radians(2 * h)) +
                     0.32 * std::cos(radians(3 * h + 6)) - 0.20 * std::cos(radians(4 * h - 63));
    const double turn = 30 * std::exp(-std::pow((h - 275) / 25, 2));
    const double sl = 1 + 0.015 * std::pow(l - 50, 2) / std::sqrt(20 + std::pow(l - 50, 2));
    const double sc = 1 + 0.045 * c;
    const double sh = 1 + 0.015 * c * t;
    const double rt = -std::sin(radians(2 * turn)) * 2 * seventh_power_share(c);
    return std::sqrt(std::pow(dl / sl, 2) + std::pow(dc / sc, 2) + std::pow(dh / sh, 2) + rt * dc / sc * dh / sh);
}

double least_difference(std::uint32_t x, std::uint32_t y)
{
    double least = 1000;
    for (const Sight sight : sights)
        least = std::min(least, difference(lab(seen(linear(x), sight)), lab(seen(linear(y), sight))));
    return least;
}

double contrast(std::uint32_t x, std::uint32_t y)
{
    const double a = luminance(linear(x)) + 0.05;
    const double b = luminance(linear(y)) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

} // namespace colour
