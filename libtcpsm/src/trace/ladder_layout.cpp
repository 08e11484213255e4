#include "trace/ladder_layout.hpp"

#include <algorithm>

#include "tcpsm/trace/trace.hpp"

namespace tcpsm {
namespace {

// The columns of the RFC's figures: states from column 4, the segment from column 20.
constexpr std::size_t least_name = 4;
constexpr std::size_t least_left = 12;
constexpr std::size_t least_right = 13;

std::string_view sign(Mark mark)
{
    switch (mark) {
    case Mark::right: return "-->";
    case Mark::left: return "<--";
    case Mark::in_network: return "...";
    case Mark::lost: return "XXX";
    case Mark::none: break;
    }
    return "   ";
}

struct Columns {
    std::size_t time = 0;
    std::size_t decimals = 0; // of the times, the same for all
    std::size_t name = least_name;
    std::size_t left = least_left;
    std::size_t segment = 0;
    std::size_t right = least_right;
    bool compact = false;

    [[nodiscard]] std::size_t without_comment() const { return time + name + left + 4 + segment + 2 + 4 + right; }
};

std::size_t decimals(const std::string& seconds)
{
    const std::size_t point = seconds.find('.');
    return point == std::string::npos ? 0 : seconds.size() - point - 1;
}

/// Seconds with so many decimals: 0.2 beside 0.15 is written 0.20.
std::string time_text(Time time, std::size_t wanted)
{
    std::string text = seconds(time);
    const std::size_t has = decimals(text);
    if (has == 0 && wanted > 0) text += '.';
    return text.append(wanted - has, '0');
}

bool is_call(const std::string& text)
{
    return text.starts_with('(');
}

Columns measure(const LadderText& text, const LadderOptions& options, bool compact)
{
    Columns columns;
    columns.compact = compact;
    for (const LadderLine& line : text.lines)
        columns.decimals = std::max(columns.decimals, decimals(seconds(line.time)));
    for (const LadderLine& line : text.lines) {
        if (options.times) columns.time = std::max(columns.time, time_text(line.time, columns.decimals).size() + 2);
        columns.name = std::max(columns.name, line.segment.size() + 2);
        if (!is_call(line.left)) columns.left = std::max(columns.left, line.left.size() + 1);
        columns.segment = std::max(columns.segment, (compact ? line.compact : line.notation).size());
    }
    return columns;
}

Columns choose(const LadderText& text, const LadderOptions& options)
{
    const Columns full = measure(text, options, false);
    if (options.width == 0 || full.without_comment() <= options.width) return full;
    return measure(text, options, true);
}

std::string padded(std::string text, std::size_t width)
{
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

std::string coloured(std::string text, std::string_view code, const LadderOptions& options)
{
    if (!options.colour || code.empty() || text.empty()) return text;
    return "\x1b[" + std::string(code) + "m" + text + "\x1b[0m";
}

void append(std::string& out, std::string line)
{
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
}

std::string_view colour_of(const LadderLine& line)
{
    if (line.left_mark == Mark::lost || line.right_mark == Mark::lost) return "31";
    if (line.refused) return "35";
    if (line.retransmission) return "33";
    return line.left_mark == Mark::none ? "" : "36";
}

void add_line(std::string& out, const LadderLine& line, const Columns& columns, const LadderOptions& options,
              bool show_time)
{
    const std::string time = options.times && show_time ? time_text(line.time, columns.decimals) : "";
    const std::size_t indent = columns.time > time.size() + 2 ? columns.time - time.size() - 2 : 0;
    std::string text = padded(std::string(indent, ' ') + time, columns.time);
    text += coloured(padded(line.segment, columns.name), "1", options);

    std::string rest = padded(line.left, columns.left);
    if (line.left_mark != Mark::none || line.right_mark != Mark::none) {
        std::string segment = std::string(sign(line.left_mark)) + ' ' +
                              padded(columns.compact ? line.compact : line.notation, columns.segment + 2) +
                              std::string(sign(line.right_mark));
        rest += coloured(std::move(segment), colour_of(line), options) + ' ';
    } else if (!line.right.empty() || !line.comment.empty()) {
        rest = padded(rest, columns.left + 4 + columns.segment + 2 + 4);
    }
    rest += line.comment.empty() ? line.right : padded(line.right, columns.right);
    text += rest;

    const bool fits =
        options.width == 0 || columns.without_comment() + line.comment.size() <= options.width || line.comment.empty();
    if (fits) text += line.comment;
    append(out, text);
    const std::string margin(columns.time + columns.name, ' ');
    if (!fits) append(out, margin + line.comment);
    if (!line.why.empty()) append(out, coloured(margin + line.why, "2", options));
}

} // namespace

std::string lay_out(const LadderText& text, const LadderOptions& options)
{
    const Columns columns = choose(text, options);
    std::string out;
    LadderLine titles;
    titles.left = text.left_title;
    titles.right = text.right_title;
    add_line(out, titles, columns, options, false);
    for (std::size_t i = 0; i < text.lines.size(); ++i) add_line(out, text.lines[i], columns, options, i > 0);
    return out;
}

} // namespace tcpsm
