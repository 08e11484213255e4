#include "explain/arrival.hpp"
#include "explain/headlines.hpp"

namespace tcpsm::viz {
namespace {

/// The states that the connection passed through on its way.
std::string by_way_of(const Arrival& a)
{
    std::string all;
    for (std::size_t i = 0; i + 1 < a.states.size(); ++i) {
        const std::string_view state = name(a.states[i]);
        all = i == 0 ? std::string(state) : a.scene.say(Phrase::why_comma, all, state);
    }
    return all;
}

/// {6}: what else the sentence names.
std::string number_for(const Arrival& a, Phrase what)
{
    switch (what) {
    case Phrase::got_several: return by_way_of(a);
    case Phrase::refused_syn_without_listener: return std::to_string(a.sent.to.port);
    case Phrase::got_ack_of_some:
    case Phrase::got_ack_duplicate:
    case Phrase::got_ack_third:
    case Phrase::got_ack_more_lost:
    case Phrase::got_ack_partial:
    case Phrase::got_ack_after_timeout: return std::to_string(a.seg.ack.value());
    case Phrase::got_urgent: return std::to_string((a.seg.seq + a.seg.up).value());
    case Phrase::refused_timestamp:
    case Phrase::refused_timestamp_unknown: return std::to_string(a.seg.options.timestamps().value().value);
    case Phrase::got_fin_early:
    case Phrase::got_text_early: return std::to_string(a.hole().value().value());
    case Phrase::got_text_that_was_missing: return std::to_string(a.rcv_nxt_after.value().value());
    default: return {};
    }
}

} // namespace

std::string headline_of_arrival(const Scene& scene, std::uint32_t index)
{
    const Record& record = scene.record(index);
    if (!scene.knows_segment(record)) {
        const State state = scene.state_at(record.host, record.connection, index);
        return scene.say(Phrase::got_something, scene.who(record), std::string_view(),
                         scene.say(Phrase::why_this_segment), name(state));
    }
    const Arrival a = arrival(scene, index);
    const Phrase what = record.why.check == Check::none ? what_arrived(a) : what_was_refused(a);
    const std::uint32_t count = what == Phrase::got_window ? a.window() : a.seg.text_len;
    return scene.say(what, scene.who(record), scene.who(a.sent.from_host), scene.with_contents(a.sent), name(a.before),
                     name(a.after), octets(scene.language, count), number_for(a, what),
                     a.numbers.ts_recent.value_or(0));
}

} // namespace tcpsm::viz
