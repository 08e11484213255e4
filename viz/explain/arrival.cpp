#include "explain/arrival.hpp"

namespace tcpsm::viz {
namespace {

/// The end of what a record leads to: the next call, in the same event, is another matter.
std::uint32_t end_of(const Scene& scene, std::uint32_t index)
{
    std::uint32_t end = index + 1;
    while (end < scene.now().end && scene.record(end).kind != RecordKind::call) ++end;
    return end;
}

State state_met(const Scene& scene, const Record& record, std::uint32_t index)
{
    if (record.connection != 0) return scene.state_at(record.host, record.connection, index);
    // No connection: either a listener refused it or answered it by a SYN cookie, or nobody is there.
    if (record.why.check == Check::none && record.why.event == Event::RcvSyn) return State::Listen;
    switch (record.why.check) {
    case Check::listen_rst:
    case Check::listen_ack:
    case Check::listen_other:
    case Check::accept_queue:
    case Check::peer_timestamp:
    case Check::backlog: return State::Listen;
    default: return State::Closed;
    }
}

} // namespace

bool Arrival::changes_window() const
{
    if (!numbers.snd_una || !numbers.snd_wnd || !numbers.rcv_nxt) return false;
    const bool newest = *numbers.rcv_nxt <= seg.seq; // else it may be older than the one before: SND.WL1
    return newest && seg.ack == *numbers.snd_una && window() != *numbers.snd_wnd;
}

std::optional<Seq> Arrival::hole() const
{
    const std::optional<Seq> expected = numbers.rcv_nxt ? numbers.rcv_nxt : rcv_nxt_after;
    if (!expected || !(*expected < seg.seq)) return std::nullopt;
    return expected;
}

Arrival arrival(const Scene& scene, std::uint32_t index)
{
    const Record& record = scene.record(index);
    const SentSegment& sent = scene.segment(record);
    Arrival a{.scene = scene,
              .record = record,
              .sent = sent,
              .seg = sent.segment,
              .before = state_met(scene, record, index),
              .after = State::Closed,
              .states = {},
              .numbers = {},
              .rcv_nxt_after = {},
              .resent = nullptr,
              .opens_anew = false};
    std::uint32_t connection = record.connection;
    const std::uint32_t end = end_of(scene, index);
    for (std::uint32_t i = index; i < end; ++i) {
        const Record& r = scene.record(i);
        if (r.kind == RecordKind::state && r.host == record.host && r.connection == record.connection)
            a.states.push_back(r.to);
        if (r.kind == RecordKind::state && r.host == record.host && r.why.event == Event::RcvNewSyn) {
            a.opens_anew = true;
            a.before = State::TimeWait;
            connection = r.connection;
        }
    }
    a.numbers = numbers_before(scene.history, scene.story, record.host, connection, scene.moment);
    a.after = a.states.empty() ? a.before : a.states.back();
    for (const SentSegment* answer : scene.departures(record.host, record.connection)) {
        if (answer->segment.has(Flag::ACK) && !answer->segment.has(Flag::RST)) a.rcv_nxt_after = answer->segment.ack;
        if (answer->retransmission && a.resent == nullptr) a.resent = answer;
    }
    return a;
}

} // namespace tcpsm::viz
