#include "export/svg_parts.hpp"

#include <cmath>

#include <fmt/format.h>

#include "export/svg_style.hpp"
#include "export/svg_text.hpp"

namespace tcpsm::viz {
namespace {

constexpr float degrees = 57.29578F;

/// A run of text whose width is pinned: another font than the measured one is stretched to it.
std::string run(std::string_view text, float x, float width, std::string_view look)
{
    return fmt::format(R"(<tspan class="{}" x="{}" textLength="{}" lengthAdjust="spacingAndGlyphs">{}</tspan>)", look,
                       number(x), number(width), escaped(text));
}

std::string label(const std::optional<Label>& written, std::string_view look)
{
    return written ? svg_label(*written, look) : "";
}

std::string points(const std::vector<Point>& line)
{
    std::string all;
    for (const Point p : line) all += fmt::format("{}{},{}", all.empty() ? "" : " ", number(p.x), number(p.y));
    return all;
}

/// A path whose bends are round.
std::string rounded(const std::vector<Point>& line)
{
    std::string path = fmt::format("M{} {}", number(line[0].x), number(line[0].y));
    for (std::size_t i = 1; i < line.size(); ++i) {
        const Point p = line[i];
        if (i + 1 == line.size()) {
            path += fmt::format("L{} {}", number(p.x), number(p.y));
            break;
        }
        const auto towards = [&](Point other) {
            const float length = std::max(std::hypot(other.x - p.x, other.y - p.y), 1e-3F);
            const float part = std::min(7 / length, 0.5F);
            return Point{p.x + (other.x - p.x) * part, p.y + (other.y - p.y) * part};
        };
        const Point in = towards(line[i - 1]);
        const Point out = towards(line[i + 1]);
        path += fmt::format("L{} {}Q{} {} {} {}", number(in.x), number(in.y), number(p.x), number(p.y), number(out.x),
                            number(out.y));
    }
    return path;
}

std::string title(std::string_view text)
{
    return fmt::format("<title>{}</title>\n", escaped(text));
}

class Writer {
public:
    explicit Writer(const SvgLadder& ladder) : l_(ladder) {}

    std::string write()
    {
        for (const LadderTick& tick : l_.picture.ticks) time(tick);
        for (const LadderLifeline& lifeline : l_.picture.lifelines)
            out_ += svg_stroke({lifeline.x, l_.view.frame.top}, {lifeline.x, l_.view.frame.bottom}, "life");
        for (const LadderBand& band : l_.picture.bands) state(band);
        for (const LadderFold& fold : l_.picture.folds) folded(fold);
        for (const LadderBracket& bracket : l_.picture.brackets) timer(bracket);
        for (const LadderCall& call : l_.picture.calls) called(call);
        for (const LadderArrow& arrow : l_.picture.arrows) segment(arrow);
        return std::move(out_);
    }

private:
    [[nodiscard]] Language language() const { return l_.view.language; }
    [[nodiscard]] const std::string& host(HostId id) const { return l_.history.hosts()[id].name; }

    void time(const LadderTick& tick)
    {
        if (!tick.label) return;
        out_ += svg_stroke({tick.label->box.right + 6, tick.y}, {l_.view.frame.right, tick.y}, "guide");
        out_ += label(tick.label, "tick");
    }

    void state(const LadderBand& band)
    {
        const Band& what = l_.story.bands()[band.band];
        out_ += "<g>" + title(about_band(what));
        out_ += fmt::format("<rect class=\"band {}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
                            state_class(what.state), number(band.box.left), number(band.box.top),
                            number(band.box.width()), number(band.box.height()));
        out_ += label(band.label, "ink") + "</g>\n";
    }

    std::string about_band(const Band& band) const
    {
        if (band.end_moment == none)
            return say(language(), Phrase::svg_band_open, host(band.host), name(band.state), to_string(band.begin));
        return say(language(), Phrase::svg_band, host(band.host), name(band.state), to_string(band.begin),
                   to_string(band.end));
    }

    /// A break in the column of times, and one in each lifeline.
    void folded(const LadderFold& fold)
    {
        const Box& box = fold.box;
        std::vector<Point> zigzag;
        for (int i = 0; i <= 6; ++i)
            zigzag.push_back({box.left + box.width() * static_cast<float>(i) / 6, box.centre().y + (i == 0 || i == 6 ? 0
                                                                                                    : i % 2 == 0     ? 1
                                                                                                                 : -1) *
                                                                                                       box.height() /
                                                                                                       2});
        if (fold.label) out_ += fmt::format("<polyline class=\"mark\" points=\"{}\"/>\n", points(zigzag));
        out_ += label(fold.label, "tick");
        for (const LadderLifeline& lifeline : l_.picture.lifelines) {
            const float left = lifeline.left - 3;
            const float right = lifeline.right + 3;
            const float y = box.centre().y;
            out_ += fmt::format("<polygon class=\"paper\" points=\"{}\"/>\n",
                                points({{left, y + 1}, {right, y - 5}, {right, y - 1}, {left, y + 5}}));
            out_ +=
                svg_stroke({left, y + 1}, {right, y - 5}, "mark") + svg_stroke({left, y + 5}, {right, y - 1}, "mark");
        }
    }

    void timer(const LadderBracket& drawn)
    {
        const Bracket& bracket = l_.story.brackets()[drawn.bracket];
        const float cap = 3.5F;
        const bool runs_on = bracket.how == BracketEnd::running;
        out_ += fmt::format(R"(<path class="bracket" d="M{0} {2}H{1}M{3} {2}V{4})", number(drawn.x - cap),
                            number(drawn.x + cap), number(drawn.top), number(drawn.x), number(drawn.bottom));
        if (!runs_on)
            out_ += fmt::format("M{} {}H{}", number(drawn.x - cap), number(drawn.bottom), number(drawn.x + cap));
        out_ += "\"/>\n";
        out_ += label(drawn.label, "timer");
        out_ += label(drawn.end, bracket.how == BracketEnd::fired ? "fired" : "timer");
    }

    void called(const LadderCall& drawn)
    {
        if (!drawn.label) return;
        const Mark& mark = l_.story.marks()[drawn.mark];
        const Record& record = l_.history.records()[mark.record];
        const bool call = record.kind == RecordKind::call;
        const bool told = record.error != Error::none && (call || record.error != Error::closing);
        const std::string look = told ? "told" : !call ? "timer" : "call " + host_class(mark.host);
        out_ += label(drawn.label, look);
    }

    void segment(const LadderArrow& arrow)
    {
        const Flight& flight = l_.story.flights()[arrow.segment];
        out_ += fmt::format("<g class=\"segment {}\">", host_class(flight.from)) +
                title(about_segment(l_.history, flight, language()));
        const std::string all = points(arrow.line);
        out_ += fmt::format("<polyline class=\"hit\" points=\"{}\"/>\n", all);
        out_ += fmt::format("<path class=\"arrow{}\" d=\"{}\"/>\n", arrow.dashed ? " again" : "", rounded(arrow.line));
        if (!flight.sent_by_host)
            out_ += fmt::format("<circle class=\"copy\" cx=\"{}\" cy=\"{}\" r=\"3\"/>\n", number(arrow.line[0].x),
                                number(arrow.line[0].y));
        if (arrow.arrives) head(arrow);
        if (arrow.lost) cross(arrow.cross);
        out_ += label(arrow.label, "ink") + "</g>\n";
    }

    /// A refused segment has a hollow one.
    void head(const LadderArrow& arrow)
    {
        const Point tip = arrow.line.back();
        const Point before = arrow.line[arrow.line.size() - 2];
        const float length = std::max(std::hypot(tip.x - before.x, tip.y - before.y), 1e-3F);
        const Point along{(tip.x - before.x) / length, (tip.y - before.y) / length};
        const auto corner = [&](float back, float aside) {
            return Point{tip.x - along.x * back - along.y * aside, tip.y - along.y * back + along.x * aside};
        };
        out_ += fmt::format("<polygon class=\"head {}\" points=\"{}\"/>\n", arrow.refused ? "refused" : "filled",
                            points({corner(1, 0), corner(9, 3.5F), corner(9, -3.5F)}));
    }

    void cross(Point at)
    {
        const float arm = 5.5F;
        out_ += fmt::format("<path class=\"cross\" d=\"M{} {}l{} {}m{} 0l{} {}\"/>\n", number(at.x - arm),
                            number(at.y - arm), number(2 * arm), number(2 * arm), number(-2 * arm), number(2 * arm),
                            number(-2 * arm));
    }

    const SvgLadder& l_;
    std::string out_;
};

} // namespace

std::string svg_stroke(Point a, Point b, std::string_view look)
{
    return fmt::format("<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n", look, number(a.x), number(a.y),
                       number(b.x), number(b.y));
}

std::string svg_label(const Label& l, std::string_view look)
{
    std::string where = fmt::format("translate({} {})", number(l.at.x), number(l.at.y));
    if (l.angle != 0) where += fmt::format(" rotate({:.3f})", l.angle * degrees);
    std::string svg = fmt::format(R"(<text transform="{}" font-size="{}"{}>)", where, number(l.size),
                                  l.weight == Weight::bold ? R"( class="bold")" : "");
    const float gap = l.text.empty() ? 0 : l.size * 0.6F;
    if (!l.name.empty()) svg += run(l.name, 0, l.name_width - gap, "name");
    if (!l.text.empty()) svg += run(l.text, l.name_width, l.width - l.name_width, look);
    return svg + "</text>\n";
}

std::string svg_line(std::string_view text, Point at, float size, Weight weight, std::string_view look)
{
    Label l;
    l.at = at;
    l.text = text;
    l.size = size;
    l.weight = weight;
    l.width = SvgTextMeasure().width(text, size, weight);
    return svg_label(l, look);
}

std::string svg_ladder(const SvgLadder& ladder)
{
    return Writer(ladder).write();
}

} // namespace tcpsm::viz
