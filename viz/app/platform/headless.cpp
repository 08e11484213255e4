#include "app/platform/headless.hpp"

#include <algorithm>
#include <utility>

#include "app/platform/rasterizer.hpp"

namespace tcpsm::viz {
namespace {

constexpr float nowhere = -1e6F;

// 0xRRGGBB
std::uint32_t plain(ImU32 colour)
{
    return ((colour >> IM_COL32_R_SHIFT) & 0xFF) << 16 | ((colour >> IM_COL32_G_SHIFT) & 0xFF) << 8 |
           ((colour >> IM_COL32_B_SHIFT) & 0xFF);
}

} // namespace

Headless::Headless(Frontend& frontend, int width, int height, float scale, FontSearch search)
    : frontend_(frontend), context_(ImGui::CreateContext()), search_(std::move(search)), display_scale_(scale)
{
    ImGui::SetCurrentContext(context_); // there may be another one
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr; // nothing of what others did before is seen, and nothing is left behind
    io.LogFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    io.ConfigInputTextCursorBlink = false;
    prepare_input();
    give_mouse_position({nowhere, nowhere});
    resize(width, height);
    refresh();
}

Headless::~Headless()
{
    ImGui::DestroyContext(context_);
}

// Fonts and style, where what they depend on has changed.
void Headless::refresh()
{
    const ThemeName name = frontend_.theme();
    const float scale = display_scale_ * frontend_.scale() * theme(name).grow;
    std::string characters = frontend_.characters();
    if (scale != scale_ || name != theme_) apply(theme(name), scale);
    if (scale != scale_ || characters != characters_) {
        search_.language = frontend_.language();
        fonts_ = load_fonts(scale, characters, search_);
        frontend_.scale_changed(scale);
        frontend_.fonts_changed(fonts_);
    }
    scale_ = scale;
    theme_ = name;
    characters_ = std::move(characters);
}

void Headless::frame(float delta)
{
    ImGui::SetCurrentContext(context_);
    refresh();
    constexpr float least = 1e-6F; // ImGui stops the program where no time passes
    ImGui::GetIO().DeltaTime = std::max(delta, least);
    now_ += delta;
    ImGui::NewFrame();
    push_font(fonts_.regular);
    frontend_.frame(now_, delta);
    ImGui::PopFont();
    ImGui::Render();
    frontend_.drawn(*ImGui::GetDrawData());
}

void Headless::settle()
{
    for (int i = 0; i < 3; ++i) frame(0);
}

Image Headless::picture()
{
    ImGui::SetCurrentContext(context_);
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    Image image =
        blank_image(static_cast<int>(size.x), static_cast<int>(size.y), plain(theme(frontend_.theme()).background));
    if (const ImDrawData* const data = ImGui::GetDrawData()) rasterize(*data, image);
    return image;
}

void Headless::resize(int width, int height)
{
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().DisplaySize = {static_cast<float>(std::max(width, 1)), static_cast<float>(std::max(height, 1))};
}

void Headless::move(ImVec2 to)
{
    ImGui::SetCurrentContext(context_);
    give_mouse_position(to);
}

void Headless::press(int button)
{
    ImGui::SetCurrentContext(context_);
    give_mouse_button(button, true);
}

void Headless::release(int button)
{
    ImGui::SetCurrentContext(context_);
    give_mouse_button(button, false);
}

void Headless::wheel(float notches)
{
    ImGui::SetCurrentContext(context_);
    give_wheel(notches);
}

void Headless::key_down(Key key)
{
    ImGui::SetCurrentContext(context_);
    give_key(key, true);
}

void Headless::key_up(Key key)
{
    ImGui::SetCurrentContext(context_);
    give_key(key, false);
}

void Headless::modifiers(bool ctrl, bool shift, bool alt)
{
    ImGui::SetCurrentContext(context_);
    give_modifiers(ctrl, shift, alt);
    types_ = !ctrl && !alt;
}

void Headless::type(std::string_view text)
{
    ImGui::SetCurrentContext(context_);
    give_text(text);
}

void Headless::click(ImVec2 at, int button)
{
    move(at);
    frame();
    press(button);
    frame();
    release(button);
    frame();
}

void Headless::drag(ImVec2 from, ImVec2 to)
{
    constexpr int steps = 4;
    move(from);
    frame();
    press();
    frame();
    for (int i = 1; i <= steps; ++i) {
        const float part = static_cast<float>(i) / steps;
        move({from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part});
        frame();
    }
    release();
    frame();
}

void Headless::tap(Key key)
{
    key_down(key);
    const char typed = compat::character(key);
    if (typed != 0 && types_) type({&typed, 1});
    frame();
    key_up(key);
    frame();
}

} // namespace tcpsm::viz
