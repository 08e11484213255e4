// The append-only sequence that copies of a world share.

#include <doctest/doctest.h>

#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "tcpsm/network/log.hpp"

namespace {

using SmallLog = tcpsm::Log<int, 4>; // chunks of four: their borders are near

/// `count` values from `first` on.
SmallLog filled(int first, int count)
{
    SmallLog log;
    for (int i = 0; i < count; ++i) log.push_back(first + i);
    return log;
}

template <class Log>
auto contents(const Log& log)
{
    std::vector<std::decay_t<decltype(log[0])>> values;
    for (std::size_t i = 0; i < log.size(); ++i) values.push_back(log[i]);
    return values;
}

std::vector<int> numbers(int first, int count)
{
    std::vector<int> values(static_cast<std::size_t>(count));
    std::iota(values.begin(), values.end(), first);
    return values;
}

} // namespace

TEST_CASE("a log without values: empty")
{
    const SmallLog log;
    CHECK(log.empty());
    CHECK(log.size() == 0);
}

TEST_CASE("values are pushed: they stand in that order, over chunk borders")
{
    const SmallLog log = filled(0, 11);
    CHECK(contents(log) == numbers(0, 11));
    CHECK(log.back() == 10);
}

TEST_CASE("values are appended in one go: as if pushed one by one, at every place of a chunk")
{
    for (int before = 0; before <= 9; ++before) {
        for (int more = 0; more <= 13; ++more) {
            CAPTURE(before);
            CAPTURE(more);
            SmallLog log = filled(0, before);
            const SmallLog copy = log; // the last chunk is shared
            log.append(numbers(before, more));
            log.push_back(before + more);
            CHECK(contents(log) == numbers(0, before + more + 1));
            CHECK(contents(copy) == numbers(0, before));
        }
    }
}

TEST_CASE("a log and its copy both go on: neither sees what the other adds")
{
    for (int common = 0; common <= 9; ++common) {
        CAPTURE(common);
        SmallLog log = filled(0, common);
        SmallLog copy = log;
        for (int i = 0; i < 9; ++i) {
            log.push_back(100 + i);
            copy.push_back(200 + i);
        }
        std::vector<int> expected = numbers(0, common);
        std::vector<int> other = expected;
        for (int i = 0; i < 9; ++i) {
            expected.push_back(100 + i);
            other.push_back(200 + i);
        }
        CHECK(contents(log) == expected);
        CHECK(contents(copy) == other);
    }
}

TEST_CASE("a log is cleared: its copy keeps everything, also when both have gone on in between")
{
    for (int common = 0; common <= 9; ++common) {
        for (int more = 0; more <= 6; ++more) {
            CAPTURE(common);
            CAPTURE(more);
            SmallLog log = filled(0, common);
            const SmallLog copy = log;
            for (int i = 0; i < more; ++i) log.push_back(100 + i);
            log.clear();
            CHECK(log.empty());
            for (int i = 0; i < 12; ++i) log.push_back(500 + i);
            CHECK(contents(log) == numbers(500, 12));
            CHECK(contents(copy) == numbers(0, common));
        }
    }
}

TEST_CASE("a cleared log is copied: both begin again, each for itself")
{
    for (int before = 0; before <= 9; ++before) {
        CAPTURE(before);
        SmallLog log = filled(0, before);
        log.clear();
        SmallLog copy = log;
        log.append(numbers(100, 6));
        copy.append(numbers(200, 6));
        CHECK(contents(log) == numbers(100, 6));
        CHECK(contents(copy) == numbers(200, 6));
    }
}

TEST_CASE("a log is assigned to itself and to others: it holds what was assigned")
{
    SmallLog log = filled(0, 6);
    const SmallLog& same = log;
    log = same;
    log.push_back(6);
    CHECK(contents(log) == numbers(0, 7));

    SmallLog other = filled(50, 9);
    other = log;
    other.push_back(7);
    log.push_back(99);
    CHECK(contents(other) == numbers(0, 8));
    CHECK(log.back() == 99);
}

TEST_CASE("a log is moved from: the new one has its values and the old one is empty")
{
    SmallLog log = filled(0, 6);
    SmallLog moved = std::move(log);
    CHECK(contents(moved) == numbers(0, 6));
    CHECK(log.empty()); // NOLINT(bugprone-use-after-move,clang-analyzer-cplusplus.Move): what it is left as
    log.push_back(9);   // NOLINT(bugprone-use-after-move,clang-analyzer-cplusplus.Move)
    CHECK(contents(log) == std::vector{9});
    CHECK(contents(moved) == numbers(0, 6));
}

TEST_CASE("four logs that are copied, cleared and added to by chance: each holds what a vector would")
{
    std::mt19937 random(1);
    const auto one_of = [&](std::uint32_t count) { return static_cast<std::size_t>(random() % count); };
    std::vector<SmallLog> logs(4);
    std::vector<std::vector<int>> expected(4);
    int next = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::size_t a = one_of(4);
        const std::size_t b = one_of(4);
        switch (one_of(8)) {
        case 0:
            logs[a] = logs[b];
            expected[a] = expected[b];
            break;
        case 1:
            if (one_of(4) != 0) break;
            logs[a].clear();
            expected[a].clear();
            break;
        case 2: {
            const std::vector<int> more = numbers(next, static_cast<int>(one_of(11)));
            next += 11;
            logs[a].append(more);
            expected[a].insert(expected[a].end(), more.begin(), more.end());
            break;
        }
        default: logs[a].push_back(++next); expected[a].push_back(next);
        }
        if (expected[a].size() > 60) {
            logs[a] = SmallLog();
            expected[a].clear();
        }
        for (std::size_t log = 0; log < 4; ++log) REQUIRE(contents(logs[log]) == expected[log]);
    }
}
