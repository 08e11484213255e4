#pragma once
// The state diagram in the arrangement of RFC 9293, figure 5; its edges are the table's.

#include <array>
#include <string>
#include <vector>

#include "diagram/geometry.hpp"
#include "tcpsm/machine/transitions.hpp"

namespace tcpsm::viz {

struct StateBox {
    State state = State::Closed;
    Box box;
};

/// All rows that lead from one state to another.
struct StateEdge {
    State from = State::Closed;
    State to = State::Closed;
    std::vector<Point> line;        ///< from the one box's edge to the other's
    std::vector<std::int16_t> rows; ///< numbers in transitions()
    bool in_figure_5 = false;       ///< false: only in the text of 3.10, such as RST and ABORT, drawn faintly
};

struct StateDiagram {
    std::array<StateBox, state_count> boxes; ///< in the order of State
    std::vector<StateEdge> edges;            ///< those of the figure come first
    float text = 0;                          ///< height at which every name fits its box; never more than was asked for

    [[nodiscard]] const StateEdge* edge(State from, State to) const;
};

/// Fits the diagram into a frame, its names `text` high or, where that is too large, as high as they can be.
[[nodiscard]] StateDiagram lay_out_states(const Box& frame, float text, const TextMeasure& measure);

} // namespace tcpsm::viz
