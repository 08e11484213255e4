#pragma once
// Runs, and everything that is said about them.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "explain/explain.hpp"
#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm::test {

inline constexpr std::array languages{viz::Language::english, viz::Language::chinese};

/// The scenario of that name in examples/scenarios.
[[nodiscard]] Scenario scenario(std::string_view name);
/// The names of all that record everything.
[[nodiscard]] std::vector<std::string> scenario_names();
/// A scenario that is given as text; it must be valid.
[[nodiscard]] Scenario scenario_of(std::string_view text);

/// A history that is over, and its story.
struct Told {
    History history;
    viz::Story story;

    explicit Told(const Network& network);
    explicit Told(std::string_view scenario_name);

    [[nodiscard]] std::vector<viz::Explanation> explanations(viz::Language language = viz::Language::english) const;
    /// "1.2 s  client got ...", one a moment; those before a time are left out.
    [[nodiscard]] std::string headlines(viz::Language language = viz::Language::english, Time from = {}) const;
    /// The first moment whose headline contains a text; throws std::runtime_error where none does.
    [[nodiscard]] viz::Explanation moment(std::string_view headline,
                                          viz::Language language = viz::Language::english) const;
    /// The checks of a segment, one a line: "+ first, sequence number: SEG.SEQ 301 = RCV.NXT". `+` passed, `=` its
    /// meaning was found, `x` refused, `.` not reached.
    [[nodiscard]] std::string checks(std::string_view segment, viz::Language language = viz::Language::english) const;
};

/// Expected text in a raw string, as `lines` has it, where a line that is indented more continues the one before.
[[nodiscard]] std::string unfolded(std::string_view raw);

/// What every connection waits for now, one a line.
[[nodiscard]] std::string waiting(const Network& world, Time now, viz::Language language = viz::Language::english);
[[nodiscard]] std::string waiting(const Network& world);

} // namespace tcpsm::test
