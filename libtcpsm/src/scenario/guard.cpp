// What is refused before a parser sees it. A file that is half a megabyte of brackets, or was saved in another
// encoding, costs nothing here and gets a sentence that says what it is.

#include <array>
#include <cstdint>
#include <string>

#include "scenario/element.hpp"

namespace tcpsm::reading {
namespace {

using namespace std::string_view_literals;

// The parser looks ahead to the end of a line, and what it keeps of it is two hundred times as large.
constexpr std::size_t longest_line = 50'000;
constexpr std::size_t most_marks = 150'000;
constexpr std::string_view save_as_utf_8 = "UTF-8: save the file in that encoding";

/// The length of the character that begins here; 0 where it is none. Overlong forms and surrogates are none.
std::size_t character(std::string_view text)
{
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (octet(0) < 0x80) return 1;
    const std::size_t length = octet(0) >= 0xF0 ? 4 : octet(0) >= 0xE0 ? 3 : 2;
    if (octet(0) < 0xC2 || octet(0) > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((octet(i) & 0xC0) != 0x80) return 0;
    if (octet(0) == 0xE0 && octet(1) < 0xA0) return 0;
    if (octet(0) == 0xED && octet(1) > 0x9F) return 0;
    if (octet(0) == 0xF0 && octet(1) < 0x90) return 0;
    if (octet(0) == 0xF4 && octet(1) > 0x8F) return 0;
    return length;
}

std::string hexadecimal(char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const auto octet = static_cast<unsigned char>(c);
    return {'0', 'x', digits[octet >> 4], digits[octet & 15]};
}

/// The name of another encoding that the text begins in; empty for none.
std::string_view other_encoding(std::string_view text)
{
    if (text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32";
    if (text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv)) return "UTF-16";
    // Without a mark: ASCII in UTF-16 has a zero in every other octet.
    if (text.size() >= 4 && ((text[0] == 0 && text[2] == 0) || (text[1] == 0 && text[3] == 0))) return "UTF-16";
    return {};
}

/// What the parser makes something of, and keeps until the list or map that it stands in has ended.
bool is_mark(char c)
{
    return std::string_view("[]{},:\"'?!&*|>").find(c) != std::string_view::npos;
}

bool is_text(char c)
{
    return (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) || c == '\n' || c == '\t' || c == '\r';
}

/// Goes through a text once, and remembers what is refused when there is too much of it.
class Guard {
public:
    Guard(std::string_view text, Problems& problems) : text_(text), problems_(problems) {}

    bool passes()
    {
        for (std::size_t i = 0; i < text_.size();) {
            const std::size_t length = character(text_.substr(i));
            if (!is_character(text_[i], length) || !is_few(text_[i])) return false;
            ++place_.column;
            if (text_[i] == '\n') place_ = {place_.line + 1, 1};
            i += length;
        }
        return true;
    }

private:
    bool refuse(std::string found, std::string expected)
    {
        problems_.add(place_, std::move(found), std::move(expected));
        return false;
    }

    bool is_character(char first, std::size_t length)
    {
        if (length == 0)
            return refuse("the octet " + hexadecimal(first) + ", which is not UTF-8", std::string(save_as_utf_8));
        return is_text(first) || refuse("the control character " + hexadecimal(first), "text");
    }

    bool is_few(char c)
    {
        // Brackets in a text or a comment are counted as well: nobody leaves so many of them open.
        if (c == '[' || c == '{') ++open_;
        if ((c == ']' || c == '}') && open_ > 0) --open_;
        if (is_mark(c)) ++marks_;
        if (open_ > deepest)
            return refuse("nesting deeper than " + std::to_string(deepest), "a scenario, which needs four levels");
        if (marks_ > most_marks)
            return refuse("more than " + std::to_string(most_marks) + " brackets, commas, colons and quotes",
                          "a scenario, which has far fewer");
        if (place_.column > longest_line)
            return refuse("a line of more than " + std::to_string(longest_line) + " characters", "shorter lines");
        return true;
    }

    std::string_view text_;
    Problems& problems_;
    Place place_{1, 1};
    std::size_t open_ = 0;
    std::size_t marks_ = 0;
};

} // namespace

bool guard_text(std::string_view& text, Problems& problems)
{
    if (text.size() > largest_file) {
        problems.add({}, "more than 1 MB", "a scenario, which is much smaller");
        return false;
    }
    if (const std::string_view encoding = other_encoding(text); !encoding.empty()) {
        problems.add({1, 1}, std::string(encoding), std::string(save_as_utf_8));
        return false;
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3); // the mark of the byte order
    return Guard(text, problems).passes();
}

} // namespace tcpsm::reading
