#include "app/theme.hpp"

#include <algorithm>
#include <cmath>

#include "app/platform/imgui_compat.hpp"
#include "diagram/palette.hpp"

namespace tcpsm::viz {
namespace {

// 0xRRGGBB, as colours are written everywhere but in ImGui.
constexpr ImU32 rgb(std::uint32_t colour, std::uint32_t alpha = 0xFF)
{
    return IM_COL32((colour >> 16) & 0xFF, (colour >> 8) & 0xFF, colour & 0xFF, alpha);
}

void take_palette(Theme& theme)
{
    for (const State state : all_states())
        theme.states[static_cast<std::size_t>(state)] = {rgb(state_colour(state, theme.dark)),
                                                         rgb(state_text_colour(state, theme.dark))};
    for (std::size_t i = 0; i < theme.hosts.size(); ++i) theme.hosts[i] = rgb(host_colour(i, theme.dark));
}

Theme light_theme()
{
    Theme t{.name = ThemeName::light};
    t.background = rgb(0xF6F7F9);
    t.panel = rgb(0xFFFFFF);
    t.panel_border = rgb(0xD5DAE3);
    t.widget = rgb(0xF6F7F9);
    t.widget_hovered = rgb(0xECEFF4);
    t.widget_active = rgb(0xDCEBFB);
    t.text = rgb(0x1B2330);
    t.faint = rgb(0x626D83);
    t.line = rgb(0xC3C9D4);
    t.faint_line = rgb(0xEEF0F4);
    t.border = rgb(0xB9C0CC);
    t.accent = rgb(0x0B62BB);
    t.selected = {rgb(0xDCEBFB), rgb(0x0A57A6)};
    t.warning = {rgb(0xFFF1C9), rgb(0x6B4B00)};
    t.error = {rgb(0xFBE3E6), rgb(0xAE1B32)};
    t.good = {rgb(0xDDF3E4), rgb(0x1A6B3A)};
    t.highlight = {rgb(0xFFF1C9), rgb(0x1B2330)};
    t.now_line = rgb(0xC48600);
    t.now_badge = {rgb(0xE8A400), rgb(0x3A2A00)};
    t.lost = rgb(0xC4213A);
    t.bracket = rgb(0x69748A);
    t.fired = rgb(0xC4213A);
    t.future = rgb(0xFFFFFF, 0xA6);
    take_palette(t);
    return t;
}

Theme dark_theme()
{
    Theme t{.name = ThemeName::dark, .dark = true};
    t.background = rgb(0x14181F);
    t.panel = rgb(0x1C2129);
    t.panel_border = rgb(0x313844);
    t.widget = rgb(0x262C36);
    t.widget_hovered = rgb(0x303845);
    t.widget_active = rgb(0x23456B);
    t.text = rgb(0xE4E8EF);
    t.faint = rgb(0x9AA5B8);
    t.line = rgb(0x454E5D);
    t.faint_line = rgb(0x272D37);
    t.border = rgb(0x566074);
    t.accent = rgb(0x6CB2FF);
    t.selected = {rgb(0x1F3D60), rgb(0xA9D2FF)};
    t.warning = {rgb(0x4A3C14), rgb(0xFFD77A)};
    t.error = {rgb(0x4E222A), rgb(0xFF9AA8)};
    t.good = {rgb(0x1D402C), rgb(0x86E0A8)};
    t.highlight = {rgb(0x4A3C14), rgb(0xFFF3D1)};
    t.now_line = rgb(0xE8A400);
    t.now_badge = {rgb(0xE8A400), rgb(0x2A1E00)};
    t.lost = rgb(0xFF6B7F);
    t.bracket = rgb(0x8B96AA);
    t.fired = rgb(0xFF8090);
    t.future = rgb(0x1C2129, 0xA6);
    take_palette(t);
    return t;
}

// A projector washes out what is pale, and the last row is far away: no grey on grey, lines of two pixels and a half,
// text an eighth larger.
Theme projector_theme()
{
    Theme t = light_theme();
    t.name = ThemeName::projector;
    t.background = rgb(0xFFFFFF);
    t.panel_border = rgb(0x8C95A5);
    t.widget = rgb(0xF2F4F7);
    t.widget_hovered = rgb(0xE3E8F0);
    t.widget_active = rgb(0xC4DDF7);
    t.text = rgb(0x000000);
    t.faint = rgb(0x3C4658);
    t.line = rgb(0x8C95A5);
    t.faint_line = rgb(0xDADEE5);
    t.border = rgb(0x5F697B);
    t.accent = rgb(0x004C99);
    t.selected = {rgb(0xC4DDF7), rgb(0x003A75)};
    t.warning = {rgb(0xFFE599), rgb(0x4D3600)};
    t.error = {rgb(0xF9CDD3), rgb(0x8E0E22)};
    t.good = {rgb(0xC4EBD1), rgb(0x0F4A26)};
    t.highlight = {rgb(0xFFE599), rgb(0x000000)};
    t.now_line = rgb(0xB87800);
    t.now_badge = {rgb(0xF0AB00), rgb(0x000000)};
    t.lost = rgb(0xB00A24);
    t.bracket = rgb(0x3C4658);
    t.fired = rgb(0xB00A24);
    t.future = rgb(0xFFFFFF, 0x99);
    for (Paint& state : t.states) state.text = rgb(0x000000);
    t.line_width = 2.5F;
    t.grow = 1.125F;
    return t;
}

ImVec4 vec(ImU32 colour)
{
    return ImGui::ColorConvertU32ToFloat4(colour);
}

ImVec4 with_alpha(ImU32 colour, float alpha)
{
    ImVec4 v = vec(colour);
    v.w = alpha;
    return v;
}

void set_surfaces(ImGuiStyle& style, const Theme& t)
{
    ImVec4* const c = style.Colors;
    c[ImGuiCol_Text] = vec(t.text);
    c[ImGuiCol_TextDisabled] = vec(t.faint);
    c[ImGuiCol_WindowBg] = vec(t.panel);
    c[ImGuiCol_ChildBg] = with_alpha(t.panel, 0);
    c[ImGuiCol_PopupBg] = vec(t.panel);
    c[ImGuiCol_Border] = vec(t.panel_border);
    c[ImGuiCol_BorderShadow] = {0, 0, 0, 0};
    c[ImGuiCol_TitleBg] = c[ImGuiCol_TitleBgActive] = c[ImGuiCol_TitleBgCollapsed] = vec(t.background);
    c[ImGuiCol_MenuBarBg] = vec(t.panel);
    c[ImGuiCol_ScrollbarBg] = {0, 0, 0, 0};
    c[ImGuiCol_ScrollbarGrab] = vec(t.line);
    c[ImGuiCol_ScrollbarGrabHovered] = c[ImGuiCol_ScrollbarGrabActive] = vec(t.bracket);
    c[ImGuiCol_Separator] = vec(t.panel_border);
    c[ImGuiCol_SeparatorHovered] = c[ImGuiCol_SeparatorActive] = vec(t.accent);
    c[ImGuiCol_ResizeGrip] = {0, 0, 0, 0};
    c[ImGuiCol_ResizeGripHovered] = c[ImGuiCol_ResizeGripActive] = vec(t.line);
    c[ImGuiCol_TableHeaderBg] = vec(t.panel);
    c[ImGuiCol_TableBorderStrong] = vec(t.panel_border);
    c[ImGuiCol_TableBorderLight] = vec(t.faint_line);
    c[ImGuiCol_TableRowBg] = {0, 0, 0, 0};
    c[ImGuiCol_TableRowBgAlt] = with_alpha(t.faint_line, 0.5F);
    c[ImGuiCol_ModalWindowDimBg] = t.dark ? ImVec4{0, 0, 0, 0.45F} : ImVec4{0.10F, 0.13F, 0.18F, 0.25F};
    c[ImGuiCol_NavWindowingDimBg] = c[ImGuiCol_ModalWindowDimBg];
}

void set_widgets(ImGuiStyle& style, const Theme& t)
{
    ImVec4* const c = style.Colors;
    c[ImGuiCol_FrameBg] = c[ImGuiCol_Button] = vec(t.widget);
    c[ImGuiCol_FrameBgHovered] = c[ImGuiCol_ButtonHovered] = vec(t.widget_hovered);
    c[ImGuiCol_FrameBgActive] = c[ImGuiCol_ButtonActive] = vec(t.widget_active);
    c[ImGuiCol_CheckMark] = vec(t.accent);
    c[ImGuiCol_SliderGrab] = with_alpha(t.accent, 0.35F); // the number stands on it
    c[ImGuiCol_SliderGrabActive] = with_alpha(t.accent, 0.5F);
    c[ImGuiCol_Header] = vec(t.selected.fill);
    c[ImGuiCol_HeaderHovered] = vec(t.widget_hovered);
    c[ImGuiCol_HeaderActive] = vec(t.widget_active);
    c[ImGuiCol_Tab] = vec(t.widget);
    c[ImGuiCol_TabHovered] = vec(t.widget_hovered);
    c[ImGuiCol_TabActive] = vec(t.selected.fill);
    c[ImGuiCol_TabUnfocused] = vec(t.widget);
    c[ImGuiCol_TabUnfocusedActive] = vec(t.selected.fill);
    c[ImGuiCol_PlotLines] = vec(t.accent);
    c[ImGuiCol_PlotHistogram] = with_alpha(t.accent, 0.35F); // as in a bar of progress
    c[ImGuiCol_PlotLinesHovered] = c[ImGuiCol_PlotHistogramHovered] = vec(t.now_line);
    c[ImGuiCol_TextSelectedBg] = with_alpha(t.accent, 0.25F);
    c[ImGuiCol_DragDropTarget] = c[ImGuiCol_NavHighlight] = vec(t.accent);
    c[ImGuiCol_NavWindowingHighlight] = vec(t.accent);
}

void set_shape(ImGuiStyle& style, const Theme& t)
{
    style.WindowPadding = {12, 10};
    style.FramePadding = {10, 5};
    style.CellPadding = {8, 4};
    style.ItemSpacing = {8, 7};
    style.ItemInnerSpacing = {7, 5};
    style.IndentSpacing = 16;
    style.ScrollbarSize = 11;
    style.GrabMinSize = 14;
    style.WindowRounding = style.ChildRounding = style.PopupRounding = 6;
    style.FrameRounding = style.TabRounding = style.GrabRounding = 6;
    style.ScrollbarRounding = 6;
    style.WindowBorderSize = style.ChildBorderSize = style.PopupBorderSize = style.FrameBorderSize = 1;
    style.TabBorderSize = 0;
    style.WindowMinSize = {1, 1};
    style.WindowTitleAlign = {0, 0.5F};
    style.WindowMenuButtonPosition = ImGuiDir_None;
    style.DisabledAlpha = t.name == ThemeName::projector ? 0.6F : 0.5F;
    style.CircleTessellationMaxError = 0.2F;
}

// Borders are lines, and ScaleAllSizes leaves them alone.
void scale_borders(ImGuiStyle& style, float scale)
{
    const float width = std::max(1.0F, std::floor(scale + 0.25F));
    for (float* const size :
         {&style.WindowBorderSize, &style.ChildBorderSize, &style.PopupBorderSize, &style.FrameBorderSize})
        *size = width;
}

} // namespace

std::string_view name(ThemeName theme)
{
    switch (theme) {
    case ThemeName::dark: return "dark";
    case ThemeName::projector: return "projector";
    default: return "light";
    }
}

std::optional<ThemeName> parse_theme(std::string_view text)
{
    for (const ThemeName theme : {ThemeName::light, ThemeName::dark, ThemeName::projector})
        if (text == name(theme)) return theme;
    return std::nullopt;
}

const Theme& theme(ThemeName name)
{
    static const std::array<Theme, theme_count> themes{light_theme(), dark_theme(), projector_theme()};
    return themes[static_cast<std::size_t>(name)];
}

void apply(const Theme& theme, float scale)
{
    ImGuiStyle style;
    set_surfaces(style, theme);
    set_widgets(style, theme);
    name_newer_colours(style);
    set_shape(style, theme);
    style.ScaleAllSizes(scale);
    style.WindowMinSize = {1, 1};
    scale_borders(style, scale);
    ImGui::GetStyle() = style;
}

ImU32 fade(ImU32 colour, float opacity)
{
    const float alpha = static_cast<float>((colour >> IM_COL32_A_SHIFT) & 0xFF) * std::clamp(opacity, 0.0F, 1.0F);
    return (colour & ~IM_COL32_A_MASK) | (static_cast<ImU32>(std::lround(alpha)) << IM_COL32_A_SHIFT);
}

} // namespace tcpsm::viz
