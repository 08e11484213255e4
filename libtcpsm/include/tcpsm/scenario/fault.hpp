#pragma once
// What a scenario's network does to segments, besides carrying them.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "tcpsm/network/rule.hpp"
#include "tcpsm/scenario/step.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// Which segments: one by its name; or all of a kind, one of them by its place in the row, or some by chance.
struct Selector {
    enum class Kind : std::uint8_t { any, pure_ack, syn, syn_ack, fin, rst, ack, text, retransmission };
    std::string name; ///< "client.4"; empty for a description
    Kind kind = Kind::any;
    std::uint32_t nth = 0;                    ///< the n-th of them, from 1; 0 for every one
    std::uint32_t chance = Rule::one_million; ///< in a million
    std::string from;                         ///< host; empty for any
    std::string to;                           ///< host; empty for any
    std::optional<State> state;               ///< of the sender, as it left
    std::string text;                         ///< as it was written

    /// Name, kind, hosts and state fit. What is counted or drawn is the rule's.
    [[nodiscard]] bool fits(const Flight& flight) const;
};

struct Fault {
    enum class Kind : std::uint8_t { lose, delay, duplicate, hold, cut };
    Place place;
    Kind kind = Kind::lose;
    Selector segment;     ///< all but cut
    Duration by{};        ///< delay: so much longer; duplicate: the copy comes so much after
    std::string a, b;     ///< cut: the two hosts
    Moment from = Time{}; ///< cut
    Moment until = never; ///< hold, cut
    std::string text;     ///< "lose: client.4"
};

} // namespace tcpsm
#pragma GCC visibility pop
