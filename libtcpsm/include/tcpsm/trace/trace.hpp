#pragma once
// Questions to a history.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tcpsm/network/history.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// What became of a segment.
enum class Fate : std::uint8_t { delivered, refused, lost, in_flight };
/// "delivered", "refused", "lost", "in flight"
[[nodiscard]] std::string_view name(Fate fate);

/// The end of a segment's story.
struct Outcome {
    Fate fate = Fate::in_flight;
    Time time = never;            ///< of the arrival, or of the loss half-way; never while it is in flight
    Why why{};                    ///< refused: the check
    std::uint32_t connection = 0; ///< the receiver's; 0 where it met none
};

/// Reads a history once and then answers. It keeps a reference: the history must outlive it.
class Trace {
public:
    explicit Trace(const History& history);

    [[nodiscard]] const History& history() const { return *history_; }
    /// What became of segment `index` of History::segments.
    [[nodiscard]] const Outcome& outcome(std::size_t index) const { return outcomes_[index]; }
    /// The index of a segment by its name, "client.4"; nothing where none is called so.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view segment) const;
    [[nodiscard]] std::optional<HostId> host(std::string_view name) const;
    /// The states that a connection went through, the first one first. Connection 0 is the host's listeners. For a
    /// connection that a listener made, the listener's own opening moves come first where `with_listener`.
    [[nodiscard]] std::vector<State> states(HostId host, std::uint32_t connection, bool with_listener = true) const;
    /// The octets that a connection handed to its user, all of them, in order.
    [[nodiscard]] std::vector<std::uint8_t> delivered(HostId host, std::uint32_t connection) const;

private:
    const History* history_;
    std::vector<Outcome> outcomes_;
};

/// What led to a segment's departure, or to a change of state: "CLOSE", "rcv FIN", "retransmission timeout"; for an
/// answer to a segment that was refused, "refused: sequence number".
[[nodiscard]] std::string because(const Why& why);
/// What a kernel has logged, without who says it and what it does about it: "time wait bucket table overflow".
[[nodiscard]] std::string log_in_short(const Record& record);
/// The section it comes from: "RFC 9293, 3.10.7.4"; "linux tcp_fin_timeout"; empty where there is none.
[[nodiscard]] std::string reference(const Why& why);
/// "1.05 s", printed exactly from nanoseconds, without trailing zeros.
[[nodiscard]] std::string to_string(Time time);
[[nodiscard]] std::string to_string(Duration duration);
/// The same without a unit: "1.05".
[[nodiscard]] std::string seconds(Time time);

} // namespace tcpsm
#pragma GCC visibility pop
