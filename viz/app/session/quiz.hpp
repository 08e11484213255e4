#pragma once
// Predict, then reveal: before a state changes, the class says what comes next.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/session/future.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

struct Question {
    enum class Kind : std::uint8_t {
        state, ///< which state comes next?
        sends, ///< what will the host send?
    };
    Kind kind = Kind::state;
    std::size_t position = 0; ///< that it asks about: the run is held directly before it
    HostId host = no_host;
    std::uint32_t connection = 0;
    State state = State::Closed;      ///< in which the host is
    std::vector<std::string> choices; ///< states, or the flags of a segment; "" stands for nothing
    std::size_t right = 0;
    std::optional<std::size_t> answered;
};

/// The next stop behind `position` at which a connection changes its state; nothing where there is none.
[[nodiscard]] std::optional<std::size_t> next_change(const Future& future, std::size_t position);
/// What to ask before that stop. The same future is always asked the same.
[[nodiscard]] Question question_before(const Future& future, std::size_t position);

/// "server is in LAST-ACK. Which state comes next?"
[[nodiscard]] std::string question_text(const Future& future, const Question& question, Language language);
/// A choice as it is read: "nothing" for none.
[[nodiscard]] std::string choice_text(const std::string& choice, Language language);

struct Score {
    std::uint32_t right = 0;
    std::uint32_t wrong = 0;
};

} // namespace tcpsm::viz
