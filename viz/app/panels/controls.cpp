// Play, steps and the scrubber.

#include <algorithm>
#include <array>
#include <cmath>

#include "app/panels/panels.hpp"
#include "app/widgets.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

struct StepButton {
    const char* name = "";
    Phrase label{};
    command::StepBy step;
};

constexpr std::array<StepButton, 8> steps{{
    {"back.timer", Phrase::control_timer, {Unit::timer, true}},
    {"back.state", Phrase::control_state, {Unit::state, true}},
    {"back.segment", Phrase::control_segment, {Unit::segment, true}},
    {"back.event", Phrase::control_step, {Unit::event, true}},
    {"on.event", Phrase::control_step, {Unit::event, false}},
    {"on.segment", Phrase::control_segment, {Unit::segment, false}},
    {"on.state", Phrase::control_state, {Unit::state, false}},
    {"on.timer", Phrase::control_timer, {Unit::timer, false}},
}};

std::string label_of(const View& view, const StepButton& step)
{
    const std::string word(view.text(step.label));
    return step.step.back ? "◀ " + word : word + " ▶";
}

/// In numbers, one step is as good as another.
bool is_offered(const View& view, const StepButton& step)
{
    const bool in_numbers = !view.session.empty() && view.session.current().in_numbers();
    return !in_numbers || step.step.unit == Unit::event;
}

void draw_step(const View& view, const StepButton& step, bool enabled, Commands& commands)
{
    if (!is_offered(view, step)) return;
    const std::string label = label_of(view, step);
    flow(view, button_width(view, label));
    if (button(view, step.name, label, {.enabled = enabled})) commands.push_back(step.step);
}

/// The same whether it plays or not.
float play_width(const View& view)
{
    return std::max(button_width(view, "❚❚ " + std::string(view.text(Phrase::control_pause))),
                    button_width(view, "▶ " + std::string(view.text(Phrase::control_play))));
}

std::string speed_label(const View& view)
{
    const double pace = view.session.pace();
    const bool chosen = pace == view.session.speed(); // else two digits are enough
    return view.text(Phrase::control_speed, chosen      ? fmt::format("{:g}", pace)
                                            : pace < 10 ? fmt::format("{:.2g}", pace)
                                                        : fmt::format("{:.0f}", pace));
}

void draw_buttons(const View& view, Commands& commands)
{
    const Future& future = view.session.current();
    const bool begun = future.position() > 0 || future.now() > Time{};
    const bool more = !future.at_end();
    if (button(view, "start", "|◀", {.enabled = begun, .hint = view.text(Phrase::control_to_start)}))
        commands.push_back(command::GoToStart{});
    for (std::size_t i = 0; i < steps.size() / 2; ++i) draw_step(view, steps[i], begun, commands);
    const bool playing = view.session.playing();
    const std::string play =
        (playing ? "❚❚ " : "▶ ") + std::string(view.text(playing ? Phrase::control_pause : Phrase::control_play));
    const float width = play_width(view);
    flow(view, width);
    if (button(view, "play", play, {.primary = true, .width = width})) commands.push_back(command::Play{!playing});
    for (std::size_t i = steps.size() / 2; i < steps.size(); ++i) draw_step(view, steps[i], more, commands);
}

/// To the right of the scrubber.
void draw_speed(const View& view, const Box& box, Commands& commands)
{
    ImGui::SetCursorScreenPos({box.left, box.top});
    if (button(view, "speed", speed_label(view), {.hint = view.text(Phrase::control_speed_hint), .width = box.width()}))
        commands.push_back(changed(view, [](Look& l) { l.overlay = Overlay::speed; }));
}

/// Events stand at even distances, as they do on a ladder with folds; in true time they stand at theirs.
class Scrubber {
public:
    Scrubber(const View& view, const Box& box) : view_(view), future_(view.session.current()), box_(box) {}

    void draw(Commands& commands)
    {
        ImGui::SetCursorScreenPos({box_.left, box_.top});
        ImGui::InvisibleButton("scrubber", {std::max(box_.width(), 1.0F), std::max(box_.height(), 1.0F)});
        view_.widgets.add("scrubber", box_);
        if (ImGui::IsItemActive()) commands.push_back(seek(ImGui::GetIO().MousePos.x));
        ImDrawList& list = *ImGui::GetWindowDrawList();
        const float middle = box_.centre().y;
        const float half = view_.px(2);
        list.AddRectFilled({box_.left, middle - half}, {box_.right, middle + half}, view_.theme.line, half);
        list.AddRectFilled({box_.left, middle - half}, {here(), middle + half}, view_.theme.now_line, half);
        if (!future_.in_numbers()) draw_dots(list, middle);
        list.AddCircleFilled({here(), middle}, view_.px(8), view_.theme.panel, 24);
        list.AddCircleFilled({here(), middle}, view_.px(6.5F), view_.theme.now_line, 24);
    }

private:
    [[nodiscard]] std::size_t stops() const { return future_.stops(); }
    [[nodiscard]] bool even() const { return view_.look().mode == TimeMode::compressed && !future_.in_numbers(); }

    [[nodiscard]] float x_of(std::size_t position) const
    {
        if (stops() == 0) return box_.left;
        const double part =
            even() ? static_cast<double>(position) / static_cast<double>(stops()) : part_of(future_.time_at(position));
        return box_.left + static_cast<float>(part) * box_.width();
    }
    [[nodiscard]] double part_of(Time time) const
    {
        const double whole = static_cast<double>(future_.end().time_since_epoch().count());
        return whole > 0 ? std::clamp(static_cast<double>(time.time_since_epoch().count()) / whole, 0.0, 1.0) : 0;
    }
    [[nodiscard]] float here() const
    {
        if (!even()) return box_.left + static_cast<float>(part_of(future_.now())) * box_.width();
        const float from = x_of(future_.position());
        if (future_.position() >= stops()) return from;
        const Time since = future_.time_at(future_.position());
        const Time next = future_.time_at(future_.position() + 1);
        const double stretch = static_cast<double>((next - since).count());
        const double part = stretch > 0 ? static_cast<double>((future_.now() - since).count()) / stretch : 0;
        return from + static_cast<float>(part) * (x_of(future_.position() + 1) - from);
    }

    [[nodiscard]] Command seek(float x) const
    {
        const double part = std::clamp((x - box_.left) / std::max(box_.width(), 1.0F), 0.0F, 1.0F);
        if (even())
            return command::GoToPosition{static_cast<std::size_t>(std::lround(part * static_cast<double>(stops())))};
        return command::GoTo{Time{Duration{
            static_cast<Duration::rep>(part * static_cast<double>(future_.end().time_since_epoch().count()))}}};
    }

    /// A dot an event, of the colour of its host; where they are dense, one for every few pixels.
    void draw_dots(ImDrawList& list, float middle) const
    {
        const float apart = view_.px(7);
        const auto& records = future_.history().records();
        const bool hidden = view_.session.predicting() || !view_.look().future;
        const std::size_t most = hidden ? future_.position() : stops();
        for (std::size_t p = 1; p <= most; p = next_dot(p, x_of(p) + apart)) {
            const float x = x_of(p);
            const Record& record = records[future_.timeline().records_at(p - 1)];
            const bool lost = record.kind == RecordKind::lost;
            const ImU32 colour = lost                     ? view_.theme.lost
                                 : record.host == no_host ? view_.theme.faint
                                                          : view_.host_colour(record.host);
            const float past = p <= future_.position() ? 1.0F : 0.5F;
            list.AddCircleFilled({x, middle}, view_.px(lost ? 4.5F : 3.5F), fade(colour, past), 16);
        }
    }
    /// The first position behind `p` whose dot stands at x or to the right of it.
    [[nodiscard]] std::size_t next_dot(std::size_t p, float x) const
    {
        std::size_t least = p + 1;
        std::size_t most = stops() + 1;
        while (least < most) {
            const std::size_t middle = (least + most) / 2;
            if (x_of(middle) < x)
                least = middle + 1;
            else
                most = middle;
        }
        return least;
    }

    const View& view_;
    const Future& future_;
    Box box_;
};

} // namespace

float controls_width(const View& view)
{
    float width = button_width(view, "|◀") + play_width(view);
    for (const StepButton& step : steps)
        if (is_offered(view, step)) width += button_width(view, label_of(view, step)) + ImGui::GetStyle().ItemSpacing.x;
    return width + ImGui::GetStyle().ItemSpacing.x;
}

void draw_controls(const View& view, const Box& box, Commands& commands)
{
    const Panel panel(view, "controls", box, {}, false);
    if (!panel || view.session.empty()) return;
    draw_buttons(view, commands);
    const float inset = ImGui::GetStyle().WindowPadding.x + view.px(8);
    const float bottom = box.bottom - view.px(8);
    const float top = bottom - ImGui::GetFrameHeight();
    const float right = box.right - ImGui::GetStyle().WindowPadding.x;
    const float speed = std::max(button_width(view, speed_label(view)), view.px(62));
    Scrubber(view, {box.left + inset, top, right - speed - view.px(16), bottom}).draw(commands);
    draw_speed(view, {right - speed, top, right, bottom}, commands);
}

} // namespace tcpsm::viz
