#pragma once
// The arithmetic of the rasterizer: blending, and the one texture. All of it in integers.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tcpsm::viz {

/// A colour and how much of it is laid over what is there, each from 0 to 255.
struct Colour {
    std::uint32_t r = 0, g = 0, b = 0, a = 0;
};

/// x / 255, rounded, for x from 0 to 255 * 255.
constexpr std::uint32_t divided_by_255(std::uint32_t x)
{
    return (x + 128 + ((x + 128) >> 8)) >> 8;
}

/// Fills pixels with a colour that nothing shines through.
inline void put(std::uint8_t* pixel, const Colour& c, std::int64_t count = 1)
{
    const std::array<std::uint8_t, 4> octets{static_cast<std::uint8_t>(c.r), static_cast<std::uint8_t>(c.g),
                                             static_cast<std::uint8_t>(c.b), 0xFF};
    for (; count > 0; --count, pixel += 4) std::memcpy(pixel, octets.data(), 4); // in one move, or many at once
}

/// Lays a colour over a pixel. The picture is opaque and stays so.
inline void blend(std::uint8_t* pixel, const Colour& c)
{
    const std::uint32_t rest = 255 - c.a;
    pixel[0] = static_cast<std::uint8_t>(divided_by_255(c.r * c.a + pixel[0] * rest));
    pixel[1] = static_cast<std::uint8_t>(divided_by_255(c.g * c.a + pixel[1] * rest));
    pixel[2] = static_cast<std::uint8_t>(divided_by_255(c.b * c.a + pixel[2] * rest));
}

/// The font atlas: how much of a glyph is in each texel.
struct Texture {
    const std::uint8_t* texels = nullptr;
    int width = 0;
    int height = 0;

    /// Between the four nearest texels, 0 to 255. The place is in texels, with 16 bits behind the point.
    [[nodiscard]] std::uint32_t at(std::int64_t u, std::int64_t v) const
    {
        u -= 0x8000; // a texel's value is the one of its middle
        v -= 0x8000;
        const std::int64_t x = u >> 16;
        const std::int64_t y = v >> 16;
        const auto right = static_cast<std::uint32_t>((u >> 8) & 0xFF);
        const auto below = static_cast<std::uint32_t>((v >> 8) & 0xFF);
        if (x >= 0 && x + 1 < width && y >= 0 && y + 1 < height) {
            const std::uint8_t* const first = texels + y * width + x;
            return mix(first[0], first[1], first[width], first[width + 1], right, below);
        }
        return mix(texel(x, y), texel(x + 1, y), texel(x, y + 1), texel(x + 1, y + 1), right, below);
    }

private:
    // Outside, the texture goes on as at its edge.
    [[nodiscard]] std::uint32_t texel(std::int64_t x, std::int64_t y) const
    {
        return texels[std::clamp<std::int64_t>(y, 0, height - 1) * width + std::clamp<std::int64_t>(x, 0, width - 1)];
    }
    static std::uint32_t mix(std::uint32_t upper_left, std::uint32_t upper_right, std::uint32_t lower_left,
                             std::uint32_t lower_right, std::uint32_t right, std::uint32_t below)
    {
        const std::uint32_t upper = upper_left * (256 - right) + upper_right * right;
        const std::uint32_t lower = lower_left * (256 - right) + lower_right * right;
        return (upper * (256 - below) + lower * below + 0x8000) >> 16;
    }
};

} // namespace tcpsm::viz
