// Where the lifelines stand, and how much room there is beside them.

#include <algorithm>

#include "diagram/ladder_layout.hpp"

namespace tcpsm::viz {
/// All hosts; or those at the two ends of the only connection that is shown.
void LadderLayout::choose_hosts()
{
    if (view_.only) {
        const Peer peer = story_.peer(view_.only->host, view_.only->connection);
        if (peer.host != no_host) peer_ = ConnectionName{peer.host, peer.connection};
    }
    for (std::size_t i = 0; i < history_.hosts().size(); ++i) {
        const auto host = static_cast<HostId>(i);
        if (!peer_ || host == view_.only->host || host == peer_->host) hosts_.push_back(host);
    }
    line_of_.assign(history_.hosts().size(), none);
    last_arrows_.resize((hosts_.size() + 1) * (hosts_.size() + 1));
    last_bands_.assign(hosts_.size() * most_lanes, -1);
    last_calls_.assign(hosts_.size(), {});
    for (std::size_t i = 0; i < hosts_.size(); ++i) line_of_[hosts_[i]] = static_cast<std::uint32_t>(i);
}

std::uint32_t LadderLayout::lanes(HostId host) const
{
    if (view_.only) return 1;
    return std::clamp(story_.lanes(host), 1U, most_lanes);
}

/// The richest arrangement that leaves the segments enough room.
void LadderLayout::choose_columns()
{
    const float size = view_.text;
    const float between = static_cast<float>(hosts_.size() > 1 ? hosts_.size() - 1 : 1) * 15 * size;
    const float ticks = measure_.width("000.000 s", size * 0.85F) + 3 * ladder_gap;
    const bool timers = view_.timers && story_.has_timers_to_show();
    const float brackets = timers ? measure_.width("2 MSL 240 s", size * 0.9F) + 3 * ladder_gap : 0;
    const bool several = std::any_of(hosts_.begin(), hosts_.end(), [&](HostId host) { return lanes(host) > 1; });
    columns_.states = measure_.width(several ? "#1 SYN-RECEIVED" : "SYN-RECEIVED", size, Weight::bold) + 2 * ladder_gap;
    columns_.lane = size * (several ? 0.75F : 1.2F);
    const float states = 2 * columns_.states;
    const float width = view_.frame.width() - between;
    columns_.ticks = width >= states + ticks;
    columns_.brackets = timers && width >= states + 2 * brackets + (columns_.ticks ? ticks : 0);
    columns_.ticks_right = view_.frame.left + (columns_.ticks ? ticks : 0);
    columns_.brackets_width = columns_.brackets ? brackets : 0;
}

void LadderLayout::place_lifelines()
{
    const Box& frame = view_.frame;
    const auto count = static_cast<float>(hosts_.size());
    const float side = std::min(columns_.states, frame.width() * 0.28F) + columns_.brackets_width;
    const auto bands = [&](HostId host) { return static_cast<float>(lanes(host)) * columns_.lane; };
    float left = columns_.ticks_right + side;
    float right = frame.right - (hosts_.size() > 1 ? side : ladder_gap);
    // Long arrows are hard to follow: what is left over goes to the sides.
    const float widest = std::max(count - 1, 1.0F) * 44 * view_.text;
    if (const float spare = right - left - widest; spare > 0) {
        left += spare / 2;
        right -= spare / 2;
    }
    for (std::size_t i = 0; i < hosts_.size(); ++i) {
        const HostInfo& info = history_.hosts()[hosts_[i]];
        LadderLifeline line;
        line.host = hosts_[i];
        line.name = info.name;
        line.address = to_string(info.address);
        const float width = bands(hosts_[i]);
        const float from = left + width / 2;
        const float to = std::max(right - bands(hosts_.back()) / 2, from);
        line.x = hosts_.size() > 1 ? from + (to - from) * static_cast<float>(i) / (count - 1) : from;
        line.left = std::max(line.x - width / 2, frame.left);
        line.right = std::min(line.x + width / 2, frame.right);
        line.x = (line.left + line.right) / 2;
        line.labels_left = i == 0;
        space_.add_wall(line.left, line.right);
        picture_.lifelines.push_back(std::move(line));
    }
}

} // namespace tcpsm::viz
