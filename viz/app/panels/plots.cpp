// In the ladder's place: how many connections of each host stand in each state. Time runs to the right.

#include <algorithm>
#include <array>

#include "app/panels/counts_drawing.hpp"
#include "app/panels/panels.hpp"
#include "app/platform/imgui_compat.hpp"
#include "app/widgets.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

// Where there are many hosts, the panel scrolls.
constexpr float least_height = 56; // of a plot
constexpr float low_height = 34;   // of one beside which another is so high that nothing could be seen of it

void put(ImFont* font, ImU32 colour, Point at, std::string_view text)
{
    ImGui::GetWindowDrawList()->AddText(font, font_size(font), to_im(at), colour, text.data(),
                                        text.data() + text.size());
}

float line_height(const View& view)
{
    return font_size(view.fonts.small) + view.px(3);
}

/// What stands over a plot: the name of its host, and a line for each of its marks.
float head_height(const View& view, const CountsPlot& plot)
{
    return font_size(view.fonts.bold) + view.px(5) + line_height(view) * static_cast<float>(plot.shortages.size());
}

/// One host's plot in its place.
class Drawing {
public:
    Drawing(const View& view, const Future& future, const CountsPlot& plot, Point origin)
        : view_(view), future_(future), plot_(plot), origin_(origin)
    {
    }

    void draw(bool with_times) const
    {
        draw_head();
        draw_guides(with_times);
        draw_areas(view_, plot_, origin_);
        const float width = view_.px(view_.theme.line_width);
        for (const FirstShortage& shortage : plot_.shortages)
            if (is_known(shortage.time)) draw_upright(plot_, origin_, shortage.time, view_.theme.lost, width);
        pale_future();
        for (std::size_t i = 0; i < plot_.shortages.size(); ++i) draw_mark(i);
        draw_upright(plot_, origin_, future_.shown(), view_.theme.now_line, view_.px(2));
        if (with_times) draw_time_of_now();
        name_widgets();
    }

    [[nodiscard]] std::string widget(std::string_view what) const
    {
        const bool shown = &future_ == &view_.session.current();
        return fmt::format("{}{}.{}", shown ? "" : "other.", what, future_.history().hosts()[plot_.host].name);
    }
    [[nodiscard]] Box box() const
    {
        return {origin_.x, origin_.y, origin_.x + plot_.box.right, origin_.y + plot_.box.bottom};
    }
    [[nodiscard]] float x(Time time) const
    {
        return origin_.x + std::clamp(plot_.x(time), plot_.box.left, plot_.box.right);
    }

private:
    /// What has not happened yet may be hidden.
    [[nodiscard]] bool is_known(Time time) const { return view_.look().future || time <= future_.now(); }

    void draw_head() const
    {
        const HostInfo& host = future_.history().hosts()[plot_.host];
        const float top = origin_.y - head_height(view_, plot_);
        put(view_.fonts.bold, view_.host_colour(plot_.host), {origin_.x, top}, host.name);
        const float beside = text_width(view_.fonts.bold, host.name) + view_.px(10);
        const std::string most =
            to_string(host.address) + ", " + view_.text(Phrase::svg_counts_most, in_thousands(plot_.most));
        if (view_.look().future)
            put(view_.fonts.small, view_.theme.faint, {origin_.x + beside, top + view_.px(2)}, most);
    }

    void draw_guides(bool with_times) const
    {
        ImDrawList& list = *ImGui::GetWindowDrawList();
        ImFont* const font = view_.fonts.small;
        const auto lines_that_fit = static_cast<std::int64_t>(plot_.box.height() / (2 * line_height(view_)));
        const std::int64_t step = axis_step(plot_.most, std::clamp<std::int64_t>(lines_that_fit, 1, 5));
        for (std::int64_t count = 0; count <= plot_.most; count += step) {
            const float y = origin_.y + plot_.y(static_cast<std::uint32_t>(count));
            list.AddLine({origin_.x, y}, {origin_.x + plot_.box.right, y}, view_.theme.faint_line);
            const std::string text = in_thousands(static_cast<std::uint64_t>(count));
            put(font, view_.theme.faint, {origin_.x - view_.px(5) - text_width(font, text), y - font_size(font) / 2},
                text);
        }
        const std::int64_t apart = axis_step(
            plot_.end, std::max(static_cast<std::int64_t>(plot_.box.width() / view_.px(90)), std::int64_t{1}));
        for (std::int64_t at = 0; at <= plot_.end; at += apart) {
            const Time time{Duration{at}};
            list.AddLine({x(time), origin_.y}, {x(time), origin_.y + plot_.box.bottom}, view_.theme.faint_line);
            if (!with_times) continue;
            const std::string text = to_string(time);
            const float wide = text_width(font, text);
            const float left = std::min(x(time) - wide / 2, origin_.x + plot_.box.right - wide);
            put(font, view_.theme.faint, {left, origin_.y + plot_.box.bottom + view_.px(4)}, text);
        }
    }

    void pale_future() const
    {
        const float left = x(future_.now());
        const ImU32 over = view_.look().future ? fade(view_.theme.panel, 0.5F) : view_.theme.panel;
        if (left < box().right)
            ImGui::GetWindowDrawList()->AddRectFilled({left, box().top}, to_im({box().right, box().bottom}), over);
    }

    /// It stands on the times, and hides what it covers of them.
    void draw_time_of_now() const
    {
        const std::string text = to_string(future_.shown());
        ImFont* const font = view_.fonts.small;
        const float half = text_width(font, text) / 2 + view_.px(6);
        const float middle =
            std::clamp(x(future_.shown()), origin_.x + half, std::max(box().right, origin_.x + 2 * half) - half);
        const float top = box().bottom + view_.px(2);
        const float bottom = top + font_size(font) + view_.px(4);
        ImGui::GetWindowDrawList()->AddRectFilled({middle - half, top}, {middle + half, bottom},
                                                  view_.theme.now_badge.fill, view_.px(4));
        put(font, view_.theme.now_badge.text, {middle - half + view_.px(6), top + view_.px(2)}, text);
    }

    /// Its name stands on a line of its own over the plot, beside the upright that leads to it.
    void draw_mark(std::size_t index) const
    {
        const FirstShortage& shortage = plot_.shortages[index];
        if (!is_known(shortage.time)) return;
        ImFont* const font = view_.fonts.small;
        const std::string text = view_.text(phrase_of(shortage.what), to_string(shortage.time));
        const float wide = text_width(font, text);
        const float top = origin_.y - line_height(view_) * static_cast<float>(plot_.shortages.size() - index);
        const float at = x(shortage.time);
        const float gap = view_.px(5);
        const bool fits = at + gap + wide <= box().right;
        const float left = std::max(fits ? at + gap : at - gap - wide, origin_.x);
        const float thick = view_.px(view_.theme.line_width);
        ImGui::GetWindowDrawList()->AddLine({at, top + view_.px(2)}, {at, origin_.y}, view_.theme.lost, thick);
        put(font, view_.theme.lost, {left, top}, text);
        view_.widgets.add(widget("mark") + '.' + std::to_string(index), {at - 1, box().top, at + 1, box().bottom});
    }

    void name_widgets() const
    {
        const float now = x(future_.shown());
        view_.widgets.add(widget("now"), {now - 1, box().top, now + 1, box().bottom});
        view_.widgets.add(widget("plot"), box());
    }

    const View& view_;
    const Future& future_;
    const CountsPlot& plot_;
    Point origin_;
};

/// A click or a drag goes to the time under the mouse; where it rests, what stands there is said.
void handle_mouse(const View& view, const Future& future, const CountsPlot& plot, const Drawing& drawing,
                  Commands& commands)
{
    const Box box = drawing.box();
    ImGui::SetCursorScreenPos({box.left, box.top});
    ImGui::InvisibleButton(drawing.widget("plot").c_str(), {box.width(), box.height()});
    const double part = std::clamp(static_cast<double>((ImGui::GetIO().MousePos.x - box.left) / box.width()), 0.0, 1.0);
    const Time time{Duration{static_cast<Duration::rep>(part * static_cast<double>(plot.end))}};
    if (ImGui::IsItemActive()) commands.push_back(command::GoTo{time});
    if (!ImGui::IsItemHovered() || (!view.look().future && time > future.now())) return;
    const auto after = std::upper_bound(plot.rows.begin(), plot.rows.end(), time,
                                        [](Time t, const CountsRow& row) { return t < row.time; });
    if (after == plot.rows.begin()) return;
    ImGui::BeginTooltip();
    text_line(view, to_string(Time{time.time_since_epoch() / 1ms * 1ms}), view.fonts.bold, view.theme.text,
              Origin::users);
    for (const State state : all_states())
        if (const std::uint32_t count = (after - 1)->counts[static_cast<std::size_t>(state)]; count > 0)
            text_line(view, fmt::format("{} {}", name(state), count), view.fonts.small, view.theme.text, Origin::users);
    ImGui::EndTooltip();
}

/// The states whose areas can be seen, with their colours.
void draw_legend(const View& view, const std::vector<CountsPlot>& plots)
{
    constexpr std::uint64_t pixels = 200; // of a plot's height: what is less than one of them is not seen
    std::array<bool, state_count> seen{};
    for (const CountsPlot& plot : plots)
        for (const CountsRow& row : plot.rows)
            for (std::size_t i = 0; i < seen.size(); ++i)
                seen[i] = seen[i] || (row.counts[i] > 0 && row.counts[i] * pixels >= plot.most);
    const float swatch = font_size(view.fonts.small);
    bool first = true;
    for (const State state : all_states()) {
        if (!seen[static_cast<std::size_t>(state)]) continue;
        if (!first) flow(view, swatch + view.px(5) + text_width(view.fonts.small, name(state)));
        first = false;
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddRectFilled(at, {at.x + swatch, at.y + swatch}, view.theme.state(state).fill);
        list.AddRect(at, {at.x + swatch, at.y + swatch}, view.theme.border);
        ImGui::Dummy({swatch, swatch});
        ImGui::SameLine(0, view.px(5));
        text_line(view, name(state), view.fonts.small, view.theme.text, Origin::users);
        view.widgets.add("legend." + std::string(name(state)), {at.x, at.y, at.x + swatch, at.y + swatch});
    }
}

/// A host that never has many connections takes little room beside one that has.
std::vector<bool> low_ones(const std::vector<CountsPlot>& plots)
{
    constexpr std::uint64_t much = 20;
    std::uint32_t most = 0;
    for (const CountsPlot& plot : plots) most = std::max(most, plot.most);
    std::vector<bool> low;
    low.reserve(plots.size());
    for (const CountsPlot& plot : plots) low.push_back(much * plot.most < most);
    return low;
}

/// All plots below each other: those that are not low share the room that there is. The times stand under the last.
void draw_all(const View& view, const Future& future, std::vector<CountsPlot>& plots, float axis, Commands& commands)
{
    const Point at = from_im(ImGui::GetCursorScreenPos());
    const std::vector<bool> low = low_ones(plots);
    const auto lows = static_cast<float>(std::count(low.begin(), low.end(), true));
    const float times = line_height(view) + view.px(8);
    const float between = view.px(8);
    float room = ImGui::GetContentRegionAvail().y - times - lows * view.px(low_height);
    for (const CountsPlot& plot : plots) room -= head_height(view, plot) + between;
    const float height =
        std::max(room / std::max(static_cast<float>(plots.size()) - lows, 1.0F), view.px(least_height));
    float top = at.y;
    for (std::size_t i = 0; i < plots.size(); ++i) {
        CountsPlot& plot = plots[i];
        plot.box.bottom = low[i] ? view.px(low_height) : height;
        const Drawing drawing(view, future, plot, {at.x + axis, top + head_height(view, plot)});
        drawing.draw(i + 1 == plots.size());
        handle_mouse(view, future, plot, drawing, commands);
        top = drawing.box().bottom + between;
    }
    ImGui::SetCursorScreenPos(to_im(at));
    ImGui::Dummy({1, top - at.y + times - between});
}

/// Beside another future both have the same scales.
const Future* beside(const View& view, const Future& future)
{
    const Future* const other = &future == &view.session.current() ? view.session.compared() : &view.session.current();
    return other != nullptr && other->in_numbers() ? other : nullptr;
}

} // namespace

void draw_plots(const View& view, const Box& box, const Future& future, Commands& commands)
{
    const bool shown = &future == &view.session.current();
    const Panel panel(view, shown ? "plots" : "plots.other", box, {});
    if (!panel) return;
    if (view.session.future_count() > 1)
        draw_futures(view, future, commands);
    else
        text_line(view, view.text(Phrase::svg_counts), view.fonts.bold, view.theme.faint);
    const float axis = text_width(view.fonts.small, "100,000") + view.px(7);
    const float width = ImGui::GetContentRegionAvail().x - axis - view.px(4);
    if (width < view.px(60)) return;
    std::vector<CountsPlot>& plots = view.counts_plots.of(future, beside(view, future), width);
    draw_legend(view, plots);
    ImGui::Spacing();
    draw_all(view, future, plots, axis, commands);
}

} // namespace tcpsm::viz
