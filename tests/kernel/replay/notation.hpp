#pragma once
// Segments, sockets and times of a recording in the notation of RFC 9293's figures.

#include <string>
#include <vector>

#include "replay/host.hpp"
#include "replay/recording.hpp"

namespace tcpsm::kernel {

/// "--> <SEQ=1><ACK=2001><CTL=PSH,ACK><WND=1000><OPT=nop,nop,TS>": from the kernel to its peer, or the other way. The
/// numbers are the recording's; what the figures leave out stands behind.
[[nodiscard]] std::string notation(const Seg& seg);

/// What the host sent, numbered as the recording numbers `like`.
[[nodiscard]] Seg as_recorded(const Sent& sent, const Seg* like);

/// "ESTAB, SYN-RECV on 2"; "CLOSED" for none.
[[nodiscard]] std::string notation(const std::vector<SocketLine>& sockets);

/// "0.118900 s"
[[nodiscard]] std::string seconds(Time time);

} // namespace tcpsm::kernel
