// The keys that are used most, and what run this is.

#include "app/panels/panels.hpp"
#include "app/widgets.hpp"

namespace tcpsm::viz {
namespace {

std::string run_text(const View& view)
{
    const Future& future = view.session.current();
    const std::uint64_t events = future.in_numbers() ? future.census().steps() : future.stops();
    std::string text = view.text(Phrase::footer_run, future.scenario().seed, events);
    if (!future.in_numbers() && future.timeline().cut_short())
        text += "  " + view.text(Phrase::footer_cut_short, Timeline::most_records);
    else if (!future.over())
        text += "  " + std::string(view.text(Phrase::footer_running));
    return text;
}

void draw_notice(const View& view, const Notice& notice, Commands& commands)
{
    const ImU32 colour = notice.error ? view.theme.error.text : view.theme.good.text;
    if (button(view, "notice.dismiss", "×")) commands.push_back(command::Dismiss{});
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    text_line(view, notice.text, view.fonts.regular, colour, Origin::users);
}

} // namespace

void draw_footer(const View& view, const Box& box, Commands& commands)
{
    ImGui::SetCursorScreenPos({box.left, box.top});
    ImGui::BeginChild("footer", {std::max(box.width(), 1.0F), std::max(box.height(), 1.0F)}, false,
                      ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    if (view.session.notice()) {
        draw_notice(view, *view.session.notice(), commands);
    } else {
        const std::string run = view.session.empty() ? std::string() : run_text(view);
        const float width = text_width(view.fonts.small, run);
        const float room = ImGui::GetContentRegionAvail().x;
        const bool in_numbers = !view.session.empty() && view.session.current().in_numbers();
        const std::string_view keys = view.text(in_numbers ? Phrase::footer_keys_numbers : Phrase::footer_keys);
        if (text_width(view.fonts.small, keys) + width + view.px(24) < room) {
            text_line(view, keys, view.fonts.small, view.theme.faint);
            ImGui::SameLine(ImGui::GetContentRegionMax().x - width);
        }
        text_line(view, run, view.fonts.small, view.theme.faint, Origin::users);
    }
    ImGui::EndChild();
}

} // namespace tcpsm::viz
