// RFC 9293, 3.2. Specific Option Definitions; RFC 2018, 2 and 3; RFC 7323, 2.2 and 3.2.

#include "tcpsm/wire/options.hpp"

#include <algorithm>

#include "wire/network_order.hpp"

namespace tcpsm {

namespace {

constexpr auto end = static_cast<std::uint8_t>(OptionKind::end);
constexpr auto nop = static_cast<std::uint8_t>(OptionKind::nop);

// Of each option, its kind and length octets included.
constexpr std::size_t mss_length = 4;
constexpr std::size_t window_scale_length = 3;
constexpr std::size_t sack_permitted_length = 2;
constexpr std::size_t timestamps_length = 10;
constexpr std::size_t sack_block_length = 8; // one more such for each block

constexpr std::size_t most_sack_blocks = 4;

// The octets of the option that `octets` begins with, kind and length included; 0 where its length cannot be (MUST-7).
// Every kind but End and No-Operation has a length octet, also those yet to be defined (MUST-68): so one that is not
// understood can be stepped over (MUST-6).
std::size_t length_of_first(std::span<const std::uint8_t> octets)
{
    if (octets[0] == nop) return 1;
    if (octets.size() < 2) return 0;
    const std::size_t length = octets[1];
    return length >= 2 && length <= octets.size() ? length : 0;
}

} // namespace

bool Options::add_mss(std::uint16_t octets)
{
    std::array<std::uint8_t, mss_length - 2> data{};
    write16(data.data(), octets);
    return add(static_cast<std::uint8_t>(OptionKind::mss), data);
}

bool Options::add_window_scale(std::uint8_t shift)
{
    return add(static_cast<std::uint8_t>(OptionKind::window_scale), {&shift, 1});
}

bool Options::add_sack_permitted()
{
    return add(static_cast<std::uint8_t>(OptionKind::sack_permitted), {});
}

bool Options::add_sack(std::span<const SackBlock> blocks)
{
    if (blocks.empty() || blocks.size() > most_sack_blocks) return false;
    std::array<std::uint8_t, most_sack_blocks * sack_block_length> data{};
    std::size_t size = 0;
    for (const SackBlock& block : blocks) {
        write32(&data[size], block.left.value());
        write32(&data[size + 4], block.right.value());
        size += sack_block_length;
    }
    return add(static_cast<std::uint8_t>(OptionKind::sack), std::span(data).first(size));
}

bool Options::add_timestamps(Timestamps timestamps)
{
    std::array<std::uint8_t, timestamps_length - 2> data{};
    write32(data.data(), timestamps.value);
    write32(data.data() + 4, timestamps.echo);
    return add(static_cast<std::uint8_t>(OptionKind::timestamps), data);
}

bool Options::add_nop()
{
    if (size_ == capacity) return false;
    octets_[size_++] = nop;
    return true;
}

bool Options::add(std::uint8_t kind, std::span<const std::uint8_t> data)
{
    if (kind == end || kind == nop) return false; // the only two that a length octet would make into something else
    const std::size_t room = capacity - size_;
    if (room < 2 || data.size() > room - 2) return false;
    octets_[size_] = kind;
    octets_[size_ + 1U] = static_cast<std::uint8_t>(2 + data.size());
    std::copy(data.begin(), data.end(), octets_.begin() + size_ + 2);
    size_ = static_cast<std::uint8_t>(size_ + 2 + data.size());
    return true;
}

bool Options::assign(std::span<const std::uint8_t> octets)
{
    if (octets.size() > capacity) return false;
    std::size_t taken = 0;
    while (taken < octets.size() && octets[taken] != end) {
        const std::size_t length = length_of_first(octets.subspan(taken));
        if (length == 0) return false;
        taken += length;
    }
    // End and the zeros after it (MUST-69) are padding: to_octets() makes them anew.
    std::copy_n(octets.begin(), taken, octets_.begin());
    size_ = static_cast<std::uint8_t>(taken);
    return true;
}

std::optional<std::uint16_t> Options::mss() const
{
    const auto option = find(OptionKind::mss);
    if (option.size() != mss_length) return std::nullopt;
    return read16(&option[2]);
}

std::optional<std::uint8_t> Options::window_scale() const
{
    const auto option = find(OptionKind::window_scale);
    if (option.size() != window_scale_length) return std::nullopt;
    return option[2];
}

bool Options::sack_permitted() const
{
    return find(OptionKind::sack_permitted).size() == sack_permitted_length;
}

std::optional<Timestamps> Options::timestamps() const
{
    const auto option = find(OptionKind::timestamps);
    if (option.size() != timestamps_length) return std::nullopt;
    return Timestamps{.value = read32(&option[2]), .echo = read32(&option[6])};
}

Options::SackBlocks Options::sack() const
{
    SackBlocks sack;
    const auto option = find(OptionKind::sack);
    if (option.size() < 2 + sack_block_length || (option.size() - 2) % sack_block_length != 0) return sack;
    for (std::size_t at = 2; at < option.size(); at += sack_block_length)
        sack.blocks[sack.count++] = {Seq(read32(&option[at])), Seq(read32(&option[at + 4]))};
    return sack;
}

bool operator==(const Options& a, const Options& b)
{
    return std::ranges::equal(a.octets(), b.octets());
}

// The whole option, kind and length included, so that what is absent (empty) differs from what has no data. The first
// of its kind counts: no RFC says which, and a sender has no reason to repeat one.
std::span<const std::uint8_t> Options::find(OptionKind kind) const
{
    auto rest = octets();
    while (!rest.empty()) {
        const auto option = rest.first(length_of_first(rest)); // never 0: add() and assign() let in no such option
        if (option[0] == static_cast<std::uint8_t>(kind)) return option;
        rest = rest.subspan(option.size());
    }
    return {};
}

} // namespace tcpsm
