#include "scenario/text.hpp"

#include <algorithm>

namespace tcpsm::reading {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t longest_word = 40; // that is quoted in full, or worth a guess

bool continues_character(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

char lower(char c) // not std::tolower, which asks the locale
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// How many letters must be added, dropped, changed or swapped with their neighbour to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto same = [&](std::size_t x, std::size_t y) { return lower(a[x - 1]) == lower(b[y - 1]); };
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (same(i, j) ? 0 : 1)});
            if (i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j)) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

} // namespace

Text Text::part(std::size_t offset, std::size_t count) const
{
    Text result{text.substr(offset, count), place, verbatim};
    if (!verbatim) return result;
    for (const char c : text.substr(0, offset))
        if (!continues_character(c)) ++result.place.column;
    return result;
}

std::string Text::found() const
{
    return text.empty() ? "nothing" : quoted(text);
}

Text Words::peek() const
{
    const std::size_t end = std::min(text_.text.find_first_of(blanks, at_), text_.text.size());
    return text_.part(at_, end - at_);
}

Text Words::next()
{
    const Text word = peek();
    at_ += word.text.size();
    skip_blanks();
    return word;
}

bool Words::take(std::string_view word)
{
    if (!same_word(peek().text, word)) return false;
    next();
    return true;
}

std::string Words::taken() const
{
    const std::string_view all = text_.text.substr(0, at_);
    return std::string(all.substr(0, all.find_last_not_of(blanks) + 1));
}

void Words::skip_blanks()
{
    at_ = std::min(text_.text.find_first_not_of(blanks, at_), text_.text.size());
}

bool same_word(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string quoted(std::string_view text)
{
    std::string result = "'";
    std::size_t characters = 0;
    for (const char c : text) {
        if (!continues_character(c) && ++characters > longest_word) {
            result += "...";
            break;
        }
        const auto octet = static_cast<unsigned char>(c);
        result += octet < 0x20 || octet == 0x7F ? '?' : c;
    }
    return result + '\'';
}

std::string one_of(std::span<const std::string> words)
{
    if (words.size() == 1) return words[0];
    if (words.size() == 2) return words[0] + " or " + words[1];
    // The switches of a host are too many to be read in a message.
    constexpr std::size_t most = 20;
    constexpr std::size_t some = 5;
    const std::size_t named = words.size() > most ? some : words.size();
    std::string result = "one of ";
    for (std::size_t i = 0; i < named; ++i) result += (i > 0 ? ", " : "") + words[i];
    if (named < words.size()) result += " and " + std::to_string(words.size() - named) + " more (docs/profiles.md)";
    return result;
}

std::string nearest(std::string_view word, std::span<const std::string> known)
{
    if (word.size() > longest_word) return {};
    std::string best;
    std::size_t least = longest_word;
    for (const std::string& candidate : known) {
        const std::size_t d = distance(word, candidate);
        // A guess that changes more than half of the letters misleads.
        if (d >= least || 2 * d > std::max(word.size(), candidate.size())) continue;
        least = d;
        best = candidate;
    }
    return best;
}

} // namespace tcpsm::reading
