// From virtual time to a place on the ladder, and back.

#include "diagram/time_scale.hpp"

#include <doctest/doctest.h>

#include "diagram/random_run.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

/// A handshake of 50 ms a way, a second of silence, a close, and a TIME-WAIT of 4 minutes.
struct WholeLife : Network {
    WholeLife() : Network({.seed = 1, .delay = 50ms})
    {
        const Host server = host("server", {.accepts = true});
        const Host client = host("client");
        static_cast<void>(server.listen(80));
        const Socket a = client.connect(server, 80);
        run_until(Time{} + 1s);
        a.close();
        run_for(1s);
        server.connection(1).close();
        run();
        story.read(history());
    }
    Story story;
};

Time time_of(const Story& story, std::uint32_t moment)
{
    return story.moments()[moment].time;
}

} // namespace

TEST_CASE_FIXTURE(WholeLife,
                  "compressed: a handshake and a TIME-WAIT of 4 minutes fit 800 pixels, and both are readable")
{
    const TimeScale scale(story, {});
    CHECK(scale.height() < 800);
    for (const viz::Flight& flight : story.flights())
        CHECK(scale.y(flight.end_moment) - scale.y(flight.sent_moment) >= 1.5F * 18);
    REQUIRE(scale.folds().size() == 3);
    const viz::Fold& time_wait = scale.folds().back();
    CHECK(time_wait.length == 239950ms);
    CHECK(time_wait.bottom - time_wait.top == doctest::Approx(2.5 * 18));
    CHECK(time_of(story, time_wait.moment) == time_wait.begin);
}

TEST_CASE_FIXTURE(WholeLife, "exact: with zoom 1 all of it fits the height, and as long as it took is as high")
{
    const TimeScale scale(story, {.mode = TimeMode::exact, .height = 600});
    CHECK(scale.height() <= 600);
    CHECK(scale.folds().empty());
    const float second = scale.y_at(Time{} + 2s) - scale.y_at(Time{} + 1s);
    CHECK(scale.y_at(Time{} + 101s) - scale.y_at(Time{} + 1s) == doctest::Approx(100 * second).epsilon(0.001));
    const TimeScale larger(story, {.mode = TimeMode::exact, .zoom = 10, .height = 600});
    CHECK(larger.y_at(Time{} + 100s) == doctest::Approx(10 * scale.y_at(Time{} + 100s)).epsilon(0.001));
}

TEST_CASE("compressed, zoomed: all distances grow by that")
{
    WholeLife life;
    const TimeScale one(life.story, {});
    const TimeScale two(life.story, {.zoom = 2});
    for (std::uint32_t i = 0; i < life.story.moments().size(); ++i)
        CHECK(two.y(i) == doctest::Approx(2 * one.y(i)).epsilon(0.001));
}

TEST_CASE("several departures of one moment: a row apart each")
{
    Network net({.seed = 1, .delay = 50ms});
    const Pair pair = established(net, "A", "B");
    pair.a.send(std::string(5000, 'x'));
    net.run_for(1s);
    Story story;
    story.read(net.history());
    const TimeScale scale(story, {.row = 20});
    REQUIRE(story.flights()[3].sent_moment == story.flights()[0].sent_moment);
    CHECK(scale.y_of_departure(story.flights()[3].sent_moment, 3) - scale.y(story.flights()[0].sent_moment) == 60);
    CHECK(scale.y(story.flights()[3].sent_moment + 1) >= scale.y(story.flights()[3].sent_moment) + 80);
}

TEST_CASE("at one instant, at two hosts: they stand at one height, and a third one at the first host below them")
{
    Network net({.seed = 1, .delay = 50ms});
    const Host a = net.host("A");
    const Host b = net.host("B");
    static_cast<void>(a.connect(b, 80));
    static_cast<void>(b.connect(a, 90));
    static_cast<void>(a.connect(b, 81));
    Story story;
    story.read(net.history());
    const TimeScale scale(story, {.row = 20});
    REQUIRE(story.moments().size() == 3);
    CHECK(scale.y(0) == scale.y(1));
    CHECK(scale.y(2) == scale.y(0) + 20);
}

TEST_CASE("no records, or one moment: a scale of its own all the same")
{
    const TimeScale nothing(Story(), {});
    CHECK(nothing.height() == 0);
    CHECK(nothing.y_at(Time{} + 5s) == 0);
    CHECK(nothing.time_at(7) == Time{});
    CHECK(nothing.moment_at(0) == 0);

    Network net;
    static_cast<void>(net.host("A").listen(80));
    Story story;
    story.read(net.history());
    for (const TimeMode mode : {TimeMode::compressed, TimeMode::exact}) {
        const TimeScale scale(story, {.mode = mode});
        CHECK(scale.y_at(Time{} + 1h) <= scale.height());
        CHECK(scale.time_at(scale.height()) == Time{});
    }
}

TEST_CASE("any run, both modes: later is never above, and a place leads back to its time")
{
    for (std::uint64_t seed = 1; seed <= 80; ++seed) {
        const Network net = test::random_run(seed);
        Story story;
        story.read(net.history());
        if (story.moments().empty()) continue;
        for (const TimeMode mode : {TimeMode::compressed, TimeMode::exact}) {
            CAPTURE(seed);
            CAPTURE(static_cast<int>(mode));
            const TimeScale scale(story, {.mode = mode});
            for (std::uint32_t i = 1; i < story.moments().size(); ++i) {
                CHECK(scale.y(i) >= scale.y(i - 1));
                CHECK(scale.y(scale.moment_at(scale.y(i))) == scale.y(i));
                CHECK(scale.y_at(time_of(story, i)) >= scale.y(i));
                CHECK(scale.y(i) <= scale.height());
            }
            const Time first = time_of(story, 0);
            const Duration whole = story.moments().back().time - first;
            float last = 0;
            for (int i = 0; i <= 200; ++i) {
                const float y = scale.y_at(first + whole / 200 * i);
                CHECK(y >= last);
                last = y;
            }
            for (int part = 0; part < 500; ++part) {
                const float y = scale.height() * static_cast<float>(part) / 500;
                const Time time = scale.time_at(y);
                CHECK(time >= first);
                // At one instant several rows may stand: then the place is the last of them.
                if (y < scale.y_at(story.moments().back().time)) CHECK(scale.y_at(time) >= y - 0.6F);
                CHECK(scale.time_at(y + 1) >= time);
            }
            for (const viz::Fold& fold : scale.folds()) {
                CHECK(fold.bottom > fold.top);
                CHECK(fold.top >= scale.y(fold.moment));
                CHECK(fold.bottom <= scale.y(fold.moment + 1) + 0.01F);
            }
        }
    }
}

TEST_CASE("any run, compressed: what happens at one host never stands in one row")
{
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        const Network net = test::random_run(seed);
        Story story;
        story.read(net.history());
        const TimeScale scale(story, {});
        std::vector<float> clear(net.history().hosts().size(), -1);
        for (std::uint32_t i = 0; i < story.moments().size(); ++i) {
            const Moment& moment = story.moments()[i];
            if (moment.rows == 0 || moment.host == no_host) continue;
            CHECK(scale.y(i) >= clear[moment.host] - 0.01F);
            clear[moment.host] = scale.y(i) + 18.0F * moment.rows * 0.999F;
        }
    }
}
