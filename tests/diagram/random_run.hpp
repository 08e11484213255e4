#pragma once
// Runs as chance has them, and a measure of text that needs no font.

#include <cstdint>

#include "diagram/geometry.hpp"
#include "support/chance.hpp"
#include "tcpsm/network/network.hpp"

namespace tcpsm::test {

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

} // namespace tcpsm::test
