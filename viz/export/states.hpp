#pragma once
// The table of states, as transitions() has it, in the forms that people read and programs take.

#include <string>

namespace tcpsm {

/// One row a line, in columns.
[[nodiscard]] std::string states_as_text();
/// docs/state-machine.md, all of it: figure 5's arrows, its notes, a diagram, then every row by state.
[[nodiscard]] std::string states_as_markdown();
/// A Mermaid state diagram of the rows that change the state.
[[nodiscard]] std::string states_as_mermaid();
/// The same for Graphviz.
[[nodiscard]] std::string states_as_dot();
/// One row a line as a JSON object; "to" is null where the state stays.
[[nodiscard]] std::string states_as_json_lines();

} // namespace tcpsm
