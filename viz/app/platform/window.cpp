#include "app/platform/window.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#define GLFW_INCLUDE_NONE
#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>

#include "app/platform/imgui_compat.hpp"
#include "app/platform/input_queue.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {
namespace {

// Those of imgui_compat.hpp, which knows no GLFW, are GLFW's.
static_assert(compat::glfw_code(Key::space) == GLFW_KEY_SPACE && compat::glfw_code(Key::left) == GLFW_KEY_LEFT &&
              compat::glfw_code(Key::right) == GLFW_KEY_RIGHT && compat::glfw_code(Key::up) == GLFW_KEY_UP &&
              compat::glfw_code(Key::down) == GLFW_KEY_DOWN && compat::glfw_code(Key::page_up) == GLFW_KEY_PAGE_UP &&
              compat::glfw_code(Key::page_down) == GLFW_KEY_PAGE_DOWN &&
              compat::glfw_code(Key::home) == GLFW_KEY_HOME && compat::glfw_code(Key::end) == GLFW_KEY_END &&
              compat::glfw_code(Key::escape) == GLFW_KEY_ESCAPE && compat::glfw_code(Key::enter) == GLFW_KEY_ENTER &&
              compat::glfw_code(Key::tab) == GLFW_KEY_TAB && compat::glfw_code(Key::backspace) == GLFW_KEY_BACKSPACE &&
              compat::glfw_code(Key::del) == GLFW_KEY_DELETE && compat::glfw_code(Key::question) == GLFW_KEY_SLASH &&
              compat::glfw_code(Key::plus) == GLFW_KEY_EQUAL && compat::glfw_code(Key::minus) == GLFW_KEY_MINUS &&
              compat::glfw_code(Key::a) == GLFW_KEY_A && compat::glfw_code(Key::z) == GLFW_KEY_Z &&
              compat::glfw_code(Key::digit_0) == GLFW_KEY_0 && compat::glfw_code(Key::digit_9) == GLFW_KEY_9 &&
              compat::glfw_code(Key::f1) == GLFW_KEY_F1 && compat::glfw_code(Key::f12) == GLFW_KEY_F12);

constexpr double patience = 0.25;   // seconds between frames while nothing happens: files may have changed
constexpr int frames_to_settle = 4; // what ImGui takes until a change of input has had all its effects

// ---- GLFW -----------------------------------------------------------------------------------------------------------

// From 3.4 on, GLFW tries Wayland first, and where there is none, its library complains. What is tested is X11, which
// Wayland's desktops have, too.
void prefer_x11()
{
#ifdef GLFW_PLATFORM
    const char* const display = std::getenv("DISPLAY");
    if (display != nullptr && *display != '\0') glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
}

class Library {
public:
    Library()
    {
        prefer_x11();
        started_ = glfwInit() == GLFW_TRUE;
    }
    ~Library()
    {
        if (started_) glfwTerminate();
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    [[nodiscard]] bool started() const { return started_; }

private:
    bool started_ = false;
};

// GLFW's words for what went wrong last.
std::string glfw_error()
{
    const char* text = nullptr;
    glfwGetError(&text);
    return text == nullptr ? "GLFW" : text;
}

struct Destroy {
    void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};
using WindowHandle = std::unique_ptr<GLFWwindow, Destroy>;

WindowHandle create_window(const WindowOptions& options, const std::string& title)
{
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
    // By this name desktops find the program's entry, and its icon.
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "tcpsm-viz");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "tcpsm-viz");
    WindowHandle window(
        glfwCreateWindow(std::max(options.width, 1), std::max(options.height, 1), title.c_str(), nullptr, nullptr));
    GLFWmonitor* const monitor = glfwGetPrimaryMonitor();
    if (window == nullptr || monitor == nullptr) return window;
    int x = 0, y = 0, most_wide = 0, most_high = 0, width = 0, height = 0;
    glfwGetMonitorWorkarea(monitor, &x, &y, &most_wide, &most_high);
    glfwGetWindowSize(window.get(), &width, &height);
    if (most_wide > 0 && most_high > 0 && (width > most_wide || height > most_high))
        glfwSetWindowSize(window.get(), std::min(width, most_wide), std::min(height, most_high));
    return window;
}

// What create_window is to be asked for, so that the window is as large as it is now: where its units are pixels, GLFW
// multiplies them with the monitor's scale.
void read_size(GLFWwindow* window, WindowResult& result)
{
    glfwGetWindowSize(window, &result.width, &result.height);
    int pixels_wide = 0, pixels_high = 0;
    glfwGetFramebufferSize(window, &pixels_wide, &pixels_high);
    float scale = 1, unused = 1;
    glfwGetWindowContentScale(window, &scale, &unused);
    if (pixels_wide != result.width || !(scale > 0)) return;
    result.width = static_cast<int>(std::lround(static_cast<float>(result.width) / scale));
    result.height = static_cast<int>(std::lround(static_cast<float>(result.height) / scale));
}

const char* read_clipboard(void* window)
{
    return glfwGetClipboardString(static_cast<GLFWwindow*>(window));
}

void write_clipboard(void* window, const char* text)
{
    glfwSetClipboardString(static_cast<GLFWwindow*>(window), text);
}

// Where the keyboard has this key's letter: on a French one, A is where an American has Q.
std::optional<Key> key_of(int code, int scancode)
{
    const char* const printed = glfwGetKeyName(code, scancode);
    if (printed != nullptr && printed[1] == '\0') {
        const char c = printed[0];
        if (c >= 'a' && c <= 'z') return static_cast<Key>(static_cast<int>(Key::a) + (c - 'a'));
        if (c >= '0' && c <= '9') return static_cast<Key>(static_cast<int>(Key::digit_0) + (c - '0'));
    }
    if (code == GLFW_KEY_KP_ENTER) return Key::enter;
    for (int i = 0; i < static_cast<int>(Key::count); ++i)
        if (compat::glfw_code(static_cast<Key>(i)) == code) return static_cast<Key>(i);
    // What it types is asked for by character, and that some key went down with it.
    if (printed != nullptr) return Key::question;
    return std::nullopt;
}

input::Modifiers modifiers_of(int held)
{
    return {(held & GLFW_MOD_CONTROL) != 0, (held & GLFW_MOD_SHIFT) != 0, (held & GLFW_MOD_ALT) != 0};
}

// X11 tells what was held before the key, also where the key is such a one itself.
int with_own(int held, int code, bool down)
{
    int own = 0;
    if (code == GLFW_KEY_LEFT_CONTROL || code == GLFW_KEY_RIGHT_CONTROL) own = GLFW_MOD_CONTROL;
    if (code == GLFW_KEY_LEFT_SHIFT || code == GLFW_KEY_RIGHT_SHIFT) own = GLFW_MOD_SHIFT;
    if (code == GLFW_KEY_LEFT_ALT || code == GLFW_KEY_RIGHT_ALT) own = GLFW_MOD_ALT;
    return down ? held | own : held & ~own;
}

std::string utf8(unsigned int c)
{
    std::string text;
    const auto add = [&text](unsigned int octet) { text += static_cast<char>(octet); };
    if (c < 0x80) {
        add(c);
    } else if (c < 0x800) {
        add(0xC0 | c >> 6);
        add(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        add(0xE0 | c >> 12);
        add(0x80 | ((c >> 6) & 0x3F));
        add(0x80 | (c & 0x3F));
    } else {
        add(0xF0 | c >> 18);
        add(0x80 | ((c >> 12) & 0x3F));
        add(0x80 | ((c >> 6) & 0x3F));
        add(0x80 | (c & 0x3F));
    }
    return text;
}

// ---- the window -----------------------------------------------------------------------------------------------------

class Window {
public:
    Window(Frontend& frontend, GLFWwindow* window) : frontend_(frontend), window_(window)
    {
        glfwMakeContextCurrent(window_);
        glfwSwapInterval(1);
        ImGui::SetCurrentContext(context_);
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr; // where panels are follows from the window's size
        io.LogFilename = nullptr;
        io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
        prepare_input();
        set_clipboard<read_clipboard, write_clipboard>(window_);
        drawing_ = ImGui_ImplOpenGL3_Init("#version 330");
        listen();
        make_cursors();
    }
    ~Window()
    {
        for (GLFWcursor* const cursor : cursors_)
            if (cursor != nullptr) glfwDestroyCursor(cursor);
        if (drawing_) ImGui_ImplOpenGL3_Shutdown();
        ImGui::DestroyContext(context_);
    }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    [[nodiscard]] bool can_draw() const { return drawing_; }

    void run(bool wait)
    {
        last_ = glfwGetTime();
        while (glfwWindowShouldClose(window_) == GLFW_FALSE && !frontend_.done()) {
            if (wait && quiet())
                glfwWaitEventsTimeout(patience);
            else
                glfwPollEvents();
            int width = 0, height = 0;
            glfwGetFramebufferSize(window_, &width, &height);
            if (width > 0 && height > 0)
                frame(width, height);
            else
                glfwWaitEventsTimeout(patience); // it is an icon, and time goes on without being seen
        }
    }

private:
    [[nodiscard]] bool quiet() const { return !frontend_.animating() && input_.empty() && unsettled_ == 0; }

    void add(input::Event event)
    {
        input_.add(std::move(event));
        unsettled_ = frames_to_settle;
    }

    void listen();
    void make_cursors();
    void moved(double x, double y);
    void refresh();
    void frame(int width, int height);
    void show_cursor();

    static Window& of(GLFWwindow* window) { return *static_cast<Window*>(glfwGetWindowUserPointer(window)); }

    Frontend& frontend_;
    GLFWwindow* window_;
    ImGuiContext* context_ = ImGui::CreateContext();
    bool drawing_ = false;
    InputQueue input_;
    std::vector<std::string> dropped_; // files, since the last frame: GLFW's callbacks must not throw
    int unsettled_ = frames_to_settle;
    double last_ = 0; // when the last frame was
    double now_ = 0;  // of the frontend
    std::array<GLFWcursor*, ImGuiMouseCursor_COUNT> cursors_{};
    // What was set and made for the last frame.
    Fonts fonts_;
    float scale_ = 0;
    ThemeName theme_ = ThemeName::light;
    std::string characters_;
    std::string title_;
    ImGuiMouseCursor cursor_ = ImGuiMouseCursor_Arrow;
};

void Window::listen()
{
    glfwSetWindowUserPointer(window_, this);
    glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double x, double y) { of(w).moved(x, y); });
    glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int entered) {
        constexpr float off_screen = -1e6F;
        if (entered == GLFW_FALSE) of(w).add(input::Moved{{off_screen, off_screen}});
    });
    glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int held) {
        of(w).input_.modifiers(modifiers_of(held));
        if (button < 3) of(w).add(input::Button{button, action == GLFW_PRESS});
    });
    glfwSetScrollCallback(
        window_, [](GLFWwindow* w, double, double notches) { of(w).add(input::Wheel{static_cast<float>(notches)}); });
    glfwSetKeyCallback(window_, [](GLFWwindow* w, int code, int scancode, int action, int held) {
        of(w).unsettled_ = frames_to_settle;
        if (action == GLFW_REPEAT) return; // ImGui repeats by itself, and has time for it now
        of(w).input_.modifiers(modifiers_of(with_own(held, code, action == GLFW_PRESS)));
        if (const auto key = key_of(code, scancode)) of(w).add(input::KeyChanged{*key, action == GLFW_PRESS});
    });
    glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned int c) { of(w).add(input::Typed{utf8(c)}); });
    glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int focused) {
        if (focused == GLFW_FALSE) of(w).input_.release_all();
        of(w).unsettled_ = frames_to_settle;
    });
    glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { of(w).unsettled_ = frames_to_settle; });
    glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
        of(w).dropped_.insert(of(w).dropped_.end(), paths, paths + count);
        of(w).unsettled_ = frames_to_settle;
    });
}

void Window::make_cursors()
{
    cursors_[ImGuiMouseCursor_Arrow] = glfwCreateStandardCursor(GLFW_ARROW_CURSOR);
    cursors_[ImGuiMouseCursor_TextInput] = glfwCreateStandardCursor(GLFW_IBEAM_CURSOR);
    cursors_[ImGuiMouseCursor_ResizeNS] = glfwCreateStandardCursor(GLFW_VRESIZE_CURSOR);
    cursors_[ImGuiMouseCursor_ResizeEW] = glfwCreateStandardCursor(GLFW_HRESIZE_CURSOR);
    cursors_[ImGuiMouseCursor_Hand] = glfwCreateStandardCursor(GLFW_HAND_CURSOR);
}

// From the window's units to pixels, in which everything is drawn; on X11 they are the same.
void Window::moved(double x, double y)
{
    int width = 0, height = 0, pixels_wide = 0, pixels_high = 0;
    glfwGetWindowSize(window_, &width, &height);
    glfwGetFramebufferSize(window_, &pixels_wide, &pixels_high);
    if (width <= 0 || height <= 0) return;
    add(input::Moved{{static_cast<float>(x * pixels_wide / width), static_cast<float>(y * pixels_high / height)}});
}

// Fonts, style and title, where what they depend on has changed.
void Window::refresh()
{
    float display = 1;
    float unused = 1;
    glfwGetWindowContentScale(window_, &display, &unused);
    if (!(display >= 0.25F)) display = 1;
    const ThemeName name = frontend_.theme();
    const float scale = display * frontend_.scale() * theme(name).grow;
    std::string characters = frontend_.characters();
    if (scale != scale_ || name != theme_) apply(theme(name), scale);
    if (scale != scale_ || characters != characters_) {
        fonts_ = load_fonts(scale, characters, usual_fonts(frontend_.language()));
        renew_font_texture();
        frontend_.scale_changed(scale);
        frontend_.fonts_changed(fonts_);
    }
    scale_ = scale;
    theme_ = name;
    characters_ = std::move(characters);
    if (std::string title = frontend_.title(); title != title_) {
        glfwSetWindowTitle(window_, title.c_str());
        title_ = std::move(title);
    }
}

void Window::frame(int width, int height)
{
    const double time = glfwGetTime();
    // After a pause, what moves goes on where it was, and does not jump.
    const double delta = std::clamp(time - last_, 1e-6, patience);
    last_ = time;
    now_ += delta;
    unsettled_ = std::max(unsettled_ - 1, 0);

    for (const std::string& path : std::exchange(dropped_, {})) frontend_.drop_file(path);
    refresh();
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    io.DeltaTime = static_cast<float>(delta);
    input_.give();

    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    push_font(fonts_.regular);
    frontend_.frame(now_, static_cast<float>(delta));
    ImGui::PopFont();
    ImGui::Render();
    frontend_.drawn(*ImGui::GetDrawData());
    show_cursor();

    const ImVec4 background = ImGui::ColorConvertU32ToFloat4(theme(frontend_.theme()).background);
    glViewport(0, 0, width, height);
    glClearColor(background.x, background.y, background.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glfwSwapBuffers(window_);
}

void Window::show_cursor()
{
    const ImGuiMouseCursor cursor = ImGui::GetMouseCursor();
    if (cursor == cursor_) return;
    cursor_ = cursor;
    glfwSetCursor(window_, cursor >= 0 && cursors_[static_cast<std::size_t>(cursor)] != nullptr
                               ? cursors_[static_cast<std::size_t>(cursor)]
                               : cursors_[ImGuiMouseCursor_Arrow]);
}

} // namespace

WindowResult run_window(Frontend& frontend, const WindowOptions& options)
{
    const auto failed = [&](Phrase phrase) {
        return WindowResult{say(frontend.language(), phrase, glfw_error()), options.width, options.height};
    };
    const Library library;
    if (!library.started()) return failed(Phrase::window_no_display);
    const WindowHandle handle = create_window(options, frontend.title());
    if (handle == nullptr) return failed(Phrase::window_no_opengl);
    WindowResult result;
    {
        Window window(frontend, handle.get());
        if (!window.can_draw()) return failed(Phrase::window_no_opengl);
        window.run(options.wait);
    }
    read_size(handle.get(), result);
    return result;
}

} // namespace tcpsm::viz
