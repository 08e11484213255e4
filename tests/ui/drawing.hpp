#pragma once
// A frontend that draws what a test says.

#include <functional>
#include <string>
#include <vector>

#include "app/platform/headless.hpp"

namespace tcpsm::viz {

struct Drawing : Frontend {
    std::function<void()> draw = [] {};
    float its_scale = 1;
    ThemeName its_theme = ThemeName::light;
    std::string its_characters;
    bool is_done = false;
    // What it was told.
    Fonts fonts;
    int fonts_changes = 0;
    float total_scale = 0;
    std::vector<std::string> dropped;

    void frame(double, float) override { draw(); }
    bool done() const override { return is_done; }
    bool animating() const override { return false; }
    float scale() const override { return its_scale; }
    ThemeName theme() const override { return its_theme; }
    std::string characters() const override { return its_characters; }
    void fonts_changed(const Fonts& changed) override
    {
        fonts = changed;
        ++fonts_changes;
    }
    void scale_changed(float total) override { total_scale = total; }
    std::string title() const override { return "drawing"; }
    void drop_file(const std::string& path) override { dropped.push_back(path); }
};

inline constexpr std::uint32_t white = 0xFFFFFF;

/// What a test draws, on white, and with the built-in font where it says nothing of fonts.
class Canvas {
public:
    Canvas(int width, int height, const FontSearch& search = {}) : headless_(drawing_, width, height, 1, search)
    {
        drawing_.its_theme = ThemeName::projector; // its background is white
    }

    /// Draws into the list that lies behind all windows, without smoothing edges.
    Image draw(const std::function<void(ImDrawList&)>& what)
    {
        drawing_.draw = [&what] {
            ImDrawList& list = *ImGui::GetBackgroundDrawList();
            list.Flags = ImDrawListFlags_AllowVtxOffset;
            what(list);
        };
        headless_.frame();
        return headless_.picture();
    }

private:
    Drawing drawing_;
    Headless headless_;
};

/// 0xRRGGBB
inline std::uint32_t pixel(const Image& image, int x, int y)
{
    const auto at =
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x)) * 4;
    return static_cast<std::uint32_t>(image.rgba.at(at) << 16 | image.rgba.at(at + 1) << 8 | image.rgba.at(at + 2));
}

} // namespace tcpsm::viz
