// RFC 9293, 3.7.1. Maximum Segment Size Option; RFC 7323 (window scale, timestamps); RFC 2018 (SACK): what is said in
// options, and what both sides agree on.

#include <algorithm>
#include <array>

#include "connection/context.hpp"

namespace tcpsm {
namespace {

constexpr std::uint32_t timestamps_octets = 12; // two No-Operations, so that it is aligned (RFC 7323, appendix A)
constexpr std::uint8_t largest_shift = 14;      // RFC 7323, 2.3
constexpr std::uint32_t trusted_seconds = 24 * 24 * 3600; // RFC 7323, 5.5

/// Our Rcv.Wind.Shift.
std::uint8_t shift_for(const ConnectionOptions& options)
{
    if (options.window_shift >= 0) return static_cast<std::uint8_t>(options.window_shift);
    std::uint8_t shift = 0;
    while (shift < largest_shift && (options.receive_buffer >> shift) > 65535) ++shift;
    return shift;
}

std::uint32_t seconds(Time time)
{
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count());
}

bool older(std::uint32_t a, std::uint32_t b)
{
    return static_cast<std::int32_t>(a - b) < 0;
}

} // namespace

std::uint32_t Context::timestamp() const
{
    using std::chrono::milliseconds;
    const auto since = std::chrono::duration_cast<milliseconds>(now.time_since_epoch());
    return static_cast<std::uint32_t>(since.count()) + connection.timestamp_offset;
}

void Context::add_syn_options(Segment& syn) const
{
    // A SYN offers; a SYN,ACK says what was agreed on.
    // In a simultaneous open linux offers in both.
    const bool offers = !syn.has(Flag::ACK) || (options().linux_checks && !tcb().passive);
    const Tcb& t = tcb();
    const bool with_sack = offers ? options().sack : t.sack;
    const bool with_timestamps = offers ? options().timestamps : t.timestamps;
    Options& o = syn.options;
    o.add_mss(options().mss); // SHLD-5, MAY-3
    if (with_timestamps) {
        if (with_sack) {
            o.add_sack_permitted();
        } else {
            o.add_nop();
            o.add_nop();
        }
        o.add_timestamps({timestamp(), t.ts.recent});
    } else if (with_sack) {
        o.add_nop();
        o.add_nop();
        o.add_sack_permitted();
    }
    if (offers ? options().window_scaling : t.window_scaling) {
        o.add_nop();
        o.add_window_scale(shift_for(options()));
    }
}

void Context::add_options(Segment& s) const
{
    const Tcb& t = tcb();
    if (t.timestamps) { // RFC 7323, 3.2: on every segment but a RST
        s.options.add_nop();
        s.options.add_nop();
        s.options.add_timestamps({timestamp(), t.ts.recent});
    }
    const auto ranges = connection.held_.ranges();
    if (!t.sack || ranges.empty()) return;
    // RFC 2018, 3: as many blocks as there is room for, the latest first (4). What came with the SYN and waits for the
    // connection to be open has no hole before it.
    const std::size_t most = t.timestamps ? 3 : 4;
    std::array<SackBlock, 4> blocks;
    std::size_t count = 0;
    for (const SeqRange& range : ranges)
        if (count < most && range.begin > t.rcv.nxt) blocks[count++] = {range.begin, range.end};
    const std::uint32_t octets = 4 + 8 * static_cast<std::uint32_t>(count);
    if (count == 0 || (s.text_len > 0 && s.text_len + octets > effective_mss())) return;
    s.options.add_nop();
    s.options.add_nop();
    s.options.add_sack({blocks.data(), count});
}

void Context::agree_on_options()
{
    Tcb& t = tcb();
    const Options& theirs = seg().options;
    const std::uint16_t told = theirs.mss().value_or(536);       // MUST-15
    const std::uint16_t least = options().linux_checks ? 48 : 1; // linux TCP_MIN_SND_MSS; with 0 nothing ever went
    t.send_mss = std::min(std::max(told, least), options().mss); // MUST-16
    const auto shift = options().window_scaling ? theirs.window_scale() : std::nullopt;
    t.window_scaling = shift.has_value();
    t.snd.shift = t.window_scaling ? std::min(*shift, largest_shift) : 0; // RFC 7323, 2.3
    t.rcv.shift = t.window_scaling ? shift_for(options()) : 0;
    const auto stamps = options().timestamps ? theirs.timestamps() : std::nullopt;
    t.timestamps = stamps.has_value();
    t.ts = {};
    if (t.timestamps) t.ts = {.recent = stamps->value, .recent_age = seconds(now), .last_ack_sent = t.rcv.nxt};
    t.sack = options().sack && theirs.sack_permitted();
}

std::uint32_t Context::effective_mss() const
{
    return without_options(tcb().send_mss);
}

std::uint32_t Context::own_mss() const
{
    return without_options(options().mss);
}

std::uint32_t Context::without_options(std::uint32_t mss) const
{
    if (!tcb().timestamps && !expects_timestamps()) return mss;
    return mss > timestamps_octets ? mss - timestamps_octets : 1;
}

bool Context::timestamp_is_old() const
{
    const Tcb& t = tcb();
    if (!t.timestamps || !options().paws) return false;
    const auto stamps = seg().options.timestamps();
    if (!stamps || !older(stamps->value, t.ts.recent)) return false;
    return seconds(now) - t.ts.recent_age < trusted_seconds;
}

void Context::note_timestamp()
{
    Tcb& t = tcb();
    if (!t.timestamps) return;
    const auto stamps = seg().options.timestamps();
    if (!stamps || (older(stamps->value, t.ts.recent) && options().paws)) return;
    if (seg().seq <= t.ts.last_ack_sent) {
        t.ts.recent = stamps->value;
        t.ts.recent_age = seconds(now);
    }
}

} // namespace tcpsm
