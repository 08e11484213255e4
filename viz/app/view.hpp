#pragma once
// What a panel is given to draw with: all of it is read, but the list of widgets, which grows as they are drawn.

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "app/platform/fonts.hpp"
#include "app/session/session.hpp"
#include "app/theme.hpp"
#include "diagram/counts_plot.hpp"
#include "diagram/geometry.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {

/// Where the widgets of the last frame stand, by name: tests click by it, menus open beneath it.
class Widgets {
public:
    struct Widget {
        Box box;
        bool enabled = true;
    };
    /// Text that does not fit where it stands.
    struct Cramped {
        std::string name;
        std::string text;
        float wanted = 0;
        float given = 0;
    };

    void begin_frame()
    {
        drawn_.clear();
        cramped_.clear();
    }
    void add(std::string_view name, const Box& box, bool enabled = true)
    {
        drawn_.insert_or_assign(std::string(name), Widget{box, enabled});
    }
    void fits(std::string_view name, std::string_view text, float wanted, float given)
    {
        if (wanted > given + 0.5F) cramped_.push_back({std::string(name), std::string(text), wanted, given});
    }
    [[nodiscard]] const Widget* find(std::string_view name) const
    {
        const auto found = drawn_.find(name);
        return found == drawn_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] const std::map<std::string, Widget, std::less<>>& all() const { return drawn_; }
    [[nodiscard]] const std::vector<Cramped>& cramped() const { return cramped_; }

private:
    std::map<std::string, Widget, std::less<>> drawn_;
    std::vector<Cramped> cramped_;
};

/// Ladders' time scales, kept from frame to frame: they change when a run grows, or the zoom does.
class TimeScales {
public:
    const TimeScale& of(const Future& future, const TimeScaleOptions& options);

private:
    struct Kept {
        std::uint32_t future = 0; ///< its id
        std::size_t moments = 0;
        TimeScaleOptions options;
        TimeScale scale;
    };
    std::deque<Kept> kept_; // what was handed out stays where it is
};

/// Plots of connections over time, kept from frame to frame in the same way.
class CountsPlots {
public:
    /// Thinned out to a width, in boxes that are so wide; their heights are for the one who draws them. Beside another
    /// future, both have the same scales.
    std::vector<CountsPlot>& of(const Future& future, const Future* beside, float width);

private:
    struct Kept {
        std::uint32_t future = 0; ///< its id
        std::optional<std::uint32_t> beside;
        std::uint64_t known = 0; ///< how far both have been run
        float width = 0;
        std::vector<CountsPlot> plots;
    };
    std::deque<Kept> kept_; // what was handed out stays where it is
};

struct View {
    const Session& session;
    const Theme& theme;
    const Fonts& fonts;
    float scale = 1; ///< that all sizes are multiplied with
    Widgets& widgets;
    TimeScales& time_scales;
    CountsPlots& counts_plots;

    [[nodiscard]] Language language() const { return session.look().language; }
    [[nodiscard]] const Look& look() const { return session.look(); }
    [[nodiscard]] std::string_view text(Phrase what) const { return phrase(language(), what); }
    template <class... Args>
    [[nodiscard]] std::string text(Phrase what, const Args&... args) const
    {
        return say(language(), what, args...);
    }
    /// A length that was designed at scale 1.
    [[nodiscard]] float px(float length) const { return length * scale; }
    [[nodiscard]] ImU32 host_colour(HostId host) const { return theme.host(host); }
};

/// The same look with one thing changed: `changed(view, [](Look& l) { l.zoom = 1; })`.
template <class Change>
[[nodiscard]] command::SetLook changed(const View& view, Change&& change)
{
    Look look = view.look();
    change(look);
    return {std::move(look)};
}

inline ImVec2 to_im(Point p)
{
    return {p.x, p.y};
}
inline Point from_im(ImVec2 p)
{
    return {p.x, p.y};
}

} // namespace tcpsm::viz
