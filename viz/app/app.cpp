#include "app/app.hpp"

#include <array>
#include <span>
#include <utility>

#include "app/keys.hpp"
#include "app/layout.hpp"
#include "app/panels/panels.hpp"
#include "app/platform/png.hpp"
#include "app/platform/rasterizer.hpp"
#include "app/widgets.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {
namespace {

void draw_narrow_tabs(const View& view, const Box& box, Commands& commands)
{
    const Panel panel(view, "narrow", box, {}, false);
    if (!panel) return;
    struct NamedTab {
        NarrowTab tab;
        Phrase label;
    };
    constexpr std::array<NamedTab, 4> all{{{NarrowTab::why, Phrase::why},
                                           {NarrowTab::states, Phrase::states},
                                           {NarrowTab::details, Phrase::narrow_details},
                                           {NarrowTab::gallery, Phrase::gallery}}};
    constexpr std::array<NamedTab, 3> of_numbers{{{NarrowTab::why, Phrase::numbers},
                                                  {NarrowTab::details, Phrase::narrow_details},
                                                  {NarrowTab::gallery, Phrase::gallery}}};
    const bool in_numbers = !view.session.empty() && view.session.current().in_numbers();
    const std::span<const NamedTab> shown = in_numbers ? std::span<const NamedTab>(of_numbers) : all;
    std::vector<std::string_view> labels;
    int on = 0;
    for (const NamedTab& one : shown) {
        if (one.tab == view.look().narrow) on = static_cast<int>(labels.size());
        labels.push_back(view.text(one.label));
    }
    const auto pressed = tabs(view, "narrow_tab", labels, on);
    if (!pressed) return;
    const NarrowTab tab = shown[static_cast<std::size_t>(*pressed)].tab;
    commands.push_back(changed(view, [&](Look& l) { l.narrow = tab; }));
}

} // namespace

void App::frame(double /*now_seconds*/, float delta)
{
    picture_ = session_.take_wanted_picture();
    session_.tick(delta);
    Commands commands;
    const View view{session_,     viz::theme(session_.look().theme), fonts_, total_scale_, widgets_, time_scales_,
                    counts_plots_};
    handle_keys(view, commands);
    draw(view, commands);
    publisher_.frame(view); // before anything changes: the widgets stand where this session put them
    session_.apply(commands);
}

void App::draw(const View& view, Commands& commands)
{
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const Box window{0, 0, size.x, size.y};
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("##window", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse |
                     ImGuiWindowFlags_NoBackground);
    ImGui::PopStyleVar(2);
    ImGui::GetBackgroundDrawList()->AddRectFilled({0, 0}, size, view.theme.background);
    widgets_.begin_frame();
    const Layout layout = lay_out_window(window, view.scale, view.look(),
                                         {.compares = session_.compared() != nullptr,
                                          .in_numbers = !session_.empty() && session_.current().in_numbers(),
                                          .buttons = controls_width(view)});
    draw_top_bar(view, layout.top, commands);
    if (layout.gallery) draw_gallery(view, *layout.gallery, commands);
    if (session_.empty())
        draw_welcome(view, {layout.ladder.left, layout.ladder.top, window.right - view.px(10), layout.controls.bottom},
                     commands);
    else
        draw_run(view, layout, commands);
    if (layout.footer) draw_footer(view, *layout.footer, commands);
    ImGui::End();
    draw_overlay(view, window, commands);
}

void App::draw_run(const View& view, const Layout& layout, Commands& commands) const
{
    const auto draw_future = [&](const Box& box, const Future& future) {
        future.in_numbers() ? draw_plots(view, box, future, commands) : draw_ladder(view, box, future, commands);
    };
    if (layout.other_ladder) {
        // The new future stands to the right of the one that it came from.
        draw_future(layout.ladder, *session_.compared());
        draw_future(*layout.other_ladder, session_.current());
    } else {
        draw_future(layout.ladder, session_.current());
    }
    draw_controls(view, layout.controls, commands);
    if (layout.narrow_tabs) draw_narrow_tabs(view, *layout.narrow_tabs, commands);
    if (layout.numbers) draw_numbers(view, *layout.numbers);
    if (layout.why) draw_why(view, *layout.why, commands);
    if (layout.states) draw_states(view, *layout.states, commands);
    if (layout.details) draw_details(view, *layout.details, commands);
}

/// The picture is of a frame without the dialog that asked for it.
void App::drawn(const ImDrawData& draw)
{
    if (picture_.empty()) return;
    const std::string path = std::exchange(picture_, {});
    Image image = blank_image(static_cast<int>(draw.DisplaySize.x * draw.FramebufferScale.x),
                              static_cast<int>(draw.DisplaySize.y * draw.FramebufferScale.y), 0xFFFFFF);
    rasterize(draw, image);
    session_.picture_written(path, write_png(image, path));
}

/// What is missing is said once.
void App::fonts_changed(const Fonts& fonts)
{
    if (fonts_.regular == nullptr && !fonts.notes.empty()) session_.tell(fonts.notes.front());
    fonts_ = fonts;
}

bool App::animating() const
{
    if (session_.wants_picture()) return true;
    if (session_.playing()) return true;
    for (std::size_t i = 0; i < session_.future_count(); ++i)
        if (!session_.future(i).over()) return true;
    return false;
}

/// All that can be shown: the catalogues, and the words of the files.
std::string App::characters() const
{
    std::string all = all_characters();
    for (const GalleryEntry& entry : session_.gallery()) all += entry.title + entry.asks;
    all += session_.text();
    for (std::size_t i = 0; i < session_.future_count(); ++i)
        all += session_.future(i).scenario().title + session_.future(i).scenario().asks;
    if (session_.notice()) all += session_.notice()->text;
    return all;
}

std::string App::title() const
{
    if (session_.empty()) return "tcpsm";
    return session_.current().scenario().title + " – tcpsm";
}

} // namespace tcpsm::viz
