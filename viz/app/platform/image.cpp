#include "app/platform/image.hpp"

#include <algorithm>

#include "app/platform/pixels.hpp"

namespace tcpsm::viz {

Image blank_image(int width, int height, std::uint32_t rgb)
{
    Image image{std::max(width, 0), std::max(height, 0), {}};
    image.rgba.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4);
    put(image.rgba.data(), {(rgb >> 16) & 0xFF, (rgb >> 8) & 0xFF, rgb & 0xFF, 0xFF},
        static_cast<std::int64_t>(image.rgba.size() / 4));
    return image;
}

std::uint64_t hash(const Image& image)
{
    std::uint64_t value = 0xCBF29CE484222325;
    const auto add = [&value](std::uint8_t octet) { value = (value ^ octet) * 0x100000001B3; };
    for (const int size : {image.width, image.height})
        for (int shift = 0; shift < 32; shift += 8) add(static_cast<std::uint8_t>(size >> shift));
    for (const std::uint8_t octet : image.rgba) add(octet);
    return value;
}

} // namespace tcpsm::viz
