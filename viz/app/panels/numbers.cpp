// The numbers of the moment shown, where single connections are too many to be looked at: for each host, how many stand
// in which state, and how much has happened.

#include <algorithm>
#include <cmath>
#include <functional>

#include "app/panels/counts_drawing.hpp"
#include "app/panels/panels.hpp"
#include "app/platform/imgui_compat.hpp"
#include "app/widgets.hpp"
#include "replay/summary.hpp"
#include "tcpsm/trace/trace.hpp"
#include "words/errors.hpp"

namespace tcpsm::viz {
namespace {

using Of = std::function<std::uint64_t(const Counts&)>;

/// A host at the moment shown, and at the last one that is known: a line stands from the beginning, so that none moves
/// while it plays.
struct Column {
    HostId host = no_host;
    std::string_view name;
    Counts now;
    Counts known;
};

struct Table {
    std::vector<Column> columns; ///< without hosts of which nothing is counted
    ImFont* font = nullptr;
};

Table table_of(const View& view, const Future& future)
{
    Table table;
    const auto& infos = future.history().hosts();
    for (std::size_t i = 0; i < infos.size(); ++i) {
        const auto host = static_cast<HostId>(i);
        const Counts known = future.census().simulation().network.counts(host);
        if (known != Counts{}) table.columns.push_back({host, infos[i].name, future.counts(host), known});
    }
    constexpr std::size_t few = 3; // have room for larger letters
    table.font = table.columns.size() > few ? view.fonts.small : view.fonts.regular;
    return table;
}

void draw_swatch(const View& view, ImFont* font, State state)
{
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float size = font_size(view.fonts.small) * 0.8F;
    const float top = at.y + (font_size(font) - size) / 2;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({at.x, top}, {at.x + size, top + size}, view.theme.state(state).fill);
    list.AddRect({at.x, top}, {at.x + size, top + size}, view.theme.border);
    ImGui::Dummy({size, size});
    ImGui::SameLine(0, view.px(5));
}

/// At the right of its column.
void draw_right(const View& view, std::string_view text, ImFont* font, ImU32 colour)
{
    const float left = ImGui::GetContentRegionAvail().x - text_width(font, text);
    if (left > 0) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + left);
    text_line(view, text, font, colour, Origin::users);
}

/// Where no host has any until the end, there is no line.
void draw_row(const View& view, const Table& table, std::string_view label, const State* state, const Of& ever,
              const Of& of)
{
    const auto never_any = [&](const Column& column) { return ever(column.known) == 0; };
    if (std::all_of(table.columns.begin(), table.columns.end(), never_any)) return;
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    if (state != nullptr) draw_swatch(view, table.font, *state);
    text_line(view, label, table.font, view.theme.text, Origin::users);
    for (const Column& column : table.columns) {
        ImGui::TableNextColumn();
        if (!never_any(column)) draw_right(view, in_thousands(of(column.now)), table.font, view.theme.text);
    }
}

void draw_row(const View& view, const Table& table, std::string_view label, const Of& of)
{
    draw_row(view, table, label, nullptr, of, of);
}

void draw_states_and_calls(const View& view, const Table& table)
{
    for (const State state : all_states())
        draw_row(
            view, table, name(state), &state, [&](const Counts& c) { return c.peak[static_cast<std::size_t>(state)]; },
            [&](const Counts& c) { return c.in(state); });
    draw_row(view, table, view.text(Phrase::numbers_opened), [](const Counts& c) { return c.active_opens; });
    draw_row(view, table, view.text(Phrase::numbers_taken), [](const Counts& c) { return c.passive_opens; });
    draw_row(view, table, view.text(Phrase::numbers_segments), [](const Counts& c) { return c.segments_sent; });
    draw_row(view, table, view.text(Phrase::numbers_again), [](const Counts& c) { return c.retransmissions; });
    draw_row(view, table, view.text(Phrase::numbers_cookies), [](const Counts& c) { return c.overflows.syn_cookies; });
    draw_row(view, table, view.text(Phrase::numbers_syn_queue), [](const Counts& c) { return c.overflows.syn_queue; });
    draw_row(view, table, view.text(Phrase::numbers_accept_queue),
             [](const Counts& c) { return c.overflows.accept_queue; });
    draw_row(view, table, view.text(Phrase::numbers_time_waits),
             [](const Counts& c) { return c.overflows.time_waits; });
    for (std::size_t error = 1; error < error_count; ++error)
        draw_row(view, table, view.text(Phrase::numbers_failed, in_words(view.language(), static_cast<Error>(error))),
                 [&](const Counts& c) { return c.failed_calls[error]; });
}

/// As wide as the names of the hosts and the largest number that is known.
float width_of_columns(const View& view, const Table& table)
{
    float width = 0;
    for (const Column& column : table.columns)
        width = std::max({width, text_width(table.font, column.name),
                          text_width(table.font, in_thousands(column.known.segments_sent))});
    return std::ceil(width) + view.px(1);
}

/// Where nothing happens until the next stop, the numbers of the last one are those of now.
Time time_of_numbers(const Future& future)
{
    const Time since = future.time_at(future.position());
    const bool is_last = future.position() == future.stops();
    const Time next = is_last ? future.now() : future.time_at(future.position() + 1) - future.census().grid();
    return std::clamp(future.shown(), since, std::max(since, next));
}

void draw_table(const View& view, const Future& future)
{
    const Table table = table_of(view, future);
    const TightTable drawn("numbers", static_cast<int>(table.columns.size()) + 1, {view.px(3), view.px(1)});
    if (!drawn) return;
    ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch);
    for (const Column& column : table.columns)
        ImGui::TableSetupColumn(std::string(column.name).c_str(), ImGuiTableColumnFlags_WidthFixed,
                                width_of_columns(view, table));
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    text_line(view, to_string(time_of_numbers(future)), view.fonts.bold, view.theme.text, Origin::users);
    for (const Column& column : table.columns) {
        ImGui::TableNextColumn();
        draw_right(view, column.name, table.font, view.host_colour(column.host));
    }
    draw_states_and_calls(view, table);
}

} // namespace

void draw_numbers(const View& view, const Box& box)
{
    const Panel panel(view, "numbers", box, view.text(Phrase::numbers));
    if (!panel) return;
    const Future& future = view.session.current();
    if (!future.scenario().asks.empty())
        text_wrapped(view, future.scenario().asks, view.fonts.regular, view.theme.text);
    draw_table(view, future);
    ImGui::Spacing();
    text_wrapped(view, view.text(Phrase::numbers_no_segments), view.fonts.small, view.theme.faint);
}

/// Before the end, it would be said what has not happened yet.
void draw_report(const View& view)
{
    const Future& future = view.session.current();
    if (!future.at_end()) {
        text_wrapped(view, view.text(Phrase::numbers_report_at_end), view.fonts.regular, view.theme.faint);
        return;
    }
    const Simulation& run = future.census().simulation();
    const std::string report = summary_of_workloads(future.scenario(), run) + kernel_logs(future.scenario(), run);
    std::string_view rest = report;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const bool of_a_workload = line.starts_with("  ");
        if (of_a_workload) ImGui::Indent(view.px(14));
        text_wrapped(view, line.substr(of_a_workload ? 2 : 0), of_a_workload ? view.fonts.regular : view.fonts.bold,
                     view.theme.text);
        if (of_a_workload) ImGui::Unindent(view.px(14));
    }
    view.widgets.add("report", {ImGui::GetWindowPos().x, ImGui::GetWindowPos().y,
                                ImGui::GetWindowPos().x + ImGui::GetWindowWidth(), ImGui::GetCursorScreenPos().y});
}

} // namespace tcpsm::viz
