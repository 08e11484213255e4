#pragma once
// What is written on a ladder.

#include <string>
#include <vector>

#include "diagram/story.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

/// "FIN,ACK seq=101 ack=301 len=5" and shorter ones, each for a place where the one before does not fit; the last is
/// empty: the name alone.
[[nodiscard]] std::vector<std::string> segment_texts(const Segment& segment);
/// "close()", "send(1000)", "connection reset", "1000 octets"
[[nodiscard]] std::string mark_text(const History& history, const Record& record, Language language);
/// "RTO 1 s"
[[nodiscard]] std::string bracket_text(const Bracket& bracket, Language language);
/// "fires"; empty while it runs
[[nodiscard]] std::string bracket_end_text(BracketEnd how, Language language);
/// A length that need not be exact: "45 ms", "0.9 s", "59.9 s", "4 min".
[[nodiscard]] std::string about(Duration duration);

} // namespace tcpsm::viz
