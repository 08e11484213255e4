#pragma once
// Runs as chance has them, and a measure of text that needs no font.

#include <cstdint>

#include "diagram/geometry.hpp"
#include "tcpsm/network/network.hpp"

namespace test {

/// Two to four hosts that connect to each other and to themselves, send, close, abort, crash and come up again, over a
/// network that loses, delays, copies and holds. The same seed gives the same run.
tcpsm::Network random_run(std::uint64_t seed);

/// Every letter is as wide as any other.
struct EvenMeasure : tcpsm::viz::TextMeasure {
    [[nodiscard]] float width(std::string_view text, float size, tcpsm::viz::Weight weight) const override
    {
        ++asked;
        const float em = weight == tcpsm::viz::Weight::bold ? 0.68F : 0.6F;
        return static_cast<float>(text.size()) * size * em;
    }
    mutable std::size_t asked = 0;
};

/// Numbers that are the same on every machine.
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

} // namespace test
