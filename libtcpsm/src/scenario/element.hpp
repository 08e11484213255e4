#pragma once
// A scenario file as a tree, every part of which knows its place.

#include <string>
#include <string_view>
#include <vector>

#include "scenario/problems.hpp"
#include "scenario/text.hpp"

namespace tcpsm::reading {

struct Element {
    enum class Kind : std::uint8_t { nothing, scalar, list, map };
    Kind kind = Kind::nothing;
    bool verbatim = false; // the text stands so in the file, so a part of it can be pointed at
    Place place;
    std::string text;
    std::vector<Element> items; // of a map: key, value, key, value

    [[nodiscard]] std::size_t entries() const { return items.size() / 2; }
    [[nodiscard]] const Element& key(std::size_t entry) const { return items[2 * entry]; }
    [[nodiscard]] const Element& value(std::size_t entry) const { return items[2 * entry + 1]; }
    /// The value of a key; null where a map does not have it, or where it is no map.
    [[nodiscard]] const Element* find(std::string_view wanted_key) const;
    [[nodiscard]] Text words() const { return {text, place, verbatim}; }
    /// "'client'", "a list", "a map", "nothing"
    [[nodiscard]] std::string found() const;
    /// On one line, as it might stand in the file.
    [[nodiscard]] std::string on_one_line() const;
};

/// Reads YAML. What makes the file unreadable ends it; a key given twice is noted, and the rest still read.
/// @return false where there is nothing to go on with
bool parse_yaml(std::string_view text, Element& root, Problems& problems);

/// Refuses what is too large, or not UTF-8, or no text: before anything else looks at it. Gives the text without the
/// mark of its byte order.
bool guard_text(std::string_view& text, Problems& problems);
inline constexpr std::size_t largest_file = 1'000'000; // octets
inline constexpr std::size_t deepest = 32;

} // namespace tcpsm::reading
