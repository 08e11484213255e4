// The scenario's text: it can be changed here, and its errors are shown at their line.

#include <algorithm>
#include <filesystem>
#include <optional>

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
    if (view.session.changed_on_disk()) {
        flow(view, button_width(view, view.text(Phrase::text_reload)));
        if (button(view, "text.reload", view.text(Phrase::text_reload), {.danger = true}))
            commands.push_back(command::Reload{});
        text_wrapped(view, view.text(Phrase::notice_changed_on_disk), view.fonts.small, view.theme.text);
    }
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
Box mark_error(const View& view, ImVec2 top_left, float width, std::size_t line)
{
    const float height = font_size(view.fonts.mono);
    const float top = top_left.y + static_cast<float>(line - 1) * height;
    const Box bar{top_left.x, top, top_left.x + width, top + height};
    ImGui::GetWindowDrawList()->AddRectFilled({bar.left, bar.top}, {bar.right, bar.bottom},
                                              fade(view.theme.error.text, 0.22F), view.px(2));
    view.widgets.add("text.error", bar);
    return bar;
}

/// Where a new error is out of sight, the lines scroll to it; not while somebody types elsewhere.
void show_error(const Box& bar)
{
    const float top = ImGui::GetWindowPos().y;
    const bool seen = bar.top >= top && bar.bottom <= top + ImGui::GetWindowHeight();
    constexpr float from_top = 0.4F;
    if (!seen && !ImGui::IsItemActive()) ImGui::SetScrollFromPosY(bar.top - top, from_top);
}

/// The field is as high as its lines: so that what is around it scrolls, and the mark of an error with it.
void draw_lines(const View& view, Commands& commands)
{
    std::string text = view.session.text();
    push_font(view.fonts.mono);
    const auto lines = static_cast<float>(std::count(text.begin(), text.end(), '\n') + 2);
    const float height = std::max(ImGui::GetContentRegionAvail().y, lines * font_size(view.fonts.mono) + view.px(12));
    const ImVec2 size{ImGui::GetContentRegionAvail().x, height};
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 padding = ImGui::GetStyle().FramePadding;
    const ImVec2 end{at.x + size.x, at.y + size.y};
    view.widgets.add("text.field", {at.x, at.y, end.x, end.y});
    // The ground and the mark lie under the letters, so the field has no ground of its own.
    ImGui::GetWindowDrawList()->AddRectFilled(at, end, ImGui::GetColorU32(ImGuiCol_FrameBg));
    const auto& error = view.session.text_error();
    const std::size_t line = error ? error->place.line : 0;
    const bool is_new_one = is_new("text.error", std::to_string(line));
    std::optional<Box> bar;
    if (line > 0) bar = mark_error(view, {at.x + padding.x, at.y + padding.y}, size.x - 2 * padding.x, line);
    ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
    if (ImGui::InputTextMultiline("##text", &text, size, ImGuiInputTextFlags_AllowTabInput))
        commands.push_back(command::EditText{std::move(text)});
    ImGui::PopStyleColor();
    if (bar && is_new_one) show_error(*bar);
    const bool run = ImGui::IsItemActive() && ImGui::GetIO().KeyCtrl && key_pressed(Key::enter);
    ImGui::PopFont();
    if (run) commands.push_back(command::RunText{});
}

} // namespace

void draw_text(const View& view, Commands& commands)
{
    draw_status(view, commands);
    // What is wrong stays above the lines, wherever they are scrolled to.
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const ImVec2 size{std::max(room.x, 1.0F), std::max(room.y, view.px(90))};
    const ImVec2 at = ImGui::GetCursorScreenPos();
    view.widgets.add("text.lines", {at.x, at.y, at.x + size.x, at.y + size.y});
    ImGui::BeginChild("lines", size, false);
    draw_lines(view, commands);
    ImGui::EndChild();
}

} // namespace tcpsm::viz
