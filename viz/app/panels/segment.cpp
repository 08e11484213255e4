// One segment: its header as octets, the checks it went through, and what can be done to it.

#include <array>

#include "app/panels/panels.hpp"
#include "app/platform/imgui_compat.hpp"
#include "app/widgets.hpp"
#include "explain/explain.hpp"
#include "tcpsm/trace/trace.hpp"
#include "tcpsm/wire/notation.hpp"
#include "tcpsm/wire/octets.hpp"

namespace tcpsm::viz {
namespace {

Phrase fate_of(const Future& future, const viz::Flight& flight)
{
    if (future.now() < flight.end || flight.fate == Fate::in_flight) return Phrase::segment_under_way;
    switch (flight.fate) {
    case Fate::lost: return Phrase::segment_lost;
    case Fate::refused: return Phrase::segment_refused;
    default: return Phrase::segment_arrived;
    }
}

/// Losing, delaying and copying it: a segment of the past as well as one that is under way.
void draw_touches(const View& view, std::uint32_t segment, Commands& commands)
{
    const SentSegment& sent = view.session.current().history().segments()[segment];
    const bool can = sent.name.host != no_host && sent.name.copy == 0;
    const std::string_view why_not = can ? std::string_view{} : view.text(Phrase::segment_nobodys);
    if (button(view, "touch.lose", view.text(Phrase::segment_lose), {.danger = true, .enabled = can, .hint = why_not}))
        commands.push_back(command::TouchSegment{segment, Touch::lose, {}});
    flow(view, button_width(view, view.text(Phrase::segment_delay)));
    if (button(view, "touch.delay", view.text(Phrase::segment_delay), {.enabled = can, .hint = why_not}))
        commands.push_back(changed(view, [](Look& l) { l.overlay = Overlay::touch_delay; }));
    flow(view, button_width(view, view.text(Phrase::segment_duplicate)));
    if (button(view, "touch.duplicate", view.text(Phrase::segment_duplicate), {.enabled = can, .hint = why_not}))
        commands.push_back(command::TouchSegment{segment, Touch::duplicate, {}});
    if (view.session.time_wait_host() == no_host) return;
    const std::string_view without = view.text(Phrase::without_time_wait);
    flow(view, button_width(view, without));
    if (button(view, "without_time_wait", without,
               {.primary = true, .hint = view.text(Phrase::without_time_wait_hint)}))
        commands.push_back(command::WithoutTimeWait{});
}

// ---- the header, RFC 9293 figure 1 ----------------------------------------------------------------------------------

struct HeaderRow {
    std::string octets;
    std::string fields;
};

std::vector<HeaderRow> header_rows(const SentSegment& sent, const std::vector<std::uint8_t>& octets)
{
    const Segment& seg = sent.segment;
    const auto word = [&](std::size_t row) {
        std::string text;
        for (std::size_t i = 4 * row; i < 4 * row + 4 && i < octets.size(); ++i)
            text += fmt::format("{:02x} ", octets[i]);
        return text;
    };
    std::vector<HeaderRow> rows{
        {word(0), fmt::format("Source Port {}  Destination Port {}", sent.from.port, sent.to.port)},
        {word(1), fmt::format("Sequence Number {}", seg.seq.value())},
        {word(2), fmt::format("Acknowledgment Number {}", seg.ack.value())},
        {word(3), fmt::format("DOffset {}  {}  Window {}", octets.size() > 12 ? octets[12] >> 4 : 5,
                              to_string(seg.flags), seg.wnd)},
        {word(4), fmt::format("Checksum  Urgent Pointer {}", seg.up)}};
    const std::size_t header = octets.size() > 12 ? static_cast<std::size_t>(octets[12] >> 4) : 5;
    for (std::size_t row = 5; row < header; ++row) rows.push_back({word(row), "Options"});
    return rows;
}

void draw_header(const View& view, const SentSegment& sent)
{
    const History& history = view.session.current().history();
    const std::vector<std::uint8_t> text = history.octets(sent.octets, sent.segment.text_len);
    const std::vector<std::uint8_t> octets = to_octets(sent.segment, text, sent.from, sent.to);
    for (const HeaderRow& row : header_rows(sent, octets)) {
        text_line(view, row.octets, view.fonts.mono, view.theme.text, Origin::users);
        ImGui::SameLine();
        text_line(view, row.fields, view.fonts.small, view.theme.faint, Origin::users);
    }
    if (text.empty()) return;
    constexpr std::size_t most = 32;
    const std::string shown(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(text.size(), most)));
    text_line(view, view.text(Phrase::segment_text, text.size()) + "  " + shown + (text.size() > most ? "…" : ""),
              view.fonts.mono, view.theme.text, Origin::users);
}

// ---- its checks -----------------------------------------------------------------------------------------------------

void draw_check(const View& view, const CheckLine& check)
{
    const bool reached = check.result != CheckResult::not_reached;
    const bool decided = check.result == CheckResult::decided;
    const ImU32 colour = check.refused ? view.theme.error.text
                         : decided     ? view.theme.good.text
                         : reached     ? view.theme.text
                                       : view.theme.faint;
    const std::string_view sign = check.refused ? "✗" : reached ? "✓" : "·";
    text_line(view, fmt::format("{} {}  {}", sign, check.ordinal, check.name),
              decided ? view.fonts.bold : view.fonts.regular, colour, Origin::users);
    if (check.found.empty()) return;
    ImGui::Indent(view.px(18));
    text_wrapped(view, check.found, view.fonts.small, view.theme.faint);
    ImGui::Unindent(view.px(18));
}

void draw_checks(const View& view, std::uint32_t segment)
{
    const Future& future = view.session.current();
    const viz::Flight& flight = future.story().flights()[segment];
    if (flight.arrived_record == none || flight.arrived_record >= future.records()) return; // not yet
    const auto checks = explain_checks(future.history(), future.story(), segment, view.language());
    if (checks.empty()) return;
    ImGui::Spacing();
    text_line(view, view.text(Phrase::segment_checks), view.fonts.bold, view.theme.faint);
    for (const CheckLine& check : checks) draw_check(view, check);
}

} // namespace

void draw_segment(const View& view, Commands& commands)
{
    const std::uint32_t segment = view.session.segment();
    const Future& future = view.session.current();
    if (segment == none || segment >= future.story().flights().size()) {
        text_wrapped(view, view.text(Phrase::segment_none), view.fonts.regular, view.theme.faint);
        return;
    }
    const SentSegment& sent = future.history().segments()[segment];
    const viz::Flight& flight = future.story().flights()[segment];
    text_line(view, future.history().name(sent) + ", " + std::string(view.text(fate_of(future, flight))),
              view.fonts.bold, view.host_colour(sent.from_host), Origin::users);
    text_wrapped(view, to_notation(sent.segment), view.fonts.mono, view.theme.text);
    draw_touches(view, segment, commands);
    ImGui::Spacing();
    draw_header(view, sent);
    draw_checks(view, segment);
}

} // namespace tcpsm::viz
