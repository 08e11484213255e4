// RFC 9293, 3.10.8. Timeouts; 3.8.4, keep-alives; 3.8.6, zero-window probes and delayed ACKs.

#include "explain/headlines.hpp"

namespace tcpsm::viz {
namespace {

/// A timer that fired, and what came of it.
struct Firing {
    const Scene& scene;
    const Record& fired;
    const Record* moved = nullptr;     ///< the change of state that it led to
    const Record* set = nullptr;       ///< the timer of its kind that runs next
    const SentSegment* sent = nullptr; ///< the first segment that it made leave
};

Firing firing(const Scene& scene, std::uint32_t index)
{
    Firing f{scene, scene.record(index)};
    for (std::uint32_t i = index + 1; i < scene.now().end; ++i) {
        const Record& r = scene.record(i);
        if (r.host != f.fired.host || r.connection != f.fired.connection) continue;
        if (r.kind == RecordKind::state && f.moved == nullptr) f.moved = &r;
        if (r.kind == RecordKind::timer_set && r.timer == f.fired.timer && f.set == nullptr) f.set = &r;
    }
    const auto departures = scene.departures(f.fired.host, f.fired.connection);
    if (!departures.empty()) f.sent = departures.front();
    return f;
}

/// How many keep-alive probes the peer has not answered, and since when nothing has come from it.
struct Silence {
    std::uint32_t probes = 0;
    std::optional<Time> since;
};

Silence silence(const Firing& f)
{
    const Scene& scene = f.scene;
    Silence silence;
    for (std::uint32_t i = scene.now().first; i > 0; --i) {
        const Record& r = scene.record(i - 1);
        if (r.host != f.fired.host || r.connection != f.fired.connection) continue;
        if (r.kind == RecordKind::sent && scene.segment(r).why.event == Event::KeepaliveTimeout) ++silence.probes;
        if (r.kind != RecordKind::arrived && r.kind != RecordKind::initial) continue;
        if (r.kind == RecordKind::arrived) silence.since = r.time;
        break;
    }
    return silence;
}

/// What a retransmission timeout sends again.
Phrase what_leaves_again(const SentSegment& again)
{
    const Segment& seg = again.segment;
    if (seg.has(Flag::SYN)) return seg.has(Flag::ACK) ? Phrase::fires_syn_ack : Phrase::fires_syn;
    if (seg.text_len == 0) return Phrase::fires_fin;
    return seg.has(Flag::FIN) ? Phrase::fires_text_and_fin : Phrase::fires_text;
}

Phrase end_of_connection(const Firing& f)
{
    switch (f.moved->why.event) {
    case Event::R2Reached: return f.fired.timer == TimerKind::persist ? Phrase::fires_r2_persist : Phrase::fires_r2;
    case Event::UserTimeout: return Phrase::fires_user_timeout;
    case Event::TimeWaitTimeout: return Phrase::fires_2msl;
    case Event::FinWait2Timeout: return Phrase::fires_fin_wait_2;
    case Event::KeepaliveFailed: return Phrase::fires_keepalive_failed;
    default: return Phrase::fires;
    }
}

// 3.8.6.1, zero-window probing; 3.8.6.2.1, the override timeout.
Phrase probe_of_window(const Firing& f)
{
    if (f.set == nullptr) return Phrase::fires_override;
    if (f.sent->segment.len() == 0) return Phrase::fires_persist_without_text;
    return f.sent->retransmission ? Phrase::fires_persist_again : Phrase::fires_persist;
}

// 3.8.4
Phrase probe_of_peer(const Firing& f, const Silence& silent)
{
    if (f.sent == nullptr) return Phrase::fires_keepalive_needless;
    if (silent.probes > 0) return Phrase::fires_keepalive_again;
    return silent.since ? Phrase::fires_keepalive : Phrase::fires_keepalive_first;
}

Phrase what_fires(const Firing& f, const Silence& silent)
{
    if (f.moved != nullptr) return end_of_connection(f);
    switch (f.fired.timer) {
    case TimerKind::retransmission: return f.sent != nullptr ? what_leaves_again(*f.sent) : Phrase::fires;
    case TimerKind::persist: return f.sent != nullptr ? probe_of_window(f) : Phrase::fires;
    case TimerKind::keepalive: return probe_of_peer(f, silent);
    case TimerKind::delayed_ack: return Phrase::fires_delayed_ack;
    case TimerKind::linger: return Phrase::fires_linger;
    default: return Phrase::fires;
    }
}

} // namespace

std::string headline_of_timer(const Scene& scene, std::uint32_t index)
{
    const Firing f = firing(scene, index);
    const Record& fired = f.fired;
    const bool asked = fired.timer == TimerKind::keepalive;
    const Silence silent = asked ? silence(f) : Silence{};
    const Duration silent_for = silent.since ? fired.time - *silent.since : Duration(0);
    const Duration next = f.set != nullptr ? f.set->deadline - f.set->time : Duration(0);
    const std::uint32_t text = f.sent != nullptr ? f.sent->segment.text_len : 0;
    return scene.say(what_fires(f, silent), scene.who(fired), scene.peer_of(fired.host, fired.connection),
                     octets(scene.language, text), name(scene.state_at(fired.host, fired.connection, index)),
                     to_string(next), to_string(silent_for), silent.probes);
}

} // namespace tcpsm::viz
