#pragma once
// Places in a picture: x to the right, y downwards, in pixels.

#include <cstdint>
#include <string_view>

namespace tcpsm::viz {

struct Point {
    float x = 0;
    float y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

struct Box {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;

    [[nodiscard]] float width() const { return right - left; }
    [[nodiscard]] float height() const { return bottom - top; }
    [[nodiscard]] Point centre() const { return {(left + right) / 2, (top + bottom) / 2}; }
    [[nodiscard]] bool contains(Point p) const { return left <= p.x && p.x < right && top <= p.y && p.y < bottom; }
    [[nodiscard]] bool overlaps(const Box& b) const
    {
        return left < b.right && b.left < right && top < b.bottom && b.top < bottom;
    }
    friend bool operator==(const Box&, const Box&) = default;
};

enum class Weight : std::uint8_t { regular, bold, mono };

/// How wide text is drawn. The layout knows no font, so it asks.
class TextMeasure {
public:
    virtual ~TextMeasure() = default;
    /// The width in pixels of a line of UTF-8, set `size` pixels high.
    [[nodiscard]] virtual float width(std::string_view text, float size, Weight weight = Weight::regular) const = 0;
};

} // namespace tcpsm::viz
