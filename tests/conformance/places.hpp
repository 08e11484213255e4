#pragma once
// Places in the code, found by what stands there, so that nobody types the number of a line.

#include <string>
#include <vector>

#include "conformance/table.hpp"

namespace conformance {

struct Place {
    std::string path; ///< "libtcpsm/src/connection/rto.cpp"
    std::size_t line; ///< from 1
    friend bool operator==(const Place&, const Place&) = default;
};

/// Reads "libtcpsm/src/connection/rto.cpp: // 2.3": the first line of that file with that text. "PATH: A > B" is the
/// first line with B from the first with A on. Where PATH is a folder, the first of its files that has them counts.
/// Several places stand between " | ". Throws std::runtime_error where there is no such line.
[[nodiscard]] std::vector<Place> places(const std::string& code);

/// The first two lines of the library's sources, and then of its headers, that name the requirement: "MUST-61", or
/// "RFC 6298, 5.7" of the other RFCs, or, where none does, at least "RFC 6298".
[[nodiscard]] std::vector<Place> mentions(const Requirement& requirement);

} // namespace conformance
