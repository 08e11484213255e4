// All scenarios, by group, with a box to filter them.

#include "app/panels/panels.hpp"
#include "app/widgets.hpp"

namespace tcpsm::viz {
namespace {

void draw_entry(const View& view, const GalleryEntry& entry, Commands& commands)
{
    const bool on = entry.path == view.session.path();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::PushStyleColor(ImGuiCol_Header, view.theme.selected.fill);
    ImGui::PushStyleColor(ImGuiCol_Text, on ? view.theme.selected.text : view.theme.text);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = ImGui::GetTextLineHeight() + view.px(6);
    if (ImGui::Selectable(("##" + entry.name).c_str(), on, 0, {width, height}))
        commands.push_back(command::OpenFile{entry.path});
    if (on && is_new("open", entry.path)) scroll_to_item();
    const bool hovered = ImGui::IsItemHovered();
    const ImVec2 after = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({at.x + view.px(6), at.y + view.px(3)});
    text_line(view, short_name(entry, view.language()), on ? view.fonts.bold : view.fonts.regular,
              on ? view.theme.selected.text : view.theme.text, Origin::users);
    ImGui::SetCursorScreenPos(after);
    ImGui::PopStyleColor(2);
    view.widgets.add("scenario." + entry.name, {at.x, at.y, at.x + width, at.y + height});
    if (!hovered) return;
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(view.px(360));
    ImGui::TextUnformatted(entry.title.c_str());
    if (!entry.asks.empty()) ImGui::TextUnformatted(entry.asks.c_str());
    ImGui::TextDisabled("%s", entry.name.c_str());
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

} // namespace

void draw_gallery(const View& view, const Box& box, Commands& commands)
{
    const Panel panel(view, "gallery", box, view.text(Phrase::gallery));
    if (!panel) return;
    const float width = ImGui::GetContentRegionAvail().x;
    if (auto filter = text_field(view, "gallery.filter", view.look().filter, view.text(Phrase::gallery_filter), width))
        commands.push_back(changed(view, [&](Look& l) { l.filter = *filter; }));
    const std::string_view open = view.text(Phrase::gallery_open);
    if (button(view, "gallery.open", open, {.width = width}))
        commands.push_back(changed(view, [](Look& l) { l.overlay = Overlay::open_file; }));
    std::optional<Phrase> group;
    for (const GalleryEntry& entry : view.session.gallery()) {
        if (!fits(entry, view.look().filter, view.language())) continue;
        if (group != entry.group) {
            group = entry.group;
            ImGui::Spacing();
            text_line(view, view.text(entry.group), view.fonts.bold, view.theme.faint);
        }
        draw_entry(view, entry, commands);
    }
    if (!group) text_wrapped(view, view.text(Phrase::gallery_nothing), view.fonts.regular, view.theme.faint);
}

} // namespace tcpsm::viz
