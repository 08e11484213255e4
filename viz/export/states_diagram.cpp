#include <algorithm>

#include <fmt/format.h>

#include "export/states.hpp"
#include "export/table_parts.hpp"

namespace tcpsm {
namespace {

/// A state's name where only letters, digits and "_" may stand.
std::string identifier(State state)
{
    std::string text(name(state));
    std::replace(text.begin(), text.end(), '-', '_');
    return text;
}

std::string joined(const std::vector<std::string>& labels, std::string_view separator)
{
    return fmt::format("{}", fmt::join(labels, separator));
}

} // namespace

std::string states_as_mermaid()
{
    std::string text = "stateDiagram-v2\n";
    for (const State state : all_states())
        text += fmt::format("    state \"{}\" as {}\n", name(state), identifier(state));
    text += fmt::format("    [*] --> {}\n", identifier(State::Closed));
    for (const Edge& edge : edges())
        text += fmt::format("    {} --> {} : {}\n", identifier(edge.from), identifier(edge.to),
                            joined(edge.labels, "<br/>"));
    return text;
}

std::string states_as_dot()
{
    std::string text = "digraph tcp {\n"
                       "    node [shape=box, style=rounded, fontname=\"monospace\"];\n"
                       "    edge [fontname=\"monospace\", fontsize=10];\n";
    for (const State state : all_states()) text += fmt::format("    \"{}\";\n", name(state));
    for (const Edge& edge : edges())
        text += fmt::format("    \"{}\" -> \"{}\" [label=\"{}\"];\n", name(edge.from), name(edge.to),
                            joined(edge.labels, "\\n"));
    return text + "}\n";
}

} // namespace tcpsm
