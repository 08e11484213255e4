// Everybody can read it: contrast as WCAG 2.1 asks for it, and colours that the colour-blind can tell apart.

#include "app/theme.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "diagram/palette.hpp"
#include "tcpsm/machine/transitions.hpp"
#include "ui/colour_vision.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

constexpr std::array themes{ThemeName::light, ThemeName::dark, ThemeName::projector};

// WCAG 2.1, 1.4.3 and 1.4.11: text; and what is not text, but has to be seen to understand the picture.
constexpr double of_text = 4.5;
constexpr double of_signs = 3;

// 0xRRGGBB
std::uint32_t plain(ImU32 colour)
{
    CHECK((colour >> IM_COL32_A_SHIFT) == 0xFF); // what lets through has no contrast of its own
    return ((colour >> IM_COL32_R_SHIFT) & 0xFF) << 16 | ((colour >> IM_COL32_G_SHIFT) & 0xFF) << 8 |
           ((colour >> IM_COL32_B_SHIFT) & 0xFF);
}

void check_contrast(const char* what, ImU32 colour, ImU32 ground, double least)
{
    const double found = colour::contrast(plain(colour), plain(ground));
    CHECK_MESSAGE(found >= least, what << " has " << found);
}

void check_apart(const std::string& what, std::uint32_t x, std::uint32_t y, double least)
{
    const double found = colour::least_difference(x, y);
    CHECK_MESSAGE(found >= least, what << " are " << found << " apart");
}

// For checking what apply() sets.
struct ImGuiScope {
    ImGuiContext* context = ImGui::CreateContext();
    ImGuiScope() { ImGui::SetCurrentContext(context); }
    ~ImGuiScope() { ImGui::DestroyContext(context); }
    ImGuiScope(const ImGuiScope&) = delete;
    ImGuiScope& operator=(const ImGuiScope&) = delete;
};

// Everything of a style that scaling or a theme changes.
std::vector<float> numbers(const ImGuiStyle& s)
{
    std::vector<float> all{s.WindowRounding,    s.ChildRounding,
                           s.PopupRounding,     s.FrameRounding,
                           s.TabRounding,       s.GrabRounding,
                           s.ScrollbarRounding, s.WindowBorderSize,
                           s.ChildBorderSize,   s.PopupBorderSize,
                           s.FrameBorderSize,   s.TabBorderSize,
                           s.IndentSpacing,     s.ScrollbarSize,
                           s.GrabMinSize,       s.LogSliderDeadzone,
                           s.ColumnsMinSpacing, s.TabMinWidthForCloseButton,
                           s.MouseCursorScale,  s.Alpha,
                           s.DisabledAlpha};
    for (const ImVec2 size : {s.WindowPadding, s.FramePadding, s.CellPadding, s.ItemSpacing, s.ItemInnerSpacing,
                              s.TouchExtraPadding, s.WindowMinSize, s.DisplayWindowPadding, s.DisplaySafeAreaPadding})
        all.insert(all.end(), {size.x, size.y});
    for (const ImVec4& c : s.Colors) all.insert(all.end(), {c.x, c.y, c.z, c.w});
    return all;
}

} // namespace

TEST_CASE("text in each theme: can be read on what it stands on")
{
    for (const ThemeName each : themes) {
        INFO(std::string(name(each)));
        const Theme& t = theme(each);
        for (const ImU32 ground : {t.panel, t.background, t.widget, t.widget_hovered, t.widget_active, t.selected.fill})
            check_contrast("text", t.text, ground, of_text);
        for (const ImU32 ground : {t.panel, t.background, t.widget}) {
            check_contrast("faint text", t.faint, ground, of_text);
            check_contrast("accent", t.accent, ground, of_text);
            check_contrast("error", t.error.text, ground, of_text);
            check_contrast("warning", t.warning.text, ground, of_text);
            check_contrast("good", t.good.text, ground, of_text);
        }
        check_contrast("lost", t.lost, t.panel, of_text);
        check_contrast("fired", t.fired, t.panel, of_text);
        for (const Paint& paint : {t.selected, t.warning, t.error, t.good, t.highlight, t.now_badge})
            check_contrast("paint", paint.text, paint.fill, of_text);
    }
}

TEST_CASE("names of states and hosts in each theme: can be read")
{
    for (const ThemeName each : themes) {
        const Theme& t = theme(each);
        for (const State state : all_states()) {
            INFO(std::string(name(each)) << ' ' << std::string(name(state)));
            check_contrast("state", t.state(state).text, t.state(state).fill, of_text);
        }
        for (std::size_t i = 0; i < t.hosts.size(); ++i) {
            INFO(std::string(name(each)) << " host " << i);
            check_contrast("host", t.host(i), t.panel, of_text);
            check_contrast("host", t.host(i), t.background, of_text);
        }
    }
}

TEST_CASE("lines that tell something in each theme: can be seen")
{
    for (const ThemeName each : themes) {
        INFO(std::string(name(each)));
        const Theme& t = theme(each);
        check_contrast("now", t.now_line, t.panel, of_signs);
        check_contrast("bracket", t.bracket, t.panel, of_signs);
        check_contrast("accent", t.accent, t.panel, of_signs);
    }
    // A room is brighter than a screen: there, rules and edges are seen, too.
    const Theme& projector = theme(ThemeName::projector);
    for (const ImU32 line : {projector.line, projector.border, projector.panel_border})
        check_contrast("line", line, projector.panel, of_signs);
    CHECK(projector.line_width > theme(ThemeName::light).line_width);
    CHECK(projector.grow > 1);
}

TEST_CASE("colours of hosts: the colour-blind can tell them apart")
{
    for (const bool dark : {false, true})
        for (std::size_t i = 0; i < host_colours; ++i)
            for (std::size_t k = i + 1; k < host_colours; ++k)
                check_apart("hosts " + std::to_string(i) + " and " + std::to_string(k), host_colour(i, dark),
                            host_colour(k, dark), k < 4 ? 15 : 8.5);
}

TEST_CASE("fills of states that follow each other: the colour-blind can tell them apart")
{
    int pairs = 0;
    for (const bool dark : {false, true})
        for (const Transition& row : transitions()) {
            if (row.from == row.to) continue;
            ++pairs;
            check_apart(std::string(name(row.from)) + " and " + std::string(name(row.to)), state_colour(row.from, dark),
                        state_colour(row.to, dark), dark ? 7.5 : 5.9);
        }
    CHECK(pairs > 60);
}

TEST_CASE("the themes' hosts and states: have the palette's colours, and the ninth host the first one's")
{
    for (const ThemeName each : themes) {
        const Theme& t = theme(each);
        CHECK(plain(t.host(1)) == host_colour(1, t.dark));
        CHECK(t.host(8) == t.host(0));
        CHECK(plain(t.state(State::TimeWait).fill) == state_colour(State::TimeWait, t.dark));
    }
    CHECK(host_colour(8, true) == host_colour(0, true));
}

TEST_CASE("a theme's name: is read as it is written")
{
    for (const ThemeName each : themes) {
        CHECK(parse_theme(name(each)) == each);
        CHECK(theme(each).name == each);
    }
    CHECK_FALSE(parse_theme("pink"));
    CHECK_FALSE(parse_theme(""));
}

TEST_CASE("applying a theme: gives one style, whatever was set before")
{
    const ImGuiScope context;
    for (const ThemeName each : themes) {
        ImGui::GetStyle() = ImGuiStyle();
        apply(theme(each), 1.5F);
        const std::vector<float> first = numbers(ImGui::GetStyle());
        apply(theme(ThemeName::dark), 3);
        apply(theme(ThemeName::light), 0.75F);
        CHECK_FALSE(first == numbers(ImGui::GetStyle()));
        apply(theme(each), 1.5F);
        CHECK(first == numbers(ImGui::GetStyle()));
    }
}

TEST_CASE("a larger scale: gives larger padding and thicker borders")
{
    const ImGuiScope context;
    apply(theme(ThemeName::light), 1);
    const ImGuiStyle one = ImGui::GetStyle();
    apply(theme(ThemeName::light), 2);
    const ImGuiStyle& two = ImGui::GetStyle();
    CHECK(two.FramePadding.x == 2 * one.FramePadding.x);
    CHECK(two.WindowRounding == 2 * one.WindowRounding);
    CHECK(one.FrameBorderSize == 1);
    CHECK(two.FrameBorderSize == 2);
}

TEST_CASE("text on ImGui's own widgets in each theme: can be read")
{
    const ImGuiScope context;
    for (const ThemeName each : themes) {
        INFO(std::string(name(each)));
        apply(theme(each), 1);
        const auto colour = [](ImGuiCol which) {
            return ImGui::ColorConvertFloat4ToU32(ImGui::GetStyle().Colors[which]);
        };
        for (const ImGuiCol ground :
             {ImGuiCol_WindowBg, ImGuiCol_PopupBg, ImGuiCol_FrameBg, ImGuiCol_FrameBgHovered, ImGuiCol_FrameBgActive,
              ImGuiCol_Button, ImGuiCol_ButtonHovered, ImGuiCol_ButtonActive, ImGuiCol_Header, ImGuiCol_HeaderHovered,
              ImGuiCol_HeaderActive, ImGuiCol_Tab, ImGuiCol_TabHovered, ImGuiCol_TabActive, ImGuiCol_TitleBgActive,
              ImGuiCol_MenuBarBg, ImGuiCol_TableHeaderBg}) {
            INFO(std::string(ImGui::GetStyleColorName(ground)));
            check_contrast("text", colour(ImGuiCol_Text), colour(ground), of_text);
        }
        check_contrast("a hint", colour(ImGuiCol_TextDisabled), colour(ImGuiCol_FrameBg), of_text);
        check_contrast("a tick", colour(ImGuiCol_CheckMark), colour(ImGuiCol_FrameBg), of_signs);
    }
}

TEST_CASE("a faded colour: keeps its hue and has that part of its opacity")
{
    const ImU32 colour = IM_COL32(10, 20, 30, 200);
    CHECK(fade(colour, 1) == colour);
    CHECK(fade(colour, 0.5F) == IM_COL32(10, 20, 30, 100));
    CHECK(fade(colour, 0) == IM_COL32(10, 20, 30, 0));
    CHECK(fade(colour, -3) == IM_COL32(10, 20, 30, 0));
    CHECK(fade(colour, 7) == colour);
}

TEST_CASE("the measure of colours that these tests use: gives what its authors published")
{
    using colour::Lab;
    struct Pair {
        Lab x, y;
        double difference;
    };
    // Sharma, Wu, Dalal 2005, table 1: pairs 1, 4, 7, 14, 17, 20, 25 and 34.
    const std::vector<Pair> published{
        {{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
        {{50, -1.3802, -84.2814}, {50, 0, -82.7485}, 1.0000},
        {{50, 0, 0}, {50, -1, 2}, 2.3669},
        {{50, -0.0010, 2.4900}, {50, 0.0011, -2.4900}, 4.7461},
        {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
        {{50, 2.5, 0}, {58, 24, 15}, 19.4535},
        {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
        {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
    };
    for (const Pair& pair : published) {
        CHECK(colour::difference(pair.x, pair.y) == doctest::Approx(pair.difference).epsilon(0.0001));
        CHECK(colour::difference(pair.y, pair.x) == doctest::Approx(pair.difference).epsilon(0.0001));
    }
    CHECK(colour::contrast(0x000000, 0xFFFFFF) == doctest::Approx(21));
    CHECK(colour::contrast(0x777777, 0xFFFFFF) == doctest::Approx(4.478).epsilon(0.001));
    // Who lacks a kind of cone sees grey as everybody does, and confuses red with green, or blue with green.
    for (const colour::Sight sight : colour::sights) {
        const colour::Linear grey = colour::seen({0.5, 0.5, 0.5}, sight);
        CHECK(colour::difference(colour::lab(grey), colour::lab({0.5, 0.5, 0.5})) < 0.1);
    }
    CHECK(colour::least_difference(0x8A6A1A, 0x5E7A1A) < 8);
    CHECK(colour::difference(colour::lab(colour::linear(0x8A6A1A)), colour::lab(colour::linear(0x5E7A1A))) > 15);
}
