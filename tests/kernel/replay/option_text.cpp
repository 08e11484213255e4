#include "replay/option_text.hpp"

#include <algorithm>
#include <charconv>

namespace tcpsm::kernel {
namespace {

using Octets = std::vector<std::uint8_t>;

/// Takes the next word off the front; words end at a blank, a colon or a comma.
std::string_view next_word(std::string_view& text)
{
    const std::size_t begin = std::min(text.find_first_not_of(" :,"), text.size());
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(" :,"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

std::optional<std::int64_t> number(std::string_view word)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (word.empty() || error != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return value;
}

void append(Octets& octets, std::uint32_t value, int size)
{
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        octets.push_back(static_cast<std::uint8_t>(value >> shift & 0xff));
}

/// "100", or "K+28" in the kernel's clock.
std::optional<std::uint32_t> timestamp(std::string_view word, const OptionNumbers& numbers)
{
    const bool relative = word.starts_with("K+");
    const auto value = number(relative ? word.substr(2) : word);
    if (!value) return std::nullopt;
    const auto ticks = static_cast<std::uint32_t>(*value);
    return relative && numbers.timestamp ? numbers.timestamp(ticks) : ticks;
}

bool append_timestamps(Octets& octets, std::string_view rest, const OptionNumbers& numbers)
{
    if (next_word(rest) != "val") return false;
    const auto value = timestamp(next_word(rest), numbers);
    if (next_word(rest) != "ecr") return false;
    const auto echo = timestamp(next_word(rest), numbers);
    if (!value || !echo || !rest.empty()) return false;
    octets.insert(octets.end(), {8, 10});
    append(octets, *value, 4);
    append(octets, *echo, 4);
    return true;
}

/// "sack 101:201 301:401"
bool append_sack(Octets& octets, std::string_view rest, const OptionNumbers& numbers)
{
    Octets blocks;
    while (!rest.empty()) {
        const auto left = number(next_word(rest));
        const auto right = number(next_word(rest));
        if (!left || !right) return false;
        append(blocks, (numbers.sacked + static_cast<std::uint32_t>(*left)).value(), 4);
        append(blocks, (numbers.sacked + static_cast<std::uint32_t>(*right)).value(), 4);
    }
    if (blocks.empty() || blocks.size() > 32) return false;
    octets.push_back(5);
    octets.push_back(static_cast<std::uint8_t>(2 + blocks.size()));
    octets.insert(octets.end(), blocks.begin(), blocks.end());
    return true;
}

bool append_option(Octets& octets, std::string_view text, const OptionNumbers& numbers)
{
    std::string_view rest = text;
    const std::string_view word = next_word(rest);
    if (word == "TS") return append_timestamps(octets, rest, numbers);
    if (word == "sack") return append_sack(octets, rest, numbers);
    if (word == "mss" || word == "wscale") {
        const int size = word == "mss" ? 2 : 1;
        const auto value = number(next_word(rest));
        if (!value || !rest.empty()) return false;
        octets.push_back(word == "mss" ? 2 : 3);
        octets.push_back(static_cast<std::uint8_t>(2 + size));
        append(octets, static_cast<std::uint32_t>(*value), size);
        return true;
    }
    if (!rest.empty()) return false;
    if (word == "eol")
        octets.push_back(0);
    else if (word == "nop")
        octets.push_back(1);
    else if (word == "sackOK")
        octets.insert(octets.end(), {4, 2});
    else
        return false;
    return true;
}

} // namespace

std::optional<Options> to_options(const std::vector<std::string>& texts, const OptionNumbers& numbers)
{
    Octets octets;
    for (const std::string& text : texts)
        if (!append_option(octets, text, numbers)) return std::nullopt;
    Options options;
    if (!options.assign(octets)) return std::nullopt;
    return options;
}

bool understood(std::string_view text)
{
    Octets octets;
    return append_option(octets, text, {});
}

std::string kind_of(std::string_view text)
{
    return std::string(text.substr(0, text.find(' ')));
}

std::vector<std::string> kinds_of(const Options& options)
{
    std::vector<std::string> kinds;
    auto rest = options.octets();
    while (!rest.empty()) {
        switch (static_cast<OptionKind>(rest[0])) {
        case OptionKind::end: kinds.emplace_back("eol"); break;
        case OptionKind::nop: kinds.emplace_back("nop"); break;
        case OptionKind::mss: kinds.emplace_back("mss"); break;
        case OptionKind::window_scale: kinds.emplace_back("wscale"); break;
        case OptionKind::sack_permitted: kinds.emplace_back("sackOK"); break;
        case OptionKind::sack: kinds.emplace_back("sack"); break;
        case OptionKind::timestamps: kinds.emplace_back("TS"); break;
        default: kinds.push_back("kind " + std::to_string(rest[0])); break;
        }
        const bool single = rest[0] <= static_cast<std::uint8_t>(OptionKind::nop) || rest.size() < 2;
        rest = rest.subspan(single ? 1 : std::min<std::size_t>(std::max<std::size_t>(rest[1], 2), rest.size()));
    }
    return kinds;
}

std::optional<std::uint32_t> timestamp_of(std::string_view text)
{
    std::string_view rest = text;
    if (next_word(rest) != "TS" || next_word(rest) != "val") return std::nullopt;
    const std::string_view value = next_word(rest);
    const auto ticks = value.starts_with("K+") ? number(value.substr(2)) : std::nullopt;
    if (!ticks) return std::nullopt;
    return static_cast<std::uint32_t>(*ticks);
}

} // namespace tcpsm::kernel
