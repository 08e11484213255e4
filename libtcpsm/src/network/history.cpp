#include "tcpsm/network/history.hpp"

#include <array>

namespace tcpsm {

std::string_view name(Call call)
{
    static constexpr std::array<std::string_view, 15> names{"listen",  "bind",     "connect", "accept", "send",
                                                            "receive", "shutdown", "close",   "abort",  "crash",
                                                            "reboot",  "kill",     "exit",    "socket", "inject"};
    return names[static_cast<std::size_t>(call)];
}

std::string History::name(const SegmentName& segment) const
{
    std::string result = segment.host == no_host ? "inject" : hosts_[segment.host].name;
    if (result.size() > 1) result += '.';
    result += std::to_string(segment.number);
    result.append(segment.copy, '\'');
    return result;
}

std::string_view History::process(const Record& record) const
{
    return record.process == 0 ? std::string_view() : hosts_[record.host].processes[record.process - 1U];
}

std::vector<std::uint8_t> History::octets(std::uint64_t at, std::uint32_t count) const
{
    std::vector<std::uint8_t> result(count);
    for (std::uint32_t i = 0; i < count; ++i) result[i] = octets_[at + i];
    return result;
}

std::uint64_t History::add_octets(std::span<const std::uint8_t> octets)
{
    const std::uint64_t at = octets_.size();
    octets_.append(octets);
    return at;
}

void History::clear()
{
    records_.clear();
    segments_.clear();
    octets_.clear();
}

} // namespace tcpsm
