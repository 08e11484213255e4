#pragma once
// RFC 9293, 3.3.1. Key Connection State Variables: the Transmission Control Block.

#include <cstdint>

#include "tcpsm/machine/state.hpp"
#include "tcpsm/wire/seq.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// Table 2, send sequence variables.
struct SendVariables {
    Seq una;                   ///< SND.UNA, oldest unacknowledged
    Seq nxt;                   ///< SND.NXT, next to be sent
    std::uint32_t wnd = 0;     ///< SND.WND, an offset from SND.UNA
    std::uint32_t max_wnd = 0; ///< MAX.SND.WND, the largest the peer ever offered (RFC 5961, section 5)
    Seq wl1;                   ///< SND.WL1, SEG.SEQ of the last window update
    Seq wl2;                   ///< SND.WL2, SEG.ACK of the last window update
    Seq iss;                   ///< ISS, initial send sequence number
    Seq up;                    ///< SND.UP: the octet after the urgent data, where `urgent` says that there is some
    std::uint8_t shift = 0;    ///< Snd.Wind.Shift (RFC 7323, 2): how far the peer's window fields are shifted
    bool urgent = false;       ///< SND.UP lies beyond what has been acknowledged
    friend bool operator==(const SendVariables&, const SendVariables&) = default;
};

/// Table 3, receive sequence variables.
struct ReceiveVariables {
    Seq nxt;                ///< RCV.NXT, next expected
    std::uint32_t wnd = 0;  ///< RCV.WND, an offset from RCV.NXT
    Seq irs;                ///< IRS, initial receive sequence number
    Seq up;                 ///< RCV.UP: the octet after the urgent data, where `urgent` says that there is some
    std::uint8_t shift = 0; ///< Rcv.Wind.Shift (RFC 7323, 2): how far our window fields are shifted
    bool urgent = false;    ///< the user has not yet read up to RCV.UP (3.8.5)
    friend bool operator==(const ReceiveVariables&, const ReceiveVariables&) = default;
};

/// RFC 7323, 3 and 5: what timestamps need, where they were agreed on.
struct TimestampVariables {
    std::uint32_t recent = 0;     ///< TS.Recent, echoed in what is sent
    std::uint32_t recent_age = 0; ///< when it came, in seconds (5.5: it is trusted for 24 days)
    Seq last_ack_sent;            ///< Last.ACK.sent
    friend bool operator==(const TimestampVariables&, const TimestampVariables&) = default;
};

/// One connection's variables. The buffers and timers stand beside it, in Connection.
struct Tcb {
    SendVariables snd;
    ReceiveVariables rcv;
    TimestampVariables ts;
    std::uint16_t send_mss = 536; ///< SendMSS: what the peer can take (3.7.1; 536 where it did not say, MUST-15)
    State state = State::Closed;
    bool passive = false;          ///< SYN-RECEIVED was reached from LISTEN (MUST-11)
    bool remote_specified = false; ///< the remote socket is known
    bool fin_queued = false;       ///< CLOSE was called: a FIN follows what is queued
    bool fin_sent = false;         ///< the FIN has been sent; it lies at SND.NXT - 1
    bool close_queued = false;     ///< CLOSE waits for ESTABLISHED (3.10.4, SYN-RECEIVED)
    bool reading_over = false;     ///< the user closed for reading too (3.6.1)
    bool syn_retransmitted = false;
    bool window_scaling = false; ///< both SYNs had the option (RFC 7323, 2.2)
    bool timestamps = false;     ///< likewise (RFC 7323, 3.2)
    bool sack = false;           ///< likewise (RFC 2018, 2)
    friend bool operator==(const Tcb&, const Tcb&) = default;
};

} // namespace tcpsm
#pragma GCC visibility pop
