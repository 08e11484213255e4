#include "app/session/future.hpp"

#include <algorithm>

namespace tcpsm::viz {
namespace {

std::vector<Alive> alive_in(Network& network)
{
    constexpr std::size_t most = 64; // more are looked at as a list only
    std::vector<Alive> all;
    for (const Host& host : network.hosts())
        for (const NetstatLine& line : host.netstat())
            if (line.connection != 0 && all.size() < most)
                all.push_back({host.id(), line.connection, host.connection(line.connection).standing()});
    return all;
}

bool same(const SentSegment& a, const SentSegment& b)
{
    return a.name == b.name && a.from == b.from && a.to == b.to && a.segment.flags == b.segment.flags &&
           a.segment.seq == b.segment.seq && a.segment.ack == b.segment.ack && a.segment.wnd == b.segment.wnd &&
           a.segment.text_len == b.segment.text_len && a.state == b.state;
}

bool same(const Record& a, const Record& b)
{
    return a.time == b.time && a.kind == b.kind && a.host == b.host && a.connection == b.connection &&
           a.from == b.from && a.to == b.to && a.timer == b.timer && a.error == b.error && a.call == b.call &&
           a.why == b.why && a.segment == b.segment && a.count == b.count && a.deadline == b.deadline;
}

} // namespace

Future::Future(std::uint32_t id, Scenario scenario, std::string text, std::string label)
    : id_(id),
      scenario_(std::move(scenario)),
      text_(std::move(text)),
      label_(std::move(label)),
      timeline_(scenario_),
      world_(timeline_.at(0))
{
    if (scenario_.recording != Recording::everything) census_.emplace(scenario_);
}

bool Future::run_ahead(std::size_t steps)
{
    if (census_) {
        constexpr std::size_t as_long = 4; // takes as many steps of which nothing is told as one of which all is
        const std::uint32_t coarser = census_->coarser();
        const bool over = census_->run_ahead(as_long * steps);
        if (position_ > 0 && census_->coarser() != coarser) position_ = position_at(now_);
        return over;
    }
    const bool over = timeline_.run_ahead(steps);
    story_.read(timeline_.history());
    return over;
}

void Future::run_to(Time time)
{
    while (!over() && (stops() == 0 || end() <= time)) run_ahead(256);
}

Time Future::time_at(std::size_t position) const
{
    if (!census_) return timeline_.time_at(position);
    return position == 0 ? Time{} : census_->stops()[position - 1].time;
}

std::size_t Future::position_at(Time time) const
{
    if (!census_) return timeline_.position_at(time);
    const auto& all = census_->stops();
    const auto later =
        std::upper_bound(all.begin(), all.end(), time, [](Time t, const CountsThen& stop) { return t < stop.time; });
    return static_cast<std::size_t>(later - all.begin());
}

Counts Future::counts(HostId host) const
{
    return census_ && position_ > 0 ? census_->stops()[position_ - 1].hosts[host] : Counts{};
}

std::uint32_t Future::moment() const
{
    return moment_behind(*this, position_);
}

std::uint32_t moment_behind(const Future& future, std::size_t position)
{
    if (future.in_numbers()) return none;
    const auto& moments = future.story().moments();
    const auto after = std::upper_bound(moments.begin(), moments.end(), future.timeline().records_at(position),
                                        [](std::uint32_t r, const Moment& moment) { return r < moment.end; });
    const auto behind = static_cast<std::uint32_t>(after - moments.begin());
    return behind == 0 ? none : behind - 1;
}

Time Future::end() const
{
    return time_at(stops());
}

Time Future::shown() const
{
    const Time since = time_at(position_);
    if (position_ >= stops() || now_ == since) return now_;
    const Time next = time_at(position_ + 1);
    if (now_ == next) return now_;
    Duration::rep step = 1;
    constexpr Duration::rep coarsest = 10'000'000; // 10 ms
    while (step < coarsest && step * 1000 <= (next - since).count()) step *= 10;
    return std::max(since, Time{Duration{now_.time_since_epoch().count() / step * step}});
}

bool Future::at_end() const
{
    return over() && position_ == stops();
}

void Future::go_to(std::size_t position)
{
    position_ = std::min(position, stops());
    now_ = time_at(position_);
    stand();
}

void Future::go_to(Time time)
{
    run_to(time);
    const std::size_t position = position_at(time);
    now_ = std::clamp(time, Time{}, std::max(end(), time_at(position)));
    if (position == position_) return;
    position_ = position;
    stand();
}

void Future::wait_before(std::size_t position)
{
    if (position == 0) return;
    go_to(position - 1);
    now_ = time_at(position);
}

void Future::stand()
{
    if (census_) return; // what was counted is known
    world_ = timeline_.at(position_ == 0 ? 0 : position_ - 1);
    alive_before_ = alive_in(world_.network);
    while (world_.network.history().records().size() < records() && world_.step()) {
    }
    alive_ = alive_in(world_.network);
}

std::optional<Time> first_difference(const History& a, const History& b)
{
    const std::size_t both = std::min(a.records().size(), b.records().size());
    for (std::size_t i = 0; i < both; ++i) {
        const Record& x = a.records()[i];
        const Record& y = b.records()[i];
        const bool segments_differ = x.kind == RecordKind::sent && y.kind == RecordKind::sent &&
                                     !same(a.segments()[x.segment], b.segments()[y.segment]);
        if (!same(x, y) || segments_differ) return std::min(x.time, y.time);
    }
    if (a.records().size() == b.records().size()) return std::nullopt;
    return (a.records().size() > both ? a : b).records()[both].time;
}

} // namespace tcpsm::viz
