// Which places of a picture are free for text.

#include "diagram/label_space.hpp"

#include <doctest/doctest.h>

using namespace tcpsm::viz;

TEST_CASE("turned boxes: overlap where they cover a common point, and not where only their upright boxes do")
{
    const TurnedBox level = turned_box({0, 0}, 0, 100, 10);
    CHECK(level.box.left == 0);
    CHECK(level.box.right == 100);
    CHECK(level.box.top == doctest::Approx(-8));
    CHECK(level.box.bottom == doctest::Approx(2.4));
    CHECK(overlap(level, turned_box({50, 5}, 0, 10, 10)));
    CHECK_FALSE(overlap(level, turned_box({50, 11}, 0, 10, 10)));
    CHECK(overlap(level, turned_box({-20, -20}, 0.7F, 100, 10)));
    const TurnedBox slanted = turned_box({0, 0}, 0.785F, 100, 10);
    const TurnedBox beside = turned_box({40, 10}, 0.785F, 100, 10);
    CHECK(slanted.box.overlaps(beside.box));
    CHECK_FALSE(overlap(slanted, beside));
    CHECK(overlap(slanted, turned_box({0, 50}, -0.785F, 100, 10)));
}

TEST_CASE("a place: is free inside the frame and away from labels, and clear away from others' lines")
{
    LabelSpace space({0, 0, 200, 100});
    const TurnedBox place = turned_box({50, 50}, 0.1F, 60, 12);
    CHECK(space.is_free(place));
    CHECK(space.is_clear(place));
    space.add_line({0, 40}, {200, 60}, 7);
    CHECK_FALSE(space.is_clear(place));
    CHECK(space.is_clear(place, 7));
    CHECK(space.is_clear(turned_box({50, 90}, 0, 60, 12)));
    CHECK(space.is_free(place));
    space.take(place);
    CHECK_FALSE(space.is_free(place));
    CHECK(space.is_free(turned_box({50, 90}, 0, 60, 12)));
    CHECK_FALSE(space.is_free(turned_box({150, 90}, 0, 60, 12)));
    CHECK_FALSE(space.is_free(turned_box({50, 5}, 0, 60, 12)));
    CHECK_FALSE(space.is_free(turned_box({50, 99}, 0, 60, 12)));
    space.add_wall(10, 20);
    CHECK_FALSE(space.is_free(turned_box({5, 90}, 0, 60, 12)));
    CHECK(space.is_free(turned_box({20, 90}, 0, 60, 12)));
}
