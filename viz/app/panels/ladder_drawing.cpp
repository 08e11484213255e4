#include "app/panels/ladder_drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/draw.hpp"
#include "app/platform/fonts.hpp"
#include "app/platform/imgui_compat.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

// What has not happened yet.
constexpr float pale = 0.36F;

class Drawer {
public:
    Drawer(const View& view, ImDrawList& list, const LadderPicture& picture, const LadderDrawing& how)
        : view_(view), theme_(view.theme), list_(list), picture_(picture), how_(how)
    {
    }

    void draw()
    {
        list_.PushClipRect({how_.frame.left, how_.frame.top}, {how_.frame.right, how_.frame.bottom}, true);
        for (const LadderTick& tick : picture_.ticks) draw_tick(tick);
        for (const LadderFold& fold : picture_.folds) draw_fold_mark(fold);
        for (const LadderBand& band : picture_.bands) draw_band(band);
        for (const LadderFold& fold : picture_.folds) draw_breaks(fold);
        for (const LadderBracket& bracket : picture_.brackets) draw_bracket(bracket);
        for (const LadderArrow& arrow : picture_.arrows) draw_arrow(arrow);
        for (const LadderCall& call : picture_.calls) draw_call(call);
        if (how_.difference) draw_difference(*how_.difference);
        list_.PopClipRect();
    }

private:
    [[nodiscard]] const Future& future() const { return how_.future; }
    [[nodiscard]] bool past(std::uint32_t moment) const
    {
        return moment < future().story().moments().size() &&
               future().story().moments()[moment].end <= future().records();
    }
    [[nodiscard]] float opacity(bool is_past) const { return is_past ? 1 : pale; }

    void label(const Label& label, ImU32 colour, ImU32 name_colour)
    {
        ImFont* const font = font_of(view_.fonts, label.weight);
        const auto text = [&](std::string_view words, float along, ImU32 ink) {
            const ImVec2 at{label.at.x + along * std::cos(label.angle), label.at.y + along * std::sin(label.angle)};
            add_text_turned(list_, font, label.size, at, label.angle, ink, words.data(), words.data() + words.size());
        };
        if (!label.name.empty()) text(label.name, 0, name_colour);
        text(label.text, label.name.empty() ? 0 : label.name_width, colour);
    }
    void label(const std::optional<Label>& some, ImU32 colour)
    {
        if (some) label(*some, colour, colour);
    }

    void draw_tick(const LadderTick& tick)
    {
        list_.AddLine({how_.frame.left, tick.y}, {how_.frame.right, tick.y}, theme_.faint_line, view_.px(1));
        label(tick.label, fade(theme_.faint, opacity(tick.y <= how_.now)));
    }

    void draw_fold_mark(const LadderFold& fold)
    {
        if (!fold.label) return;
        const ImU32 colour = fade(theme_.faint, opacity(fold.box.centre().y <= how_.now));
        draw_fold(list_, {fold.box.left, fold.box.centre().y}, view_.px(22), view_.px(9), {colour, view_.px(1)});
        label(fold.label, colour);
    }

    /// Every lifeline is broken where time is folded: two strokes, and nothing between them.
    void draw_breaks(const LadderFold& fold)
    {
        const float y = fold.box.centre().y;
        const ImU32 colour = fade(theme_.text, opacity(y <= how_.now));
        const float slant = view_.px(3);
        const float half = view_.px(2); // of the gap
        for (const LadderLifeline& lifeline : picture_.lifelines) {
            if (!is_drawn(lifeline, y)) continue;
            const float left = lifeline.left - view_.px(3);
            const float right = lifeline.right + view_.px(3);
            list_.AddQuadFilled({left, y + slant - half}, {right, y - slant - half}, {right, y - slant + half},
                                {left, y + slant + half}, theme_.panel);
            for (const float edge : {-half, half})
                list_.AddLine({left, y + slant + edge}, {right, y - slant + edge}, colour, view_.px(1));
        }
    }

    /// Between its bands a lifeline is not drawn.
    [[nodiscard]] bool is_drawn(const LadderLifeline& lifeline, float y) const
    {
        return std::any_of(picture_.bands.begin(), picture_.bands.end(), [&](const LadderBand& drawn) {
            return future().story().bands()[drawn.band].host == lifeline.host && drawn.box.top < y &&
                   y < drawn.box.bottom;
        });
    }

    void draw_band(const LadderBand& drawn)
    {
        const Band& band = future().story().bands()[drawn.band];
        const Paint& paint = theme_.state(band.state);
        const float rounding = view_.px(2);
        const auto fill = [&](ImU32 colour) {
            list_.AddRectFilled(to_im({drawn.box.left, drawn.box.top}), to_im({drawn.box.right, drawn.box.bottom}),
                                colour, rounding);
        };
        fill(fade(paint.fill, pale));
        list_.PushClipRect({how_.frame.left, how_.frame.top}, {how_.frame.right, how_.now}, true);
        fill(paint.fill);
        list_.PopClipRect();
        list_.AddRect(to_im({drawn.box.left, drawn.box.top}), to_im({drawn.box.right, drawn.box.bottom}),
                      fade(theme_.border, opacity(band.begin <= future().now())), rounding, 0, view_.px(1));
        label(drawn.label, fade(theme_.text, opacity(begun(band.begin_moment))));
    }
    [[nodiscard]] bool begun(std::uint32_t moment) const { return past(moment); }

    /// The moment of an arrival leaves a record; a loss half-way is known by its time alone.
    [[nodiscard]] bool has_ended(const viz::Flight& flight) const
    {
        if (flight.fate == Fate::lost) return flight.end <= future().now();
        return flight.end_moment != none && past(flight.end_moment);
    }

    void draw_arrow(const LadderArrow& arrow)
    {
        const viz::Flight& flight = future().story().flights()[arrow.segment];
        const bool left = past(flight.sent_moment);
        const bool ended = has_ended(flight);
        const bool marked = arrow.segment == how_.selected || arrow.segment == how_.hovered;
        const ImU32 colour = arrow.lost ? theme_.lost : view_.host_colour(flight.from);
        const float width = view_.px(theme_.line_width) * (marked ? 1.8F : 1);
        if (arrow.segment == how_.selected) draw_line(list_, arrow.line, {fade(colour, 0.18F), width + view_.px(8)});
        draw_line(list_, arrow.line, {fade(colour, opacity(ended)), width, arrow.dashed});
        if (left && !ended) draw_line(list_, above(arrow.line, how_.now), {colour, width, arrow.dashed});
        if (arrow.arrives) draw_head(list_, arrow.line, fade(colour, opacity(ended)), view_.px(11));
        if (arrow.lost)
            draw_cross(list_, arrow.cross, {fade(theme_.lost, opacity(ended)), view_.px(2.4F)}, view_.px(6));
        if (arrow.refused) draw_refused(arrow, opacity(ended));
        if (left && !ended) draw_traveller(arrow, colour);
        if (arrow.label) label(*arrow.label, fade(theme_.text, opacity(left)), fade(theme_.faint, opacity(left)));
    }

    /// A segment that arrived and was not processed ends at a bar, so that it is not told by colour alone.
    void draw_refused(const LadderArrow& arrow, float strength)
    {
        const Point tip = arrow.line.back();
        list_.AddLine({tip.x, tip.y - view_.px(7)}, {tip.x, tip.y + view_.px(7)}, fade(theme_.lost, strength),
                      view_.px(3));
    }

    void draw_traveller(const LadderArrow& arrow, ImU32 colour)
    {
        const ImVec2 at = to_im(point_at(arrow.line, how_.now));
        list_.AddCircleFilled(at, view_.px(6), theme_.panel, 20);
        list_.AddCircleFilled(at, view_.px(4.5F), colour, 20);
    }

    void draw_bracket(const LadderBracket& drawn)
    {
        const Bracket& bracket = future().story().brackets()[drawn.bracket];
        const bool fired = bracket.how == BracketEnd::fired;
        const float cap = view_.px(4);
        const auto lines = [&](float strength) {
            const ImU32 colour = fade(theme_.bracket, strength);
            list_.AddLine({drawn.x, drawn.top}, {drawn.x, drawn.bottom}, colour, view_.px(1.4F));
            list_.AddLine({drawn.x - cap, drawn.top}, {drawn.x + cap, drawn.top}, colour, view_.px(1.4F));
            const bool ends = bracket.how != BracketEnd::running;
            if (ends)
                list_.AddLine({drawn.x - cap, drawn.bottom}, {drawn.x + cap, drawn.bottom},
                              fade(fired ? theme_.fired : theme_.bracket, strength), view_.px(fired ? 2.4F : 1.4F));
        };
        lines(pale);
        list_.PushClipRect({how_.frame.left, how_.frame.top}, {how_.frame.right, how_.now + 1}, true);
        lines(1);
        list_.PopClipRect();
        label(drawn.label, fade(theme_.bracket, opacity(past(bracket.begin_moment))));
        const bool over = bracket.end_moment != none && past(bracket.end_moment);
        label(drawn.end, fade(fired ? theme_.fired : theme_.bracket, opacity(over)));
    }

    void draw_call(const LadderCall& call)
    {
        const Mark& mark = future().story().marks()[call.mark];
        const ImU32 colour = fade(view_.host_colour(mark.host), opacity(past(mark.moment)));
        label(call.label, colour);
    }

    void draw_difference(float y)
    {
        const Stroke stroke{theme_.accent, view_.px(1.5F), true};
        const std::array<Point, 2> line{{{how_.frame.left, y}, {how_.frame.right, y}}};
        draw_line(list_, line, stroke);
        const std::string_view words = view_.text(Phrase::ladder_difference);
        const float width =
            view_.fonts.small
                ->CalcTextSizeA(font_size(view_.fonts.small), 1e9F, 0, words.data(), words.data() + words.size())
                .x;
        const ImVec2 at{how_.frame.right - width - view_.px(6), y + view_.px(2)};
        list_.AddRectFilled({at.x - view_.px(4), y}, {how_.frame.right, y + view_.px(18)}, theme_.selected.fill,
                            view_.px(4));
        list_.AddText(view_.fonts.small, font_size(view_.fonts.small), at, theme_.selected.text, words.data(),
                      words.data() + words.size());
    }

    const View& view_;
    const Theme& theme_;
    ImDrawList& list_;
    const LadderPicture& picture_;
    const LadderDrawing& how_;
};

} // namespace

void draw(const View& view, ImDrawList& list, const LadderPicture& picture, const LadderDrawing& how)
{
    Drawer(view, list, picture, how).draw();
}

void draw_headings(const View& view, ImDrawList& list, const LadderPicture& picture, float bottom)
{
    const auto centred = [&](ImFont* font, std::string_view text, float x, float y, ImU32 colour) {
        const float size = font_size(font);
        const float width = font->CalcTextSizeA(size, 1e9F, 0, text.data(), text.data() + text.size()).x;
        list.AddText(font, size, {x - width / 2, y - size}, colour, text.data(), text.data() + text.size());
    };
    for (const LadderLifeline& lifeline : picture.lifelines) {
        centred(view.fonts.small, lifeline.address, lifeline.x, bottom - view.px(4), view.theme.faint);
        centred(view.fonts.bold, lifeline.name, lifeline.x, bottom - view.px(20), view.host_colour(lifeline.host));
    }
}

ImFont* font_of(const Fonts& fonts, Weight weight)
{
    switch (weight) {
    case Weight::bold: return fonts.bold;
    case Weight::mono: return fonts.mono;
    case Weight::regular: break;
    }
    return fonts.regular;
}

float FontMeasure::width(std::string_view text, float size, Weight weight) const
{
    return font_of(fonts_, weight)->CalcTextSizeA(size, 3.4e38F, 0, text.data(), text.data() + text.size()).x;
}

} // namespace tcpsm::viz
