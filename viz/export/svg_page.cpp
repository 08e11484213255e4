#include "export/svg_page.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "export/svg_parts.hpp"
#include "export/svg_style.hpp"
#include "export/svg_text.hpp"

namespace tcpsm::viz {
namespace {

/// Breaks a text into lines at its blanks; one without blanks stays in one.
std::vector<std::string> wrapped(std::string_view text, float width, float size, Weight weight)
{
    const SvgTextMeasure measure;
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::string word(text.substr(0, text.find(' ')));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        if (!lines.empty() && measure.width(lines.back() + " " + word, size, weight) <= width)
            lines.back() += " " + word;
        else
            lines.push_back(word);
    }
    return lines;
}

} // namespace

SvgHeading svg_heading(const SvgOptions& options, float width)
{
    SvgHeading heading;
    heading.bottom = svg_margin;
    const auto write = [&](std::string_view text, float size, Weight weight, std::string_view look) {
        for (const std::string& line : wrapped(text, width - 2 * svg_margin, size, weight)) {
            heading.bottom += size * 1.35F;
            heading.svg += svg_line(line, {svg_margin, heading.bottom - size * 0.3F}, size, weight, look);
        }
    };
    write(options.title, 19, Weight::bold, "ink");
    write(options.asks, 14, Weight::regular, "name");
    return heading;
}

std::string svg_page(const SvgOptions& options, SvgSize size, SvgNames names, std::string_view body)
{
    return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" xml:lang="{2}"
 role="img" aria-labelledby="title about">
<title id="title">{3}</title>
<desc id="about">{4}</desc>
<style>
{5}</style>
<rect class="paper" width="{0}" height="{1}"/>
{6}</svg>
)",
                       number(size.width), number(std::ceil(size.height)), code(options.language),
                       escaped(options.title.empty() ? phrase(options.language, names.title) : options.title),
                       escaped(options.asks.empty() ? phrase(options.language, names.about) : options.asks),
                       style_sheet(options.theme), body);
}

} // namespace tcpsm::viz
