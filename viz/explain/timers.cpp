// RFC 9293, 3.10.8. Timeouts.

#include "explain/headlines.hpp"

namespace tcpsm::viz {
namespace {

/// What a retransmission timeout sends again.
Phrase what_leaves_again(const SentSegment& again)
{
    const Segment& seg = again.segment;
    if (seg.has(Flag::SYN)) return seg.has(Flag::ACK) ? Phrase::fires_syn_ack : Phrase::fires_syn;
    if (seg.text_len == 0) return Phrase::fires_fin;
    return seg.has(Flag::FIN) ? Phrase::fires_text_and_fin : Phrase::fires_text;
}

/// The event that a timer which fired became, where it changed the state.
const Record* change(const Scene& scene, std::uint32_t index)
{
    const Record& fired = scene.record(index);
    for (std::uint32_t i = index + 1; i < scene.now().end; ++i) {
        const Record& r = scene.record(i);
        if (r.kind == RecordKind::state && r.host == fired.host && r.connection == fired.connection) return &r;
    }
    return nullptr;
}

Phrase end_of_connection(Event event)
{
    switch (event) {
    case Event::R2Reached: return Phrase::fires_r2;
    case Event::UserTimeout: return Phrase::fires_user_timeout;
    case Event::TimeWaitTimeout: return Phrase::fires_2msl;
    case Event::FinWait2Timeout: return Phrase::fires_fin_wait_2;
    default: return Phrase::fires;
    }
}

/// How long the timer will run that was set when another of its kind had fired.
Duration next_wait(const Scene& scene, std::uint32_t index)
{
    const Record& fired = scene.record(index);
    for (std::uint32_t i = index + 1; i < scene.now().end; ++i) {
        const Record& r = scene.record(i);
        if (r.kind == RecordKind::timer_set && r.timer == fired.timer && r.connection == fired.connection)
            return r.deadline - r.time;
    }
    return Duration(0);
}

} // namespace

std::string headline_of_timer(const Scene& scene, std::uint32_t index)
{
    const Record& fired = scene.record(index);
    const Record* moved = change(scene, index);
    const SentSegment* again = nullptr;
    for (const SentSegment* departure : scene.departures(fired.host, fired.connection))
        if (departure->retransmission) again = departure;

    Phrase what = Phrase::fires;
    if (moved != nullptr)
        what = end_of_connection(moved->why.event);
    else if (again != nullptr)
        what = what_leaves_again(*again);
    const std::uint32_t text = again != nullptr ? again->segment.text_len : 0;
    return scene.say(what, scene.who(fired), scene.peer_of(fired.host, fired.connection), octets(scene.language, text),
                     name(scene.state_at(fired.host, fired.connection, index)), to_string(next_wait(scene, index)));
}

} // namespace tcpsm::viz
