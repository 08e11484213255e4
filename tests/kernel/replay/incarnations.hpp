#pragma once
// Which ports each incarnation ("conn") of a recording has. A segment's line does not say; what says it are the calls
// (bind, listen) and the sockets that the system reported.

#include <cstdint>
#include <vector>

#include "replay/recording.hpp"

namespace tcpsm::kernel {

/// To which port the kernel connects, where nothing says.
inline constexpr Port usual_peer_port = 9090;

struct Incarnation {
    int number = 0;
    bool active = false; ///< the kernel sent its first segment, and that is a SYN
    Port local = 0;      ///< the kernel's port; 0 where its own choice is to be awaited
    Port remote = 0;
    std::uint32_t peer_isn = 0; ///< what the peer's relative numbers count from
};

/// All of a recording, in the order in which they begin.
///
/// An active one has the port that its socket was bound to, and the peer's port that `ss` shows beside it. A passive
/// one has the port of the last listener before it. The peer's port is found by the sockets: those with a port that was
/// not seen before belong to the incarnations that have been answered with a SYN,ACK since, in ascending order. Where
/// an answered one shows up under no new port, it has the port of one that is over: a new incarnation of the same
/// four-tuple. What no socket tells counts on from its neighbours, so that no two share a four-tuple by accident.
///
/// The peer's ISN of the first incarnation is `isn`. That of a later one on the same four-tuple lies as far above the
/// old RCV.NXT as its SYN's remark says ("ISN = old RCV.NXT + 4998", and so much where nothing is said), or below where
/// the description says "lower ISN".
[[nodiscard]] std::vector<Incarnation> find_incarnations(const Recording& recording, std::uint32_t isn);

} // namespace tcpsm::kernel
