#include "explain/consequences.hpp"
#include "explain/explain.hpp"
#include "explain/headlines.hpp"
#include "explain/table_row.hpp"

namespace tcpsm::viz {
namespace {

std::string injected(const Scene& scene, const Record& record)
{
    const SentSegment& segment = scene.segment(record);
    return scene.say(Phrase::network_injects, scene.with_contents(segment), scene.who(segment.to_host));
}

/// "A in ESTABLISHED, B in ESTABLISHED"
std::string beginning(const Scene& scene)
{
    std::string states;
    for (std::uint32_t i = scene.now().first; i < scene.now().end; ++i) {
        const Record& r = scene.record(i);
        if (r.kind != RecordKind::initial) continue;
        const std::string one = scene.say(Phrase::why_host_in_state, scene.who(r), name(r.to));
        states = states.empty() ? one : scene.say(Phrase::why_comma, states, one);
    }
    return states.empty() ? states : scene.say(Phrase::history_begins, states);
}

/// What begins with no record of its own: ICMP speaks (3.9.2.2).
const Record* icmp(const Scene& scene)
{
    for (std::uint32_t i = scene.now().first; i < scene.now().end; ++i) {
        const Record& r = scene.record(i);
        if (r.kind == RecordKind::state && r.why.event == Event::IcmpHardError) return &r;
        if (r.kind == RecordKind::signal && r.error == Error::unreachable) return &r;
    }
    return nullptr;
}

Explanation told_by_icmp(const Scene& scene, const Record& record)
{
    const bool ends = record.kind == RecordKind::state;
    Explanation told;
    told.headline = scene.say(ends ? Phrase::icmp_ends : Phrase::icmp_tells, scene.who(record),
                              scene.peer_of(record.host, record.connection));
    if (ends) {
        told.row = row_in_words(record.why.row);
        told.reference = reference(record.why);
    }
    told.detail = then(scene.language, timers(scene, record.host, record.connection), news_for_applications(scene));
    return told;
}

std::string headline(const Scene& scene, std::uint32_t index)
{
    const Record& r = scene.record(index);
    switch (r.kind) {
    case RecordKind::call: return headline_of_call(scene, index);
    case RecordKind::arrived: return headline_of_arrival(scene, index);
    case RecordKind::timer_fired: return headline_of_timer(scene, index);
    default: return injected(scene, r);
    }
}

} // namespace

Explanation explain_moment(const History& history, const Story& story, std::uint32_t moment, Language language)
{
    const Scene scene{history, story, moment, language};
    const Moment& now = scene.now();
    Explanation told;
    const Record* first = nullptr;
    const auto add = [&](const std::string& sentence) { told.detail = then(language, told.detail, sentence); };
    for (std::uint32_t i = now.first; i < now.end; ++i) {
        if (!begins_something(scene, i)) continue;
        if (first == nullptr) {
            first = &scene.record(i);
            told.headline = headline(scene, i);
            const Why why = why_of(scene, i);
            told.row = row_in_words(why.row);
            told.reference = reference(why);
        } else {
            add(headline(scene, i)); // a step that acts in the same event
        }
        if (scene.record(i).kind == RecordKind::arrived) add(truth_about_arrival(scene, i));
    }
    if (first == nullptr) {
        if (const Record* const spoken = icmp(scene)) return told_by_icmp(scene, *spoken);
        told.headline = beginning(scene);
        return told;
    }
    add(other_states(scene));
    add(departures(scene));
    if (first->connection != 0) add(timers(scene, first->host, first->connection));
    add(news_for_applications(scene));
    return told;
}

} // namespace tcpsm::viz
