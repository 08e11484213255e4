#pragma once
// RFC 9293, 3.3.2 (figure 5) and 3.10 (event processing): every transition of a connection, one a line. Read a line as
// the figure does: in this state, on this event, [if the guard holds,] go to the next state and do this.
// Nothing else in the code changes a connection's state.

#include "machine/vocabulary.hpp"

namespace tcpsm::table {

// clang-format off
using Synchronized = In<ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT>;
using Outstanding  = In<SYN_SENT, SYN_RCVD, ESTAB, FIN_WAIT_1, CLOSE_WAIT, CLOSING, LAST_ACK>; // something may be unacknowledged

using Table = Rows<
//   state        event                next state   actions                                        guard                  RFC 9293

// Figure 5, from top to bottom: its twenty arrows ---------------------------------------------------------------------------------
Row< CLOSED     , passive_OPEN       , LISTEN     , Do<create_TCB, passive>                      , always               , rfc<"3.10.1">   >,
Row< CLOSED     , active_OPEN        , SYN_SENT   , Do<create_TCB, active, snd_SYN>              , has_remote           , rfc<"3.10.1">   >,
Row< LISTEN     , CLOSE              , CLOSED     , Do<delete_TCB>                               , always               , rfc<"3.10.4">   >,
Row< LISTEN     , SEND               , SYN_SENT   , Do<active, queue_text, snd_SYN>              , has_remote           , rfc<"3.10.2">   >,
Row< LISTEN     , rcv_SYN            , SYN_RCVD   , Do<note_SYN, hold_rest, snd_SYN_ACK>         , always               , rfc<"3.10.7.2"> >,
Row< SYN_SENT   , CLOSE              , CLOSED     , Do<delete_TCB>                               , always               , rfc<"3.10.4">   >,
Row< SYN_SENT   , rcv_SYN            , SYN_RCVD   , Do<note_SYN, hold_rest, snd_SYN_ACK>         , always               , rfc<"3.10.7.3"> >,
Row< SYN_SENT   , rcv_SYN_ACK        , ESTAB      , Do<note_SYN, note_ACK_of_SYN, snd_ACK>       , always               , rfc<"3.10.7.3"> >,
Row< SYN_RCVD   , rcv_ACK_of_SYN     , ESTAB      , Do<note_ACK_of_SYN>                          , always               , rfc<"3.10.7.4"> >,
Row< SYN_RCVD   , CLOSE              , FIN_WAIT_1 , Do<snd_FIN>                                  , nothing_queued       , rfc<"3.10.4">   >,
Row< SYN_RCVD   , rcv_RST            , LISTEN     , x                                            , from_LISTEN          , rfc<"3.10.7.4"> >, // note 1
Row< ESTAB      , CLOSE              , FIN_WAIT_1 , Do<snd_FIN>                                  , Not<text_lost>       , rfc<"3.10.4">   >,
Row< ESTAB      , rcv_FIN            , CLOSE_WAIT , Do<note_FIN, snd_ACK>                        , always               , rfc<"3.10.7.4"> >,
Row< FIN_WAIT_1 , rcv_ACK_of_FIN     , FIN_WAIT_2 , x                                            , always               , rfc<"3.10.7.4"> >,
Row< FIN_WAIT_1 , rcv_FIN            , CLOSING    , Do<note_FIN, snd_ACK>                        , always               , rfc<"3.10.7.4"> >,
Row< FIN_WAIT_2 , rcv_FIN            , TIME_WAIT  , Do<note_FIN, snd_ACK, start_2MSL>            , always               , rfc<"3.10.7.4"> >,
Row< CLOSE_WAIT , CLOSE              , LAST_ACK   , Do<snd_FIN>                                  , Not<text_lost>       , rfc<"3.10.4">   >,
Row< CLOSING    , rcv_ACK_of_FIN     , TIME_WAIT  , Do<start_2MSL>                               , always               , rfc<"3.10.7.4"> >,
Row< LAST_ACK   , rcv_ACK_of_FIN     , CLOSED     , Do<delete_TCB>                               , always               , rfc<"3.10.7.4"> >,
Row< TIME_WAIT  , timeout_2MSL       , CLOSED     , Do<delete_TCB>                               , always               , rfc<"3.10.8">   >,

// Figure 5, its notes -------------------------------------------------------------------------------------------------------------
// Note 1: SYN-RECEIVED returns to LISTEN only after a passive OPEN; after an active one the connection was refused.
Row< SYN_RCVD   , rcv_RST            , CLOSED     , Do<say_refused, delete_TCB>                  , Not<from_LISTEN>     , rfc<"3.10.7.4"> >,
// Note 2: a FIN that also acknowledges ours.
Row< FIN_WAIT_1 , rcv_FIN_ACK_of_FIN , TIME_WAIT  , Do<note_FIN, snd_ACK, start_2MSL>            , always               , rfc<"3.10.7.4"> >,
// Note 3: RST. Received, it ends in LISTEN (above, note 1) or in CLOSED; sent by ABORT it ends in CLOSED, as 3.10.5 has it.
Row< SYN_SENT   , rcv_RST            , CLOSED     , Do<say_open_reset, delete_TCB>               , always               , rfc<"3.10.7.3"> >,
Any< In<ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT>
                , rcv_RST            , CLOSED     , Do<say_reset, delete_TCB>                    , always               , rfc<"3.10.7.4"> >,
Any< In<CLOSING, LAST_ACK>
                , rcv_RST            , CLOSED     , Do<delete_TCB>                               , always               , rfc<"3.10.7.4"> >,
Row< TIME_WAIT  , rcv_RST            , CLOSED     , Do<delete_TCB>                               , Not<rfc1337>         , rfc<"3.10.7.4"> >,
Row< TIME_WAIT  , rcv_RST            , stay       , x                                            , rfc1337              , from<"linux tcp_rfc1337"> >,

// 3.10.1 OPEN ---------------------------------------------------------------------------------------------------------------------
Any< In<CLOSED, LISTEN>
                , active_OPEN        , stay       , Do<no_remote>                                , Not<has_remote>      , rfc<"3.10.1">   >,
Row< LISTEN     , active_OPEN        , SYN_SENT   , Do<active, snd_SYN>                          , has_remote           , rfc<"3.10.1">   >,
Row< LISTEN     , passive_OPEN       , stay       , Do<already_exists>                           , always               , rfc<"3.10.1">   >,
Any< In<SYN_SENT, SYN_RCVD, ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT>
                , active_OPEN        , stay       , Do<already_exists>                           , always               , rfc<"3.10.1">   >,
Any< In<SYN_SENT, SYN_RCVD, ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT>
                , passive_OPEN       , stay       , Do<already_exists>                           , always               , rfc<"3.10.1">   >,

// 3.10.2 SEND ---------------------------------------------------------------------------------------------------------------------
Row< CLOSED     , SEND               , stay       , Do<no_connection>                            , always               , rfc<"3.10.2">   >,
Row< LISTEN     , SEND               , stay       , Do<no_remote>                                , Not<has_remote>      , rfc<"3.10.2">   >,
Any< In<SYN_SENT, SYN_RCVD, ESTAB, CLOSE_WAIT>
                , SEND               , stay       , Do<queue_text>                               , always               , rfc<"3.10.2">   >,
Any< In<FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, TIME_WAIT>
                , SEND               , stay       , Do<closing>                                  , always               , rfc<"3.10.2">   >,

// 3.10.3 RECEIVE. From CLOSE-WAIT on, what is on hand is still delivered; the RFC says so of CLOSE-WAIT alone, but text that
// came together with the FIN must not be lost because TIME-WAIT was reached. ------------------------------------------------------
Row< CLOSED     , RECEIVE            , stay       , Do<no_connection>                            , always               , rfc<"3.10.3">   >,
Any< In<LISTEN, SYN_SENT, SYN_RCVD, ESTAB, FIN_WAIT_1, FIN_WAIT_2>
                , RECEIVE            , stay       , Do<deliver_text>                             , always               , rfc<"3.10.3">   >,
Any< In<CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT>
                , RECEIVE            , stay       , Do<deliver_text>                             , text_waits           , rfc<"3.10.3">   >,
Any< In<CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT>
                , RECEIVE            , stay       , Do<closing>                                  , Not<text_waits>      , rfc<"3.10.3">   >,

// 3.10.4 CLOSE --------------------------------------------------------------------------------------------------------------------
Row< CLOSED     , CLOSE              , stay       , Do<no_connection>                            , always               , rfc<"3.10.4">   >,
Row< SYN_RCVD   , CLOSE              , stay       , Do<queue_CLOSE>                              , Not<nothing_queued>  , rfc<"3.10.4">   >,
Any< In<FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, TIME_WAIT>
                , CLOSE              , stay       , Do<closing>                                  , always               , rfc<"3.10.4">   >,
// A CLOSE that also ends reading (MAY-1) says by RST that text was lost (SHLD-3).
Any< In<ESTAB, CLOSE_WAIT>
                , CLOSE              , CLOSED     , Do<snd_RST, delete_TCB>                      , text_lost            , rfc<"3.6.1">    >,

// 3.10.5 ABORT --------------------------------------------------------------------------------------------------------------------
Row< CLOSED     , ABORT              , stay       , Do<no_connection>                            , always               , rfc<"3.10.5">   >,
Any< In<LISTEN, SYN_SENT>
                , ABORT              , CLOSED     , Do<delete_TCB>                               , always               , rfc<"3.10.5">   >,
Any< In<SYN_RCVD, ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT>
                , ABORT              , CLOSED     , Do<snd_RST, delete_TCB>                      , always               , rfc<"3.10.5">   >,
Any< In<CLOSING, LAST_ACK, TIME_WAIT>
                , ABORT              , CLOSED     , Do<delete_TCB>                               , always               , rfc<"3.10.5">   >,

// 3.10.6 STATUS -------------------------------------------------------------------------------------------------------------------
Row< CLOSED     , STATUS             , stay       , Do<no_connection>                            , always               , rfc<"3.10.6">   >,
Any< In<LISTEN, SYN_SENT, SYN_RCVD, ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT>
                , STATUS             , stay       , Do<report_state>                             , always               , rfc<"3.10.6">   >,

// 3.10.7 SEGMENT ARRIVES, where no state changes ----------------------------------------------------------------------------------
Row< CLOSED     , rcv_segment        , stay       , Do<reply_RST>                                , always               , rfc<"3.10.7.1"> >,
Row< LISTEN     , rcv_bad_ACK        , stay       , Do<reply_RST>                                , always               , rfc<"3.10.7.2"> >,
Row< SYN_SENT   , rcv_bad_ACK        , stay       , Do<reply_RST>                                , always               , rfc<"3.10.7.3"> >,
Row< SYN_RCVD   , rcv_bad_ACK        , stay       , Do<reply_RST>                                , always               , rfc<"3.10.7.4"> >,
// fourth, SYN
Row< SYN_RCVD   , rcv_SYN            , LISTEN     , Do<answer_other_SYN>                         , from_LISTEN          , rfc<"3.10.7.4"> >,
Row< SYN_RCVD   , rcv_SYN            , stay       , Do<challenge_ACK>                            , Not<from_LISTEN>     , rfc<"3.10.7.4"> >,
Any< Synchronized
                , rcv_SYN            , stay       , Do<challenge_ACK>                            , rfc5961              , rfc<"3.10.7.4"> >,
Any< Synchronized // as RFC 793 had it: a SYN in the window is an error
                , rcv_SYN            , CLOSED     , Do<reply_RST, say_reset, delete_TCB>         , Not<rfc5961>         , rfc<"3.10.7.4"> >,
Row< TIME_WAIT  , rcv_new_SYN        , CLOSED     , Do<delete_TCB>                               , always               , rfc<"3.6.1">    >, // MAY-2
// fifth, ACK
Any< In<ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK>
                , rcv_ACK            , stay       , Do<note_ACK>                                 , always               , rfc<"3.10.7.4"> >,
// sixth, URG
Any< In<ESTAB, FIN_WAIT_1, FIN_WAIT_2>
                , rcv_URG            , stay       , Do<note_URG>                                 , always               , rfc<"3.10.7.4"> >,
// seventh, text
Any< In<ESTAB, FIN_WAIT_1, FIN_WAIT_2>
                , rcv_text           , stay       , Do<take_text, snd_ACK>                       , Not<reading_over>    , rfc<"3.10.7.4"> >,
Any< In<ESTAB, FIN_WAIT_1, FIN_WAIT_2>
                , rcv_text           , CLOSED     , Do<snd_RST, delete_TCB>                      , reading_over         , rfc<"3.6.1">    >, // SHLD-3
// eighth, FIN
Row< SYN_RCVD   , rcv_FIN            , CLOSE_WAIT , Do<note_FIN, snd_ACK>                        , always               , rfc<"3.10.7.4"> >,
Any< In<CLOSE_WAIT, CLOSING, LAST_ACK>
                , rcv_FIN            , stay       , Do<snd_ACK>                                  , always               , rfc<"3.10.7.4"> >,
Row< TIME_WAIT  , rcv_FIN            , stay       , Do<snd_ACK, start_2MSL>                      , always               , rfc<"3.10.7.4"> >,

// 3.10.8 Timeouts, and 3.8.3 Connection Failures ----------------------------------------------------------------------------------
Any< In<LISTEN, SYN_SENT, SYN_RCVD, ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT>
                , user_timeout       , CLOSED     , Do<say_user_timeout, delete_TCB>             , always               , rfc<"3.10.8">   >,
Any< Outstanding
                , rtx_timeout        , stay       , Do<resend>                                   , always               , rfc<"3.10.8">   >,
Any< Outstanding
                , R2_reached         , CLOSED     , Do<say_timed_out, delete_TCB>                , always               , rfc<"3.8.3">    >,
Row< FIN_WAIT_2 , FIN_WAIT_2_timeout , CLOSED     , Do<delete_TCB>                               , always               , from<"linux tcp_fin_timeout"> >,

// 3.8.4 Keep-alives, 3.8.6 Managing the Window, 3.9.2.2 ICMP ------------------------------------------------------------------------
Any< In<ESTAB, FIN_WAIT_1, CLOSE_WAIT, CLOSING, LAST_ACK>
                , persist_timeout    , stay       , Do<probe_window>                             , always               , rfc<"3.8.6.1">  >,
Any< In<ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK>
                , keepalive_timeout  , stay       , Do<probe_peer>                               , always               , rfc<"3.8.4">    >,
Any< In<ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK>
                , keepalive_failed   , CLOSED     , Do<snd_RST, say_timed_out, delete_TCB>       , always               , rfc<"3.8.4">    >,
Any< In<ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT>
                , ACK_timeout        , stay       , Do<snd_ACK>                                  , always               , rfc<"3.8.6.3">  >,
Any< In<SYN_SENT, SYN_RCVD, ESTAB, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK>
                , ICMP_hard_error    , CLOSED     , Do<say_unreachable, delete_TCB>              , always               , rfc<"3.9.2.2">  >
>;
// clang-format on

} // namespace tcpsm::table
