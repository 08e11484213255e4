#include "export/table_parts.hpp"

#include <algorithm>

namespace tcpsm {
namespace {

std::size_t arrows()
{
    const auto rows = transitions();
    const auto last =
        std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.event == Event::TimeWaitTimeout; });
    return static_cast<std::size_t>(last - rows.begin()) + 1;
}

std::size_t figure_5_rows()
{
    const auto rows = transitions();
    const auto first = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.stays; });
    return static_cast<std::size_t>(first - rows.begin());
}

// A diagram says what is sent, as the figure does, and leaves out what else is done.
std::string label(const Transition& row)
{
    std::string text(name(row.event));
    std::string_view separator = " / ";
    for (const std::string_view action : row.actions) {
        if (!action.starts_with("snd ")) continue;
        text += separator;
        text += action;
        separator = ", ";
    }
    return text;
}

} // namespace

std::span<const Transition> figure_5_arrows()
{
    return transitions().first(arrows());
}

std::span<const Transition> figure_5_notes()
{
    return transitions().subspan(arrows(), figure_5_rows() - arrows());
}

std::span<const Transition> beside_figure_5()
{
    return transitions().subspan(figure_5_rows());
}

std::string actions_of(const Transition& row)
{
    std::string text;
    for (const std::string_view action : row.actions) {
        if (!text.empty()) text += ", ";
        text += action;
    }
    return text;
}

std::string reference_of(const Transition& row)
{
    const bool section = '0' <= row.rfc.front() && row.rfc.front() <= '9';
    return (section ? "RFC 9293, " : "") + std::string(row.rfc);
}

std::vector<Edge> edges()
{
    std::vector<Edge> all;
    for (const Transition& row : transitions()) {
        if (row.from == row.to) continue;
        auto edge = std::find_if(all.begin(), all.end(),
                                 [&](const Edge& known) { return known.from == row.from && known.to == row.to; });
        if (edge == all.end()) edge = all.insert(all.end(), Edge{row.from, row.to, {}});
        const std::string text = label(row);
        if (std::find(edge->labels.begin(), edge->labels.end(), text) == edge->labels.end())
            edge->labels.push_back(text);
    }
    return all;
}

} // namespace tcpsm
