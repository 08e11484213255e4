#pragma once
// Where everything on a ladder stands. Time runs down; what the frame does not show is not laid out.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "diagram/geometry.hpp"
#include "diagram/story.hpp"
#include "diagram/time_scale.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

/// One connection of a host.
struct ConnectionName {
    HostId host = no_host;
    std::uint32_t connection = 0;
    friend bool operator==(const ConnectionName&, const ConnectionName&) = default;
};

struct LadderView {
    Box frame;        ///< what is seen, under the headings of the lifelines
    float scroll = 0; ///< y of the time scale that stands at the frame's top
    float text = 14;  ///< height of a label's text, in pixels
    Language language = Language::english;
    std::optional<ConnectionName> only{}; ///< nothing but this connection and what it exchanges
    Time until = never;                   ///< what begins later is left out: the future that is not yet to be seen
    bool timers = true;
    bool calls = true;
};

struct Label {
    Point at;        ///< left end of its base line
    float angle = 0; ///< radians, clockwise from the x axis
    Box box;         ///< upright, around the text as it is turned
    std::string text;
    std::string name;     ///< of a segment, "client.4", drawn before the text in a paler colour; often empty
    float name_width = 0; ///< with the gap behind it
    float width = 0;      ///< of all of it
    float size = 14;
    Weight weight = Weight::regular;
};

struct LadderLifeline {
    HostId host = no_host;
    std::string name;
    std::string address;
    float x = 0;               ///< middle
    float left = 0, right = 0; ///< edges of its bands
    bool labels_left = true;   ///< states and calls stand to its left
};

struct LadderBand {
    std::uint32_t band = 0; ///< index in Story::bands
    Box box;                ///< cut to the frame
    std::optional<Label> label;
};

struct LadderArrow {
    std::uint32_t segment = 0; ///< index in Story::flights
    std::vector<Point> line;   ///< from the sender to where it ends; cut off at the frame where it is longer
    Point cross;               ///< where it was lost
    bool arrives = false;      ///< it ends in a head
    bool lost = false;         ///< it ends in a cross
    bool under_way = false;    ///< it has not ended yet
    bool dashed = false;       ///< a retransmission
    bool refused = false;
    std::optional<Label> label; ///< none where there was no room for it
};

struct LadderBracket {
    std::uint32_t bracket = 0; ///< index in Story::brackets
    float x = 0;
    float top = 0, bottom = 0;
    std::optional<Label> label; ///< "RTO 1 s"
    std::optional<Label> end;   ///< "fires"
};

struct LadderCall {
    std::uint32_t mark = 0;     ///< index in Story::marks
    Point at;                   ///< on the lifeline
    std::optional<Label> label; ///< "close()"
};

struct LadderTick {
    Time time{};
    float y = 0;
    std::optional<Label> label;
};

/// A break mark, and how long the time is that it stands for. The lifelines are broken at the same height.
struct LadderFold {
    Box box; ///< of the mark; draw it only where it has a label
    Duration length{};
    std::optional<Label> label;
};

/// All labels of one picture are apart from each other, and inside the frame.
struct LadderPicture {
    std::vector<LadderLifeline> lifelines;
    std::vector<LadderBand> bands;
    std::vector<LadderArrow> arrows;
    std::vector<LadderBracket> brackets;
    std::vector<LadderCall> calls;
    std::vector<LadderTick> ticks;
    std::vector<LadderFold> folds;
};

[[nodiscard]] LadderPicture lay_out_ladder(const History& history, const Story& story, const TimeScale& scale,
                                           const LadderView& view, const TextMeasure& measure);

/// The segment whose arrow passes nearest to a point, within `reach` pixels.
[[nodiscard]] std::optional<std::uint32_t> segment_at(const LadderPicture& picture, Point point, float reach);

} // namespace tcpsm::viz
