#include "app/platform/png.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <vector>

#include <stb_image.h>
#include <stb_image_write.h>

namespace tcpsm::viz {
namespace {

std::string reason()
{
    return std::strerror(errno);
}

// Our pictures are opaque, and a quarter smaller without saying so.
std::vector<std::uint8_t> without_alpha(const Image& image)
{
    std::vector<std::uint8_t> rgb;
    rgb.reserve(image.rgba.size() / 4 * 3);
    for (std::size_t i = 0; i + 4 <= image.rgba.size(); i += 4)
        rgb.insert(rgb.end(), {image.rgba[i], image.rgba[i + 1], image.rgba[i + 2]});
    return rgb;
}

std::string write_file(const std::string& octets, const std::string& path)
{
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return reason();
    std::string why = std::fwrite(octets.data(), 1, octets.size(), file) == octets.size() ? "" : reason();
    // A full disk may be noticed only here.
    if (std::fclose(file) != 0 && why.empty()) why = reason();
    std::error_code ignored;
    if (!why.empty() && std::filesystem::is_regular_file(path, ignored)) std::filesystem::remove(path, ignored);
    return why;
}

} // namespace

std::string write_png(const Image& image, const std::string& path)
{
    if (image.width <= 0 || image.height <= 0) return std::strerror(EINVAL); // there is no PNG of nothing
    std::string octets;
    const auto append = [](void* to, void* data, int size) {
        static_cast<std::string*>(to)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
    };
    const std::vector<std::uint8_t> rgb = without_alpha(image);
    if (stbi_write_png_to_func(append, &octets, image.width, image.height, 3, rgb.data(), image.width * 3) == 0)
        return std::strerror(EINVAL);
    return write_file(octets, path);
}

std::optional<Image> read_png(const std::string& path)
{
    int width = 0;
    int height = 0;
    int channels = 0;
    const std::unique_ptr<unsigned char, void (*)(void*)> pixels(stbi_load(path.c_str(), &width, &height, &channels, 4),
                                                                 stbi_image_free);
    if (pixels == nullptr) return std::nullopt;
    const auto size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
    return Image{width, height, {pixels.get(), pixels.get() + size}};
}

} // namespace tcpsm::viz
