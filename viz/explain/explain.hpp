#pragma once
// Why things happened, in sentences. A sentence about a host claims no more than that host can know.

#include <cstdint>
#include <string>
#include <vector>

#include "diagram/story.hpp"
#include "tcpsm/network/network.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

/// What happened in one moment.
struct Explanation {
    std::string headline;  ///< "server got the ACK of its FIN in LAST-ACK, so the connection is CLOSED."
    std::string detail;    ///< what follows from it: segments that leave, timers that start; empty where nothing does
    std::string row;       ///< "LAST-ACK, rcv ACK of FIN -> CLOSED", in the table's words; empty where none was fired
    std::string reference; ///< "RFC 9293, 3.10.7.4"
};
[[nodiscard]] Explanation explain_moment(const History& history, const Story& story, std::uint32_t moment,
                                         Language language);

enum class CheckResult : std::uint8_t {
    passed,      ///< it was made, and the segment went on to the next
    decided,     ///< the segment ended here: refused, or its meaning was found
    not_reached, ///< a check before it had decided
};

/// One of the ordered checks of 3.10.7, as it went for one segment.
struct CheckLine {
    std::string ordinal; ///< "first"
    std::string name;    ///< "sequence number"
    CheckResult result = CheckResult::not_reached;
    bool refused = false; ///< decided, and against the segment
    std::string found;    ///< "SEG.SEQ 301 = RCV.NXT"; empty where it was not reached
};
/// The checks that a segment went through at its arrival, all of them in order, in the state that it met; empty while
/// it is under way, and where it was lost or its receiver was down.
[[nodiscard]] std::vector<CheckLine> explain_checks(const History& history, const Story& story, std::uint32_t segment,
                                                    Language language);

/// What a host waits for at a moment, one line a connection, and what happens if it does not come.
struct Waiting {
    HostId host = no_host;
    std::uint32_t connection = 0;
    std::string sentence;
};
/// Hosts that are down are told once, with connection 0, and so are listeners. It copies the world and looks back in
/// its history: ask once for each picture.
/// @param now  at or after the world's own clock: the time that the picture shows
/// @param world  nothing in it is changed; handles of hosts want a world that could be
[[nodiscard]] std::vector<Waiting> explain_waiting(Network& world, Time now, Language language);

} // namespace tcpsm::viz
