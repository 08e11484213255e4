#pragma once
// A claim that people make of TCP, and what decides in a run whether it is so.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/scenario/expectation.hpp"
#include "tcpsm/time/time.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

class Simulation;

struct Claim {
    enum class Verdict : std::uint8_t {
        is_true,
        is_false,
        depends,   ///< so in one part of the run, and not so in another
        undecided, ///< by no file: what was found where neither list decides
    };
    Place place; ///< of the verdict
    std::string says;
    std::string says_zh; ///< the same in Chinese
    Verdict verdict = Verdict::is_false;
    std::string answer; ///< what is so instead, in a sentence
    std::string answer_zh;
    std::string source;               ///< section of an RFC, sysctl, manual page, version of a kernel
    std::vector<Expectation> if_true; ///< what the run shows where the claim is true
    std::vector<Expectation> if_false;
};

/// "true", "false", "depends", "undecided"
[[nodiscard]] std::string_view name(Claim::Verdict verdict);

/// What decided: an expectation that holds, and the record of the history that made it hold.
struct Evidence {
    Place place;
    std::string expectation;           ///< "segments: { flags: RST, count: 0 }"
    std::string found;                 ///< "0"
    std::optional<std::size_t> record; ///< in History::records; nothing where nothing had to happen
    Time time{};                       ///< of the record; of the end of the run where there is none
};

struct Decision {
    Claim::Verdict verdict = Claim::Verdict::undecided;
    std::vector<Evidence> evidence; ///< one where the claim is true or false; where it depends, for and against it
    std::vector<Failure> failures;  ///< where it is undecided: why neither list decides, or what makes both hold
};

/// Decides a claim by a run: it is true where all of `if_true` holds, and false where all of `if_false` does. Where
/// both do, it depends, if the file says that it does; else they contradict each other, and nothing is decided.
/// Evidence is the first expectation of a list that a record decides.
[[nodiscard]] Decision decide(const Claim& claim, const Simulation& simulation);

} // namespace tcpsm
#pragma GCC visibility pop
