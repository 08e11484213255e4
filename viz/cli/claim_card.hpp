#pragma once
// What `tcpsm claims` shows of a claim.

#include <cstddef>
#include <string>

#include "tcpsm/scenario/simulation.hpp"
#include "words/language.hpp"

namespace tcpsm::cli {

struct CardOptions {
    viz::Language language = viz::Language::english;
    bool colour = false;
    std::size_t width = 100; ///< columns of a line
};

/// The verdict and the claim, what is so, the evidence from the run, the source and the file; where the verdict is not
/// the file's, both; and where nothing was decided, why.
[[nodiscard]] std::string claim_card(const Scenario& scenario, const Decision& decision, const History& history,
                                     const CardOptions& options);

} // namespace tcpsm::cli
