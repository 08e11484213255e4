// The state diagram in the arrangement of figure 5.

#include "diagram/state_diagram.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "diagram/random_run.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

bool on_edge(const Box& box, Point p)
{
    const auto near = [](float a, float b) { return std::abs(a - b) < 0.05F; };
    const bool x = box.left - 0.05F <= p.x && p.x <= box.right + 0.05F;
    const bool y = box.top - 0.05F <= p.y && p.y <= box.bottom + 0.05F;
    return x && y && (near(p.x, box.left) || near(p.x, box.right) || near(p.y, box.top) || near(p.y, box.bottom));
}

/// Whether a line passes through the inside of a box.
bool passes(const std::vector<Point>& line, const Box& box)
{
    for (std::size_t i = 1; i < line.size(); ++i)
        for (int step = 0; step <= 400; ++step) {
            const float part = static_cast<float>(step) / 400;
            const Point p{line[i - 1].x + (line[i].x - line[i - 1].x) * part,
                          line[i - 1].y + (line[i].y - line[i - 1].y) * part};
            if (box.left + 0.1F < p.x && p.x < box.right - 0.1F && box.top + 0.1F < p.y && p.y < box.bottom - 0.1F)
                return true;
        }
    return false;
}

const std::vector<Box> frames{
    {0, 0, 200, 230}, {10, 5, 810, 905}, {0, 0, 420, 300}, {0, 0, 90, 700}, {0, 0, 1200, 120}};

} // namespace

TEST_CASE("the edges: one for each pair of states that a row connects, and the figure's twenty are marked")
{
    const StateDiagram diagram = lay_out_states({0, 0, 400, 400}, 12, test::EvenMeasure());
    std::set<std::pair<State, State>> pairs;
    std::size_t rows = 0;
    for (const Transition& row : transitions())
        if (!row.stays && row.from != row.to) {
            pairs.emplace(row.from, row.to);
            ++rows;
        }
    CHECK(diagram.edges.size() == pairs.size());
    std::size_t of_the_figure = 0;
    std::size_t rows_of_edges = 0;
    for (const StateEdge& edge : diagram.edges) {
        CHECK(pairs.contains({edge.from, edge.to}));
        CHECK(diagram.edge(edge.from, edge.to) == &edge);
        of_the_figure += edge.in_figure_5;
        rows_of_edges += edge.rows.size();
        for (const std::int16_t row : edge.rows) {
            CHECK(transitions()[static_cast<std::size_t>(row)].from == edge.from);
            CHECK(transitions()[static_cast<std::size_t>(row)].to == edge.to);
        }
    }
    CHECK(of_the_figure == 20);
    CHECK(rows_of_edges == rows);
    CHECK(diagram.edge(State::Listen, State::TimeWait) == nullptr);
    CHECK_FALSE(diagram.edge(State::Established, State::Closed)->in_figure_5);
    CHECK_FALSE(diagram.edge(State::FinWait1, State::TimeWait)->in_figure_5);
    CHECK(diagram.edge(State::SynReceived, State::Listen)->in_figure_5);
}

TEST_CASE("any frame: every edge runs from the one box's edge to the other's, through no box, inside the frame")
{
    for (const Box& frame : frames) {
        const StateDiagram diagram = lay_out_states(frame, 14, test::EvenMeasure());
        CAPTURE(frame.right);
        for (const StateEdge& edge : diagram.edges) {
            CAPTURE(name(edge.from));
            CAPTURE(name(edge.to));
            REQUIRE(edge.line.size() >= 2);
            CHECK(on_edge(diagram.boxes[static_cast<std::size_t>(edge.from)].box, edge.line.front()));
            CHECK(on_edge(diagram.boxes[static_cast<std::size_t>(edge.to)].box, edge.line.back()));
            for (const StateBox& box : diagram.boxes) CHECK_FALSE(passes(edge.line, box.box));
            for (const Point p : edge.line)
                CHECK((frame.left <= p.x && p.x <= frame.right && frame.top <= p.y && p.y <= frame.bottom));
        }
    }
}

TEST_CASE("any frame: the boxes are apart, inside, in the figure's places, and as wide as their names")
{
    const test::EvenMeasure measure;
    for (const Box& frame : frames) {
        const StateDiagram diagram = lay_out_states(frame, 14, measure);
        CAPTURE(frame.right);
        CHECK(diagram.text <= 14);
        CHECK(diagram.text >= 3);
        const auto box = [&](State state) { return diagram.boxes[static_cast<std::size_t>(state)].box; };
        for (const StateBox& one : diagram.boxes) {
            CHECK(one.state == all_states()[static_cast<std::size_t>(&one - diagram.boxes.data())]);
            CHECK(measure.width(name(one.state), diagram.text, Weight::regular) < one.box.width());
            CHECK((one.box.left >= frame.left && one.box.right <= frame.right));
            CHECK((one.box.top >= frame.top && one.box.bottom <= frame.bottom));
            for (const StateBox& other : diagram.boxes)
                if (&one != &other) CHECK_FALSE(one.box.overlaps(other.box));
        }
        CHECK(box(State::Closed).bottom < box(State::Listen).top);
        CHECK(box(State::SynReceived).right < box(State::SynSent).left);
        CHECK(box(State::FinWait1).bottom < box(State::FinWait2).top);
        CHECK(box(State::CloseWait).bottom < box(State::LastAck).top);
        CHECK(box(State::FinWait2).right < box(State::Closing).left);
        CHECK(box(State::Closing).bottom < box(State::TimeWait).top);
    }
    CHECK(lay_out_states({0, 0, 200, 230}, 14, measure).text > 6);
}
