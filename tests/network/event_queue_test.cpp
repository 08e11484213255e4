// The queue of what is pending: in the order of time, then kind, then creation.

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

#include "network/event_queue.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

/// What was pushed, in no order: the least is looked for.
class Reference {
public:
    void push(Time time, std::uint64_t key, std::uint32_t index) { all_.emplace_back(time, key, index); }
    [[nodiscard]] std::size_t size() const { return all_.size(); }
    std::uint32_t pop()
    {
        const auto least = std::min_element(all_.begin(), all_.end());
        const std::uint32_t index = std::get<2>(*least);
        all_.erase(least);
        return index;
    }

private:
    std::vector<std::tuple<Time, std::uint64_t, std::uint32_t>> all_;
};

} // namespace

TEST_CASE("arrivals, timers and steps of one instant: in that order, and each in the order of creation")
{
    EventQueue queue;
    const auto push = [&](PendingKind kind, std::uint64_t order, std::uint32_t index, std::size_t series) {
        queue.push(Time{} + 1s, Pending::make_key(kind, order), index, 0, series);
    };
    push(PendingKind::step, 1, 6, EventQueue::no_series);
    push(PendingKind::step, 2, 7, EventQueue::no_series);
    push(PendingKind::timer, 9, 5, 2);
    push(PendingKind::timer, 8, 4, 1);
    push(PendingKind::arrival, 20, 2, 0);
    push(PendingKind::arrival, 21, 3, 0);
    push(PendingKind::arrival, 19, 1, 0);
    for (std::uint32_t index = 1; index <= 7; ++index) {
        REQUIRE_FALSE(queue.empty());
        CHECK(queue.front().index == index);
        queue.pop();
    }
    CHECK(queue.empty());
}

TEST_CASE("a pending event: its kind, its order and its host are what they were")
{
    EventQueue queue;
    queue.push(Time{} + 5s, Pending::make_key(PendingKind::timer, 123456789012), 77, 9, 3);
    CHECK(queue.front().time == Time{} + 5s);
    CHECK(queue.front().kind() == PendingKind::timer);
    CHECK(queue.front().order() == 123456789012);
    CHECK(queue.front().index == 77);
    CHECK(queue.front().host == 9);
}

TEST_CASE("what was popped was out of date, and what is pushed next comes before it: it is the next")
{
    EventQueue queue;
    const auto push = [&](Duration at, std::uint32_t index) {
        queue.push(Time{} + at, Pending::make_key(PendingKind::step, index), index, 0, EventQueue::no_series);
    };
    push(10s, 1);
    push(12s, 2);
    queue.pop();
    push(3s, 3);
    push(11s, 4);
    push(2s, 5);
    push(10s, 6);
    for (const std::uint32_t index : {5U, 3U, 6U, 4U, 2U}) {
        CHECK(queue.front().index == index);
        queue.pop();
    }
    CHECK(queue.empty());
}

TEST_CASE("pushes and pops by chance: as if all were sorted")
{
    std::mt19937 random(1);
    const auto below = [&](std::uint32_t limit) { return static_cast<std::uint32_t>(random()) % limit; };
    for (int run = 0; run < 20; ++run) {
        EventQueue queue;
        Reference reference;
        Time now{};
        std::uint32_t created = 0;
        for (int i = 0; i < 2000; ++i) {
            if (reference.size() > 0 && below(run % 2 == 0 ? 2 : 3) == 0) {
                now = queue.front().time;
                REQUIRE(queue.front().index == reference.pop());
                queue.pop();
                REQUIRE(queue.empty() == (reference.size() == 0));
                continue;
            }
            const auto series = static_cast<std::size_t>(below(EventQueue::lane_count + 1));
            const PendingKind kind = series == 0                       ? PendingKind::arrival
                                     : series == EventQueue::no_series ? PendingKind::step
                                                                       : PendingKind::timer;
            const bool in_turn = below(4) != 0; // else it comes before others of its series
            const bool early = below(16) == 0;  // before what has been popped
            const Time time = early ? Time{} + 1ms * below(1000)
                                    : now + (in_turn ? 10ms * static_cast<int>(series + 1) : 1ms * below(20));
            ++created;
            queue.push(time, Pending::make_key(kind, created), created, 0, series);
            reference.push(time, Pending::make_key(kind, created), created);
        }
        EventQueue copy = queue; // it has the same rest
        while (reference.size() > 0) {
            const std::uint32_t expected = reference.pop();
            REQUIRE(queue.front().index == expected);
            REQUIRE(copy.front().index == expected);
            queue.pop();
            copy.pop();
        }
        CHECK(queue.empty());
        CHECK(copy.empty());
    }
}
