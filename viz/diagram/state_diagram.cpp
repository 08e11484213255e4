#include "diagram/state_diagram.hpp"

#include <algorithm>

namespace tcpsm::viz {
namespace {

// The table begins with the figure's twenty arrows.
constexpr std::int16_t arrows_of_the_figure = 20;

/// Where a state stands in the figure, in columns and rows. CLOSED stands once, at the top.
struct Place {
    int column; // 0 to 2
    int row;
};
constexpr int figure_rows = 7;
constexpr std::array<Place, state_count> places{{
    {1, 0}, // CLOSED
    {1, 1}, // LISTEN
    {2, 2}, // SYN-SENT
    {0, 2}, // SYN-RECEIVED
    {1, 3}, // ESTABLISHED
    {0, 4}, // FIN-WAIT-1
    {0, 5}, // FIN-WAIT-2
    {2, 4}, // CLOSE-WAIT
    {1, 5}, // CLOSING
    {2, 5}, // LAST-ACK
    {1, 6}, // TIME-WAIT
}};

// In parts of the text's height: the room around a name, between boxes, and for each line that passes outside.
constexpr float padding = 0.35F;
constexpr float box_height = 1.7F;
constexpr float state_gap = 0.7F;
constexpr float lane_width = 0.55F;
constexpr float left_lanes = 1.0F;
constexpr float right_lanes = 2.1F;
constexpr float least_text = 3;

struct Grid {
    std::array<float, 3> columns{}; // their middles
    std::array<float, figure_rows> ys{};
    float text = 0;
    float left = 0, right = 0; // of all boxes
};

float width_of(State state, float text, const TextMeasure& measure)
{
    return measure.width(name(state), text) + 2 * padding * text;
}

/// The width of a column's widest box.
float column_width(int column, float text, const TextMeasure& measure)
{
    float widest = 0;
    for (const State state : all_states())
        if (places[static_cast<std::size_t>(state)].column == column)
            widest = std::max(widest, width_of(state, text, measure));
    return widest;
}

float wanted_width(float text, const TextMeasure& measure)
{
    float sum = (2 * state_gap + left_lanes + right_lanes) * text;
    for (const int column : {0, 1, 2}) sum += column_width(column, text, measure);
    return sum;
}

float wanted_height(float text)
{
    return (figure_rows * box_height + (figure_rows - 1) * 0.7F + 1.2F) * text;
}

Grid choose_grid(const Box& frame, float text, const TextMeasure& measure)
{
    Grid grid;
    for (grid.text = text; grid.text > least_text; grid.text -= 0.25F)
        if (wanted_width(grid.text, measure) <= frame.width() && wanted_height(grid.text) <= frame.height()) break;
    const float t = grid.text;
    const std::array<float, 3> widths{column_width(0, t, measure), column_width(1, t, measure),
                                      column_width(2, t, measure)};
    const float spare = std::max(frame.width() - wanted_width(t, measure), 0.0F);
    // Boxes apart from each other read better than a margin, up to a point.
    const float between = std::min(state_gap * t + spare / 2, 9 * t);
    const float whole = widths[0] + widths[1] + widths[2] + 2 * between + (left_lanes + right_lanes) * t;
    grid.left = frame.left + left_lanes * t + std::max(frame.width() - whole, 0.0F) / 2;
    grid.columns[0] = grid.left + widths[0] / 2;
    grid.columns[1] = grid.left + widths[0] + between + widths[1] / 2;
    grid.right = grid.left + widths[0] + widths[1] + widths[2] + 2 * between;
    grid.columns[2] = grid.right - widths[2] / 2;

    const float above = (0.5F * box_height + 0.9F) * t;
    const float below = (0.5F * box_height + 0.2F) * t;
    const float pitch = std::min((frame.height() - above - below) / (figure_rows - 1), 8 * t);
    const float top =
        frame.top + above + std::max(frame.height() - above - below - pitch * (figure_rows - 1), 0.0F) / 2;
    for (int row = 0; row < figure_rows; ++row)
        grid.ys[static_cast<std::size_t>(row)] = top + static_cast<float>(row) * pitch;
    return grid;
}

/// Finds each edge its way. The ends of those that meet at a box are spread along its sides.
class Router {
public:
    Router(const Grid& grid, const std::array<StateBox, state_count>& boxes) : grid_(grid), boxes_(boxes) {}

    [[nodiscard]] std::vector<Point> route(State from, State to) const
    {
        if (to == State::Closed) return to_closed(from);
        if (from == State::SynReceived && to == State::CloseWait) return under_established();
        if (from == State::FinWait1 && to == State::TimeWait) return between_columns();
        return straight(from, to);
    }

private:
    [[nodiscard]] const Box& box(State state) const { return boxes_[static_cast<std::size_t>(state)].box; }
    [[nodiscard]] static int column(State state) { return places[static_cast<std::size_t>(state)].column; }
    [[nodiscard]] static int row(State state) { return places[static_cast<std::size_t>(state)].row; }
    [[nodiscard]] static Point at(const Box& b, float x, float y) // from -1 to 1 across it
    {
        return {b.centre().x + x * b.width() / 2, b.centre().y + y * b.height() / 2};
    }

    /// Between neighbours: downwards or sideways, and back beside it where the figure has both ways.
    [[nodiscard]] std::vector<Point> straight(State from, State to) const
    {
        const Box& a = box(from);
        const Box& b = box(to);
        if (column(from) == column(to)) { // CLOSED -> LISTEN stands left of its way back
            const float x = from == State::Closed ? -0.35F * std::min(a.width(), b.width()) / 2 : 0;
            const float middle = b.centre().x + x;
            return {{middle, row(from) < row(to) ? a.bottom : a.top}, {middle, row(from) < row(to) ? b.top : b.bottom}};
        }
        const float side = column(from) < column(to) ? 1.0F : -1.0F;
        if (row(from) == row(to)) return {at(a, side, 0), at(b, -side, 0)};
        if (row(from) > row(to)) return {at(a, 0.1F * side, -1), at(b, -side, -0.35F)}; // SYN-RECEIVED -> LISTEN
        if (from == State::Closed) return {at(a, side, 0.25F), at(b, 0.5F, -1)};        // SYN-SENT
        if (from == State::Listen) return {at(a, side, 0.35F), at(b, -0.55F * side, -1)};
        if (from == State::FinWait2) return {at(a, 0, 1), at(b, -side, 0)}; // TIME-WAIT
        if (to == State::Closing) return {at(a, side, 0.4F), at(b, 0, -1)};
        return {at(a, 0.5F * side, 1), at(b, -0.5F * side, -1)};
    }

    [[nodiscard]] std::vector<Point> to_closed(State from) const
    {
        const Box& a = box(from);
        const Box& closed = box(State::Closed);
        const float t = grid_.text;
        const auto along = [&](Point start, float x, Point end) {
            return std::vector<Point>{start, {x, start.y}, {x, end.y}, end};
        };
        switch (from) {
        case State::Listen: {
            const float x = closed.centre().x + 0.35F * std::min(a.width(), closed.width()) / 2;
            return {{x, a.top}, {x, closed.bottom}};
        }
        case State::SynSent: return {at(a, -0.1F, -1), at(closed, 1, 0.7F)};
        case State::SynReceived:
        case State::Established:
        case State::FinWait1:
        case State::FinWait2: return along(at(a, -1, 0), grid_.left - lane_width * t, at(closed, -1, 0));
        case State::CloseWait: return along(at(a, 1, 0), grid_.right + lane_width * t, at(closed, 1, -0.2F));
        case State::Closing: {
            const float y = (box(State::CloseWait).bottom + box(State::LastAck).top) / 2;
            std::vector<Point> line = along({at(a, 0.5F, 0).x, y}, grid_.right + lane_width * t, at(closed, 1, -0.2F));
            line.insert(line.begin(), at(a, 0.5F, -1));
            return line;
        }
        case State::LastAck: return along(at(a, 1, 0), grid_.right + 2 * lane_width * t, at(closed, 1, -0.65F));
        case State::TimeWait: {
            std::vector<Point> line =
                along(at(a, 1, 0), grid_.right + 3 * lane_width * t, {at(closed, 0.4F, 0).x, closed.top - 0.6F * t});
            line.push_back(at(closed, 0.4F, -1));
            return line;
        }
        case State::Closed: break;
        }
        return {at(a, 0, -1), at(closed, 0, 1)};
    }

    [[nodiscard]] std::vector<Point> under_established() const
    {
        const Point start = at(box(State::SynReceived), 0.25F, 1);
        const Point end = at(box(State::CloseWait), 0.25F, -1);
        const float y = (box(State::Established).bottom + end.y) / 2;
        return {start, {start.x, y}, {end.x, y}, end};
    }

    [[nodiscard]] std::vector<Point> between_columns() const
    {
        const Box& beside = box(State::FinWait2);
        const float x = (beside.right + box(State::Closing).left) / 2;
        const Box& end = box(State::TimeWait);
        const Box& start = box(State::FinWait1);
        const float out = std::min(at(start, 0.75F, 1).x, x);
        return {{out, start.bottom}, {x, beside.top}, {x, beside.bottom}, at(end, -0.6F, -1)};
    }

    const Grid& grid_;
    const std::array<StateBox, state_count>& boxes_;
};

} // namespace

const StateEdge* StateDiagram::edge(State from, State to) const
{
    const auto found =
        std::find_if(edges.begin(), edges.end(), [&](const StateEdge& e) { return e.from == from && e.to == to; });
    return found == edges.end() ? nullptr : &*found;
}

StateDiagram lay_out_states(const Box& frame, float text, const TextMeasure& measure)
{
    StateDiagram diagram;
    const Grid grid = choose_grid(frame, text, measure);
    diagram.text = grid.text;
    for (const State state : all_states()) {
        const auto index = static_cast<std::size_t>(state);
        const float x = grid.columns[static_cast<std::size_t>(places[index].column)];
        const float y = grid.ys[static_cast<std::size_t>(places[index].row)];
        const float half_width = column_width(places[index].column, grid.text, measure) / 2;
        const float half_height = box_height * grid.text / 2;
        diagram.boxes[index] = {state, {x - half_width, y - half_height, x + half_width, y + half_height}};
    }
    const Router router(grid, diagram.boxes);
    for (std::size_t i = 0; i < transitions().size(); ++i) {
        const Transition& row = transitions()[i];
        if (row.stays || row.from == row.to) continue;
        const auto number = static_cast<std::int16_t>(i);
        auto found = std::find_if(diagram.edges.begin(), diagram.edges.end(),
                                  [&](const StateEdge& e) { return e.from == row.from && e.to == row.to; });
        if (found == diagram.edges.end()) {
            diagram.edges.push_back(
                {.from = row.from, .to = row.to, .line = router.route(row.from, row.to), .rows = {}});
            found = diagram.edges.end() - 1;
        }
        found->rows.push_back(number);
        found->in_figure_5 = found->in_figure_5 || number < arrows_of_the_figure;
    }
    return diagram;
}

} // namespace tcpsm::viz
