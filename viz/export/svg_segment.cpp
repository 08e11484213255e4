// What there is to know about a segment.

#include <fmt/format.h>

#include "export/segment_options.hpp"
#include "export/svg_parts.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::viz {
namespace {

std::string fields(const Segment& segment)
{
    std::string text = fmt::format("{} seq={}", to_string(segment.flags), segment.seq.value());
    if (segment.has(Flag::ACK)) text += fmt::format(" ack={}", segment.ack.value());
    return text + fmt::format(" wnd={} len={}", segment.wnd, segment.text_len);
}

/// A line of its own, where there are any.
std::string options(const Segment& segment)
{
    const std::vector<std::string> texts = option_texts(segment.options);
    return texts.empty() ? std::string() : fmt::format("\n<{}>", fmt::join(texts, ", "));
}

std::string origin(const History& history, const SentSegment& segment, Language language)
{
    const std::string at = to_string(segment.sent);
    if (segment.name.host == no_host) return say(language, Phrase::svg_injected, at);
    if (segment.name.copy > 0) return say(language, Phrase::svg_copied, at);
    const Phrase what = segment.retransmission ? Phrase::svg_sent_again : Phrase::svg_sent;
    return say(language, what, at, history.hosts()[segment.from_host].name, name(segment.state));
}

std::string fate(const History& history, const Flight& flight, Language language)
{
    switch (flight.fate) {
    case Fate::in_flight: break;
    case Fate::lost: return say(language, Phrase::svg_lost, to_string(flight.end));
    case Fate::delivered:
        return say(language, Phrase::svg_arrives, to_string(flight.end), history.hosts()[flight.to].name);
    case Fate::refused:
        return say(language, Phrase::svg_refused, to_string(flight.end), history.hosts()[flight.to].name,
                   name(flight.check));
    }
    return std::string(phrase(language, Phrase::svg_under_way));
}

} // namespace

std::string about_segment(const History& history, const Flight& flight, Language language)
{
    const SentSegment& segment = history.segments()[flight.segment];
    std::string text = history.name(segment) + "\n" + fields(segment.segment) + options(segment.segment) + "\n" +
                       origin(history, segment, language) + "\n" + fate(history, flight, language);
    if (segment.name.host == no_host) return text;
    const std::string section = reference(segment.why);
    text += "\n" + say(language, Phrase::svg_because, because(segment.why));
    if (!section.empty()) text += " (" + section + ")";
    return text;
}

} // namespace tcpsm::viz
