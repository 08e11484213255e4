#include "app/wrap.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "app/platform/imgui_compat.hpp"

namespace tcpsm::viz {
namespace {

struct Character {
    std::uint32_t code = 0;
    std::size_t length = 1; ///< in octets
};

/// The catalogues and the scenario files are good UTF-8; what is not counts octet by octet.
Character first_of(std::string_view text)
{
    const auto octet = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    const std::uint32_t lead = octet(0);
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length == 1 || length > text.size()) return {lead, 1};
    std::uint32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) code = code << 6 | (octet(i) & 0x3FU);
    return {code, length};
}

bool is_wide(std::uint32_t code)
{
    return code >= 0x2E80;
}

bool stays_with_what_is_before(std::uint32_t code)
{
    constexpr std::array<std::uint32_t, 12> signs{0x3001, 0x3002, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF01,
                                                  0xFF1F, 0xFF09, 0x300D, 0x300B, 0x201D, 0x2026};
    return std::find(signs.begin(), signs.end(), code) != signs.end();
}

bool stays_with_what_follows(std::uint32_t code)
{
    constexpr std::array<std::uint32_t, 4> signs{0xFF08, 0x300C, 0x300A, 0x201C};
    return std::find(signs.begin(), signs.end(), code) != signs.end();
}

bool may_break_between(std::uint32_t before, std::uint32_t after)
{
    if (after == ' ' || before == ' ') return true;
    if (!is_wide(before) && !is_wide(after)) return false;
    return !stays_with_what_is_before(after) && !stays_with_what_follows(before);
}

float width_of(std::uint32_t code, const ImFont* font)
{
    return font->GetCharAdvance(static_cast<ImWchar>(code));
}

std::string_view without_blanks(std::string_view line)
{
    while (line.ends_with(' ')) line.remove_suffix(1);
    while (line.starts_with(' ')) line.remove_prefix(1);
    return line;
}

} // namespace

std::vector<std::string_view> wrapped(std::string_view text, const ImFont* font, float width)
{
    std::vector<std::string_view> lines;
    std::size_t begin = 0;      // of the line
    std::size_t last_break = 0; // the last place in it where it may end
    float used = 0;
    float after_break = 0; // width of what stands behind that place
    std::uint32_t before = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character c = first_of(text.substr(at));
        if (c.code == '\n') {
            lines.push_back(without_blanks(text.substr(begin, at - begin)));
            begin = last_break = ++at;
            used = after_break = 0;
            before = 0;
            continue;
        }
        if (at > begin && may_break_between(before, c.code)) {
            last_break = at;
            after_break = 0;
        }
        const float advance = width_of(c.code, font);
        if (used + advance > width && at > begin && c.code != ' ') {
            const bool whole_word = last_break > begin;
            const std::size_t end = whole_word ? last_break : at;
            lines.push_back(without_blanks(text.substr(begin, end - begin)));
            begin = last_break = end;
            used = whole_word ? after_break : 0;
            after_break = used;
        }
        used += advance;
        after_break += advance;
        before = c.code;
        at += c.length;
    }
    lines.push_back(without_blanks(text.substr(begin)));
    return lines;
}

} // namespace tcpsm::viz
