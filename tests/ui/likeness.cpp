#include "ui/likeness.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

namespace tcpsm::viz {
namespace {

constexpr int columns = 48;
constexpr int rows = 30;

std::size_t position(const Image& image, int x, int y)
{
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x)) * 4;
}

// Whether the eye sees no difference between the pixel of one picture and the other's, or one beside that.
bool found_near(const Image& one, const Image& other, int x, int y)
{
    constexpr int hardly_seen = 24;
    const std::size_t here = position(one, x, y);
    const auto alike = [&](std::size_t there) {
        for (std::size_t k = 0; k < 3; ++k)
            if (std::abs(one.rgba[here + k] - other.rgba[there + k]) > hardly_seen) return false;
        return true;
    };
    if (alike(here)) return true;
    for (int row = std::max(y - 1, 0); row <= std::min(y + 1, other.height - 1); ++row)
        for (int column = std::max(x - 1, 0); column <= std::min(x + 1, other.width - 1); ++column)
            if (alike(position(other, column, row))) return true;
    return false;
}

// From 0 to 255, the mean of the three colours of all pixels of a field.
int lightness(const Image& image, int column, int row)
{
    const int left = image.width * column / columns, right = image.width * (column + 1) / columns;
    const int top = image.height * row / rows, bottom = image.height * (row + 1) / rows;
    long sum = 0, count = 0;
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x) {
            const std::size_t at = position(image, x, y);
            sum += image.rgba[at] + image.rgba[at + 1] + image.rgba[at + 2];
            count += 3;
        }
    return count == 0 ? 0 : static_cast<int>((sum + count / 2) / count);
}

int field(std::string_view digits)
{
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
}

} // namespace

double difference(const Image& a, const Image& b)
{
    std::size_t differing = 0;
    for (int y = 0; y < a.height; ++y)
        for (int x = 0; x < a.width; ++x) differing += found_near(a, b, x, y) && found_near(b, a, x, y) ? 0U : 1U;
    return static_cast<double>(differing) / (static_cast<double>(a.rgba.size()) / 4);
}

std::vector<std::string> fingerprint(const Image& image)
{
    std::vector<std::string> all(rows);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            all[static_cast<std::size_t>(row)] += fmt::format("{:02x}", lightness(image, column, row));
    return all;
}

int difference_of_rows(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    if (a.size() != b.size()) return 255;
    int most = 0;
    for (std::size_t row = 0; row < a.size(); ++row) {
        if (a[row].size() != b[row].size()) return 255;
        for (std::size_t i = 0; i + 1 < a[row].size(); i += 2)
            most = std::max(most, std::abs(field(a[row].substr(i, 2)) - field(b[row].substr(i, 2))));
    }
    return most;
}

} // namespace tcpsm::viz
