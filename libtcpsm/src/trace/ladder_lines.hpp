#pragma once
// What the lines of a ladder say, before anyone knows how wide they are.

#include <cstdint>
#include <string>
#include <vector>

#include "tcpsm/network/history.hpp"
#include "tcpsm/trace/ladder.hpp"

namespace tcpsm {

/// One end of a segment's line.
enum class Mark : std::uint8_t { none, right, left, in_network, lost };

struct LadderLine {
    Time time{};
    std::string segment; ///< "A4"; empty where the line is no segment
    std::string left;    ///< state of the left host after it
    Mark left_mark = Mark::none;
    std::string notation; ///< <SEQ=100><CTL=SYN>
    std::string compact;  ///< the same, shorter: "SYN seq=100"
    Mark right_mark = Mark::none;
    std::string right;
    std::string comment; ///< "(RTO)"
    std::string why;     ///< reason and section
    bool retransmission = false;
    bool refused = false;
};

struct LadderText {
    std::string left_title;
    std::string right_title;
    std::vector<LadderLine> lines; ///< the first one has the states before anything happens
};

LadderText ladder_lines(const History& history, const LadderOptions& options);

} // namespace tcpsm
