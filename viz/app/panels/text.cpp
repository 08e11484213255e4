// The scenario's text: it can be changed here, and its errors are shown at their line.

#include <algorithm>
#include <filesystem>

#include <imgui.h>
#include <imgui_stdlib.h>

#include "app/panels/panels.hpp"
#include "app/platform/imgui_compat.hpp"
#include "app/widgets.hpp"

namespace tcpsm::viz {
namespace {

void draw_status(const View& view, Commands& commands)
{
    const bool good = !view.session.text_error();
    const bool can_run = good && view.session.text_edited();
    if (button(view, "text.run", view.text(Phrase::text_run), {.primary = can_run, .enabled = can_run}))
        commands.push_back(command::RunText{});
    flow(view, button_width(view, view.text(Phrase::text_save)));
    if (button(view, "text.save", view.text(Phrase::text_save), {.enabled = !view.session.empty()}))
        commands.push_back(changed(view, [](Look& l) { l.overlay = Overlay::save_as; }));
    if (!good) {
        ScenarioError error = *view.session.text_error();
        error.file = std::filesystem::path(error.file).filename().string(); // the folder is known
        text_wrapped(view, error.message(), view.fonts.small, view.theme.error.text);
    } else {
        text_line(view, view.text(can_run ? Phrase::text_changed : Phrase::text_hint), view.fonts.small,
                  view.theme.faint);
    }
}

/// A bar across the line that the error is in.
void mark_error(const View& view, ImVec2 top_left, float width)
{
    if (!view.session.text_error() || view.session.text_error()->place.line == 0) return;
    const float height = font_size(view.fonts.mono);
    const float top = top_left.y + static_cast<float>(view.session.text_error()->place.line - 1) * height;
    ImGui::GetWindowDrawList()->AddRectFilled({top_left.x, top}, {top_left.x + width, top + height},
                                              fade(view.theme.error.text, 0.22F), view.px(2));
}

} // namespace

void draw_text(const View& view, Commands& commands)
{
    draw_status(view, commands);
    std::string text = view.session.text();
    push_font(view.fonts.mono);
    // As high as its lines, so that the panel scrolls and the mark of an error scrolls with it.
    const auto lines = static_cast<float>(std::count(text.begin(), text.end(), '\n') + 2);
    const float height = std::max(ImGui::GetContentRegionAvail().y, lines * font_size(view.fonts.mono) + view.px(12));
    const ImVec2 size{ImGui::GetContentRegionAvail().x, height};
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 padding = ImGui::GetStyle().FramePadding;
    if (ImGui::InputTextMultiline("##text", &text, size, ImGuiInputTextFlags_AllowTabInput))
        commands.push_back(command::EditText{std::move(text)});
    view.widgets.add("text.field", {at.x, at.y, at.x + size.x, at.y + size.y});
    mark_error(view, {at.x + padding.x, at.y + padding.y}, size.x - 2 * padding.x);
    const bool run = ImGui::IsItemActive() && ImGui::GetIO().KeyCtrl && key_pressed(Key::enter);
    ImGui::PopFont();
    if (run) commands.push_back(command::RunText{});
}

} // namespace tcpsm::viz
