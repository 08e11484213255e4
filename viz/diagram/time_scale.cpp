#include "diagram/time_scale.hpp"

#include <algorithm>

namespace tcpsm::viz {
namespace {

constexpr double rows_of_a_flight = 2.2; // by which an arrow with the usual delay falls
constexpr double longest = 2.5;          // usual delays that are drawn in full; what takes longer is folded
constexpr double rows_of_a_fold = 2.5;
constexpr float rows_below = 2;

/// The delay that is usual in this run: the middle one of all segments that arrived; where they take no time or there
/// are none, the middle one of the stretches between moments. 0 where all happens at once.
double usual_delay(const Story& story)
{
    std::vector<Duration> delays;
    for (const Flight& flight : story.flights())
        if (flight.end_moment != none && flight.end > flight.sent) delays.push_back(flight.end - flight.sent);
    if (delays.empty()) {
        const std::vector<Moment>& moments = story.moments();
        for (std::size_t i = 1; i < moments.size(); ++i)
            if (moments[i].time > moments[i - 1].time) delays.push_back(moments[i].time - moments[i - 1].time);
    }
    if (delays.empty()) return 0;
    const auto middle = delays.begin() + static_cast<std::ptrdiff_t>(delays.size() / 2);
    std::nth_element(delays.begin(), middle, delays.end());
    return static_cast<double>(middle->count());
}

} // namespace

/// Which rows of one instant are taken. What happens at different hosts may stand in one.
class TimeScale::Rows {
public:
    explicit Rows(double row) : row_(row) {}

    void next_instant()
    {
        for (const auto& [host, clear] : taken_) all_clear_ = std::max(all_clear_, clear);
        taken_.clear();
    }
    /// The first place at or below y.
    [[nodiscard]] double place(const Moment& moment, double y) const
    {
        y = std::max(y, all_clear_);
        for (const auto& [host, clear] : taken_)
            if (host == moment.host || host == no_host || moment.host == no_host) y = std::max(y, clear);
        return y;
    }
    void take(const Moment& moment, double y) { taken_.emplace_back(moment.host, y + moment.rows * row_); }

private:
    double row_;
    double all_clear_ = 0;                         // of what happened before this instant
    std::vector<std::pair<HostId, double>> taken_; // at this instant: from where on it is clear again
};

TimeScale::TimeScale(const Story& story, const TimeScaleOptions& options)
{
    if (story.moments().empty()) return;
    knots_.reserve(story.moments().size());
    if (options.mode == TimeMode::exact)
        place_exactly(story, options);
    else
        place_compressed(story, options);
    y_.reserve(story.moments().size());
    for (const Knot& knot : knots_)
        if (knot.moment != none) y_.push_back(knot.top);
}

void TimeScale::place_exactly(const Story& story, const TimeScaleOptions& options)
{
    const std::vector<Moment>& moments = story.moments();
    const Time first = moments.front().time;
    const auto whole = static_cast<double>((moments.back().time - first).count());
    below_ = rows_below * options.row;
    const double height = std::max(options.height - 2.0 * rows_below * options.row, 1.0) * options.zoom;
    slope_ = whole > 0 ? height / whole : 0;
    for (std::uint32_t i = 0; i < moments.size(); ++i) {
        const auto y = static_cast<float>(static_cast<double>((moments[i].time - first).count()) * slope_);
        knots_.push_back({moments[i].time, y, y, i});
    }
}

/// Moments and losses, in order of time; at one time the moments come first.
void TimeScale::add_losses(const Story& story)
{
    std::vector<Time> losses;
    const Time last = story.moments().back().time;
    for (const Flight& flight : story.flights())
        if (flight.fate == Fate::lost && flight.end < last) losses.push_back(flight.end);
    std::sort(losses.begin(), losses.end());
    auto loss = losses.begin();
    for (std::uint32_t i = 0; i < story.moments().size(); ++i) {
        const Time time = story.moments()[i].time;
        for (; loss != losses.end() && *loss < time; ++loss)
            if (knots_.back().time < *loss) knots_.push_back({.time = *loss});
        knots_.push_back({.time = time, .moment = i});
    }
}

void TimeScale::place_compressed(const Story& story, const TimeScaleOptions& options)
{
    add_losses(story);
    const double usual = usual_delay(story);
    const double row = static_cast<double>(options.row) * options.zoom;
    row_ = static_cast<float>(row);
    below_ = rows_below * options.row;
    slope_ = usual > 0 ? rows_of_a_flight * row / usual : 0;

    Rows rows(row);
    double y = 0;           // of the last moment
    double bottom = 0;      // so far down its instant has come
    std::uint32_t last = 0; // moment
    for (std::size_t i = 0; i < knots_.size(); ++i) {
        Knot& knot = knots_[i];
        const Knot& before = knots_[i > 0 ? i - 1 : 0];
        const auto gap = static_cast<double>((knot.time - before.time).count());
        const bool folds = gap > longest * usual;
        if (gap > 0) {
            rows.next_instant();
            y = bottom + (folds ? rows_of_a_fold * row : gap * slope_);
        }
        if (knot.moment != none && story.moments()[knot.moment].rows > 0) {
            const Moment& moment = story.moments()[knot.moment];
            y = rows.place(moment, y);
            rows.take(moment, y);
            bottom = std::max(bottom, y + (moment.rows - 1) * row);
        }
        bottom = std::max(bottom, y);
        knot.top = static_cast<float>(y);
        knot.bottom = static_cast<float>(bottom);
        if (folds) folds_.push_back({last, before.time, before.bottom, knot.top, knot.time - before.time});
        if (knot.moment != none) last = knot.moment;
    }
}

float TimeScale::y(std::uint32_t moment) const
{
    if (y_.empty()) return 0;
    return moment < y_.size() ? y_[moment] : height();
}

float TimeScale::y_of_departure(std::uint32_t moment, std::uint32_t nth) const
{
    return y(moment) + static_cast<float>(nth) * row_;
}

float TimeScale::y_at(Time time) const
{
    if (knots_.empty()) return 0;
    const auto after =
        std::upper_bound(knots_.begin(), knots_.end(), time, [](Time t, const Knot& knot) { return t < knot.time; });
    if (after == knots_.begin()) return 0;
    const Knot& before = *(after - 1);
    const auto past = static_cast<double>((time - before.time).count());
    if (after == knots_.end())
        return std::min(height(), before.bottom + static_cast<float>(std::min(past * slope_, 1e6)));
    const auto gap = static_cast<double>((after->time - before.time).count());
    return before.bottom + static_cast<float>(past / gap * (after->top - before.bottom));
}

Time TimeScale::time_at(float y) const
{
    if (knots_.empty()) return {};
    const auto after =
        std::upper_bound(knots_.begin(), knots_.end(), y, [](float at, const Knot& knot) { return at < knot.top; });
    if (after == knots_.begin()) return knots_.front().time;
    const Knot& before = *(after - 1);
    if (y <= before.bottom) return before.time;
    if (after == knots_.end()) {
        if (slope_ <= 0) return before.time;
        const double past = static_cast<double>(std::min(y, height()) - before.bottom) / slope_;
        return before.time + Duration(static_cast<Duration::rep>(past));
    }
    const double part = (static_cast<double>(y) - before.bottom) / (static_cast<double>(after->top) - before.bottom);
    const auto gap = static_cast<double>((after->time - before.time).count());
    return before.time + Duration(static_cast<Duration::rep>(part * gap));
}

std::uint32_t TimeScale::moment_at(float y) const
{
    return static_cast<std::uint32_t>(std::lower_bound(y_.begin(), y_.end(), y) - y_.begin());
}

float TimeScale::height() const
{
    return knots_.empty() ? 0 : knots_.back().bottom + below_;
}

} // namespace tcpsm::viz
