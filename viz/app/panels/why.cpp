// Why: the last event in one sentence, its row and its section; the checks of a segment; what each host waits for.

#include <algorithm>

#include "app/panels/panels.hpp"
#include "app/widgets.hpp"
#include "explain/explain.hpp"

namespace tcpsm::viz {
namespace {

void draw_event(const View& view)
{
    const Future& future = view.session.current();
    const std::uint32_t moment = future.moment();
    if (moment == none) {
        text_wrapped(view, view.text(Phrase::why_nothing_yet), view.fonts.bold, view.theme.text);
        const std::string& asks = future.scenario().asks;
        if (!asks.empty()) text_wrapped(view, asks, view.fonts.regular, view.theme.faint);
        return;
    }
    const Explanation why = explain_moment(future.history(), future.story(), moment, view.language());
    text_wrapped(view, why.headline, view.fonts.bold, view.theme.text);
    if (!why.detail.empty()) text_wrapped(view, why.detail, view.fonts.regular, view.theme.text);
    std::string source = why.row;
    if (!source.empty() && !why.reference.empty()) source += "  ·  ";
    source += why.reference;
    if (!source.empty()) text_wrapped(view, source, view.fonts.small, view.theme.faint);
}

void draw_waiting(const View& view)
{
    const Future& future = view.session.current();
    const auto all = explain_waiting(future.network(), future.shown(), view.language());
    for (const Waiting& waiting : all) {
        // A listener that has connections is not what anyone looks at.
        const bool is_listener = waiting.connection == 0;
        const bool has_others = std::any_of(all.begin(), all.end(), [&](const Waiting& other) {
            return other.host == waiting.host && other.connection != 0;
        });
        if (!is_listener || !has_others)
            text_wrapped(view, waiting.sentence, view.fonts.regular, view.host_colour(waiting.host));
    }
}

} // namespace

void draw_why(const View& view, const Box& box, Commands& commands)
{
    const bool asks = view.session.predicting();
    const Panel panel(view, "why", box, view.text(asks ? Phrase::predict : Phrase::why));
    if (!panel || view.session.empty()) return;
    if (asks) draw_question(view, commands);
    if (asks && view.session.question() && !view.session.question()->answered) return; // the answer would stand there
    draw_event(view);
    ImGui::Spacing();
    ImGui::Separator();
    ImGui::Spacing();
    draw_waiting(view);
}

} // namespace tcpsm::viz
