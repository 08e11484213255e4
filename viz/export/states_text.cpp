#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "export/json_object.hpp"
#include "export/states.hpp"
#include "export/table_parts.hpp"

namespace tcpsm {
namespace {

constexpr std::size_t columns = 6;
using Line = std::array<std::string, columns>;

Line cells(const Transition& row)
{
    const auto or_dash = [](const std::string& text) { return text.empty() ? "-" : text; };
    return {std::string(name(row.from)), std::string(name(row.event)),    row.stays ? "-" : std::string(name(row.to)),
            or_dash(actions_of(row)),    or_dash(std::string(row.guard)), std::string(row.rfc)};
}

/// A part of the table under its heading.
struct Part {
    std::string_view heading;
    std::span<const Transition> rows;
};

} // namespace

std::string states_as_text()
{
    const Line titles{"state", "event", "next state", "actions", "if", "RFC 9293"};
    const std::array<Part, 3> parts{{{"Figure 5: its arrows, from top to bottom", figure_5_arrows()},
                                     {"Figure 5: its notes", figure_5_notes()},
                                     {"Section 3.10, beside the figure", beside_figure_5()}}};
    std::array<std::size_t, columns> widths{};
    const auto measure = [&](const Line& line) {
        for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], line[i].size());
    };
    const auto laid_out = [&](const Line& line) {
        std::string text;
        for (std::size_t i = 0; i + 1 < columns; ++i) text += fmt::format("{:<{}}  ", line[i], widths[i]);
        return text + line.back() + '\n';
    };
    measure(titles);
    for (const Transition& row : transitions()) measure(cells(row));

    std::string text = laid_out(titles);
    for (const Part& part : parts) {
        text += fmt::format("\n# {}\n", part.heading);
        for (const Transition& row : part.rows) text += laid_out(cells(row));
    }
    return text;
}

std::string states_as_json_lines()
{
    std::string text;
    for (const Transition& row : transitions()) {
        JsonObject object;
        object.text("from", name(row.from)).text("event", name(row.event));
        object.text_or_null("to", row.stays ? std::string_view{} : name(row.to));
        object.token("actions", json_array(row.actions, json_string)).text_or_null("guard", row.guard);
        text += object.text("rfc", row.rfc).str() + '\n';
    }
    return text;
}

} // namespace tcpsm
