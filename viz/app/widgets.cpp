#include "app/widgets.hpp"

#include <algorithm>

#include <imgui.h>
#include <imgui_stdlib.h>

#include "app/platform/imgui_compat.hpp"
#include "app/wrap.hpp"

namespace tcpsm::viz {
namespace {

constexpr float unlimited = 3.4e38F;

Box last_item()
{
    const ImVec2 least = ImGui::GetItemRectMin();
    const ImVec2 most = ImGui::GetItemRectMax();
    return {least.x, least.y, most.x, most.y};
}

const char* end_of(std::string_view text)
{
    return text.data() + text.size();
}

/// The longest beginning of a text that fits, cut between characters, with "…" behind it.
std::string cut_short(ImFont* font, std::string_view text, float width)
{
    constexpr std::string_view dots = "…";
    const float room = width - text_width(font, dots);
    const char* rest = text.data();
    if (room > 0) font->CalcTextSizeA(font_size(font), room, 0, text.data(), end_of(text), &rest);
    return std::string(text.data(), rest) + std::string(dots);
}

} // namespace

float text_width(ImFont* font, std::string_view text)
{
    if (text.empty()) return 0; // Dear ImGui takes the end of an empty view for none
    return font->CalcTextSizeA(font_size(font), unlimited, 0, text.data(), end_of(text)).x;
}

void text_line(const View& view, std::string_view text, ImFont* font, ImU32 colour, Origin origin)
{
    const float room = std::max(ImGui::GetContentRegionAvail().x, 1.0F);
    const float wanted = text_width(font, text);
    push_font(font);
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    if (wanted <= room + 0.5F) {
        ImGui::TextUnformatted(text.data(), end_of(text));
    } else {
        if (origin == Origin::ours) view.widgets.fits("text", text, wanted, room);
        const std::string shown = cut_short(font, text, room);
        ImGui::TextUnformatted(shown.c_str());
    }
    ImGui::PopStyleColor();
    ImGui::PopFont();
    if (wanted > room) hint_when_hovered(view, text);
}

void text_wrapped(const View& /*view*/, std::string_view text, ImFont* font, ImU32 colour)
{
    push_font(font);
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ImGui::GetStyle().ItemSpacing.x, font_size(font) * 0.15F});
    for (const std::string_view line : wrapped(text, font, std::max(ImGui::GetContentRegionAvail().x, 1.0F)))
        ImGui::TextUnformatted(line.data(), end_of(line));
    ImGui::PopStyleVar();
    ImGui::Spacing();
    ImGui::PopStyleColor();
    ImGui::PopFont();
}

float button_width(const View& view, std::string_view label)
{
    return text_width(view.fonts.regular, label) + 2 * ImGui::GetStyle().FramePadding.x;
}

bool button(const View& view, std::string_view name, std::string_view label, const ButtonStyle& style)
{
    const Theme& theme = view.theme;
    const bool marked = style.on || style.primary;
    const ImU32 fill = style.danger ? theme.error.fill : marked ? theme.selected.fill : theme.widget;
    const ImU32 text = style.danger ? theme.error.text : marked ? theme.selected.text : theme.text;
    ImGui::PushStyleColor(ImGuiCol_Button, fill);
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, marked || style.danger ? fade(fill, 0.8F) : theme.widget_hovered);
    ImGui::PushStyleColor(ImGuiCol_Text, text);
    if (style.chip) ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, view.px(14));
    if (!style.enabled) ImGui::BeginDisabled();
    push_font(view.fonts.regular);
    ImGui::PushID(name.data(), end_of(name));
    if (style.width > 0) view.widgets.fits(name, label, button_width(view, label), style.width);
    const bool pressed = ImGui::Button(std::string(label).c_str(), {style.width, 0});
    ImGui::PopID();
    ImGui::PopFont();
    if (!style.enabled) ImGui::EndDisabled();
    if (style.chip) ImGui::PopStyleVar();
    ImGui::PopStyleColor(3);
    view.widgets.add(name, last_item(), style.enabled);
    if (!style.hint.empty()) hint_when_hovered(view, style.hint);
    return pressed;
}

void flow(const View& /*view*/, float width)
{
    const float right = ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x;
    const float beside = ImGui::GetItemRectMax().x + ImGui::GetStyle().ItemSpacing.x + width;
    if (beside <= right) ImGui::SameLine();
}

bool is_new(std::string_view name, std::string_view what)
{
    ImGui::PushID(name.data(), end_of(name));
    const ImGuiID frame = ImGui::GetID("frame");
    const ImGuiID thing = ImGui::GetID("what");
    const int now = ImGui::GetFrameCount();
    const int value = static_cast<int>(ImGui::GetID(what.data(), end_of(what)));
    ImGui::PopID();
    ImGuiStorage& kept = *ImGui::GetStateStorage();
    const bool same = kept.GetInt(frame) == now - 1 && kept.GetInt(thing) == value;
    kept.SetInt(frame, now);
    kept.SetInt(thing, value);
    return !same;
}

void scroll_to_item()
{
    const float top = ImGui::GetWindowPos().y;
    const bool above = ImGui::GetItemRectMin().y < top;
    if (above || ImGui::GetItemRectMax().y > top + ImGui::GetWindowHeight()) ImGui::SetScrollHereY();
}

void hint_when_hovered(const View& view, std::string_view text)
{
    if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(view.px(360));
    ImGui::TextUnformatted(text.data(), end_of(text));
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

Panel::Panel(const View& view, std::string_view name, const Box& box, std::string_view heading, bool scrolls)
{
    ImGui::SetCursorScreenPos({box.left, box.top});
    ImGui::PushStyleColor(ImGuiCol_ChildBg, view.theme.panel);
    const ImVec2 size{std::max(box.width(), 1.0F), std::max(box.height(), 1.0F)};
    const ImGuiWindowFlags flags = scrolls ? 0 : ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
    visible_ = begin_child(std::string(name).c_str(), size, true, flags);
    ImGui::PopStyleColor();
    view.widgets.add(name, box);
    if (!heading.empty()) text_line(view, heading, view.fonts.bold, view.theme.faint);
}

Panel::~Panel()
{
    ImGui::EndChild();
}

TightTable::TightTable(const char* name, int columns, ImVec2 padding, ImGuiTableFlags flags)
{
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, padding);
    visible_ = ImGui::BeginTable(name, columns, flags);
}

TightTable::~TightTable()
{
    if (visible_) ImGui::EndTable();
    ImGui::PopStyleVar();
}

std::optional<std::string> text_field(const View& view, std::string_view name, const std::string& value,
                                      std::string_view hint, float width)
{
    std::string text = value;
    ImGui::PushID(name.data(), end_of(name));
    ImGui::SetNextItemWidth(width);
    const bool typed = ImGui::InputTextWithHint("##field", std::string(hint).c_str(), &text);
    ImGui::PopID();
    view.widgets.add(name, last_item());
    if (!typed) return std::nullopt;
    return text;
}

std::optional<int> tabs(const View& view, std::string_view name, const std::vector<std::string_view>& labels, int on)
{
    std::optional<int> pressed;
    for (int i = 0; i < static_cast<int>(labels.size()); ++i) {
        const std::string_view label = labels[static_cast<std::size_t>(i)];
        if (i > 0) flow(view, button_width(view, label));
        if (button(view, std::string(name) + '.' + std::to_string(i), label, {.on = i == on})) pressed = i;
    }
    return pressed;
}

} // namespace tcpsm::viz
