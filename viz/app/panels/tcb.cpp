// The TCB of each connection with what the last event changed, its sequence space, and its timers.

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "app/panels/panels.hpp"
#include "app/platform/imgui_compat.hpp"
#include "app/widgets.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

// RFC 9293, 3.3.1, tables 2 and 3, with the largest window ever offered, what the timer of RFC 6298 keeps, and what
// congestion control allows (RFC 5681).
constexpr std::array<const char*, 17> names{"SND.UNA", "SND.NXT", "SND.WND", "MAX.SND.WND", "SND.UP",  "SND.WL1",
                                            "SND.WL2", "ISS",     "RCV.NXT", "RCV.WND",     "RCV.UP",  "IRS",
                                            "MSS",     "RTO",     "SRTT",    "cwnd",        "ssthresh"};

std::array<std::string, names.size()> values_of(const Standing& connection)
{
    const Tcb& tcb = connection.tcb();
    const bool open = tcb.state != State::Closed && tcb.state != State::Listen;
    const bool knows_peer = open && tcb.state != State::SynSent;
    const auto point = [](bool known, Seq seq) { return known ? std::to_string(seq.value()) : std::string("–"); };
    const auto srtt = connection.rto().srtt();
    const bool controls = connection.congestion().controls();
    const auto octets = [&](std::uint32_t count) {
        return controls && count < (1U << 30) ? std::to_string(count)
                                              : std::string("–"); // ssthresh begins without bound
    };
    return {point(open, tcb.snd.una),
            point(open, tcb.snd.nxt),
            knows_peer ? std::to_string(tcb.snd.wnd) : "–",
            knows_peer ? std::to_string(tcb.snd.max_wnd) : "–",
            point(tcb.snd.urgent, tcb.snd.up),
            point(knows_peer, tcb.snd.wl1),
            point(knows_peer, tcb.snd.wl2),
            point(open, tcb.snd.iss),
            point(knows_peer, tcb.rcv.nxt),
            std::to_string(tcb.rcv.wnd),
            point(tcb.rcv.urgent, tcb.rcv.up),
            point(knows_peer, tcb.rcv.irs),
            std::to_string(tcb.send_mss),
            to_string(connection.rto().rto()),
            srtt > Duration{0} ? to_string(srtt) : "–",
            octets(connection.congestion().window()),
            octets(connection.congestion().threshold())};
}

struct Shown {
    HostId host = no_host;
    std::uint32_t number = 0;
    std::string title;
    const Standing& now;
    const Standing* before = nullptr; ///< null where it is new
};

const Standing* find(const std::vector<Alive>& all, HostId host, std::uint32_t number)
{
    for (const Alive& alive : all)
        if (alive.host == host && alive.number == number) return &alive.standing;
    return nullptr;
}

/// The connections that are alive, those with the lowest numbers first; the ladder's own where it shows but one.
std::vector<Shown> connections(const View& view)
{
    constexpr std::size_t most = 8;
    const Future& future = view.session.current();
    const auto& only = view.look().only;
    std::vector<Shown> all;
    for (const Alive& alive : future.alive()) {
        if (only && only->host == alive.host && only->connection != alive.number) continue;
        if (all.size() == most) break;
        std::string title = future.history().hosts()[alive.host].name;
        if (alive.number > 1) title += fmt::format("#{}", alive.number);
        all.push_back({alive.host, alive.number, std::move(title), alive.standing,
                       find(future.alive_before(), alive.host, alive.number)});
    }
    return all;
}

/// One value; what the last event changed stands out by its ground and by a dot.
void draw_value(const View& view, const std::string& value, bool is_new)
{
    ImFont* const font = view.fonts.small;
    if (is_new) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = text_width(font, "• " + value);
        ImGui::GetWindowDrawList()->AddRectFilled({at.x - view.px(4), at.y - view.px(1)},
                                                  {at.x + width + view.px(4), at.y + font_size(font) + view.px(2)},
                                                  view.theme.highlight.fill, view.px(3));
    }
    text_line(view, is_new ? "• " + value : value, font, is_new ? view.theme.highlight.text : view.theme.text,
              Origin::users);
}

/// The name of a row, in a column that is as wide as the widest.
void draw_name(const View& view, const char* name)
{
    const ImVec2 at = ImGui::GetCursorScreenPos();
    text_line(view, name, view.fonts.small, view.theme.faint);
    view.widgets.add(std::string("tcb.") + name,
                     {at.x, at.y, at.x + text_width(view.fonts.small, name), at.y + font_size(view.fonts.small)});
}

float width_of_names(const View& view)
{
    float widest = 0;
    for (const char* const name : names) widest = std::max(widest, text_width(view.fonts.small, name));
    return std::ceil(widest) + view.px(6);
}

void draw_table(const View& view, const std::vector<Shown>& shown)
{
    const int columns = static_cast<int>(shown.size()) + 1;
    const TightTable table("tcb", columns, {view.px(4), view.px(0.5F)}, ImGuiTableFlags_SizingStretchSame);
    if (!table) return;
    ImGui::TableSetupColumn("name", ImGuiTableColumnFlags_WidthFixed, width_of_names(view));
    ImGui::TableNextRow();
    for (int c = 1; c < columns; ++c) {
        ImGui::TableSetColumnIndex(c);
        const Shown& one = shown[static_cast<std::size_t>(c - 1)];
        text_line(view, one.title, view.fonts.bold, view.host_colour(one.host), Origin::users);
        text_line(view, name(one.now.state()), view.fonts.small, view.theme.faint, Origin::users);
    }
    std::vector<std::array<std::string, names.size()>> now;
    std::vector<std::array<std::string, names.size()>> before;
    for (const Shown& one : shown) {
        now.push_back(values_of(one.now));
        before.push_back(one.before != nullptr ? values_of(*one.before) : now.back());
    }
    for (std::size_t row = 0; row < names.size(); ++row) {
        ImGui::TableNextRow();
        ImGui::TableSetColumnIndex(0);
        draw_name(view, names[row]);
        for (std::size_t c = 0; c < shown.size(); ++c) {
            ImGui::TableSetColumnIndex(static_cast<int>(c) + 1);
            draw_value(view, now[c][row], now[c][row] != before[c][row]);
        }
    }
}

// ---- sequence space as bars -----------------------------------------------------------------------------------------

/// One bar of the sequence space, in octets from its left end.
struct Part {
    double length = 0;
    ImU32 colour = 0;
    std::string_view words;
};

void draw_bar(const View& view, std::string_view title, const std::vector<Part>& parts)
{
    text_line(view, title, view.fonts.small, view.theme.faint);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float height = view.px(13);
    double whole = 0;
    // A window of 65,535 octets beside two octets under way: roots keep both visible.
    for (const Part& part : parts) whole += std::sqrt(part.length);
    float x = at.x;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (const Part& part : parts) {
        if (part.length <= 0 || whole <= 0) continue;
        const float w = static_cast<float>(std::sqrt(part.length) / whole) * width;
        list.AddRectFilled({x, at.y}, {x + w, at.y + height}, part.colour, view.px(2));
        list.AddRect({x, at.y}, {x + w, at.y + height}, view.theme.border, view.px(2));
        const bool hovered = ImGui::IsMouseHoveringRect({x, at.y}, {x + w, at.y + height});
        if (hovered)
            ImGui::SetTooltip(
                "%s", view.text(Phrase::tcb_octets, part.words, static_cast<std::uint64_t>(part.length)).c_str());
        x += w;
    }
    ImGui::Dummy({width, height + view.px(3)});
}

void draw_sequence_space(const View& view, const Shown& shown)
{
    const Tcb& tcb = shown.now.tcb();
    const double sent = std::max(0, tcb.snd.nxt - tcb.snd.una);
    const double window = std::max(0.0, static_cast<double>(tcb.snd.wnd) - sent);
    const double queued = std::max(0.0, static_cast<double>(shown.now.queued()) - sent);
    draw_bar(view, view.text(Phrase::tcb_sending, shown.title),
             {{sent, view.host_colour(shown.host), view.text(Phrase::tcb_unacknowledged)},
              {queued, fade(view.host_colour(shown.host), 0.5F), view.text(Phrase::tcb_queued)},
              {window, view.theme.widget, view.text(Phrase::tcb_window)}});
    draw_bar(view, view.text(Phrase::tcb_receiving, shown.title),
             {{static_cast<double>(shown.now.unread()), fade(view.host_colour(shown.host), 0.5F),
               view.text(Phrase::tcb_unread)},
              {static_cast<double>(tcb.rcv.wnd), view.theme.widget, view.text(Phrase::tcb_window)}});
}

// ---- timers ---------------------------------------------------------------------------------------------------------

/// What is left of a timer, as an arc that runs out.
void draw_arc(const View& view, ImU32 colour, double left)
{
    const float radius = view.px(9);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 centre{at.x + radius + view.px(2), at.y + radius};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    constexpr float top = -1.5707963F;
    constexpr float turn = 6.2831853F;
    list.PathArcTo(centre, radius, 0, turn, 32);
    list.PathStroke(view.theme.line, 0, view.px(3));
    list.PathArcTo(centre, radius, top, top + turn * static_cast<float>(std::clamp(left, 0.0, 1.0)), 32);
    list.PathStroke(colour, 0, view.px(3.5F));
    ImGui::Dummy({2 * radius + view.px(6), 2 * radius});
    ImGui::SameLine();
}

/// How long the timer runs in all.
Duration length_of(const Standing& connection, TimerKind kind)
{
    switch (kind) {
    case TimerKind::retransmission: return connection.rto().rto();
    case TimerKind::user_timeout: return connection.options().user_timeout;
    case TimerKind::time_wait: return connection.options().two_msl();
    case TimerKind::fin_wait_2: return connection.options().fin_timeout;
    case TimerKind::persist: return connection.rto().rto();
    case TimerKind::keepalive: return connection.options().keepalive_time;
    case TimerKind::delayed_ack: return connection.options().delayed_ack;
    case TimerKind::linger: return connection.options().linger;
    }
    return {};
}

void draw_timers(const View& view, const std::vector<Shown>& shown)
{
    const Future& future = view.session.current();
    bool any = false;
    for (const Shown& one : shown) {
        for (const TimerKind kind :
             {TimerKind::retransmission, TimerKind::persist, TimerKind::time_wait, TimerKind::fin_wait_2,
              TimerKind::keepalive, TimerKind::delayed_ack, TimerKind::user_timeout, TimerKind::linger}) {
            const Timer& timer = one.now.timers()[kind];
            if (!timer.running()) continue;
            const Duration left = std::max(timer.deadline - future.shown(), Duration{0});
            const Duration whole = std::max(length_of(one.now, kind), Duration{1});
            const std::string label = one.title + "  " + std::string(name(kind)) + "  " + to_string(left);
            if (any) flow(view, text_width(view.fonts.regular, label) + view.px(32));
            draw_arc(view, view.host_colour(one.host),
                     static_cast<double>(left.count()) / static_cast<double>(whole.count()));
            text_line(view, label, view.fonts.regular, view.theme.text, Origin::users);
            any = true;
        }
    }
    if (!any) text_line(view, view.text(Phrase::tcb_no_timers), view.fonts.regular, view.theme.faint);
}

} // namespace

void draw_tcb(const View& view, Commands& /*commands*/)
{
    const std::vector<Shown> shown = connections(view);
    if (shown.empty()) {
        text_wrapped(view, view.text(Phrase::tcb_none), view.fonts.regular, view.theme.faint);
        return;
    }
    draw_timers(view, shown);
    ImGui::Spacing();
    draw_table(view, shown);
    ImGui::Spacing();
    for (const Shown& one : shown) draw_sequence_space(view, one);
}

} // namespace tcpsm::viz
