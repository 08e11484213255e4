#include "cli/wrapped.hpp"

#include <algorithm>
#include <array>

namespace tcpsm::cli {
namespace {

/// The first character of a text that is UTF-8.
std::string_view first_character(std::string_view text)
{
    std::size_t length = std::min<std::size_t>(text.size(), 1);
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
    return text.substr(0, length);
}

/// Of three octets and more from U+2E80 on: Chinese characters, and punctuation as wide as they are.
bool wide(std::string_view character)
{
    return character >= "\u2E80";
}

bool closes(std::string_view character)
{
    static constexpr std::array<std::string_view, 10> all{"，", "。", "；", "：", "、", "！", "？", "）", "》", "」"};
    return std::ranges::find(all, character) != all.end();
}

/// What is never broken: a word with the blanks behind it, or a Chinese character with the punctuation behind it.
std::string_view first_piece(std::string_view text)
{
    std::size_t end = first_character(text).size();
    if (wide(text.substr(0, end))) {
        while (closes(first_character(text.substr(end)))) end += first_character(text.substr(end)).size();
    } else {
        for (std::string_view next; end < text.size(); end += next.size()) {
            next = first_character(text.substr(end));
            if ((wide(next) && !closes(next)) || (text[end - 1] == ' ' && next != " ")) break;
        }
    }
    return text.substr(0, end);
}

std::string_view without_blanks_at_the_end(std::string_view text)
{
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

} // namespace

std::size_t columns(std::string_view text)
{
    std::size_t sum = 0;
    while (!text.empty()) {
        const std::string_view character = first_character(text);
        sum += wide(character) ? 2 : 1;
        text.remove_prefix(character.size());
    }
    return sum;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width)
{
    std::vector<std::string> lines(1);
    while (!text.empty()) {
        const std::string_view piece = first_piece(text);
        const std::size_t wanted = columns(lines.back()) + columns(without_blanks_at_the_end(piece));
        if (wanted > width && !lines.back().empty()) lines.emplace_back();
        lines.back() += piece;
        text.remove_prefix(piece.size());
    }
    for (std::string& line : lines) line = without_blanks_at_the_end(line);
    return lines;
}

} // namespace tcpsm::cli
