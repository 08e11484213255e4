#include "diagram/ladder_words.hpp"

#include <cmath>

#include "tcpsm/trace/trace.hpp"
#include "tcpsm/wire/notation.hpp"
#include "words/errors.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {
namespace {

/// The control bits as the figures write them: without PSH, which changes nothing that one could see here.
std::string control_bits(const Segment& segment)
{
    return to_string(Flags(static_cast<std::uint8_t>(segment.flags.bits() & ~Flags(Flag::PSH).bits())));
}

/// One decimal, where it says something: "0.9", "60". Cut off, not rounded: 59.95 s are not yet a minute.
std::string one_decimal(double value)
{
    const double tenths = std::floor(value * 10 + 1e-6);
    std::string text = fmt::format("{:.1f}", tenths / 10);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text;
}

Phrase what_happens_to_host(const Record& record)
{
    const bool of_one = record.process != 0; // process
    if (record.call == Call::reboot) return Phrase::ladder_reboot;
    if (record.call == Call::crash) return of_one ? Phrase::ladder_process_crashes : Phrase::ladder_crash;
    if (record.call == Call::exit) return of_one ? Phrase::ladder_process_exits : Phrase::ladder_exit;
    return of_one ? Phrase::ladder_process_killed : Phrase::ladder_kill;
}

} // namespace

std::vector<std::string> segment_texts(const Segment& segment)
{
    const std::string bits = control_bits(segment);
    const std::string seq = fmt::format(" seq={}", segment.seq.value());
    const std::string ack = segment.has(Flag::ACK) ? fmt::format(" ack={}", segment.ack.value()) : "";
    const std::string len = segment.text_len > 0 ? fmt::format(" len={}", segment.text_len) : "";
    std::vector<std::string> texts{bits + seq + ack + len};
    // What an ACK says without text is its acknowledgment; what others say is where they stand.
    if (!ack.empty()) texts.push_back(segment.len() == 0 && segment.flags == Flag::ACK ? bits + ack : bits + seq + len);
    texts.push_back(bits + len);
    if (!len.empty()) texts.push_back(bits);
    texts.emplace_back();
    return texts;
}

std::string mark_text(const History& history, const Record& record, Language language)
{
    if (record.kind == RecordKind::logged) return say(language, Phrase::ladder_log, log_in_short(record));
    if (record.kind == RecordKind::deliver) return say(language, Phrase::why_octets, record.count);
    if (record.kind == RecordKind::signal) return std::string(in_words(language, record.error));
    if (record.kind == RecordKind::returned) return say(language, Phrase::ladder_returns, name(record.call));
    if (stops_host(record) || ends_process(record))
        return say(language, what_happens_to_host(record), history.process(record));
    std::string text = std::string(name(record.call)) + "()";
    if (record.call == Call::send && record.error == Error::none) text = fmt::format("send({})", record.count);
    if (record.call == Call::socket && record.count > 0) text = fmt::format("{} x socket()", record.count);
    if (record.error != Error::none) text += ": " + std::string(in_words(language, record.error));
    return text;
}

std::string bracket_text(const Bracket& bracket, Language)
{
    return fmt::format("{} {}", name(bracket.timer), about(bracket.deadline - bracket.begin));
}

std::string bracket_end_text(BracketEnd how, Language language)
{
    switch (how) {
    case BracketEnd::running: break;
    case BracketEnd::fired: return std::string(phrase(language, Phrase::ladder_fires));
    case BracketEnd::cancelled: return std::string(phrase(language, Phrase::ladder_cancelled));
    case BracketEnd::restarted: return std::string(phrase(language, Phrase::ladder_anew));
    }
    return {};
}

std::string about(Duration duration)
{
    const auto seconds = static_cast<double>(duration.count()) / 1e9;
    if (seconds < 1e-6) return fmt::format("{} ns", duration.count());
    if (seconds < 1e-3) return one_decimal(seconds * 1e6) + " µs";
    if (seconds < 0.1) return one_decimal(seconds * 1e3) + " ms";
    if (seconds < 120) return one_decimal(seconds) + " s";
    if (seconds < 7200) return one_decimal(seconds / 60) + " min";
    return one_decimal(seconds / 3600) + " h";
}

} // namespace tcpsm::viz
