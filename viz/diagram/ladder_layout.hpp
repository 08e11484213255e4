#pragma once
// The parts of the ladder's layout, and what they have in common. Each part is laid out in the file of its name.

#include <vector>

#include "diagram/label_space.hpp"
#include "diagram/ladder.hpp"

namespace tcpsm::viz {

/// What belongs to a lifeline beside it. All of it is known before anything is laid out, so that nothing moves sideways
/// while time goes on.
struct Columns {
    bool ticks = false;    ///< there is room for times at the far left
    bool brackets = false; ///< there is room for timers outside of the states
    float ticks_right = 0;
    float states = 0; ///< width of the states' names
    float brackets_width = 0;
    float lane = 0; ///< width of one band
};

/// Between a band and what is written beside it, and between columns.
inline constexpr float ladder_gap = 6;

/// Bands that stand beside each other; a host may have more connections than can be drawn.
inline constexpr std::uint32_t most_lanes = 4;

/// Where more things of a kind are seen at once, nobody could read what is written beside them.
inline constexpr std::size_t most_labelled = 400;

class LadderLayout {
public:
    LadderLayout(const History& history, const Story& story, const TimeScale& scale, const LadderView& view,
                 const TextMeasure& measure);
    LadderPicture lay_out();

private:
    // ladder_columns.cpp
    void choose_hosts();
    void choose_columns();
    void place_lifelines();
    [[nodiscard]] std::uint32_t lanes(HostId host) const;

    // ladder_arrows.cpp: first the lines, because everything that is written keeps away from them
    void add_arrows();
    void add_arrow(std::uint32_t index);
    struct Stretch {
        float top, bottom;
    };
    [[nodiscard]] Stretch stretch(const Flight& flight) const;
    [[nodiscard]] std::vector<Point> path(const Flight& flight, const Stretch& stretch);
    [[nodiscard]] std::vector<Point> loop(const Flight& flight, const LadderLifeline& host, float top, float bottom);
    void label_arrows();
    bool label_along(LadderArrow& arrow, Label& label, bool may_cross);
    bool label_beside(LadderArrow& arrow, Label& label);

    // ladder_bands.cpp
    void add_bands();
    void add_band(std::uint32_t index, float top, float bottom);
    void label_bands();
    bool label_band(LadderBand& band, const std::vector<float>& calls, bool may_cross);
    [[nodiscard]] std::vector<std::vector<float>> places_of_calls() const;

    // ladder_outside.cpp: timers and calls
    void add_brackets();
    void label_brackets();
    void add_calls();
    bool put_call(Label& label, const LadderLifeline& line, float y);
    [[nodiscard]] float beyond_names(const LadderLifeline& line, float y) const;

    // ladder_time.cpp
    void add_ticks();
    [[nodiscard]] std::string tick_text(Time time) const;
    void add_folds();

    // helpers
    [[nodiscard]] float to_frame(float y) const { return view_.frame.top + y - view_.scroll; }
    [[nodiscard]] float y_of_moment(std::uint32_t moment) const { return to_frame(scale_.y(moment)); }
    /// Where a stretch ends on the picture that ends at a moment: there, or where the picture knows no more.
    [[nodiscard]] float y_of_end(std::uint32_t moment, Time end) const;
    [[nodiscard]] const LadderLifeline* lifeline(HostId host) const;
    [[nodiscard]] std::size_t position(const LadderLifeline& line) const;
    [[nodiscard]] bool shows(HostId host, std::uint32_t connection) const;
    [[nodiscard]] bool shows(const Flight& flight) const;
    [[nodiscard]] Label label(std::string text, float size, Weight weight = Weight::regular) const;
    /// Puts an upright label where it is free and crosses no line, at the left or right of x, its middle at y.
    bool put(Label& label, float x, bool leftwards, float y, bool may_cross = false);

    const History& history_;
    const Story& story_;
    const TimeScale& scale_;
    const LadderView& view_;
    const TextMeasure& measure_;
    LadderPicture picture_;
    LabelSpace space_;
    Columns columns_;
    std::vector<HostId> hosts_;
    std::vector<std::uint32_t> line_of_; // host -> index in picture_.lifelines; none where it is not shown
    std::optional<ConnectionName> peer_; // of view_.only
    std::uint32_t first_ = 0;            // moments that are seen, both included
    std::uint32_t last_ = 0;
    std::vector<float> loops_; // where the loops at each depth end
    // The last that was drawn between each two hosts, in each lane, and of each host: of many that fall on the same
    // pixels, one is drawn.
    struct Pixels {
        float top = -1, bottom = -1;
        Fate fate = Fate::in_flight;
        friend bool operator==(const Pixels&, const Pixels&) = default;
    };
    std::vector<Pixels> last_arrows_;
    std::vector<float> last_bands_;
    struct LastCall {
        std::uint32_t moment = none;
        float row = 0; // in its moment
        float y = -1e9F;
    };
    std::vector<LastCall> last_calls_;
};

} // namespace tcpsm::viz
