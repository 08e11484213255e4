#pragma once
// What one endpoint tells its peer and its user must be true, whatever the peer says.

#include <optional>
#include <vector>

#include "fuzz/target/targets.hpp"
#include "tcpsm/connection/connection.hpp"

namespace tcpsm::fuzz {

/// The octet at a place of our stream, counted from 0.
constexpr std::uint8_t our_octet(std::uint32_t place)
{
    return static_cast<std::uint8_t>(place * 7 + place / 251);
}
/// The octet that the peer has at a sequence number.
constexpr std::uint8_t peer_octet(Seq seq)
{
    return static_cast<std::uint8_t>(seq.value() * 5 + seq.value() / 241);
}

class Monitor {
public:
    /// What a call gave; the connection has not been touched since.
    void note(const Connection& connection, const Output& out);
    /// A segment is going to arrive.
    void note_arrival(const Segment& segment);
    /// SEND took so many octets.
    void note_sent(std::size_t octets) { sent_ += static_cast<std::uint32_t>(octets); }
    /// How many octets SEND has taken for this connection.
    [[nodiscard]] std::uint32_t sent() const { return sent_; }

private:
    struct Stretch {
        Seq begin;
        Seq end;
    };

    void check_report(const Connection& connection, const Output& out, const Report& report);
    void check_departure(const Connection& connection, const Departure& departure);
    void check_text(const Connection& connection, const Departure& departure) const;
    void check_edge(const Connection& connection, const Segment& segment);
    void check_sack(const Segment& segment) const;
    [[nodiscard]] Seq came_until(Seq point) const;
    void begin();

    std::uint32_t sent_ = 0;
    std::uint64_t delivered_ = 0;
    std::size_t delivered_here_ = 0; // of this event's octets
    std::optional<Seq> edge_;
    std::vector<Stretch> arrived_;
};

} // namespace tcpsm::fuzz
