#pragma once
// Reads a history as it grows, and says where what was told on the way contradicts what was told before.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "soak/world/plan.hpp"

namespace tcpsm::soak {

/// What a connection has told and heard so far.
struct Account {
    std::string got{};             ///< what the user has
    bool failed = false;           ///< the user was told so
    bool ended = false;            ///< the peer's FIN has come
    bool reset_at_the_end = false; ///< by a RST of which no user is told: CLOSING, LAST-ACK, TIME-WAIT (3.10.7.4)
    std::uint8_t shift = 0;        ///< Rcv.Wind.Shift
    std::optional<Seq> iss{};
    std::optional<Seq> irs{};
    std::optional<Seq> edge{};                        ///< the right edge that it told last
    std::map<std::uint32_t, std::uint32_t> arrived{}; ///< octets of text that came: from, until, counted from IRS
};

class Witness {
public:
    /// What the two applications have to send.
    Witness(std::string_view text_a, std::string_view text_b) : text_{text_a, text_b} {}

    /// Reads what is new. Says what is wrong; nothing where all is well.
    [[nodiscard]] std::string read(const History& history);

    [[nodiscard]] Account& of(std::size_t host, std::uint32_t connection) { return accounts_[host][connection]; }
    /// Whether that host sent new text since this was asked last.
    [[nodiscard]] bool sent_text(std::size_t host) { return std::exchange(sent_text_[host], false); }

private:
    std::string state_changed(const Record& record);
    std::string delivered(const History& history, const Record& record);
    std::string left(const History& history, const SentSegment& sent);
    std::string told_edge(Account& account, const Segment& segment);
    std::string told_sack(const Account& account, const Segment& segment);
    std::string in_window(const Account& account, std::size_t host, const Segment& segment);
    void arrived(const History& history, const Record& record);

    std::array<std::string_view, hosts> text_;
    std::array<std::map<std::uint32_t, Account>, hosts> accounts_; // by the connection's number
    std::array<bool, hosts> sent_text_{};
    std::size_t records_read_ = 0;
};

} // namespace tcpsm::soak
