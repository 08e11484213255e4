#pragma once
// One TCP connection, sans-IO: it takes user calls, segments and the time; it gives segments, reports and its next
// deadline. RFC 9293, 3.10. Event Processing.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include "tcpsm/connection/congestion.hpp"
#include "tcpsm/connection/error.hpp"
#include "tcpsm/connection/octet_ring.hpp"
#include "tcpsm/connection/options.hpp"
#include "tcpsm/connection/output.hpp"
#include "tcpsm/connection/reassembly.hpp"
#include "tcpsm/connection/recovery.hpp"
#include "tcpsm/connection/rto.hpp"
#include "tcpsm/connection/tcb.hpp"
#include "tcpsm/connection/timer.hpp"
#include "tcpsm/wire/address.hpp"
#include "tcpsm/wire/segment.hpp"

namespace tcpsm::detail {
struct Context;
class TimeWait;
} // namespace tcpsm::detail

#pragma GCC visibility push(default)
namespace tcpsm {

/// Options that several connections have in common; they never change, but a connection may be given others.
using SharedOptions = std::shared_ptr<const ConnectionOptions>;

/// How many octets a call moved, and what stopped it.
struct Transfer {
    std::size_t octets = 0;
    Error error = Error::none;
};

/// What SEND may ask for (3.9.1.2).
struct SendOptions {
    bool urgent = false; ///< the urgent pointer moves to the end of these octets (3.8.5)
};

/// What ICMP can say of a connection (3.9.2.2).
enum class IcmpError : std::uint8_t {
    net_unreachable,      ///< Destination Unreachable, code 0
    host_unreachable,     ///< code 1
    protocol_unreachable, ///< code 2: hard
    port_unreachable,     ///< code 3: hard
    fragmentation_needed, ///< code 4: hard (MTU discovery is not modelled)
    source_route_failed,  ///< code 5
    source_quench,
    time_exceeded,
    parameter_problem,
};

/// Where a connection stands: its variables without its buffers, so that a copy is small (3.10.6, STATUS).
class Standing {
public:
    [[nodiscard]] State state() const { return tcb_.state; }
    [[nodiscard]] const Tcb& tcb() const { return tcb_; }
    [[nodiscard]] const ConnectionOptions& options() const { return *options_; }
    [[nodiscard]] const Timers& timers() const { return timers_; }
    [[nodiscard]] const RtoEstimator& rto() const { return rto_; }
    [[nodiscard]] const Congestion& congestion() const { return congestion_; }
    [[nodiscard]] Endpoint local() const { return local_; }
    [[nodiscard]] std::size_t queued() const { return queued_; } ///< octets not yet acknowledged
    [[nodiscard]] std::size_t unread() const { return unread_; } ///< octets not yet read

private:
    friend class Connection;
    Standing(const Tcb& tcb, SharedOptions options, const Timers& timers, const RtoEstimator& rto,
             const Congestion& congestion, Endpoint local)
        : tcb_(tcb), options_(std::move(options)), timers_(timers), rto_(rto), congestion_(congestion), local_(local)
    {
    }

    Tcb tcb_;
    SharedOptions options_;
    Timers timers_;
    RtoEstimator rto_;
    Congestion congestion_;
    Endpoint local_;
    std::size_t queued_ = 0;
    std::size_t unread_ = 0;
};

/// A connection is a value: a copy of it has the same future. Every call is given the time and the place for what comes
/// out of it; after one or more calls at one moment, `transmit` forms the segments that are due, so that what can share
/// a segment does (MUST-58).
class Connection {
public:
    explicit Connection(const ConnectionOptions& options = {})
        : Connection(std::make_shared<const ConnectionOptions>(options))
    {
    }
    /// The same with options that many connections share.
    explicit Connection(SharedOptions options) : rto_(options->rto_initial), options_(std::move(options)) {}
    /// A connection in LISTEN, as `listener` is, that will answer one SYN with `iss` (3.10.7.2).
    static Connection child_of(const Connection& listener, Seq iss);

    // ---- user calls (3.10.1 to 3.10.6) ----
    /// OPEN, active: a SYN goes to `remote`. `iss` is chosen by the caller (RFC 6528).
    /// @param earlier  what is known of the peer's timestamps from the connection whose four-tuple this one takes over
    Error open(Endpoint local, Endpoint remote, Seq iss, Time now, Output& out, const TimestampVariables& earlier = {});
    /// OPEN, passive: waits in LISTEN; `iss` answers the SYN that comes.
    Error listen(Endpoint local, Seq iss, Time now, Output& out);
    /// SEND: queues octets, as many as there is room for; `insufficient_resources` where there is none.
    Transfer send(std::span<const std::uint8_t> octets, Time now, Output& out, SendOptions how = {});
    /// RECEIVE: hands over what is there, at most `into.size()` octets; `would_block` where nothing is there yet,
    /// `closing` where nothing will come any more.
    Transfer receive(std::span<std::uint8_t> into, Time now, Output& out);
    /// CLOSE: nothing more to send. Reading goes on, unless the options say half_duplex_close. With SO_LINGER it is
    /// ABORT, or `lingers`, and a report says when it returns.
    Error close(Time now, Output& out);
    /// CLOSE as the RFC has it, whatever the options say: reading goes on.
    Error shutdown(Time now, Output& out);
    /// CLOSE and end reading, whatever the options say: the process has gone, so nobody waits. SO_LINGER with no time
    /// is ABORT here, too.
    Error close_both_ways(Time now, Output& out);
    /// ABORT: sends RST where the state asks for it, and forgets the connection.
    Error abort(Time now, Output& out);
    /// STATUS: the state, as long as there is a connection.
    Error status(Time now, Output& out);

    // ---- SEGMENT ARRIVES (3.10.7) and timeouts (3.10.8) ----
    /// @param text  seg.text_len octets
    /// @param successor  somebody listens where a connection out of TIME-WAIT could be opened anew (3.6.1, MAY-2)
    void segment_arrives(const Segment& seg, std::span<const std::uint8_t> text, Endpoint from, Endpoint to, Time now,
                         Output& out, bool successor = false);
    /// The SYN,ACK that answered this SYN was a cookie, and nothing was kept: the SYN arrives now, and is not answered
    /// again (RFC 4987, 3.6). The ACK that brought the cookie back comes next.
    void cookie_arrives(const Segment& syn, Endpoint from, Endpoint to, Time now, Output& out);
    /// Nobody has room for the connection that this ACK would open: a RST answers it (linux tcp_abort_on_overflow).
    void turn_away(const Segment& seg, Endpoint from, Endpoint to, Time now, Output& out);
    /// ICMP speaks of this connection (3.9.2.2, MUST-54): the user is told; what is hard ends it.
    void icmp(IcmpError error, Time now, Output& out);
    /// The timer that `next_timer` named has expired.
    void timeout(Time now, Output& out);
    /// Forms the segments that are due now: text within the peer's window, the FIN, an ACK where one is owed.
    void transmit(Time now, Output& out)
    {
        if (ack_ != Ack::none || send_queue_.size() > 0 || (tcb_.fin_queued && !tcb_.fin_sent)) transmit_due(now, out);
    }

    /// Other options from now on, each used at its next occasion: a timer that runs, runs on. `options_while_open` says
    /// which may differ while there is a connection.
    void set_options(SharedOptions options) { options_ = std::move(options); }
    /// Keep-alives begin or end, as the options now say (MUST-24).
    void keep_alive(Time now, Output& out);

    // ---- what is so now ----
    [[nodiscard]] State state() const { return tcb_.state; }
    /// It is neither CLOSED nor back in LISTEN.
    [[nodiscard]] bool in_progress() const { return tcb_.state > State::Listen; }
    /// CLOSE was called, and has not returned: the peer has not acknowledged everything (SO_LINGER).
    [[nodiscard]] bool lingers() const { return lingers_; }
    [[nodiscard]] const Tcb& tcb() const { return tcb_; }
    [[nodiscard]] const SharedOptions& shared_options() const { return options_; }
    [[nodiscard]] const ConnectionOptions& options() const { return *options_; }
    [[nodiscard]] const Timers& timers() const { return timers_; }
    [[nodiscard]] const RtoEstimator& rto() const { return rto_; }
    [[nodiscard]] const Congestion& congestion() const { return congestion_; }
    /// What the peer said it has beyond a hole, and what is resent.
    [[nodiscard]] const Recovery& recovery() const { return recovery_; }
    [[nodiscard]] Endpoint local() const { return local_; }
    [[nodiscard]] Endpoint remote() const { return remote_; }
    /// When `timeout` wants to be called.
    [[nodiscard]] const Timer& next_timer() const { return timers_.first(); }
    /// Whether `next_timer` may be sooner than when this was asked last.
    [[nodiscard]] bool timers_are_news() { return timers_.take_news(); }
    [[nodiscard]] std::size_t queued() const { return send_queue_.size(); }    ///< octets not yet acknowledged
    [[nodiscard]] std::size_t unread() const { return receive_queue_.size(); } ///< octets not yet read
    [[nodiscard]] std::uint64_t delivered() const { return delivered_; }       ///< octets the user has got
    /// How many of the unread octets are urgent (3.8.5, MUST-33).
    [[nodiscard]] std::size_t urgent_unread() const;
    [[nodiscard]] Standing standing() const
    {
        Standing result(tcb_, options_, timers_, rto_, congestion_, local_);
        result.queued_ = queued();
        result.unread_ = unread();
        return result;
    }
    /// The signal that ended the connection, until the next call has answered it; none where it ended well.
    [[nodiscard]] Error signalled() const { return signal_; }
    /// Number given by the host, for the reports and names; 0 where there is none.
    std::uint32_t number = 0;
    /// Added to the clock in TSval, chosen by the host (RFC 7323, 7.1).
    std::uint32_t timestamp_offset = 0;

private:
    friend struct detail::Context;
    friend class detail::TimeWait;
    void transmit_due(Time now, Output& out);
    Error end_both_ways(Time now, Output& out);

    /// linux TCP_DEFER_ACCEPT: whether an ACK without text may be kept from ending the handshake, and whether one was.
    enum class Deferral : std::uint8_t { may, done, excluded };
    /// Whether an ACK is due: with the next segment, or at the end of this event.
    enum class Ack : std::uint8_t { none, delayed, now };

    Tcb tcb_;
    Error signal_ = Error::none;
    Ack ack_ = Ack::none;
    bool conversing_ = false; // linux: what comes is answered by text, so its ACK may wait for that
    bool lingers_ = false;    // CLOSE has not returned (SO_LINGER)
    Deferral deferral_ = Deferral::may;
    bool timing_ = false;              // an RTT is being measured (Karn: never on what was sent again)
    std::uint8_t retransmissions_ = 0; // of the front, since something new was acknowledged
    std::uint8_t probes_ = 0;          // of the window or of the peer, in this run
    std::uint8_t quick_acks_ = 0;      // how many of the next ACKs do not wait
    std::uint8_t challenges_ = 0;      // sent since `challenge_since_`
    Why ack_why_;                      // of the ACK that is pending
    Why last_why_;                     // what happened last: the reason for what is sent now
    Endpoint local_;
    Endpoint remote_;
    Seq small_sent_; // where the last segment that was not full ended
    Seq timed_;      // the measurement ends when this is acknowledged
    Time timed_since_{};
    Time front_since_{};                // when the front of the retransmission queue was first sent (R1, R2)
    Time heard_{};                      // when a segment came last (keep-alives)
    std::uint32_t text_heard_ = 0;      // when text came last, in milliseconds
    std::uint32_t challenge_since_ = 0; // milliseconds; only differences count
    RtoEstimator rto_;
    Congestion congestion_;
    Recovery recovery_;
    Timers timers_;
    std::uint64_t delivered_ = 0;
    Seq right_edge_;                   // RCV.NXT + RCV.WND as the peer was last told
    std::uint32_t unacknowledged_ = 0; // octets of text that came since the last ACK was sent
    std::uint32_t largest_seen_ = 0;   // text of the largest segment that came (RMSS of 3.8.6.3)
    SharedOptions options_;
    OctetRing send_queue_;    // from SND.UNA on, SYN and FIN not counted
    OctetRing receive_queue_; // what the user has not read; held octets lie behind it, at their place
    Reassembly held_;
};

} // namespace tcpsm
#pragma GCC visibility pop
