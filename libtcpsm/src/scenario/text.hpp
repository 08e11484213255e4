#pragma once
// Words of a file, with their places, and how messages speak of them.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/scenario/error.hpp"

namespace tcpsm::reading {

/// A text and where it begins.
struct Text {
    std::string_view text;
    Place place;
    bool verbatim = false; // it stands so in the file, so a part of it can be pointed at

    [[nodiscard]] bool empty() const { return text.empty(); }
    /// A part of it, with the part's own place.
    [[nodiscard]] Text part(std::size_t offset, std::size_t count = std::string_view::npos) const;
    /// "'client'", or "nothing"
    [[nodiscard]] std::string found() const;
};

/// Takes a text apart at its blanks.
class Words {
public:
    explicit Words(Text text) : text_(text) { skip_blanks(); }

    [[nodiscard]] bool done() const { return at_ == text_.text.size(); }
    /// The word that comes next; empty, at the end of the text, where none does.
    [[nodiscard]] Text peek() const;
    Text next();
    /// Goes on where the next word is this one.
    bool take(std::string_view word);
    /// All that is left.
    [[nodiscard]] Text rest() const { return text_.part(at_); }
    /// What has been taken, without the blanks behind it.
    [[nodiscard]] std::string taken() const;

private:
    void skip_blanks();

    Text text_;
    std::size_t at_ = 0;
};

/// The same word, whatever the case of its letters.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);
/// In single quotes, printable and not too long.
[[nodiscard]] std::string quoted(std::string_view text);
/// "a", "a or b", "one of a, b, c"
[[nodiscard]] std::string one_of(std::span<const std::string> words);
/// The known word that needs the fewest changes; empty where all are too far off.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> known);

} // namespace tcpsm::reading
