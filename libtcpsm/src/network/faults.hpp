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
    /// The n-th rule with a chance draws the n-th series of numbers, whatever rules without one stand before it: a
    /// fault that is added changes nothing that happened before it applies.
    RuleId add(Rule rule);
    /// Loses any segment by chance, with numbers of its own; 0 ends it.
    void set_loss(std::uint32_t in_a_million);
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
    std::uint32_t series_ = 0;   // of numbers, that rules draw from
    std::optional<RuleId> loss_; // set_loss
};

} // namespace tcpsm
