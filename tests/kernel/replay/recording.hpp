#pragma once
// A recording of a kernel's TCP, as plain values. README.md says what a line means.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "replay/call.hpp"
#include "tcpsm/time/time.hpp"
#include "tcpsm/wire/address.hpp"
#include "tcpsm/wire/segment.hpp"

namespace tcpsm::kernel {

/// A segment with its numbers as a recording counts them: from the ISNs of its incarnation on, so that a SYN is 0.
struct Seg {
    bool sent = false;   ///< by the kernel ("tx"); else it was sent to the kernel ("rx")
    int incarnation = 0; ///< "conn"
    Flags flags{};
    std::int64_t seq = 0;
    std::int64_t ack = 0;
    bool seq_literal = false; ///< "seq_abs": the number is what stands in the header
    bool ack_literal = false; ///< "ack_abs"
    std::uint32_t length = 0;
    std::optional<std::uint16_t> window{};             ///< as it stands in the header, where it is stated
    std::optional<std::vector<std::string>> options{}; ///< in order, as they are written: "mss 1460", "nop"
    std::string note{};
};

/// A user call, and what the kernel answered: an errno's name, "ok", a count, "EOF".
struct CallLine {
    std::string text;
    Call call;
    std::string result;
};

/// One socket as `ss` shows it.
struct SocketLine {
    std::string state;       ///< "ESTAB"
    std::string timer{};     ///< "on", "keepalive", "timewait", "persist"; empty where none runs
    int retransmissions = 0; ///< the third of the timer's fields
    Port local = 0;
    Port remote = 0;
};

/// Every socket that the system reported. One that is CLOSED is not there.
struct StateLine {
    std::vector<SocketLine> sockets;
    std::string label{};
};

/// What changes nothing and is not compared: "wait", "note", "counters".
struct Remark {
    std::string text;
};

struct Line {
    Time time{};
    std::size_t number = 0; ///< in its file, from 1
    std::variant<Seg, CallLine, StateLine, Remark> what;
};

struct Recording {
    std::string name; ///< of its file, without the ending
    std::string description{};
    Address host{}; ///< "hut", the kernel's
    Address peer{};
    std::uint16_t mtu = 1500;
    std::vector<std::pair<std::string, std::string>> sysctl_set{}; ///< what the recording changed
    std::vector<std::pair<std::string, std::string>> sysctl{};     ///< the values in force
    std::vector<Line> lines{};
    std::vector<std::string> unsupported{}; ///< what in it is not known, or not to be had yet; each a name
};

} // namespace tcpsm::kernel
