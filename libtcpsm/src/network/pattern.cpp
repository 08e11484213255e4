#include "tcpsm/network/pattern.hpp"

namespace tcpsm {

std::string pattern(std::uint32_t connection, std::uint64_t first, std::size_t count)
{
    std::string result(count, ' ');
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t z = (first + i) * 0x9e3779b97f4a7c15 + connection * std::uint64_t{0xbf58476d1ce4e5b9};
        z = (z ^ (z >> 31)) * 0x94d049bb133111eb;
        result[i] = static_cast<char>('a' + (z >> 33) % 26);
    }
    return result;
}

} // namespace tcpsm
