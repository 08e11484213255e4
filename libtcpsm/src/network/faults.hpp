#pragma once
// The rules of a network at work.

#include <cstdint>
#include <optional>
#include <vector>

#include "tcpsm/network/rule.hpp"

namespace tcpsm {

/// Asks the rules one after the other. What they count and draw lives here, inside the world.
class Faults {
public:
    explicit Faults(std::uint64_t seed) : seed_(seed) {}

    [[nodiscard]] bool empty() const { return rules_.empty(); }
    RuleId add(Rule rule);
    /// The verdict of the first rule that answers; nothing where all let it pass.
    std::optional<Verdict> ask(const Flight& flight);
    [[nodiscard]] std::uint32_t applied(RuleId rule) const { return rules_[rule.index].applied; }
    void end(RuleId rule) { rules_[rule.index].rule.times = 0; }

private:
    struct Entry {
        Rule rule;
        std::uint64_t random = 0;
        std::uint32_t seen = 0;
        std::uint32_t applied = 0;
    };
    static bool answers(Entry& entry, const Flight& flight);

    std::uint64_t seed_;
    std::vector<Entry> rules_;
};

} // namespace tcpsm
