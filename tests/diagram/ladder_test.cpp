// Where everything on a ladder stands.

#include "diagram/ladder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "diagram/label_space.hpp"
#include "diagram/random_run.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

std::vector<const Label*> labels(const LadderPicture& picture)
{
    std::vector<const Label*> all;
    const auto add = [&](const std::optional<Label>& label) {
        if (label) all.push_back(&*label);
    };
    for (const LadderBand& band : picture.bands) add(band.label);
    for (const LadderArrow& arrow : picture.arrows) add(arrow.label);
    for (const LadderBracket& bracket : picture.brackets) {
        add(bracket.label);
        add(bracket.end);
    }
    for (const LadderCall& call : picture.calls) add(call.label);
    for (const LadderTick& tick : picture.ticks) add(tick.label);
    for (const LadderFold& fold : picture.folds) add(fold.label);
    return all;
}

bool within(const Box& inner, const Box& outer)
{
    return outer.left - 0.01F <= inner.left && inner.right <= outer.right + 0.01F && outer.top - 0.01F <= inner.top &&
           inner.bottom <= outer.bottom + 0.01F;
}

void check_apart(const LadderPicture& picture)
{
    const std::vector<const Label*> all = labels(picture);
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK((!all[i]->text.empty() || !all[i]->name.empty()));
        CHECK(all[i]->box == turned_box(*all[i]).box);
        for (std::size_t j = 0; j < i; ++j) {
            if (!overlap(turned_box(*all[i]), turned_box(*all[j]))) continue;
            CAPTURE(all[i]->name + " " + all[i]->text);
            CAPTURE(all[j]->name + " " + all[j]->text);
            FAIL_CHECK("two labels overlap");
        }
    }
}

/// Nothing is written on the lifelines.
void check_beside_the_lifelines(const LadderPicture& picture)
{
    for (const Label* label : labels(picture))
        for (const LadderLifeline& line : picture.lifelines)
            CHECK((label->box.right <= line.left + 0.01F || line.right - 0.01F <= label->box.left));
}

void check_inside(const LadderPicture& picture, const Box& frame)
{
    for (const Label* label : labels(picture)) CHECK(within(label->box, frame));
    for (const LadderLifeline& line : picture.lifelines)
        CHECK(within({line.left, frame.top, line.right, frame.bottom}, frame));
    for (const LadderBand& band : picture.bands) CHECK(within(band.box, frame));
    for (const LadderFold& fold : picture.folds) CHECK(within(fold.box, frame));
    for (const LadderBracket& b : picture.brackets) CHECK(within({b.x, b.top, b.x, b.bottom}, frame));
    for (const LadderCall& call : picture.calls) CHECK(within({call.at.x, call.at.y, call.at.x, call.at.y}, frame));
    for (const LadderTick& tick : picture.ticks) CHECK(within({frame.left, tick.y, frame.left, tick.y}, frame));
    for (const LadderArrow& arrow : picture.arrows) {
        REQUIRE(arrow.line.size() >= 2);
        for (std::size_t i = 0; i < arrow.line.size(); ++i) {
            CHECK(within({arrow.line[i].x, arrow.line[i].y, arrow.line[i].x, arrow.line[i].y}, frame));
            if (i > 0) CHECK(arrow.line[i].y >= arrow.line[i - 1].y - 0.01F);
        }
        CHECK_FALSE((arrow.arrives && arrow.lost));
        if (arrow.refused) CHECK(arrow.arrives);
        if (arrow.lost) CHECK(arrow.cross == arrow.line.back());
    }
}

void check_order(const LadderPicture& picture, const Story& story)
{
    const auto rising = [](const auto& list, auto begins, auto y) {
        for (std::size_t i = 1; i < list.size(); ++i)
            if (begins(list[i - 1]) <= begins(list[i])) CHECK(y(list[i]) >= y(list[i - 1]) - 0.01F);
    };
    rising(
        picture.ticks, [](const LadderTick& t) { return t.time; }, [](const LadderTick& t) { return t.y; });
    rising(
        picture.calls, [&](const LadderCall& c) { return story.marks()[c.mark].time; },
        [](const LadderCall& c) { return c.at.y; });
    std::vector<std::vector<float>> ends(1000);
    for (const LadderBand& band : picture.bands) { // of one lane, one after the other
        const Band& what = story.bands()[band.band];
        if (what.state == State::Listen) continue;
        std::vector<float>& lanes = ends[what.host];
        lanes.resize(std::max<std::size_t>(lanes.size(), what.lane + 1), -1e9F);
        CHECK(band.box.top >= lanes[what.lane] - 0.01F);
        lanes[what.lane] = band.box.bottom;
    }
}

struct WithPicture {
    Network net;
    Story story;
    TimeScale scale;
    test::EvenMeasure measure;

    explicit WithPicture(Network n, TimeScaleOptions options = {}) : net(std::move(n))
    {
        story.read(net.history());
        scale = TimeScale(story, options);
    }
    LadderPicture lay_out(const LadderView& view) const
    {
        return lay_out_ladder(net.history(), story, scale, view, measure);
    }
    LadderView whole(float width = 1000) const
    {
        return {.frame = {0, 0, width, scale.height() + 40}, .scroll = -40, .text = 13};
    }
};

Network lost_final_ack()
{
    Network net({.seed = 1, .delay = 50ms});
    const Host client = net.host("client", {.iss = {100}});
    const Host server = net.host("server", {.iss = {300}, .accepts = true});
    static_cast<void>(server.listen(80));
    const Socket a = client.connect(server, 80);
    net.lose("client.4");
    net.run_for(1s);
    a.close();
    net.run_for(60ms);
    server.connection(1).close();
    net.run();
    return net;
}

std::string said(const std::optional<Label>& label)
{
    if (!label) return {};
    return label->name + (label->name.empty() || label->text.empty() ? "" : " ") + label->text;
}

} // namespace

TEST_CASE("the lost final ACK: every segment, state, call and timer has its name")
{
    const WithPicture p(lost_final_ack());
    const LadderPicture picture = p.lay_out(p.whole());
    std::string arrows;
    for (const LadderArrow& arrow : picture.arrows) arrows += said(arrow.label) + "\n";
    CHECK(arrows == "client.1 SYN seq=100\n"
                    "server.1 SYN,ACK seq=300 ack=101\n"
                    "client.2 ACK seq=101 ack=301\n"
                    "client.3 FIN,ACK seq=101 ack=301\n"
                    "server.2 ACK seq=301 ack=102\n"
                    "server.3 FIN,ACK seq=301 ack=102\n"
                    "client.4 ACK\n" // it has half of the way only
                    "server.4 FIN,ACK seq=301 ack=102\n"
                    "client.5 ACK seq=102 ack=302\n");
    std::string states;
    for (const LadderBand& band : picture.bands)
        if (p.story.bands()[band.band].host == 0) states += said(band.label) + " ";
    CHECK(states == "CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED ");
    std::string timers;
    for (const LadderBracket& bracket : picture.brackets)
        timers += said(bracket.label) + ", " + said(bracket.end) + "\n";
    CHECK(timers == "RTO 1 s, fires\n2 MSL 4 min, anew\n2 MSL 4 min, fires\n");
    std::string calls;
    for (const LadderCall& call : picture.calls)
        if (const std::string text = said(call.label); text.ends_with("()")) calls += text + " ";
    CHECK(calls == "listen() connect() close() close() ");
    CHECK(said(picture.folds.back().label) == "3.9 min");
    CHECK(said(picture.ticks.front().label) == "0.00 s");
}

TEST_CASE("the lost final ACK: the lost one ends in a cross, the retransmission is dashed, all others arrive")
{
    const WithPicture p(lost_final_ack());
    const LadderPicture picture = p.lay_out(p.whole());
    REQUIRE(picture.arrows.size() == 9);
    const float left = picture.lifelines[0].right;
    const float right = picture.lifelines[1].left;
    for (std::size_t i = 0; i < picture.arrows.size(); ++i) {
        const LadderArrow& arrow = picture.arrows[i];
        CHECK(arrow.lost == (i == 6));
        CHECK(arrow.arrives == (i != 6));
        CHECK(arrow.dashed == (i == 7));
        CHECK(arrow.line.back().y > arrow.line.front().y + 13);
    }
    CHECK(picture.arrows[0].line.front().x == left);
    CHECK(picture.arrows[0].line.back().x == right);
    CHECK(picture.arrows[6].cross.x == doctest::Approx((left + right) / 2));
    CHECK(picture.arrows[1].label->angle < 0);
    CHECK(picture.arrows[2].label->angle > 0);
    const Point middle{(left + right) / 2, (picture.arrows[0].line[0].y + picture.arrows[0].line[1].y) / 2};
    CHECK(segment_at(picture, middle, 4) == 0);
    CHECK(segment_at(picture, {middle.x, middle.y - 300}, 4) == std::nullopt);
}

TEST_CASE("a picture that ends while segments are under way: they are cut there, and what comes later is not told")
{
    const WithPicture p(lost_final_ack());
    LadderView view = p.whole();
    view.until = Time{} + 75ms;
    const LadderPicture picture = p.lay_out(view);
    REQUIRE(picture.arrows.size() == 2);
    CHECK_FALSE(picture.arrows[0].under_way);
    const LadderArrow& half = picture.arrows[1];
    CHECK(half.under_way);
    CHECK_FALSE(half.arrives);
    CHECK(half.line.back().y == doctest::Approx(40 + p.scale.y_at(view.until)));
    CHECK(half.line.back().x == doctest::Approx((half.line.front().x + picture.lifelines[0].right) / 2));
    for (const LadderBand& band : picture.bands) CHECK(p.story.bands()[band.band].begin <= view.until);
    for (const LadderBracket& bracket : picture.brackets) CHECK_FALSE(bracket.end);
}

TEST_CASE("one connection alone: only its two hosts, its segments, and one lane")
{
    Network net({.seed = 1, .delay = 50ms});
    const Host a = net.host("a");
    const Host b = net.host("b");
    const Host c = net.host("c", {.accepts = true});
    static_cast<void>(c.listen(80));
    static_cast<void>(a.connect(c, 80));
    static_cast<void>(b.connect(c, 80));
    static_cast<void>(b.connect(c, 80));
    net.run_for(1s);
    const WithPicture p(std::move(net));
    LadderView view = p.whole();
    view.only = ConnectionName{1, 1};
    const LadderPicture picture = p.lay_out(view);
    REQUIRE(picture.lifelines.size() == 2);
    CHECK(picture.lifelines[0].name == "b");
    CHECK(picture.lifelines[1].name == "c");
    CHECK(picture.arrows.size() == 3);
    CHECK(p.lay_out(p.whole()).arrows.size() == 9);
    for (const LadderBand& band : picture.bands) {
        const Band& what = p.story.bands()[band.band];
        CHECK((what.host == 2 ? what.connection == 0 || what.connection == 2 : what.connection <= 1));
    }
}

TEST_CASE("a host that talks to itself: its segments leave to the side and come back, written upright beside it")
{
    Network net({.seed = 1, .delay = 50ms});
    const Host a = net.host("a", {.accepts = true});
    static_cast<void>(a.listen(80));
    static_cast<void>(a.connect(a, 80));
    net.run_for(1s);
    const WithPicture p(std::move(net));
    const LadderPicture picture = p.lay_out(p.whole());
    REQUIRE(picture.arrows.size() == 3);
    for (const LadderArrow& arrow : picture.arrows) {
        CHECK(arrow.line.front().x == arrow.line.back().x);
        CHECK(arrow.line[1].x > arrow.line[0].x);
        REQUIRE(arrow.label);
        CHECK(arrow.label->angle == 0);
        CHECK(arrow.label->at.x > arrow.line[1].x);
    }
}

TEST_CASE("an injected segment and a copy: begin in the network, for no host sent them")
{
    Network net({.seed = 1, .delay = 50ms});
    const Host a = net.host("a");
    const Host b = net.host("b");
    Segment syn;
    syn.flags = Flag::SYN;
    net.inject(a, 1, b, 2, syn);
    net.run_for(1s);
    const WithPicture p(std::move(net));
    const LadderPicture picture = p.lay_out(p.whole());
    REQUIRE(picture.arrows.size() == 2);
    CHECK(picture.arrows[0].line.front().x > picture.lifelines[0].right + 20);
    CHECK(picture.arrows[0].refused);
    CHECK(picture.arrows[1].line.front().x == picture.lifelines[1].left);
}

TEST_CASE("scrolled: the same picture, moved, and nothing sideways")
{
    const WithPicture p(lost_final_ack());
    LadderView view{.frame = {10, 20, 910, 320}, .scroll = 0, .text = 13};
    const LadderPicture before = p.lay_out(view);
    view.scroll = 50;
    const LadderPicture after = p.lay_out(view);
    REQUIRE(before.lifelines.size() == after.lifelines.size());
    for (std::size_t i = 0; i < before.lifelines.size(); ++i) CHECK(before.lifelines[i].x == after.lifelines[i].x);
    for (const LadderArrow& arrow : after.arrows)
        for (const LadderArrow& same : before.arrows)
            if (arrow.segment == same.segment && arrow.line.size() == same.line.size() && arrow.arrives && same.arrives)
                CHECK(arrow.line.back().y == doctest::Approx(same.line.back().y - 50));
}

TEST_CASE("any run, scrolled anywhere: nothing is missing that the whole picture has there")
{
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const WithPicture p(test::random_run(seed));
        const LadderPicture whole = p.lay_out(p.whole());
        for (int place = 0; static_cast<float>(place) < p.scale.height(); place += 391) {
            const auto top = static_cast<float>(place);
            CAPTURE(seed);
            CAPTURE(top);
            const Box frame{0, 0, 1000, 300};
            const LadderPicture part = p.lay_out({.frame = frame, .scroll = top - 40, .text = 13});
            const auto seen = [&](float above, float below) { return below > top + 1 && above < top + 299; };
            for (const LadderArrow& arrow : whole.arrows)
                if (seen(arrow.line.front().y, arrow.line.back().y))
                    CHECK(std::any_of(part.arrows.begin(), part.arrows.end(),
                                      [&](const LadderArrow& a) { return a.segment == arrow.segment; }));
            for (const LadderBand& band : whole.bands)
                if (seen(band.box.top, band.box.bottom))
                    CHECK(std::any_of(part.bands.begin(), part.bands.end(),
                                      [&](const LadderBand& b) { return b.band == band.band; }));
            for (const LadderCall& call : whole.calls)
                if (seen(call.at.y, call.at.y))
                    CHECK(std::any_of(part.calls.begin(), part.calls.end(),
                                      [&](const LadderCall& c) { return c.mark == call.mark; }));
        }
    }
}

TEST_CASE("Chinese: the words are others, the terms of the protocol are not")
{
    const WithPicture p(lost_final_ack());
    LadderView view = p.whole();
    view.language = Language::chinese;
    const LadderPicture picture = p.lay_out(view);
    REQUIRE(picture.brackets.size() == 3);
    CHECK(said(picture.brackets[0].label) == "RTO 1 s");
    CHECK(said(picture.brackets[0].end) == "到时");
}

TEST_CASE("no records, no hosts, no room: a picture all the same")
{
    const WithPicture empty{Network()};
    CHECK(empty.lay_out({.frame = {0, 0, 500, 500}}).lifelines.empty());
    Network net;
    net.host("a");
    net.host("b");
    const WithPicture hosts(std::move(net));
    CHECK(hosts.lay_out({.frame = {0, 0, 500, 500}}).lifelines.size() == 2);
    const WithPicture run(lost_final_ack());
    CHECK(run.lay_out({.frame = {0, 0, 0, 500}}).arrows.empty());
    CHECK(run.lay_out({.frame = {100, 100, 50, 50}}).arrows.empty());
}

TEST_CASE("any run, any frame: labels are apart, all is inside, and the order is kept")
{
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        test::Chance chance(seed + 1000);
        const TimeMode mode = chance.one_in(3) ? TimeMode::exact : TimeMode::compressed;
        const float zoom = chance.one_in(3) ? 0.4F : chance.one_in(2) ? 1.0F : 3.0F;
        const WithPicture p(test::random_run(seed), {.mode = mode, .zoom = zoom});
        for (const Point size : {Point{1000, 700}, {300, 400}, {640, 2000}, {1900, 90}, {60, 40}, {3, 3}}) {
            LadderView view;
            view.frame = {17.5F, 100, 17.5F + size.x, 100 + size.y};
            view.text = chance.one_in(2) ? 13.0F : 18.0F;
            view.timers = !chance.one_in(4);
            view.calls = !chance.one_in(4);
            const Time end = p.story.moments().empty() ? Time{} : p.story.moments().back().time;
            if (chance.one_in(3)) view.until = Time{} + end.time_since_epoch() / chance.between(1, 9);
            if (chance.one_in(4)) view.only = ConnectionName{0, chance.between(1, 3)};
            for (const float part : {-0.1F, 0.0F, 0.37F, 0.9F}) {
                view.scroll = part * p.scale.height();
                CAPTURE(seed);
                CAPTURE(size.x);
                CAPTURE(view.scroll);
                const LadderPicture picture = p.lay_out(view);
                check_apart(picture);
                check_inside(picture, view.frame);
                check_order(picture, p.story);
                check_beside_the_lifelines(picture);
            }
        }
    }
}

TEST_CASE("100,000 records: a picture costs what is seen of them, at any place and in both modes")
{
    Network net({.seed = 3});
    const Pair pair = established(net, "a", "b");
    while (net.history().records().size() < 100000) {
        pair.a.send(std::string(3000, 'x'));
        net.run_for(15ms);
        static_cast<void>(pair.b.receive());
        net.run_for(30ms);
    }
    for (const TimeMode mode : {TimeMode::compressed, TimeMode::exact}) {
        const WithPicture p(net, {.mode = mode});
        for (const float part : {0.0F, 0.5F, 0.99F}) {
            const std::size_t before = p.measure.asked;
            const LadderPicture picture =
                p.lay_out({.frame = {0, 0, 1280, 800}, .scroll = part * (p.scale.height() - 800), .text = 14});
            CHECK(p.measure.asked - before < 3000);
            CHECK(picture.arrows.size() < 3000);
            CHECK(picture.arrows.size() > 10);
            CHECK(picture.bands.size() < 100);
        }
    }
}
