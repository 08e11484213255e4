#pragma once
// What the readers of expectations share.

#include <optional>
#include <string>
#include <vector>

#include "scenario/reading.hpp"

namespace tcpsm::reading {

using What = decltype(Expectation::what);
/// One item of the list may say several things.
using Found = std::vector<What>;

std::optional<std::string> read_one_of(Reading& r, const Text& text, const Known& known, const std::string& expected);
std::optional<Time> read_time(Reading& r, const Text& text);
/// "ok", or a name of std::errc
std::optional<std::string> read_result(Reading& r, const Element& node);

// ---- in numbers (expectations_in_numbers.cpp) ----
void read_count(Reading& r, const Element& node, Found& found);
void read_clients(Reading& r, const Element& node, Found& found);

} // namespace tcpsm::reading
