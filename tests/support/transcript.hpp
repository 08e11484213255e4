#pragma once
// A history as text, all of it: two runs are the same where their transcripts are.

#include <string>

#include "tcpsm/network/history.hpp"

namespace tcpsm::test {

/// Every field of every record, of every segment and of every host, one a line, and the octets that were carried and
/// delivered.
std::string transcript(const History& history);

} // namespace tcpsm::test
