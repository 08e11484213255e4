// What shares one place: TCB, segment, connections, text; of a run in numbers, report and text.

#include "app/panels/panels.hpp"
#include "app/widgets.hpp"

namespace tcpsm::viz {
namespace {

void draw_details_of_numbers(const View& view, Commands& commands)
{
    const bool is_text = view.look().tab == Tab::text;
    const std::vector<std::string_view> labels{view.text(Phrase::numbers_report), view.text(Phrase::tab_text)};
    const auto pressed = tabs(view, "tab", labels, is_text ? 1 : 0);
    if (pressed) commands.push_back(changed(view, [&](Look& l) { l.tab = *pressed == 1 ? Tab::text : Tab::tcb; }));
    ImGui::Spacing();
    is_text ? draw_text(view, commands) : draw_report(view);
}

} // namespace

void draw_details(const View& view, const Box& box, Commands& commands)
{
    const Panel panel(view, "details", box, {});
    if (!panel) return;
    if (!view.session.empty() && view.session.current().in_numbers()) return draw_details_of_numbers(view, commands);
    const std::vector<std::string_view> labels{view.text(Phrase::tab_tcb), view.text(Phrase::tab_segment),
                                               view.text(Phrase::tab_connections), view.text(Phrase::tab_text)};
    const auto pressed = tabs(view, "tab", labels, static_cast<int>(view.look().tab));
    if (pressed) commands.push_back(changed(view, [&](Look& l) { l.tab = static_cast<Tab>(*pressed); }));
    ImGui::Spacing();
    if (view.session.empty() && view.look().tab != Tab::text) return;
    switch (view.look().tab) {
    case Tab::tcb: return draw_tcb(view, commands);
    case Tab::segment: return draw_segment(view, commands);
    case Tab::connections: return draw_connections(view, commands);
    case Tab::text: return draw_text(view, commands);
    }
}

} // namespace tcpsm::viz
