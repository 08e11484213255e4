#pragma once
// Numbers that are the same on every machine.

#include <cstdint>

namespace tcpsm::test {

class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15U + 1) {}
    /// From `least` to `most`, both included.
    std::uint32_t between(std::uint32_t least, std::uint32_t most)
    {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return least + static_cast<std::uint32_t>(state_ % (std::uint64_t{most} - least + 1));
    }
    bool one_in(std::uint32_t many) { return between(1, many) == 1; }

private:
    std::uint64_t state_;
};

} // namespace tcpsm::test
