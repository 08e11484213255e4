#pragma once
// The terminal that the command may be used in.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tcpsm::cli {

/// What the user asked for.
enum class Colour : std::uint8_t { automatic, always, never };

/// Whether standard output is to be coloured: as asked, else where it is a terminal that can, and NO_COLOR is not set.
[[nodiscard]] bool coloured(Colour asked);
/// A text in colour: `code` is what stands between ESC [ and m, "1" for bold. The text itself where not `in_colour`.
[[nodiscard]] std::string painted(std::string_view text, std::string_view code, bool in_colour);
/// The width of the terminal that standard output is; 0 where it is none.
[[nodiscard]] std::size_t terminal_width();
/// The width of the terminal that standard error is; 0 where it is none, or one that cannot write a line again.
[[nodiscard]] std::size_t standard_error_width();
/// Whether single keys can be read and answered: standard input and output are both a terminal.
[[nodiscard]] bool interactive();

/// Ends the process with 130 on Ctrl-C, and leaves the terminal as it was found. Writing to a closed pipe becomes an
/// error of the write, so that nothing dies silently half-way.
void handle_signals();

/// While it lives, Ctrl-C is noted and does not end the process, but for a second one. There is one at a time.
class InterruptNoted {
public:
    InterruptNoted();
    ~InterruptNoted();
    InterruptNoted(const InterruptNoted&) = delete;
    InterruptNoted& operator=(const InterruptNoted&) = delete;

    [[nodiscard]] bool seen() const;
};

/// The keys of the terminal that is standard input: while it lives, they come one by one and are not echoed. There is
/// one at a time.
class Keys {
public:
    Keys();
    ~Keys();
    Keys(const Keys&) = delete;
    Keys& operator=(const Keys&) = delete;

    /// Waits for a key. An arrow is the letter that does the same: right and down are 'n', left and up are 'b'.
    [[nodiscard]] int next() const;
    static constexpr int end = -1; ///< Ctrl-D, or the terminal has gone
};

} // namespace tcpsm::cli
