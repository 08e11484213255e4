// Plots of connections over time, without a drawing library.

#include "diagram/counts_plot.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <vector>

using namespace tcpsm;
using namespace tcpsm::viz;
using namespace std::chrono_literals;

namespace {

CountsRow row(Duration at, std::uint32_t waiting)
{
    CountsRow made{Time{at}, 0, {}};
    made.counts[static_cast<std::size_t>(State::TimeWait)] = waiting;
    return made;
}

} // namespace

TEST_CASE("rows that are thinned out: of those with one key the highest stays and the last, in their order")
{
    const auto second = [](const CountsRow& one) { return one.time.time_since_epoch() / 1s; };
    std::vector<CountsRow> rows{row(0ms, 1),    row(100ms, 7),  row(200ms, 9), row(300ms, 4), // 9 and 4
                                row(1000ms, 8),                                               // alone
                                row(2000ms, 3), row(2500ms, 2),                               // both
                                row(3000ms, 1), row(3100ms, 2), row(3200ms, 6)};              // 2 before 6, the last
    thin_out(rows, second);
    CHECK(rows == std::vector{row(200ms, 9), row(300ms, 4), row(1000ms, 8), row(2000ms, 3), row(2500ms, 2),
                              row(3100ms, 2), row(3200ms, 6)});
    const std::vector<CountsRow> once = rows;
    thin_out(rows, second);
    CHECK(rows == once);
}

TEST_CASE("a plot that is thinned out: has two rows a pixel at most, and its highest point")
{
    CountsPlot plot;
    plot.most = 500;
    plot.end = std::int64_t{1'000'000'000};
    plot.box = {10, 0, 110, 50};
    for (std::uint32_t i = 0; i < 10'000; ++i)
        plot.rows.push_back(row(Duration{i * 100'000}, i == 4321 ? 500 : i % 100));
    plot.thin_out();
    CHECK(plot.rows.size() <= 202);
    CHECK(plot.y(height_of(plot.rows[plot.rows.size() / 2].counts, State::TimeWait, true)) > 39);
    std::uint32_t most = 0;
    for (const CountsRow& one : plot.rows) most = std::max(most, total(one.counts));
    CHECK(most == 500);
}
