// The ladder: time runs down, and what has not happened yet is pale.

#include <algorithm>

#include "app/panels/ladder_drawing.hpp"
#include "app/panels/panels.hpp"
#include "app/platform/imgui_compat.hpp"
#include "app/widgets.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::viz {
namespace {

/// One ladder in its panel: what it takes from the view, and where it stands.
struct Place {
    const View& view;
    const Future& future;
    Box frame; ///< of the picture
    const TimeScale& scale;
    float now = 0;    ///< y on the time scale
    float scroll = 0; ///< y on the time scale of the frame's top
};

bool is_shown(const View& view, const Future& future)
{
    return &future == &view.session.current();
}

void draw_head(const View& view, const Future& future, Commands& commands)
{
    const bool several = view.session.future_count() > 1;
    if (several)
        draw_futures(view, future, commands);
    else
        text_line(view, view.text(Phrase::ladder), view.fonts.bold, view.theme.faint);
    if (!is_shown(view, future)) return;

    const bool compressed = view.look().mode == TimeMode::compressed;
    const std::string_view mode = view.text(compressed ? Phrase::time_compressed : Phrase::time_exact);
    float width = button_width(view, mode);
    const bool one_connection = view.look().only.has_value();
    const std::string_view all = view.text(Phrase::ladder_all_connections);
    if (one_connection) width += button_width(view, all) + ImGui::GetStyle().ItemSpacing.x;
    const float left = ImGui::GetContentRegionMax().x - width;
    if (ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x + ImGui::GetStyle().ItemSpacing.x < left)
        ImGui::SameLine(left);
    if (one_connection) {
        if (button(view, "ladder.all", all, {.on = true}))
            commands.push_back(changed(view, [](Look& l) { l.only.reset(); }));
        ImGui::SameLine();
    }
    if (button(view, "ladder.mode", mode, {.hint = view.text(Phrase::time_mode_hint)}))
        commands.push_back(changed(view, [](Look& l) {
            l.mode = l.mode == TimeMode::compressed ? TimeMode::exact : TimeMode::compressed;
            l.follow = true;
            l.zoom = 1;
        }));
}

/// The names of the hosts are buttons: their calls stand beneath them.
void draw_hosts(const View& view, const LadderPicture& picture, float bottom, bool shown, Commands& commands)
{
    draw_headings(view, *ImGui::GetWindowDrawList(), picture, bottom);
    if (!shown) return;
    for (const LadderLifeline& lifeline : picture.lifelines) {
        const float half = std::max(text_width(view.fonts.bold, lifeline.name) / 2 + view.px(10), view.px(28));
        const Box box{lifeline.x - half, bottom - view.px(38), lifeline.x + half, bottom};
        ImGui::SetCursorScreenPos({box.left, box.top});
        const std::string name = "host." + std::to_string(lifeline.host);
        if (ImGui::InvisibleButton(name.c_str(), {box.width(), box.height()}))
            commands.push_back(changed(view, [&](Look& l) {
                l.overlay = Overlay::host;
                l.menu_host = lifeline.host;
            }));
        view.widgets.add(name, box);
        const bool hovered = ImGui::IsItemHovered();
        if (hovered)
            ImGui::GetWindowDrawList()->AddRect({box.left, box.top}, {box.right, box.bottom}, view.theme.panel_border,
                                                view.px(6));
        hint_when_hovered(view, view.text(Phrase::host_hint));
    }
}

float height_of_now(const Future& future, const TimeScale& scale)
{
    const std::uint32_t moment = future.moment();
    const std::uint32_t next = moment == none ? 0 : moment + 1;
    const auto& moments = future.story().moments();
    // What happens at this very time and has not happened yet lies below the line.
    if (next < moments.size() && moments[next].time <= future.now()) return scale.y(next);
    return scale.y_at(future.now());
}

/// A short run is stretched to fill the frame; of two side by side, both as much as the longer one.
const TimeScale& scale_of(const View& view, const Future& future, const Box& frame)
{
    const float height = frame.height() - view.px(44);
    TimeScaleOptions options{.mode = view.look().mode, .row = view.px(18), .zoom = 1, .height = height};
    if (options.mode == TimeMode::compressed) {
        float whole = view.time_scales.of(view.session.current(), options).height();
        if (const Future* const other = view.session.compared())
            whole = std::max(whole, view.time_scales.of(*other, options).height());
        constexpr float most = 1.7F;
        options.zoom = whole > 0 ? std::clamp(height / whole, 1.0F, most) : 1;
    }
    options.zoom *= view.look().zoom;
    return view.time_scales.of(future, options);
}

float scroll_of(const View& view, const Box& frame, const TimeScale& scale, float now)
{
    const float margin = view.px(22);
    const float most = std::max(-margin, scale.height() + view.px(28) - frame.height());
    if (!view.look().follow) return std::clamp(view.look().scroll * view.scale, -margin, most);
    constexpr float from_top = 0.62F; // there is more to see of the past than of the future
    return std::clamp(now - frame.height() * from_top, -margin, most);
}

void draw_now(const Place& place)
{
    const View& view = place.view;
    const float y = place.frame.top + place.now - place.scroll;
    if (y < place.frame.top - 1 || y > place.frame.bottom) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddLine({place.frame.left, y}, {place.frame.right, y}, view.theme.now_line, view.px(2));
    const std::string time = to_string(place.future.shown());
    const float width = text_width(view.fonts.bold, time) + view.px(14);
    const float half = view.px(11);
    const float middle = std::clamp(y, place.frame.top + half, place.frame.bottom - half);
    // It stands on the column of times, and hides what it covers of it.
    list.AddRectFilled({place.frame.left, middle - half}, {place.frame.left + width, middle + half},
                       view.theme.now_badge.fill, view.px(4));
    const float size = font_size(view.fonts.bold);
    list.AddText(view.fonts.bold, size, {place.frame.left + view.px(7), middle - size / 2}, view.theme.now_badge.text,
                 time.c_str());
}

void hint_of_segment(const View& view, const Future& future, std::uint32_t segment)
{
    const SentSegment& sent = future.history().segments()[segment];
    ImGui::BeginTooltip();
    const std::string name = future.history().name(sent);
    text_line(view, name, view.fonts.bold, view.theme.text, Origin::users);
    text_line(view, to_notation(sent.segment), view.fonts.mono, view.theme.text, Origin::users);
    ImGui::EndTooltip();
}

/// Mouse over the picture: a click takes a segment, dragging and the wheel move in time, with Ctrl the wheel zooms.
std::uint32_t handle_mouse(const Place& place, const LadderPicture& picture, const std::string& name,
                           Commands& commands)
{
    const View& view = place.view;
    ImGui::SetCursorScreenPos({place.frame.left, place.frame.top});
    ImGui::InvisibleButton(name.c_str(), {std::max(place.frame.width(), 1.0F), std::max(place.frame.height(), 1.0F)});
    view.widgets.add(name, place.frame);
    take_wheel_of_item();
    const ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0, view.px(4)) && io.MouseDelta.y != 0) {
        if (view.look().follow)
            commands.push_back(changed(view, [&](Look& l) { l.scroll = place.scroll / view.scale; }));
        commands.push_back(command::Scroll{-io.MouseDelta.y / view.scale});
    }
    if (!ImGui::IsItemHovered()) return none;
    if (io.MouseWheel != 0) {
        if (view.look().follow)
            commands.push_back(changed(view, [&](Look& l) { l.scroll = place.scroll / view.scale; }));
        const float at = (io.MousePos.y - place.frame.top + place.scroll) / view.scale;
        constexpr float notch = 1.2F;
        if (io.KeyCtrl)
            commands.push_back(command::Zoom{io.MouseWheel > 0 ? notch : 1 / notch, at});
        else
            commands.push_back(command::Scroll{-io.MouseWheel * 48});
    }
    const auto segment = segment_at(picture, from_im(io.MousePos), view.px(8));
    const bool clicked = ImGui::IsMouseReleased(0) && ImGui::GetMouseDragDelta(0, view.px(4)).y == 0;
    if (segment) {
        hint_of_segment(view, place.future, *segment);
        if (clicked && is_shown(view, place.future)) commands.push_back(command::Select{*segment});
    } else if (clicked && io.MousePos.x < place.frame.left + view.px(70)) { // the column of times
        commands.push_back(command::GoTo{place.scale.time_at(io.MousePos.y - place.frame.top + place.scroll)});
    }
    return segment.value_or(none);
}

/// Tests find a segment by its name.
void name_segments(const View& view, const Future& future, const LadderPicture& picture)
{
    for (const LadderArrow& arrow : picture.arrows) {
        if (arrow.line.empty()) continue;
        const Point middle{(arrow.line.front().x + arrow.line.back().x) / 2,
                           (arrow.line.front().y + arrow.line.back().y) / 2};
        const std::string name = future.history().name(future.history().segments()[arrow.segment]);
        view.widgets.add("segment." + name, {middle.x - 1, middle.y - 1, middle.x + 1, middle.y + 1});
    }
}

LadderView ladder_view(const View& view, const Future& future, const Box& frame, float scroll)
{
    LadderView ladder;
    ladder.frame = frame;
    ladder.scroll = scroll;
    ladder.text = font_size(view.fonts.regular) * 0.93F;
    ladder.language = view.language();
    ladder.only = view.look().only;
    const bool hidden = view.session.predicting() || !view.look().future;
    if (hidden) {
        const auto& stops = future.timeline().stops();
        const bool waits = future.position() < stops.size() && stops[future.position()].time <= future.now();
        ladder.until = waits ? future.now() - Duration{1} : future.now();
    }
    return ladder;
}

} // namespace

void draw_ladder(const View& view, const Box& box, const Future& future, Commands& commands)
{
    const bool shown = is_shown(view, future);
    const Panel panel(view, shown ? "ladder" : "ladder.other", box, {}, false);
    if (!panel) return;
    draw_head(view, future, commands);
    // The same for both of two that stand side by side.
    const float head = ImGui::GetFrameHeight() + ImGui::GetStyle().WindowPadding.y + view.px(6);
    const float top = std::max(box.top + head, ImGui::GetItemRectMax().y) + view.px(44);
    const float inset = ImGui::GetStyle().WindowPadding.x;
    const Box frame{box.left + inset, top, box.right - inset, box.bottom - view.px(8)};
    if (frame.width() < view.px(60) || frame.height() < view.px(30)) return;

    const TimeScale& scale = scale_of(view, future, frame);
    const float now = height_of_now(future, scale);
    const Place place{view, future, frame, scale, now, scroll_of(view, frame, scale, now)};
    const FontMeasure measure(view.fonts);
    const LadderPicture picture = lay_out_ladder(future.history(), future.story(), scale,
                                                 ladder_view(view, future, frame, place.scroll), measure);
    LadderDrawing drawing{.future = future, .frame = frame, .now = frame.top + now - place.scroll};
    drawing.selected = shown ? view.session.selected() : none;
    drawing.hovered = handle_mouse(place, picture, shown ? "ladder.picture" : "ladder.other.picture", commands);
    const Future& changed_one = shown ? future : view.session.current();
    if (view.session.compared() != nullptr && changed_one.differs_at)
        drawing.difference = frame.top + scale.y_at(*changed_one.differs_at) - place.scroll;
    draw(view, *ImGui::GetWindowDrawList(), picture, drawing);
    draw_hosts(view, picture, top, shown, commands);
    draw_now(place);
    if (shown) name_segments(view, future, picture);
}

} // namespace tcpsm::viz
