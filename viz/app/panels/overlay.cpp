// What stands over the window: menus, the keys, and fields that ask for a file.

#include <algorithm>
#include <filesystem>

#include "app/keys.hpp"
#include "app/panels/menus.hpp"
#include "app/panels/panels.hpp"
#include "app/widgets.hpp"

namespace tcpsm::viz {
namespace {

namespace fs = std::filesystem;

constexpr ImGuiWindowFlags plain = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoCollapse;

void close(const View& view, Commands& commands)
{
    commands.push_back(changed(view, [](Look& l) { l.overlay = Overlay::nothing; }));
}

/// A click beside it closes it.
void close_when_left(const View& view, Commands& commands)
{
    const bool inside =
        ImGui::IsWindowHovered(ImGuiHoveredFlags_RootAndChildWindows | ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
    if (ImGui::IsMouseClicked(0) && !inside && !ImGui::IsWindowAppearing()) close(view, commands);
}

// ---- menus ----------------------------------------------------------------------------------------------------------

void choose(const View& view, const MenuEntry& entry, Commands& commands)
{
    close(view, commands);
    commands.push_back(entry.command);
}

std::string label_of(const MenuEntry& entry, std::size_t index)
{
    return (index < 9 ? std::to_string(index + 1) + "   " : "     ") + entry.label;
}

void draw_entry(const View& view, const MenuEntry& entry, std::size_t index, float width, Commands& commands)
{
    ButtonStyle style;
    style.width = width;
    style.enabled = entry.enabled;
    style.hint = entry.hint;
    ImGui::PushStyleVar(ImGuiStyleVar_ButtonTextAlign, {0, 0.5F});
    const bool pressed = button(view, "menu." + std::to_string(index), label_of(entry, index), style);
    ImGui::PopStyleVar();
    const bool typed = index < 9 && !ImGui::GetIO().WantTextInput && !ImGui::IsWindowAppearing() &&
                       key_pressed(static_cast<Key>(static_cast<std::size_t>(Key::digit_1) + index));
    if (entry.enabled && (pressed || typed)) choose(view, entry, commands);
}

void draw_menu(const View& view, const Menu& menu, const Box& window, Commands& commands)
{
    const auto* const anchor = view.widgets.find(menu.anchor);
    const Point at = anchor != nullptr ? Point{anchor->box.left, anchor->box.bottom + view.px(4)} : window.centre();
    const float height =
        static_cast<float>(menu.entries.size() + 1) * (ImGui::GetFrameHeightWithSpacing()) + view.px(30);
    const float top = std::clamp(at.y, window.top, std::max(window.top, window.bottom - height));
    const bool in_left_half = at.x < window.centre().x;
    const float x = in_left_half ? at.x : anchor != nullptr ? anchor->box.right : at.x;
    ImGui::SetNextWindowPos({x, top}, ImGuiCond_Always, {in_left_half ? 0.0F : 1.0F, 0});
    ImGui::SetNextWindowFocus();
    if (ImGui::Begin("##menu", nullptr, plain | ImGuiWindowFlags_AlwaysAutoResize)) {
        text_line(view, menu.heading, view.fonts.small, view.theme.faint, Origin::users);
        float width = view.px(120);
        for (std::size_t i = 0; i < menu.entries.size(); ++i)
            width = std::max(width, button_width(view, label_of(menu.entries[i], i)));
        for (std::size_t i = 0; i < menu.entries.size(); ++i) draw_entry(view, menu.entries[i], i, width, commands);
        close_when_left(view, commands);
    }
    ImGui::End();
}

// ---- in the middle --------------------------------------------------------------------------------------------------

class Middle {
public:
    Middle(const View& view, const Box& window, std::string_view heading, float width, float height)
    {
        const Point centre = window.centre();
        const ImVec2 size{std::min(view.px(width), window.width() - view.px(16)),
                          std::min(view.px(height), window.height() - view.px(16))};
        ImGui::SetNextWindowPos({centre.x, centre.y}, ImGuiCond_Always, {0.5F, 0.5F});
        ImGui::SetNextWindowSize({std::max(size.x, 32.0F), std::max(size.y, 32.0F)});
        ImGui::SetNextWindowFocus();
        open_ = ImGui::Begin("##middle", nullptr, plain);
        if (open_) text_line(view, heading, view.fonts.title, view.theme.text);
    }
    ~Middle() { ImGui::End(); }
    Middle(const Middle&) = delete;
    Middle& operator=(const Middle&) = delete;
    explicit operator bool() const { return open_; }

private:
    bool open_;
};

void draw_table_of_keys(const View& view)
{
    const int columns = ImGui::GetContentRegionAvail().x > view.px(560) ? 2 : 1;
    const TightTable table("keys", 2 * columns, {view.px(4), view.px(1)}, ImGuiTableFlags_SizingStretchProp);
    if (!table) return;
    for (int c = 0; c < columns; ++c) {
        ImGui::TableSetupColumn("key", ImGuiTableColumnFlags_WidthFixed, view.px(104));
        ImGui::TableSetupColumn("does");
    }
    const auto bindings = key_bindings();
    const std::size_t rows =
        (bindings.size() + static_cast<std::size_t>(columns) - 1) / static_cast<std::size_t>(columns);
    for (std::size_t row = 0; row < rows; ++row) {
        ImGui::TableNextRow();
        for (std::size_t c = 0; c < static_cast<std::size_t>(columns); ++c) {
            const std::size_t i = c * rows + row;
            if (i >= bindings.size()) continue;
            ImGui::TableSetColumnIndex(static_cast<int>(2 * c));
            text_line(view, key_name(bindings[i]), view.fonts.bold, view.theme.text);
            ImGui::TableSetColumnIndex(static_cast<int>(2 * c + 1));
            text_line(view, view.text(bindings[i].does), view.fonts.regular, view.theme.text);
        }
    }
}

void draw_keys(const View& view, const Box& window, Commands& commands)
{
    const Middle middle(view, window, view.text(Phrase::keys_heading), 900, 580);
    if (!middle) return;
    draw_table_of_keys(view);
    text_wrapped(view, view.text(Phrase::keys_mouse), view.fonts.small, view.theme.faint);
    close_when_left(view, commands);
}

// ---- files ----------------------------------------------------------------------------------------------------------

struct FileQuestion {
    Phrase heading{};
    Phrase button{};
    Command (*answer)(std::string path) = nullptr;
};

FileQuestion question_of(const View& view)
{
    switch (view.look().overlay) {
    case Overlay::save_as:
        return {Phrase::save_heading, Phrase::save_button,
                [](std::string p) -> Command { return command::SaveFuture{std::move(p)}; }};
    case Overlay::picture:
        return {Phrase::picture_heading, Phrase::picture_button,
                [](std::string p) -> Command { return command::ExportPicture{std::move(p)}; }};
    case Overlay::handout:
        return {Phrase::handout_heading, Phrase::handout_button,
                [](std::string p) -> Command { return command::ExportHandout{std::move(p)}; }};
    default:
        return {Phrase::open_heading, Phrase::open_button,
                [](std::string p) -> Command { return command::OpenFile{std::move(p)}; }};
    }
}

/// Folders and scenarios where the path in the field points to.
std::vector<fs::path> listing(const std::string& typed)
{
    std::error_code ignored;
    fs::path folder = typed.empty() ? fs::path(".") : fs::path(typed);
    if (!fs::is_directory(folder, ignored)) folder = folder.parent_path();
    if (folder.empty()) folder = ".";
    std::vector<fs::path> all;
    constexpr std::size_t most = 500;
    for (fs::directory_iterator at(folder, ignored), end; !ignored && at != end && all.size() < most;
         at.increment(ignored)) {
        const fs::path& path = at->path();
        const bool is_folder = at->is_directory(ignored);
        if (path.filename().string().starts_with('.')) continue;
        if (is_folder || path.extension() == ".yaml" || path.extension() == ".yml" || path.extension() == ".json")
            all.push_back(is_folder ? path / "" : path);
    }
    std::sort(all.begin(), all.end());
    all.insert(all.begin(), folder / ".." / "");
    return all;
}

void draw_listing(const View& view, const std::string& typed, Commands& commands)
{
    ImGui::BeginChild("listing", {0, 0}, false);
    std::size_t index = 0;
    for (const fs::path& path : listing(typed)) {
        const fs::path plain_path = path.lexically_normal();
        const bool is_folder = !path.has_filename();
        const std::string shown = index == 0  ? ".."
                                  : is_folder ? plain_path.parent_path().filename().string() + "/"
                                              : path.filename().string();
        if (ImGui::Selectable((shown + "##" + std::to_string(index)).c_str())) {
            if (is_folder)
                commands.push_back(changed(view, [&](Look& l) { l.path = plain_path.string(); }));
            else {
                close(view, commands);
                commands.push_back(command::OpenFile{plain_path.string()});
            }
        }
        view.widgets.add("file." + std::to_string(index++), {ImGui::GetItemRectMin().x, ImGui::GetItemRectMin().y,
                                                             ImGui::GetItemRectMax().x, ImGui::GetItemRectMax().y});
    }
    ImGui::EndChild();
}

void draw_file_question(const View& view, const Box& window, Commands& commands)
{
    const FileQuestion question = question_of(view);
    const bool opens = view.look().overlay == Overlay::open_file;
    const Middle middle(view, window, view.text(question.heading), 620, opens ? 460 : 150);
    if (!middle) return;
    std::string path = view.look().path;
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    if (auto typed =
            text_field(view, "file.path", path, view.text(Phrase::file_hint), ImGui::GetContentRegionAvail().x)) {
        path = std::move(*typed);
        commands.push_back(changed(view, [&](Look& l) { l.path = path; }));
    }
    const bool entered = key_pressed(Key::enter) && !ImGui::IsWindowAppearing();
    const bool pressed =
        button(view, "file.do", view.text(question.button), {.primary = true, .enabled = !path.empty()});
    flow(view, button_width(view, view.text(Phrase::cancel)));
    const bool cancelled = button(view, "file.cancel", view.text(Phrase::cancel)) || key_pressed(Key::escape);
    if ((entered || pressed) && !path.empty()) {
        close(view, commands);
        commands.push_back(question.answer(path));
    } else if (cancelled) {
        close(view, commands);
    }
    if (opens) draw_listing(view, path, commands);
    close_when_left(view, commands);
}

} // namespace

void draw_overlay(const View& view, const Box& window, Commands& commands)
{
    switch (view.look().overlay) {
    case Overlay::nothing: return;
    case Overlay::keys: return draw_keys(view, window, commands);
    case Overlay::open_file:
    case Overlay::save_as:
    case Overlay::picture:
    case Overlay::handout: return draw_file_question(view, window, commands);
    default: break;
    }
    const Menu menu = open_menu(view);
    if (menu.entries.empty()) return close(view, commands);
    draw_menu(view, menu, window, commands);
}

} // namespace tcpsm::viz
