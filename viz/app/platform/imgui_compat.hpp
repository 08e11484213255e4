#pragma once
// All that differs between Dear ImGui 1.86 (Debian 12), 1.90 (Debian 13), which are tested, and others up to 1.92. No
// other file asks for the version.
//
//   1.87  input is a queue of events, and keys have names of ImGui's own; before, they had the window library's numbers
//   1.90  BeginChild takes flags instead of a bool; fonts have sizes of whole pixels
//   1.92  fonts are of any size; who asks for a font's size means the one that it was loaded with

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

namespace tcpsm::viz {

/// The keys that mean something to us. `question`, `plus` and `minus` are characters, wherever the keyboard has them;
/// letters and digits are keys, with or without Shift.
// clang-format off
enum class Key : std::uint8_t {
    space, left, right, up, down, page_up, page_down, home, end, escape, enter, tab, backspace, del,
    question, plus, minus,
    a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z,
    digit_0, digit_1, digit_2, digit_3, digit_4, digit_5, digit_6, digit_7, digit_8, digit_9,
    f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12,
    count
};
// clang-format on

// ---- which key is which ---------------------------------------------------------------------------------------------

namespace compat {

constexpr int between(Key key, Key first)
{
    return static_cast<int>(key) - static_cast<int>(first);
}

/// GLFW's number. Of a character's key, that of an American keyboard.
constexpr int glfw_code(Key key)
{
    // In the order of Key, up to `minus`.
    constexpr std::array<int, 17> codes{32,  263, 262, 265, 264, 266, 267, 268, 269,
                                        256, 257, 258, 259, 261, 47,  61,  45};
    if (key >= Key::f1) return 290 + between(key, Key::f1);
    if (key >= Key::digit_0) return 48 + between(key, Key::digit_0);
    if (key >= Key::a) return 65 + between(key, Key::a);
    return codes[static_cast<std::size_t>(key)];
}

/// What a key types: ' ', 'a', '?'; 0 where it types nothing.
constexpr char character(Key key)
{
    switch (key) {
    case Key::space: return ' ';
    case Key::question: return '?';
    case Key::plus: return '+';
    case Key::minus: return '-';
    default: break;
    }
    if (key >= Key::f1) return 0;
    if (key >= Key::digit_0) return static_cast<char>('0' + between(key, Key::digit_0));
    if (key >= Key::a) return static_cast<char>('a' + between(key, Key::a));
    return 0;
}

#if IMGUI_VERSION_NUM >= 18700
inline ImGuiKey native(Key key)
{
    constexpr std::array<ImGuiKey, 17> keys{
        ImGuiKey_Space,  ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow, ImGuiKey_DownArrow,
        ImGuiKey_PageUp, ImGuiKey_PageDown,  ImGuiKey_Home,       ImGuiKey_End,     ImGuiKey_Escape,
        ImGuiKey_Enter,  ImGuiKey_Tab,       ImGuiKey_Backspace,  ImGuiKey_Delete,  ImGuiKey_Slash,
        ImGuiKey_Equal,  ImGuiKey_Minus};
    if (key >= Key::f1) return static_cast<ImGuiKey>(ImGuiKey_F1 + between(key, Key::f1));
    if (key >= Key::digit_0) return static_cast<ImGuiKey>(ImGuiKey_0 + between(key, Key::digit_0));
    if (key >= Key::a) return static_cast<ImGuiKey>(ImGuiKey_A + between(key, Key::a));
    return keys[static_cast<std::size_t>(key)];
}

/// Whether some key went down in this very frame, not counting repetition.
inline bool any_key_went_down()
{
    for (int key = ImGuiKey_NamedKey_BEGIN; key < ImGuiKey_NamedKey_END; ++key)
        if (ImGui::IsKeyPressed(static_cast<ImGuiKey>(key), false)) return true;
    return false;
}
#else
inline int native(Key key)
{
    return glfw_code(key);
}

inline bool any_key_went_down()
{
    const ImGuiIO& io = ImGui::GetIO();
    return std::any_of(std::begin(io.KeysDownDuration), std::end(io.KeysDownDuration),
                       [](float seconds) { return seconds == 0.0F; });
}
#endif

inline bool typed(Key key)
{
    const auto is_it = [key](ImWchar c) {
        switch (key) {
        case Key::question: return c == '?' || c == 0xFF1F; // Chinese input methods give the wide one
        case Key::plus: return c == '+' || c == '=';        // where + is the shifted =, nobody wants to hold Shift
        default: return c == '-';
        }
    };
    const ImVector<ImWchar>& queue = ImGui::GetIO().InputQueueCharacters;
    return std::any_of(queue.begin(), queue.end(), is_it);
}

} // namespace compat

// ---- asking for input -----------------------------------------------------------------------------------------------

/// Whether the key went down in this frame, or repeats while it is held and `repeat` is asked for. Ask before the
/// widgets of the frame are made: a text field takes the characters. While one has the focus, ask for none of them
/// (ImGuiIO::WantTextInput).
inline bool key_pressed(Key key, bool repeat = false)
{
    if (key == Key::question || key == Key::plus || key == Key::minus)
        return compat::typed(key) && (repeat || compat::any_key_went_down());
#if IMGUI_VERSION_NUM >= 18700
    if (key == Key::enter && ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, repeat)) return true;
#else
    if (key == Key::enter && ImGui::IsKeyPressed(335, repeat)) return true; // of the number pad
#endif
    return ImGui::IsKeyPressed(compat::native(key), repeat);
}

inline bool key_held(Key key)
{
    return ImGui::IsKeyDown(compat::native(key));
}

// ---- giving input, for the next frame -------------------------------------------------------------------------------

/// Once for a context that no window library feeds.
inline void prepare_input()
{
    ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
    io.ConfigInputTrickleEventQueue = false; // what is given for one frame is seen in one frame, as in 1.86
#else
    using Pair = std::pair<int, Key>;
    constexpr std::array<Pair, 20> map{{
        {ImGuiKey_Tab, Key::tab},
        {ImGuiKey_LeftArrow, Key::left},
        {ImGuiKey_RightArrow, Key::right},
        {ImGuiKey_UpArrow, Key::up},
        {ImGuiKey_DownArrow, Key::down},
        {ImGuiKey_PageUp, Key::page_up},
        {ImGuiKey_PageDown, Key::page_down},
        {ImGuiKey_Home, Key::home},
        {ImGuiKey_End, Key::end},
        {ImGuiKey_Delete, Key::del},
        {ImGuiKey_Backspace, Key::backspace},
        {ImGuiKey_Space, Key::space},
        {ImGuiKey_Enter, Key::enter},
        {ImGuiKey_Escape, Key::escape},
        {ImGuiKey_A, Key::a},
        {ImGuiKey_C, Key::c},
        {ImGuiKey_V, Key::v},
        {ImGuiKey_X, Key::x},
        {ImGuiKey_Y, Key::y},
        {ImGuiKey_Z, Key::z},
    }};
    for (const auto& [imgui, key] : map) io.KeyMap[imgui] = compat::glfw_code(key);
#endif
}

inline void give_mouse_position(ImVec2 at)
{
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMousePosEvent(at.x, at.y);
#else
    ImGui::GetIO().MousePos = at;
#endif
}

/// @param button  0 left, 1 right, 2 middle
inline void give_mouse_button(int button, bool down)
{
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMouseButtonEvent(button, down);
#else
    ImGui::GetIO().MouseDown[button] = down;
#endif
}

/// @param notches  above 0 is away from the user
inline void give_wheel(float notches)
{
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMouseWheelEvent(0, notches);
#else
    ImGui::GetIO().MouseWheel += notches;
#endif
}

inline void give_key(Key key, bool down)
{
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddKeyEvent(compat::native(key), down);
#else
    ImGui::GetIO().KeysDown[compat::native(key)] = down;
#endif
}

inline void give_modifiers(bool ctrl, bool shift, bool alt)
{
    ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18900
    io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
    io.AddKeyEvent(ImGuiMod_Shift, shift);
    io.AddKeyEvent(ImGuiMod_Alt, alt);
#elif IMGUI_VERSION_NUM >= 18700
    io.AddKeyEvent(ImGuiKey_ModCtrl, ctrl);
    io.AddKeyEvent(ImGuiKey_ModShift, shift);
    io.AddKeyEvent(ImGuiKey_ModAlt, alt);
#else
    io.KeyCtrl = ctrl;
    io.KeyShift = shift;
    io.KeyAlt = alt;
#endif
}

inline void give_text(std::string_view utf8)
{
    ImGui::GetIO().AddInputCharactersUTF8(std::string(utf8).c_str());
}

/// Whose text is copied and pasted: `Read` gives it, `Write` replaces it.
/// @param of  handed to both
template <const char* (*Read)(void* of), void (*Write)(void* of, const char* text)>
void set_clipboard(void* of)
{
#if IMGUI_VERSION_NUM >= 19110
    ImGuiPlatformIO& io = ImGui::GetPlatformIO();
    io.Platform_ClipboardUserData = of;
    io.Platform_GetClipboardTextFn = [](ImGuiContext*) {
        return Read(ImGui::GetPlatformIO().Platform_ClipboardUserData);
    };
    io.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
        Write(ImGui::GetPlatformIO().Platform_ClipboardUserData, text);
    };
#else
    ImGuiIO& io = ImGui::GetIO();
    io.GetClipboardTextFn = Read;
    io.SetClipboardTextFn = Write;
    io.ClipboardUserData = of;
#endif
}

// ---- widgets --------------------------------------------------------------------------------------------------------

/// ImGui::BeginChild. The padding of the style is kept inside, with or without a border.
inline bool begin_child(const char* id, ImVec2 size, bool border, ImGuiWindowFlags flags = 0)
{
#if IMGUI_VERSION_NUM >= 19000
    return ImGui::BeginChild(id, size, (border ? 1 : 0) | ImGuiChildFlags_AlwaysUseWindowPadding, flags);
#else
    return ImGui::BeginChild(id, size, border, flags | ImGuiWindowFlags_AlwaysUseWindowPadding);
#endif
}

/// The last item takes the wheel, so that the window around it does not scroll.
inline void take_wheel_of_item()
{
#if IMGUI_VERSION_NUM >= 19120
    ImGui::SetItemKeyOwner(ImGuiKey_MouseWheelY);
#endif
    // Before, give the window ImGuiWindowFlags_NoScrollWithMouse.
}

/// Other items may lie on top of the next one and are reached first.
/// Call it before the item.
inline void allow_overlap_of_next_item()
{
#if IMGUI_VERSION_NUM >= 18970
    ImGui::SetNextItemAllowOverlap();
#endif
}

/// The same for the versions that want to be told after the item.
inline void allow_overlap_of_item()
{
#if IMGUI_VERSION_NUM < 18970
    ImGui::SetItemAllowOverlap();
#endif
}

// ---- fonts ----------------------------------------------------------------------------------------------------------

/// The size in pixels that the font was loaded with.
inline float font_size(const ImFont* font)
{
#if IMGUI_VERSION_NUM >= 19200
    return font->LegacySize;
#else
    return font->FontSize;
#endif
}

/// From the top of a line of text to its base line, in pixels, where the text is `size` pixels high.
inline float font_ascent(ImFont* font, float size)
{
#if IMGUI_VERSION_NUM >= 19200
    return font->GetFontBaked(size)->Ascent;
#else
    return font->Ascent * size / font->FontSize;
#endif
}

/// ImGui::PushFont, at the size that the font was loaded with.
inline void push_font(ImFont* font)
{
#if IMGUI_VERSION_NUM >= 19200
    ImGui::PushFont(font, font->LegacySize);
#else
    ImGui::PushFont(font);
#endif
}

/// Whether the font has the character, so that it is not shown as a question mark.
inline bool has_glyph(ImFont* font, ImWchar c)
{
#if IMGUI_VERSION_NUM >= 19200
    return font->IsGlyphInFont(c);
#else
    return font->FindGlyphNoFallback(c) != nullptr;
#endif
}

/// How ImFontConfig::FontDataOwnedByAtlas is to be set for files that stay ours. Before 1.92 the atlas is made at once
/// and finish_atlas takes the files back; where it does not own them, it would copy them, ten times 20 MB.
inline constexpr bool lends_files_to_atlas = IMGUI_VERSION_NUM < 19200;

/// Makes the atlas from the fonts that were added, and lets go of their files and ranges of characters. Since 1.92
/// glyphs are made when they are first shown, from copies of the files.
/// @param lent  the files that were given to the atlas and are not its own
inline void finish_atlas(ImFontAtlas& atlas, const std::set<const void*>& lent)
{
#if IMGUI_VERSION_NUM >= 19200
    static_cast<void>(lent);
    // A renderer that cannot follow needs all that was asked for now.
    if ((ImGui::GetIO().BackendFlags & ImGuiBackendFlags_RendererHasTextures) == 0) {
        unsigned char* pixels = nullptr;
        int width = 0;
        int height = 0;
        atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
    }
    for (ImFontConfig& source : atlas.Sources) source.GlyphRanges = nullptr;
#else
    atlas.Build();
    for (ImFontConfig& source : atlas.ConfigData)
        if (lent.contains(source.FontData)) source.FontDataOwnedByAtlas = false;
    atlas.ClearInputData();
#endif
}

/// How much of a glyph is in each texel of the atlas, rows from the top.
struct AtlasPixels {
    const std::uint8_t* alpha = nullptr;
    int width = 0;
    int height = 0;
};

/// For a renderer of our own. Since 1.92 the atlas grows while it is used, but for renderers that do not say that they
/// can follow; ours does not.
inline AtlasPixels atlas_pixels()
{
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
    return {pixels, width, height};
}

/// The OpenGL renderer's copy of the atlas, where fonts were loaded anew. Since 1.92 it follows by itself.
inline void renew_font_texture()
{
#if IMGUI_VERSION_NUM < 19200
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
#endif
}

/// Colours that were added later, after ones that 1.86 has.
inline void name_newer_colours(ImGuiStyle& style)
{
#if IMGUI_VERSION_NUM >= 19200
    style.Colors[ImGuiCol_InputTextCursor] = style.Colors[ImGuiCol_Text];
#endif
#if IMGUI_VERSION_NUM >= 19100
    style.Colors[ImGuiCol_TextLink] = style.Colors[ImGuiCol_CheckMark];
#endif
    static_cast<void>(style);
}

/// A text field, a slider: whether it is being typed into.
inline bool typing()
{
    return ImGui::GetIO().WantTextInput;
}

} // namespace tcpsm::viz
