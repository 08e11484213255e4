#pragma once
// What is said of an expectation.

#include <optional>
#include <string>

#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm {

/// What was found instead; nothing where the expectation holds.
using Judgement = std::optional<std::string>;

[[nodiscard]] inline Judgement differs(bool holds, std::string found)
{
    if (holds) return {};
    return found;
}

[[nodiscard]] Judgement judge(const ExpectCount& expected, const Simulation& simulation);
[[nodiscard]] Judgement judge(const ExpectClients& expected, const Simulation& simulation);

} // namespace tcpsm
