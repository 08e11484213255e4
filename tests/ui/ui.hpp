#pragma once
// The application without a window: what a user does, by the names of the widgets.

#include <string>
#include <string_view>

#include "app/app.hpp"
#include "app/platform/headless.hpp"

namespace tcpsm::viz {

class Ui {
public:
    explicit Ui(int width = 1600, int height = 900, const Look& look = {});

    App app;
    Headless screen;

    [[nodiscard]] Session& session() { return app.session(); }
    [[nodiscard]] const Future& future() { return app.session().current(); }
    [[nodiscard]] std::string now() { return to_string(future().now()); }
    [[nodiscard]] bool has(std::string_view widget) const { return app.widgets().find(widget) != nullptr; }
    /// Its centre; fails the test where there is none of that name.
    [[nodiscard]] ImVec2 at(std::string_view widget) const;
    /// Opens a scenario of examples/scenarios, and goes to a time.
    void open(std::string_view scenario, Time time = {});
    void click(std::string_view widget);
    void tap(Key key, bool shift = false, bool ctrl = false);
    void frames(int count, float delta = 1.0F / 60);
    /// The state that a host's first connection is in.
    [[nodiscard]] State state(std::string_view host);
};

/// The whole ladder of a future, with times and reasons.
[[nodiscard]] std::string story_of(const Future& future);

} // namespace tcpsm::viz
