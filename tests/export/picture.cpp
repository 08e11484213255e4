#include "export/picture.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#include <stb/stb_image.h>

namespace tcpsm::test {
namespace {

/// A file name for this process, removed at the end.
struct Temporary {
    explicit Temporary(const std::string& ending)
        : path(std::filesystem::temp_directory_path() / ("tcpsm-svg-" + std::to_string(getpid()) + ending))
    {
    }
    ~Temporary()
    {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    std::filesystem::path path;
};

} // namespace

Picture draw(const std::string& svg)
{
    const Temporary source(".svg");
    const Temporary target(".png");
    std::ofstream(source.path, std::ios::binary) << svg;
    const std::string command = "rsvg-convert '" + source.path.string() + "' -o '" + target.path.string() + "'";
    Picture picture;
    if (std::system(command.c_str()) != 0) return picture;
    int channels = 0;
    std::uint8_t* const data = stbi_load(target.path.c_str(), &picture.width, &picture.height, &channels, 4);
    if (data == nullptr) return {};
    picture.pixels.assign(data, data + std::size_t{4} * static_cast<std::size_t>(picture.width * picture.height));
    stbi_image_free(data);
    return picture;
}

tcpsm::viz::Box Picture::ink(const tcpsm::viz::Box& within) const
{
    tcpsm::viz::Box box{1e9F, 1e9F, -1e9F, -1e9F};
    const int top = std::max(0, static_cast<int>(within.top));
    const int left = std::max(0, static_cast<int>(within.left));
    for (int y = top; y < std::min(height, static_cast<int>(within.bottom)); ++y)
        for (int x = left; x < std::min(width, static_cast<int>(within.right)); ++x) {
            if (pixels[std::size_t{4} * static_cast<std::size_t>(y * width + x) + 1] > 170) continue;
            box.left = std::min(box.left, static_cast<float>(x));
            box.top = std::min(box.top, static_cast<float>(y));
            box.right = std::max(box.right, static_cast<float>(x + 1));
            box.bottom = std::max(box.bottom, static_cast<float>(y + 1));
        }
    return box.right < box.left ? tcpsm::viz::Box{} : box;
}

} // namespace tcpsm::test
