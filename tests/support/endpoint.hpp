#pragma once
// One Connection whose peer is scripted, in the RFC's notation: what the peer sends goes in as
// `endpoint.gets("<SEQ=300><CTL=SYN>")`, what it answers is read with `endpoint.sends()`, and time is moved by hand.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "tcpsm/connection/connection.hpp"
#include "tcpsm/machine/state.hpp"

namespace tcpsm::test {

/// Where the two sequence number spaces lie. The scripts always say 100 for our ISS and 300 for the peer's; these are
/// added on the way in and taken away on the way out.
struct Numbers {
    std::string_view name;
    std::uint32_t own = 0;
    std::uint32_t peer = 0;
};
inline constexpr Numbers plain{"far from the wrap", 0, 0};
inline constexpr Numbers wrapping{"across the wrap", 0xFFFFFFFE - 100, 0xFFFFFFFE - 300};
inline constexpr std::array both{plain, wrapping};

/// A receive buffer that is soon full.
inline constexpr ConnectionOptions ten_octets{.receive_buffer = 10};

/// The peer's octet number `seq`, as the scripts count: 301 is 'a', 302 is 'b', and so on round the alphabet.
std::string peer_text(std::uint32_t seq, std::size_t count);

/// What a SEND or a RECEIVE answered.
struct Answer {
    std::string octets;    ///< RECEIVE: what it brought
    std::size_t count = 0; ///< SEND: how many it took
    std::error_code error;
};

/// A segment that was sent, with its text.
struct Sent {
    Segment segment; ///< its numbers as the scripts count
    std::string text;
    Time time;
    bool retransmission = false;
};

/// A value, as the Connection inside it. After every step it checks what must always hold: each change of state is a
/// row of the table, no timer runs where there is no connection, the right edge of the window never recedes (SHLD-14).
class Endpoint {
public:
    explicit Endpoint(const ConnectionOptions& options = {}, Numbers numbers = plain);

    // ---- user calls ----
    std::error_code open();
    std::error_code open_to_nobody(); ///< an active OPEN without a remote socket
    std::error_code listen();
    Answer send(std::string_view text, SendOptions how = {});
    Answer receive(std::size_t most = 1 << 20);
    std::error_code close();
    std::error_code shutdown();
    std::error_code close_both_ways();
    std::error_code abort();
    std::error_code status();

    // ---- the peer ----
    /// A segment arrives. Where it has no WND it offers 65535; its text is `peer_text` at its place.
    void gets(std::string_view notation);

    // ---- time ----
    /// Time passes; timers that come due fire.
    void wait(Duration span);
    /// Time passes to the next timer, which fires; false where none runs.
    bool wait_for_timer();
    [[nodiscard]] Time now() const { return now_; }

    // ---- what came out since it was asked last ----
    /// The segments, one a line: "<SEQ=101><ACK=301><CTL=ACK>".
    std::string sends();
    /// The same with the moment: "1 s <SEQ=100><CTL=SYN>".
    std::string sends_in_time();
    /// The same with the window behind it: "<SEQ=101><ACK=301><CTL=ACK><WND=65535>".
    std::string sends_with_window();
    /// The same with the options behind it: "<SEQ=100><CTL=SYN><MSS=1460><TS=0,0>".
    std::string sends_with_options();
    /// Their text, one after the other.
    std::string sends_text();
    /// The sentences that the user was told, one a line.
    std::string tells();
    /// The octets that went to the user, by RECEIVE or by themselves.
    std::string delivers();
    /// The states it went through: "SYN-SENT, ESTABLISHED".
    std::string moves();

    // ---- what is so now ----
    [[nodiscard]] std::string_view state() const { return name(connection.state()); }
    /// The check that refused the segment that arrived last; empty where it was processed.
    [[nodiscard]] std::string_view refused() const { return refused_; }
    /// The segment that was sent last, even where `sends` was asked since.
    [[nodiscard]] const Sent& last() const { return last_; }
    [[nodiscard]] bool runs(TimerKind kind) const { return connection.timers()[kind].running(); }
    /// How long until a timer fires.
    [[nodiscard]] Duration left(TimerKind kind) const;
    [[nodiscard]] std::uint32_t snd_una() const { return connection.tcb().snd.una.value() - numbers_.own; }
    [[nodiscard]] std::uint32_t snd_nxt() const { return connection.tcb().snd.nxt.value() - numbers_.own; }
    [[nodiscard]] std::uint32_t rcv_nxt() const { return connection.tcb().rcv.nxt.value() - numbers_.peer; }

    Connection connection;

private:
    void settle();
    void note(const Departure& departure);
    void check_state_report(const Report& report);
    [[nodiscard]] std::string notation(const Sent& sent) const;

    Numbers numbers_;
    Time now_{};
    Output out_;
    std::vector<Sent> sent_;
    Sent last_;
    std::string told_;
    std::string delivered_;
    std::string moves_;
    std::string refused_;
    bool edge_known_ = false;
    Seq right_edge_;
};

/// An endpoint in a state, reached by running: ISS 100, IRS 300, nothing sent yet but SYN and FIN, nothing left to read
/// in `sends` and its kin. SYN-RECEIVED is reached from LISTEN, what lies behind it by an active OPEN.
Endpoint in(State state, const ConnectionOptions& options = {}, Numbers numbers = plain);
/// SYN-RECEIVED as a simultaneous open has it, after an active OPEN.
Endpoint in_syn_received_after_active_open(const ConnectionOptions& options = {}, Numbers numbers = plain);
/// ESTABLISHED, where the peer's SYN,ACK said more than its numbers: "<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=10>".
Endpoint established_by(std::string_view syn_ack, const ConnectionOptions& options = {}, Numbers numbers = plain);

} // namespace tcpsm::test
