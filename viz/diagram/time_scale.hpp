#pragma once
// From virtual time to a place on the ladder, and back.

#include <cstdint>
#include <vector>

#include "diagram/story.hpp"

namespace tcpsm::viz {

enum class TimeMode : std::uint8_t {
    compressed, ///< moments keep a readable distance; a stretch in which nothing happens is folded
    exact,      ///< as long as it took
};

struct TimeScaleOptions {
    TimeMode mode = TimeMode::compressed;
    float row = 18;     ///< pixels that a line of labels takes
    float zoom = 1;     ///< compressed: stretches all distances; exact: with zoom 1 the whole run fits `height`
    float height = 600; ///< pixels of the frame, for exact
};

/// A stretch that is drawn shorter than it was.
struct Fold {
    std::uint32_t moment = 0; ///< it lies between this moment and the next
    Time begin{};
    float top = 0;
    float bottom = 0;
    Duration length{};
};

/// y grows with the moments; 0 is the first one, and what is written above its arrows stands above 0. Built once for a
/// story and its options, and asked for every frame.
class TimeScale {
public:
    TimeScale() = default;
    TimeScale(const Story& story, const TimeScaleOptions& options);

    [[nodiscard]] float y(std::uint32_t moment) const; ///< where a moment begins
    /// Where a time lies; at a moment's own time, after all of what happens in it.
    [[nodiscard]] float y_at(Time time) const;
    /// The n-th departure of a moment stands below the one before it.
    [[nodiscard]] float y_of_departure(std::uint32_t moment, std::uint32_t nth) const;
    [[nodiscard]] Time time_at(float y) const;
    /// The first moment at or below y; the number of moments where there is none.
    [[nodiscard]] std::uint32_t moment_at(float y) const;
    [[nodiscard]] float height() const;              ///< of all of it, with room below the last moment
    [[nodiscard]] float row() const { return row_; } ///< between two departures of one moment
    [[nodiscard]] const std::vector<Fold>& folds() const { return folds_; }

private:
    /// A point of the mapping: a time with the stretch of y that belongs to it alone. Between two knots it is straight.
    struct Knot {
        Time time{};
        float top = 0;
        float bottom = 0;
        std::uint32_t moment = none; // none: a segment is lost here
    };
    void place_exactly(const Story& story, const TimeScaleOptions& options);
    void place_compressed(const Story& story, const TimeScaleOptions& options);
    void add_losses(const Story& story);
    class Rows;

    std::vector<float> y_; // of each moment
    std::vector<Fold> folds_;
    std::vector<Knot> knots_; // ascending
    float row_ = 0;
    float below_ = 0;  // room under the last moment
    double slope_ = 0; // pixels a nanosecond, where nothing is stretched or folded
};

} // namespace tcpsm::viz
