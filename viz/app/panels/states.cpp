// The state diagrams, one a host: where it stands, the edge just taken, the edges it took before.

#include <algorithm>
#include <set>

#include "app/draw.hpp"
#include "app/panels/ladder_drawing.hpp"
#include "app/panels/panels.hpp"
#include "app/platform/imgui_compat.hpp"
#include "app/widgets.hpp"
#include "diagram/state_diagram.hpp"

namespace tcpsm::viz {
namespace {

/// What one connection has been through, up to the moment shown.
struct Way {
    ConnectionName who;
    State now = State::Closed;
    std::set<std::pair<State, State>> taken;
    std::pair<State, State> last{State::Closed, State::Closed};
    bool last_is_new = false; ///< taken in the event just shown
};

/// The connection that the diagram of a host follows: the one that the ladder is about, else its latest.
std::uint32_t connection_of(const View& view, HostId host)
{
    if (view.look().only && view.look().only->host == host) return view.look().only->connection;
    const Future& future = view.session.current();
    std::uint32_t latest = 0;
    for (const Band& band : future.story().bands()) {
        if (band.begin_moment != 0 && future.story().moments()[band.begin_moment].end > future.records()) break;
        if (band.host == host) latest = std::max(latest, band.connection);
    }
    return latest;
}

void follow(const Future& future, std::uint32_t connection, Way& way)
{
    const auto& moments = future.story().moments();
    State before = State::Closed;
    for (const std::uint32_t index : future.story().bands_of(way.who.host, connection)) {
        const Band& band = future.story().bands()[index];
        if (band.record != none && band.record >= future.records()) break;
        if (band.record == none) {
            before = way.now = band.state;
            continue;
        }
        const Record& record = future.history().records()[band.record];
        before = record.kind == RecordKind::state ? record.from : before;
        way.last = {before, band.state};
        way.taken.insert(way.last);
        way.last_is_new = band.begin_moment == future.moment() && moments[band.begin_moment].end == future.records();
        before = way.now = band.state;
    }
}

Way way_of(const View& view, HostId host)
{
    Way way;
    way.who = {host, connection_of(view, host)};
    const Future& future = view.session.current();
    follow(future, 0, way); // a server's way begins as the listener
    const bool was_listening = way.now == State::Listen;
    if (way.who.connection == 0) return way;
    way.now = was_listening ? State::Listen : State::Closed;
    follow(future, way.who.connection, way);
    return way;
}

class Diagram {
public:
    Diagram(const View& view, const Way& way, const Box& box)
        : view_(view), way_(way), list_(*ImGui::GetWindowDrawList()), measure_(view.fonts)
    {
        font_ = view.fonts.tiny;
        diagram_ = lay_out_states(box, font_size(font_), measure_);
        const float room = diagram_.boxes.front().box.width() - view.px(4);
        // The largest font in which every name fits its box, at its own size: scaled letters are blurred.
        for (ImFont* const font : {view.fonts.small, view.fonts.regular})
            if (text_width(font, name(State::SynReceived)) <= room) font_ = font;
        size_ = std::min(1.0F, room / text_width(font_, name(State::SynReceived))) * font_size(font_);
    }

    void draw()
    {
        for (const StateEdge& edge : diagram_.edges)
            if (!taken(edge)) draw_edge(edge);
        for (const StateEdge& edge : diagram_.edges)
            if (taken(edge)) draw_edge(edge);
        for (const StateBox& box : diagram_.boxes) draw_box(box);
    }

private:
    [[nodiscard]] bool taken(const StateEdge& edge) const { return way_.taken.contains({edge.from, edge.to}); }
    [[nodiscard]] bool just_taken(const StateEdge& edge) const
    {
        return way_.last_is_new && way_.last == std::pair{edge.from, edge.to};
    }

    void draw_edge(const StateEdge& edge)
    {
        const ImU32 colour = view_.host_colour(way_.who.host);
        if (just_taken(edge)) {
            draw_line(list_, edge.line, {fade(view_.theme.now_line, 0.55F), view_.px(7)});
            draw_line(list_, edge.line, {colour, view_.px(2.4F)});
            draw_head(list_, edge.line, colour, view_.px(9));
        } else if (taken(edge)) {
            draw_line(list_, edge.line, {colour, view_.px(1.8F)});
            draw_head(list_, edge.line, colour, view_.px(7));
        } else if (edge.in_figure_5) {
            draw_line(list_, edge.line, {view_.theme.line, view_.px(1)});
            draw_head(list_, edge.line, view_.theme.line, view_.px(5));
        }
    }

    void draw_box(const StateBox& state)
    {
        const bool here = state.state == way_.now;
        const bool visited = here || been(state.state);
        const Paint& paint = view_.theme.state(state.state);
        const Box& box = state.box;
        const ImVec2 least{box.left, box.top};
        const ImVec2 most{box.right, box.bottom};
        const float rounding = view_.px(3);
        list_.AddRectFilled(least, most, visited ? paint.fill : view_.theme.panel, rounding);
        list_.AddRect(least, most, here ? view_.host_colour(way_.who.host) : view_.theme.border, rounding, 0,
                      view_.px(here ? 2.6F : 1));
        if (here) { // the token
            const Point at{box.left, box.centre().y};
            list_.AddCircleFilled({at.x, at.y}, view_.px(5.5F), view_.theme.panel, 20);
            list_.AddCircleFilled({at.x, at.y}, view_.px(4.2F), view_.host_colour(way_.who.host), 20);
        }
        const std::string_view text = name(state.state);
        const ImVec2 size = font_->CalcTextSizeA(size_, 1e9F, 0, text.data(), text.data() + text.size());
        const Point centre = box.centre();
        list_.AddText(font_, size_, {centre.x - size.x / 2, centre.y - size.y / 2},
                      visited ? paint.text : view_.theme.faint, text.data(), text.data() + text.size());
    }
    [[nodiscard]] bool been(State state) const
    {
        return std::any_of(way_.taken.begin(), way_.taken.end(),
                           [&](const auto& edge) { return edge.first == state || edge.second == state; });
    }

    const View& view_;
    const Way& way_;
    ImDrawList& list_;
    FontMeasure measure_;
    StateDiagram diagram_;
    ImFont* font_;
    float size_;
};

void draw_host(const View& view, HostId host, const Box& box)
{
    const Way way = way_of(view, host);
    const HostInfo& info = view.session.current().history().hosts()[host];
    std::string title = info.name;
    if (way.who.connection > 1) title += '#' + std::to_string(way.who.connection);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float width = text_width(view.fonts.bold, title);
    list.AddText(view.fonts.bold, font_size(view.fonts.bold), {box.centre().x - width / 2, box.top},
                 view.host_colour(host), title.c_str());
    const Box inside{box.left, box.top + view.px(20), box.right, box.bottom};
    if (inside.width() < view.px(60) || inside.height() < view.px(60)) return;
    Diagram(view, way, inside).draw();
}

} // namespace

void draw_states(const View& view, const Box& box, Commands& /*commands*/)
{
    const Panel panel(view, "states", box, view.text(Phrase::states));
    if (!panel || view.session.empty()) return;
    const std::size_t hosts = view.session.current().history().hosts().size();
    if (hosts == 0) return;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    // Two beside each other; more hosts stand below, and the panel scrolls.
    const std::size_t columns = std::min<std::size_t>(hosts, 2);
    const float gap = view.px(12);
    const float width = (room.x - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float height = std::max(room.y, view.px(150));
    for (std::size_t i = 0; i < hosts; ++i) {
        const std::size_t row = i / columns;
        const float left = at.x + static_cast<float>(i % columns) * (width + gap);
        const float top = at.y + static_cast<float>(row) * (height + gap);
        draw_host(view, static_cast<HostId>(i), {left, top, left + width, top + height});
    }
    const std::size_t rows = (hosts + columns - 1) / columns;
    if (rows > 1) ImGui::Dummy({1, static_cast<float>(rows) * (height + gap)});
}

} // namespace tcpsm::viz
