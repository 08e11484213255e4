#pragma once
// Numbers that are the same on every machine, which the distributions of <random> do not promise.

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>

namespace tcpsm::soak {

class Chance {
public:
    explicit Chance(std::uint64_t seed) : random_(seed) {}
    /// From `least` to `most`, both included.
    std::uint32_t between(std::uint32_t least, std::uint32_t most)
    {
        return least + static_cast<std::uint32_t>(random_() % (std::uint64_t{most} - least + 1));
    }
    bool one_in(std::uint32_t many) { return between(1, many) == 1; }
    template <class T, std::size_t Count>
    T one_of(const std::array<T, Count>& values)
    {
        return values[between(0, static_cast<std::uint32_t>(Count - 1))];
    }

private:
    std::mt19937_64 random_;
};

} // namespace tcpsm::soak
