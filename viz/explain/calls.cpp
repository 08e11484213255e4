// The user calls of RFC 9293, 3.9.1, and what is done to a host.

#include "explain/headlines.hpp"
#include "explain/numbers.hpp"
#include "words/errors.hpp"

namespace tcpsm::viz {
namespace {

struct UserCall {
    const Scene& scene;
    const Record& record;
    State before;
    State after;

    [[nodiscard]] bool moved() const { return before != after; }
    [[nodiscard]] bool failed() const { return record.error != Error::none; }
    [[nodiscard]] bool on_connection() const { return record.connection != 0; }
};

UserCall user_call(const Scene& scene, std::uint32_t index)
{
    const Record& record = scene.record(index);
    UserCall call{scene, record, State::Closed, State::Closed};
    call.before = call.after = scene.state_at(record.host, record.connection, index);
    for (std::uint32_t i = index + 1; i < scene.now().end && scene.record(i).kind != RecordKind::call; ++i) {
        const Record& r = scene.record(i);
        if (r.kind == RecordKind::state && r.host == record.host && r.connection == record.connection)
            call.after = r.to;
    }
    return call;
}

/// What keeps text from leaving. Neither Nagle's algorithm nor congestion control ever waits for more than an ACK.
enum class Hindrance : std::uint8_t { unknown, window, acknowledgment, small_window };

Hindrance hindrance(const UserCall& call, std::uint32_t left)
{
    const Record& r = call.record;
    const Numbers n = numbers_before(call.scene.history, call.scene.story, r.host, r.connection, call.scene.moment);
    if (!n.snd_una || !n.snd_nxt || !n.snd_wnd) return Hindrance::unknown;
    const std::uint32_t outstanding = static_cast<std::uint32_t>(*n.snd_nxt - *n.snd_una) + left;
    if (*n.snd_wnd <= outstanding) return Hindrance::window;
    return outstanding > 0 ? Hindrance::acknowledgment : Hindrance::small_window;
}

Phrase sent_nothing(const UserCall& call)
{
    switch (hindrance(call, 0)) {
    case Hindrance::window: return Phrase::calls_send_window;
    case Hindrance::acknowledgment: return Phrase::calls_send_waits_for_ack;
    case Hindrance::small_window: return Phrase::calls_send_small_window;
    case Hindrance::unknown: break;
    }
    return Phrase::calls_send_queued;
}

Phrase send_call(const UserCall& call)
{
    if (call.before == State::Listen) return Phrase::calls_something; // a host gives its listeners no remote socket
    if (call.before < State::Established) return Phrase::calls_send_opening;
    std::uint32_t left = 0;
    bool all = call.record.count == 0;
    for (const SentSegment* departure : call.scene.departures(call.record.host, call.record.connection)) {
        if (departure->retransmission || departure->segment.text_len == 0) continue;
        left += departure->segment.text_len;
        all = departure->segment.has(Flag::PSH); // nothing that is queued is behind it (3.9.1.2, MUST-61)
    }
    if (all) return Phrase::calls_send;
    if (left == 0) return sent_nothing(call);
    return hindrance(call, left) == Hindrance::window ? Phrase::calls_send_partly
                                                      : Phrase::calls_send_partly_waits_for_ack;
}

bool fin_leaves(const UserCall& call)
{
    for (const SentSegment* departure : call.scene.departures(call.record.host, call.record.connection))
        if (departure->segment.has(Flag::FIN)) return true;
    return false;
}

/// SO_LINGER with no time: CLOSE is ABORT.
bool throws_away(const UserCall& call)
{
    for (std::uint32_t i = call.scene.now().first; i < call.scene.now().end; ++i) {
        const Record& r = call.scene.record(i);
        const bool of_connection = r.host == call.record.host && r.connection == call.record.connection;
        if (r.kind == RecordKind::state && of_connection && r.why.event == Event::Abort) return true;
    }
    return false;
}

Phrase close_call(const UserCall& call)
{
    if (!call.moved())
        return call.before == State::SynReceived ? Phrase::calls_close_opening : Phrase::calls_close_nothing;
    if (call.before == State::Listen) return Phrase::calls_close_listener;
    if (throws_away(call)) return Phrase::calls_close_linger_zero;
    if (call.before == State::SynSent) return Phrase::calls_close_in_syn_sent;
    if (call.after == State::Closed) return Phrase::calls_close_text_lost;
    if (!fin_leaves(call)) return Phrase::calls_close_fin_follows;
    return call.before == State::CloseWait ? Phrase::calls_close_too : Phrase::calls_close;
}

Phrase abort_call(const UserCall& call)
{
    if (!call.moved()) return Phrase::calls_close_nothing;
    const bool rst = !call.scene.departures(call.record.host, call.record.connection).empty();
    return rst ? Phrase::calls_abort : Phrase::calls_abort_quietly;
}

/// A call that answers an error, where that is not all there is to say.
Phrase in_vain(const UserCall& call)
{
    const Error error = call.record.error;
    switch (call.record.call) {
    case Call::accept:
        if (error == Error::would_block) return Phrase::calls_accept_too_early;
        if (error == Error::too_many_open_files) return Phrase::calls_accept_no_descriptor;
        break;
    case Call::receive:
        if (error == Error::would_block) return Phrase::calls_receive_too_early;
        if (error == Error::closing) return Phrase::calls_receive_after_fin;
        break;
    case Call::send:
        if (error == Error::closing) return Phrase::calls_send_after_close;
        break;
    case Call::close:
    case Call::shutdown:
        if (error == Error::closing) return Phrase::calls_close_again;
        break;
    case Call::socket: return Phrase::calls_socket_no_descriptor;
    default: break;
    }
    return call.on_connection() ? Phrase::calls_in_vain : Phrase::calls_without_connection;
}

Phrase what_is_called(const UserCall& call)
{
    if (call.failed()) return in_vain(call);
    const bool of_one = call.record.process != 0; // process
    switch (call.record.call) {
    case Call::listen: return Phrase::calls_listen;
    case Call::bind: return Phrase::calls_bind;
    case Call::connect: return call.before == State::Listen ? Phrase::calls_connect_in_listen : Phrase::calls_connect;
    case Call::accept: return Phrase::calls_accept;
    case Call::send: return send_call(call);
    case Call::receive: return Phrase::calls_receive;
    case Call::shutdown:
    case Call::close: return close_call(call);
    case Call::abort: return abort_call(call);
    case Call::crash: return of_one ? Phrase::process_crashes : Phrase::host_crashes;
    case Call::reboot: return Phrase::host_reboots;
    case Call::kill: return of_one ? Phrase::process_killed : Phrase::host_loses_process;
    case Call::exit: return of_one ? Phrase::process_exits : Phrase::all_exit;
    case Call::socket: return Phrase::calls_socket;
    case Call::inject: break; // leaves no record of a call
    }
    return Phrase::calls_something;
}

} // namespace

std::string headline_of_call(const Scene& scene, std::uint32_t index)
{
    const UserCall call = user_call(scene, index);
    const Record& record = call.record;
    return scene.say(what_is_called(call), scene.who(record), fmt::format("{}()", name(record.call)),
                     scene.peer_of(record.host, record.connection), name(call.before), name(call.after),
                     octets(scene.language, record.count), in_words(scene.language, record.error),
                     scene.history.process(record), record.count);
}

} // namespace tcpsm::viz
