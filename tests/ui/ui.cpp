#include "ui/ui.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "support/places.hpp"
#include "tcpsm/trace/ladder.hpp"

namespace tcpsm::viz {
namespace {

SessionOptions options_with(const Look& look)
{
    SessionOptions options;
    options.scenarios = tcpsm::test::in_source("examples/scenarios");
    options.look = look;
    return options;
}

} // namespace

Ui::Ui(int width, int height, const Look& look) : app(options_with(look)), screen(app, width, height)
{
    screen.settle();
}

ImVec2 Ui::at(std::string_view widget) const
{
    const auto* const found = app.widgets().find(widget);
    INFO("the widget ", std::string(widget));
    REQUIRE(found != nullptr);
    const Point centre = found->box.centre();
    return {centre.x, centre.y};
}

void Ui::open(std::string_view scenario, Time time)
{
    session().apply(command::OpenFile{tcpsm::test::in_source("examples/scenarios/") + std::string(scenario) + ".yaml"});
    REQUIRE(!session().empty());
    if (time > Time{}) session().apply(command::GoTo{time});
    screen.settle();
}

void Ui::click(std::string_view widget)
{
    screen.click(at(widget));
    screen.settle();
}

void Ui::tap(Key key, bool shift, bool ctrl)
{
    screen.modifiers(ctrl, shift, false);
    screen.tap(key);
    screen.modifiers(false, false, false);
    screen.settle();
}

void Ui::frames(int count, float delta)
{
    for (int i = 0; i < count; ++i) screen.frame(delta);
}

State Ui::state(std::string_view host)
{
    Network& world = future().network();
    return world.state(world.host_id(host), 1);
}

std::string story_of(const Future& future)
{
    return ladder(future.history(), {.times = true, .events = true, .why = true});
}

} // namespace tcpsm::viz
