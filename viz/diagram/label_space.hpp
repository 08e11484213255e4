#pragma once
// Which places of a picture are still free for text.

#include <array>
#include <cstdint>
#include <vector>

#include "diagram/ladder.hpp"

namespace tcpsm::viz {

/// A text's box, turned with it.
struct TurnedBox {
    std::array<Point, 4> corners; ///< in order around it
    Box box;                      ///< upright, around all of it
};

/// What a line of text covers whose base line begins at a point: from the top of its tallest letters to the bottom of
/// its lowest.
inline constexpr float text_above = 0.80F; ///< of its size, over the base line
inline constexpr float text_below = 0.24F; ///< under it
[[nodiscard]] TurnedBox turned_box(Point at, float angle, float width, float size);
[[nodiscard]] TurnedBox turned_box(const Label& label);
[[nodiscard]] bool overlap(const TurnedBox& a, const TurnedBox& b);

/// Puts a label on a base line that begins at `at`.
void place(Label& label, Point at, float angle = 0);

/// Remembers what stands where. Looked up by height, because a ladder is long and its labels are low.
class LabelSpace {
public:
    explicit LabelSpace(const Box& frame);

    /// Lies inside the frame, and touches no label and no wall.
    [[nodiscard]] bool is_free(const TurnedBox& place) const;
    /// Crosses none of the lines, but for those of `owner`.
    [[nodiscard]] bool is_clear(const TurnedBox& place, std::uint32_t owner = nobody) const;
    void take(const TurnedBox& place);
    /// An upright strip, from top to bottom, that nothing may be written on.
    void add_wall(float left, float right) { walls_.push_back({left, right}); }
    void add_line(Point a, Point b, std::uint32_t owner = nobody);

    static constexpr std::uint32_t nobody = 0xffffffff;

private:
    struct Line {
        Point a, b;
        std::uint32_t owner = nobody;
    };
    struct Wall {
        float left, right;
    };
    struct Row {
        std::vector<std::uint32_t> labels;
        std::vector<std::uint32_t> lines;
    };
    [[nodiscard]] std::size_t row(float y) const;

    Box frame_;
    std::vector<Row> rows_;
    std::vector<TurnedBox> labels_;
    std::vector<Line> lines_;
    std::vector<Wall> walls_;
};

} // namespace tcpsm::viz
