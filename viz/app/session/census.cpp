#include "app/session/census.hpp"

#include <algorithm>
#include <utility>

#include "replay/summary.hpp"

namespace tcpsm::viz {
namespace {

// Some ten megabytes.
constexpr std::size_t most_records = std::size_t{1} << 17;

/// Ports that are missing are seen in the records of the calls that failed.
Scenario with_states(Scenario scenario)
{
    scenario.recording = Recording::states;
    return scenario;
}

} // namespace

Census::Census(const Scenario& scenario)
    : simulation_(with_states(scenario)), rows_(simulation_.network.history().hosts().size()), let_go_at_(most_records)
{
    ask_for_counts(scenario, simulation_);
}

bool Census::run_ahead(std::size_t steps)
{
    for (std::size_t i = 0; i < steps && !over_; ++i) {
        const Time next = simulation_.network.next_event();
        if (next != simulation_.network.now()) end_instant(next);
        if (simulation_.step())
            ++steps_;
        else
            over_ = true;
    }
    look_for_shortages();
    return over_;
}

/// All that happens now has happened. What has been counted is so until `next`.
void Census::end_instant(Time next)
{
    const Time now = simulation_.network.now();
    for (std::size_t host = 0; host < rows_.size(); ++host)
        keep_row(static_cast<HostId>(host), now, simulation_.network.counts(static_cast<HostId>(host)));
    const bool is_last = next == never || next > simulation_.until();
    const Time stop = std::min(on_grid(now), simulation_.until());
    if (is_last) return keep_stop(next == never ? stop : simulation_.until());
    if (stop < next) keep_stop(stop);
    while (stops_.size() >= most_stops) make_coarser(next);
}

void Census::keep_row(HostId host, Time now, const Counts& counts)
{
    std::vector<CountsRow>& rows = rows_[host];
    const StateCounts before = rows.empty() ? StateCounts{} : rows.back().counts;
    if (counts.standing == before) return;
    rows.push_back({now, host, counts.standing});
    if (rows.size() < 2 * most_rows) return;
    constexpr auto cells = static_cast<Duration::rep>(most_rows / 2); // each has two rows at most
    const Duration::rep cell = std::max<Duration::rep>(now.time_since_epoch().count() / cells, 1);
    thin_out(rows, [&](const CountsRow& row) { return row.time.time_since_epoch().count() / cell; });
}

void Census::keep_stop(Time time)
{
    if (stops_.empty() || stops_.back().time != time) stops_.push_back({time, {}});
    std::vector<Counts>& hosts = stops_.back().hosts;
    hosts.clear();
    for (std::size_t host = 0; host < rows_.size(); ++host)
        hosts.push_back(simulation_.network.counts(static_cast<HostId>(host)));
}

/// 1 ms, 2 ms, 10 ms, 20 ms, 100 ms: instants that people name, and each grid has none that the one before had not.
void Census::make_coarser(Time next)
{
    grid_ *= coarser_++ % 2 == 0 ? 2 : 5;
    std::vector<CountsThen> kept;
    for (CountsThen& stop : stops_) {
        // What has been counted at an instant of the grid was counted at the last finer one before it.
        const Time time = on_grid(stop.time);
        if (!kept.empty() && kept.back().time == time) kept.pop_back();
        kept.push_back({time, std::move(stop.hosts)});
    }
    if (kept.back().time >= next) kept.pop_back(); // more happens before it: it is kept in its turn
    stops_ = std::move(kept);
}

Time Census::on_grid(Time time) const
{
    const Duration since = time.time_since_epoch();
    return Time{(since + grid_ - Duration{1}) / grid_ * grid_};
}

/// The history is let go from time to time: it is good for nothing else here.
void Census::look_for_shortages()
{
    const History& history = simulation_.network.history();
    constexpr std::size_t few = most_records / 16; // not worth a look
    if (!over_ && history.records().size() < looked_at_ + few) return;
    for (const FirstShortage& found : first_shortages(history))
        if (std::none_of(shortages_.begin(), shortages_.end(), [&](const FirstShortage& known) {
                return known.host == found.host && known.what == found.what;
            }))
            shortages_.push_back(found);
    looked_at_ = history.records().size();
    if (looked_at_ < let_go_at_) return;
    simulation_.network.clear_history();
    looked_at_ = history.records().size(); // it begins with what there is
    let_go_at_ = looked_at_ + most_records;
}

std::vector<CountsPlot> Census::plots() const
{
    std::vector<CountsPlot> all(rows_.size());
    for (std::size_t host = 0; host < rows_.size(); ++host) {
        CountsPlot& plot = all[host];
        plot.host = static_cast<HostId>(host);
        plot.rows = rows_[host];
        for (const CountsRow& row : plot.rows) plot.most = std::max(plot.most, total(row.counts));
        plot.end = stops_.empty() ? 1 : std::max<std::int64_t>(stops_.back().time.time_since_epoch().count(), 1);
    }
    for (const FirstShortage& shortage : shortages_) all[shortage.host].shortages.push_back(shortage);
    std::erase_if(all, [](const CountsPlot& plot) { return plot.rows.empty() && plot.shortages.empty(); });
    return all;
}

} // namespace tcpsm::viz
