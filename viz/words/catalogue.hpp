#pragma once
// How a catalogue is written down, and that it is whole.

#include <array>
#include <string_view>

#include "words/phrases.hpp"

namespace tcpsm::viz {

struct Entry {
    Phrase phrase;
    std::string_view text;
};

using Catalogue = std::array<std::string_view, phrase_count>;

/// By phrase. Does not compile where a phrase is missing, given twice, or empty.
template <std::size_t Size>
// An array lets the braces of a call say how many there are. NOLINTNEXTLINE(modernize-avoid-c-arrays)
consteval Catalogue catalogue(const Entry (&entries)[Size])
{
    Catalogue texts{};
    for (const Entry& entry : entries) {
        std::string_view& text = texts[static_cast<std::size_t>(entry.phrase)];
        if (!text.empty()) throw "a phrase is given twice";
        text = entry.text;
    }
    for (const std::string_view text : texts)
        if (text.empty()) throw "a phrase is missing";
    return texts;
}

const Catalogue& english();
const Catalogue& chinese();

} // namespace tcpsm::viz
