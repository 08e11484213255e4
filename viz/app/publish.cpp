#include "app/publish.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include <fmt/format.h>
#include <imgui.h>

#include "app/platform/imgui_compat.hpp"
#include "export/json_object.hpp"

namespace tcpsm::viz {
namespace {

std::string places(const Widgets& widgets)
{
    JsonObject all;
    for (const auto& [name, widget] : widgets.all()) {
        const Box& box = widget.box;
        all.token(name, fmt::format("[{:.1f},{:.1f},{:.1f},{:.1f}]", box.left, box.top, box.right, box.bottom));
    }
    return all.str();
}

void add_run(JsonObject& shown, const Session& session)
{
    const bool open = !session.empty();
    shown.text("now", open ? to_string(session.current().now()) : std::string());
    shown.number("position", open ? session.current().position() : 0);
    shown.number("futures", session.future_count());
    const std::uint32_t selected = open ? session.selected() : none;
    const auto name_of = [&](std::uint32_t segment) {
        const History& history = session.current().history();
        return segment < history.segments().size() ? history.name(history.segments()[segment]) : std::string();
    };
    shown.text("selected", selected == none ? std::string() : name_of(selected));
    shown.boolean("playing", session.playing());
}

JsonObject describe(const View& view)
{
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const Session& session = view.session;
    JsonObject shown;
    shown.token("size", fmt::format("[{:.0f},{:.0f}]", size.x, size.y));
    add_run(shown, session);
    shown.text("language", code(view.language()));
    shown.text("theme", name(view.look().theme));
    shown.number("overlay", static_cast<int>(view.look().overlay));
    shown.boolean("typing", typing());
    shown.text("notice", session.notice() ? session.notice()->text : std::string());
    shown.token("widgets", places(view.widgets));
    return shown;
}

/// 0, or the errno of what went wrong. Who looks at `path` meanwhile finds what was there before.
int replace(const std::string& path, const std::string& content)
{
    const std::string beside = path + ".new";
    errno = 0;
    std::ofstream file(beside, std::ios::binary);
    file << content;
    file.close();
    if (file && std::rename(beside.c_str(), path.c_str()) == 0) return 0;
    return errno != 0 ? errno : EIO;
}

} // namespace

void Publisher::frame(const View& view)
{
    if (path_.empty()) return;
    ++frames_;
    const std::string shown = describe(view).str();
    if (shown == written_) return;
    written_ = shown;
    const int error = replace(path_, "{\"frame\":" + std::to_string(frames_) + ',' + shown.substr(1) + '\n');
    if (error == 0) return;
    std::fprintf(stderr, "tcpsm-viz: cannot write %s: %s\n", path_.c_str(), std::strerror(error));
    path_.clear();
}

} // namespace tcpsm::viz
