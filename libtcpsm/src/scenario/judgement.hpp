#pragma once
// What is said of an expectation.

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm {

struct Judgement {
    /// It does not hold.
    Judgement(std::string instead) : found(std::move(instead)) {}
    Judgement(const char* instead) : found(instead) {}
    Judgement(bool so, std::string what, std::optional<std::size_t> by) : holds(so), found(std::move(what)), record(by)
    {
    }

    bool holds = false;
    std::string found;                 ///< what is so, where it holds too
    std::optional<std::size_t> record; ///< of the history, that made it hold
};

[[nodiscard]] inline Judgement differs(bool holds, std::string found, std::optional<std::size_t> record = {})
{
    return {holds, std::move(found), record};
}

/// Judges each of them.
[[nodiscard]] std::vector<Judgement> judge(const std::vector<Expectation>& expectations, const Simulation& simulation);
/// What of them is not so.
[[nodiscard]] std::vector<Failure> failures(const std::vector<Expectation>& expectations,
                                            const std::vector<Judgement>& judgements);

[[nodiscard]] Judgement judge(const ExpectCount& expected, const Simulation& simulation);
[[nodiscard]] Judgement judge(const ExpectClients& expected, const Simulation& simulation);

} // namespace tcpsm
