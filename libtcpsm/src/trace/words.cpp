// How reasons and times are put into words.

#include "tcpsm/trace/trace.hpp"

#include "tcpsm/host/kernel_log.hpp"

namespace tcpsm {
namespace {

/// An integer count of nanoseconds as decimal seconds, exactly.
std::string decimal_seconds(Duration duration)
{
    const auto total = duration.count();
    const auto magnitude = total < 0 ? -static_cast<std::uint64_t>(total) : static_cast<std::uint64_t>(total);
    constexpr std::uint64_t billion = 1'000'000'000;
    std::string text = (total < 0 ? "-" : "") + std::to_string(magnitude / billion);
    if (const std::uint64_t rest = magnitude % billion; rest != 0) {
        const std::string digits = std::to_string(billion + rest).substr(1);
        text += '.';
        text += digits.substr(0, digits.find_last_not_of('0') + 1);
    }
    return text;
}

} // namespace

std::string log_in_short(const Record& record)
{
    std::string words = kernel_words(record.log, record.port);
    words = words.substr(words.rfind("TCP: ") + std::string_view("TCP: ").size());
    return words.substr(0, words.find(". "));
}

std::string because(const Why& why)
{
    if (why.check != Check::none) return "refused: " + std::string(name(why.check));
    return std::string(name(why.event));
}

std::string reference(const Why& why)
{
    std::string_view section;
    if (why.row != no_row)
        section = transitions()[static_cast<std::size_t>(why.row)].rfc;
    else if (why.check != Check::none)
        section = tcpsm::section(why.check);
    if (section.empty()) return {};
    const bool rfc = '0' <= section.front() && section.front() <= '9';
    return (rfc ? "RFC 9293, " : "") + std::string(section);
}

std::string seconds(Time time)
{
    return decimal_seconds(time.time_since_epoch());
}

std::string to_string(Duration duration)
{
    return decimal_seconds(duration) + " s";
}

std::string to_string(Time time)
{
    return to_string(time.time_since_epoch());
}

} // namespace tcpsm
