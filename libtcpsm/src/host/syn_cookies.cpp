#include "host/syn_cookies.hpp"

#include <algorithm>
#include <array>

#include "host/siphash.hpp"

namespace tcpsm {
namespace {

constexpr std::array<std::uint16_t, 4> sizes{536, 1300, 1440, 1460}; // as Linux chose them: what networks have
constexpr std::uint32_t hash_bits = 24;
constexpr std::uint32_t time_bits = 5;
constexpr std::uint32_t oldest_count = 2; // units of 64 s

// In the lowest bits of TSval, as Linux has them: the window scale, or all ones for none; then SACK.
constexpr std::uint32_t kept_bits = 6;
constexpr std::uint32_t no_scale = 15;
constexpr std::uint32_t largest_scale = 14; // RFC 7323, 2.3
constexpr std::uint32_t sack_bit = 16;

std::uint32_t units(Time now)
{
    return static_cast<std::uint32_t>(now.time_since_epoch() / std::chrono::seconds(64));
}

std::uint32_t milliseconds(Time now)
{
    return static_cast<std::uint32_t>(now.time_since_epoch() / std::chrono::milliseconds(1));
}

std::uint32_t size_index(std::uint16_t mss)
{
    std::uint32_t index = 0;
    while (index + 1 < sizes.size() && sizes[index + 1] <= mss) ++index;
    return index;
}

} // namespace

std::uint32_t SynCookies::hash(Endpoint local, Endpoint remote, Seq iss, std::uint32_t top) const
{
    const std::uint64_t said = (std::uint64_t{iss.value()} << 8) | top;
    const std::uint64_t sockets = siphash(secret_, word(local), word(remote));
    return static_cast<std::uint32_t>(siphash(~secret_, sockets, said)) & ((1U << hash_bits) - 1);
}

Seq SynCookies::cookie(const Segment& syn, Endpoint local, Endpoint remote, Time now) const
{
    const std::uint32_t time = units(now) & ((1U << time_bits) - 1);
    const std::uint32_t top = (time << 3) | size_index(syn.options.mss().value_or(536));
    return Seq((top << hash_bits) | hash(local, remote, syn.seq, top));
}

std::optional<Segment> SynCookies::syn_of(const Segment& ack, Endpoint local, Endpoint remote, Time now) const
{
    const std::uint32_t told = (ack.ack - 1).value();
    const std::uint32_t top = told >> hash_bits;
    const std::uint32_t age = (units(now) - (top >> 3)) & ((1U << time_bits) - 1);
    const std::uint32_t index = top & 7;
    if (age > oldest_count || index >= sizes.size()) return {};
    if (hash(local, remote, ack.seq - 1, top) != (told & ((1U << hash_bits) - 1))) return {};

    Segment syn;
    syn.flags = Flag::SYN;
    syn.seq = ack.seq - 1;
    syn.wnd = ack.wnd;
    syn.options.add_mss(sizes[index]);
    const auto stamps = ack.options.timestamps();
    if (!stamps) return syn;
    if ((stamps->echo & sack_bit) != 0) syn.options.add_sack_permitted();
    syn.options.add_timestamps({stamps->value, 0});
    const std::uint32_t scale = stamps->echo & 15;
    if (scale != no_scale) syn.options.add_window_scale(static_cast<std::uint8_t>(scale));
    return syn;
}

std::uint32_t SynCookies::timestamp_offset(const Segment& syn, std::uint32_t offset, Time now)
{
    const std::uint32_t value = milliseconds(now) + offset;
    const auto scale = syn.options.window_scale();
    const std::uint32_t kept = (scale ? std::min<std::uint32_t>(*scale, largest_scale) : no_scale) |
                               (syn.options.sack_permitted() ? sack_bit : 0);
    std::uint32_t marked = (value >> kept_bits << kept_bits) | kept;
    if (marked > value) marked -= 1U << kept_bits; // no later than it is, or the next one would seem older
    return offset + (marked - value);
}

Segment SynCookies::what_is_kept(Segment syn, bool timestamps)
{
    if (timestamps && syn.options.timestamps()) return syn;
    const auto mss = syn.options.mss();
    syn.options = {};
    if (mss) syn.options.add_mss(*mss);
    return syn;
}

} // namespace tcpsm
