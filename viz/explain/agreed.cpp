#include "explain/agreed.hpp"

#include <algorithm>

namespace tcpsm::viz {
namespace {

constexpr std::uint8_t largest_shift = 14; // RFC 7323, 2.3
constexpr std::size_t opening = 3;         // SYN-SENT, SYN-RECEIVED, ESTABLISHED: both SYNs are there when these begin

struct Syns {
    const Segment* ours = nullptr;
    const Segment* theirs = nullptr;
};

void look_for_syns(const History& history, const Band& band, const Moment& moment, Syns& syns)
{
    for (std::uint32_t i = moment.first; i < moment.end; ++i) {
        const Record& r = history.records()[i];
        if (r.host != band.host || r.connection != band.connection || r.segment >= history.segments().size()) continue;
        const SentSegment& sent = history.segments()[r.segment];
        if (!sent.segment.has(Flag::SYN)) continue;
        if (r.kind == RecordKind::sent && sent.name.host == r.host && syns.ours == nullptr) syns.ours = &sent.segment;
        if (r.kind == RecordKind::arrived && r.why.check == Check::none && syns.theirs == nullptr)
            syns.theirs = &sent.segment;
    }
}

} // namespace

Agreed agreed_options(const History& history, const Story& story, HostId host, std::uint32_t connection)
{
    Syns syns;
    const std::vector<std::uint32_t>& bands = story.bands_of(host, connection);
    for (std::size_t i = 0; i < std::min(bands.size(), opening); ++i) {
        const Band& band = story.bands()[bands[i]];
        look_for_syns(history, band, story.moments()[band.begin_moment], syns);
    }
    Agreed agreed;
    if (syns.ours == nullptr || syns.theirs == nullptr) return agreed;
    agreed.known = true;
    agreed.timestamps = syns.ours->options.timestamps() && syns.theirs->options.timestamps();
    agreed.sack = syns.ours->options.sack_permitted() && syns.theirs->options.sack_permitted();
    const auto ours = syns.ours->options.window_scale();
    const auto theirs = syns.theirs->options.window_scale();
    if (ours && theirs) {
        agreed.snd_shift = std::min(*theirs, largest_shift);
        agreed.rcv_shift = *ours;
    }
    return agreed;
}

} // namespace tcpsm::viz
