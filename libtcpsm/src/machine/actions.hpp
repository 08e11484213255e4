#pragma once
// What the rows of the table do and ask. Declared here on a connection that this layer does not know; defined one layer
// down, in src/connection/actions.cpp. An action touches only the connection's variables and its output: it does not
// deliver, call the user, throw, or dispatch another event.

namespace tcpsm::detail {
struct Context; // one event being processed: the connection, the segment where there is one, the time, the output
} // namespace tcpsm::detail

namespace tcpsm {

using detail::Context;

namespace action {
// user calls
void create_tcb(Context&);
void note_passive_open(Context&);
void note_active_open(Context&);
void queue_text(Context&);
void deliver_text(Context&);
void queue_close(Context&);
void report_state(Context&);
void delete_tcb(Context&);
// what to send
void snd_syn(Context&);
void snd_syn_ack(Context&);
void snd_ack(Context&);
void snd_challenge_ack(Context&);
void snd_fin(Context&);
void snd_rst(Context&);
void reply_rst(Context&);
void answer_other_syn(Context&);
void resend(Context&);
void probe_window(Context&);
void probe_peer(Context&);
// what a segment told
void note_syn(Context&);
void note_ack_of_syn(Context&);
void note_ack(Context&);
void note_urgent(Context&);
void take_text(Context&);
void hold_rest(Context&);
void note_fin(Context&);
void start_2msl(Context&);
// what the user is told
void signal_reset(Context&);
void signal_open_reset(Context&);
void signal_refused(Context&);
void signal_user_timeout(Context&);
void signal_timed_out(Context&);
void signal_unreachable(Context&);
void error_does_not_exist(Context&);
void error_already_exists(Context&);
void error_closing(Context&);
void error_remote_unspecified(Context&);
} // namespace action

namespace guard {
bool from_listen(const Context&);
bool nothing_queued(const Context&);
bool remote_specified(const Context&);
bool text_would_be_lost(const Context&);
bool reading_over(const Context&);
bool text_waits(const Context&);
bool rfc1337(const Context&);
bool rfc5961(const Context&);
} // namespace guard

} // namespace tcpsm
