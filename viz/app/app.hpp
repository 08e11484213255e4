#pragma once
// The application: the session with its panels, as a frontend of a window or of pictures.

#include <functional>
#include <string>

#include "app/layout.hpp"
#include "app/platform/frontend.hpp"
#include "app/publish.hpp"
#include "app/session/session.hpp"
#include "app/view.hpp"

namespace tcpsm::viz {

class App : public Frontend {
public:
    explicit App(const SessionOptions& options) : session_(options) {}

    void frame(double now_seconds, float delta) override;
    void drawn(const ImDrawData& draw) override;
    bool done() const override { return session_.quits(); }
    bool animating() const override;
    float scale() const override { return session_.look().scale; }
    ThemeName theme() const override { return session_.look().theme; }
    Language language() const override { return session_.look().language; }
    std::string characters() const override;
    void fonts_changed(const Fonts& fonts) override;
    void scale_changed(float total) override { total_scale_ = total; }
    std::string title() const override;
    void drop_file(const std::string& path) override { session_.apply(command::OpenFile{path}); }

    [[nodiscard]] Session& session() { return session_; }
    /// Where the widgets of the last frame stand.
    [[nodiscard]] const Widgets& widgets() const { return widgets_; }
    /// From now on, this file says what the window shows.
    void publish_to(std::string path) { publisher_ = Publisher(std::move(path)); }

private:
    void draw(const View& view, Commands& commands);
    void draw_run(const View& view, const Layout& layout, Commands& commands) const;

    Session session_;
    Fonts fonts_;
    float total_scale_ = 1;
    Widgets widgets_;
    TimeScales time_scales_;
    CountsPlots counts_plots_;
    Publisher publisher_;
    std::string picture_; ///< to be written of the frame that is being drawn; empty for none
};

} // namespace tcpsm::viz
