// What stands outside of the lifelines: timers that run, and calls of the application.

#include <algorithm>

#include "diagram/ladder_layout.hpp"
#include "diagram/ladder_words.hpp"

namespace tcpsm::viz {
namespace {

constexpr float note_scale = 0.9F;

} // namespace

void LadderLayout::add_brackets()
{
    if (!view_.timers) return;
    std::vector<std::vector<float>> lanes(line_of_.size()); // of each host: where the last bracket in it ends
    story_.brackets_between(first_, last_, [&](std::uint32_t index) {
        const Bracket& bracket = story_.brackets()[index];
        if (bracket.begin > view_.until || !shows(bracket.host, bracket.connection)) return;
        // What is not over yet at the end of the picture runs, whatever becomes of it.
        Bracket seen = bracket;
        if (bracket.end > view_.until) seen.how = BracketEnd::running;
        if (!Story::worth_showing(seen)) return;
        const float top = y_of_moment(bracket.begin_moment);
        const float bottom = y_of_end(bracket.end_moment, bracket.end);
        if (bottom - top < view_.text * 0.3F) return;
        if (bottom < view_.frame.top || top > view_.frame.bottom) return;

        std::vector<float>& ends = lanes[bracket.host];
        std::size_t lane = 0;
        while (lane < ends.size() && ends[lane] > top + 0.5F) ++lane;
        if (lane == ends.size()) ends.push_back(0);
        ends[lane] = bottom;
        const LadderLifeline& line = *lifeline(bracket.host);
        const float out = ladder_gap + columns_.states + static_cast<float>(lane) * view_.text * 0.9F;
        LadderBracket drawn;
        drawn.bracket = index;
        drawn.x = line.labels_left ? line.left - out : line.right + out;
        const std::size_t next = position(line) + 1;
        const bool outermost = line.labels_left || next == hosts_.size();
        const float right = outermost ? view_.frame.right - 1 : picture_.lifelines[next].left - ladder_gap;
        if (drawn.x < columns_.ticks_right + 1 || drawn.x > right) return;
        drawn.top = std::max(top, view_.frame.top);
        drawn.bottom = std::min(bottom, view_.frame.bottom);
        space_.add_line({drawn.x, drawn.top}, {drawn.x, drawn.bottom});
        picture_.brackets.push_back(std::move(drawn));
    });
}

void LadderLayout::label_brackets()
{
    for (LadderBracket& drawn : picture_.brackets) {
        const Bracket& bracket = story_.brackets()[drawn.bracket];
        const LadderLifeline& line = *lifeline(bracket.host);
        const float size = view_.text * note_scale;
        const float height = drawn.bottom - drawn.top;
        const auto put_at = [&](std::optional<Label>& where, std::string text, std::initializer_list<float> ys) {
            Label written = label(std::move(text), size);
            for (const bool left : {line.labels_left, !line.labels_left})
                for (const float y : ys)
                    if (put(written, left ? drawn.x - ladder_gap : drawn.x + ladder_gap, left, y)) {
                        where = written;
                        return;
                    }
        };
        if (bracket.end <= view_.until && bracket.how != BracketEnd::running && drawn.bottom < view_.frame.bottom)
            put_at(drawn.end, bracket_end_text(bracket.how, view_.language),
                   {drawn.bottom, drawn.bottom - size * 0.6F, drawn.bottom + size * 0.7F});
        put_at(
            drawn.label, bracket_text(bracket, view_.language),
            {drawn.top + height * 0.4F, drawn.top + height * 0.2F, drawn.top + height * 0.7F, drawn.top + size * 0.6F});
    }
}

/// Where there is room again beside the names of the states that stand at a height.
float LadderLayout::beyond_names(const LadderLifeline& line, float y) const
{
    float x = line.labels_left ? line.left : line.right;
    for (const LadderBand& band : picture_.bands) {
        if (!band.label || story_.bands()[band.band].host != line.host) continue;
        const Box& name = band.label->box;
        if (name.bottom < y - view_.text || name.top > y + view_.text) continue;
        x = line.labels_left ? std::min(x, name.left) : std::max(x, name.right);
    }
    return line.labels_left ? x - 2 * ladder_gap : x + 2 * ladder_gap;
}

/// Right beside the band where that is free, else beyond the names of the states.
bool LadderLayout::put_call(Label& label, const LadderLifeline& line, float y)
{
    const float third = view_.text * 0.33F;
    const float half = view_.text * 0.55F;
    const float beside = line.labels_left ? line.left - ladder_gap : line.right + ladder_gap;
    for (const float shift : {0.0F, third, -third, half})
        if (put(label, beside, line.labels_left, y + shift)) return true;
    const float beyond = beyond_names(line, y);
    for (const float shift : {0.0F, -half, half})
        if (put(label, beyond, line.labels_left, y + shift)) return true;
    return false;
}

void LadderLayout::add_calls()
{
    if (!view_.calls) return;
    const bool crowded = story_.mark_at(last_) - story_.mark_at(first_) > most_labelled;
    for (std::uint32_t i = story_.mark_at(first_); i < story_.marks().size(); ++i) {
        const Mark& mark = story_.marks()[i];
        if (mark.moment > last_ || mark.time > view_.until) break;
        if (mark.quiet || !shows(mark.host, mark.connection)) continue;
        const LadderLifeline& line = *lifeline(mark.host);
        LastCall& last = last_calls_[position(line)];
        last.row = mark.moment == last.moment ? last.row + 1 : 0;
        last.moment = mark.moment;
        const float y = y_of_moment(mark.moment) + last.row * scale_.row();
        if (y < view_.frame.top || y > view_.frame.bottom) continue;
        LadderCall call;
        call.mark = i;
        call.at = {line.labels_left ? line.left : line.right, y};
        if (y - last.y < 0.3F * view_.text) continue;
        last.y = y;
        if (!crowded) {
            Label written =
                label(mark_text(history_, history_.records()[mark.record], view_.language), view_.text * note_scale);
            if (put_call(written, line, y)) call.label = std::move(written);
        }
        picture_.calls.push_back(std::move(call));
    }
}

} // namespace tcpsm::viz
