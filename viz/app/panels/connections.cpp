// Every socket of every host, as netstat would list them, with the counts by state.

#include <array>

#include "app/panels/panels.hpp"
#include "app/widgets.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

// A list of more lines is not read by anyone in a lecture.
constexpr std::size_t most_lines = 500;

std::string to_text(const Endpoint& endpoint)
{
    if (endpoint.port == 0) return "*";
    return to_string(endpoint.address) + ':' + std::to_string(endpoint.port);
}

void draw_states_now(const View& view, const std::vector<std::vector<NetstatLine>>& hosts)
{
    std::array<std::size_t, state_count> counts{};
    for (const auto& lines : hosts)
        for (const NetstatLine& line : lines) ++counts[static_cast<std::size_t>(line.state)];
    std::string text;
    for (const State state : all_states())
        if (const std::size_t count = counts[static_cast<std::size_t>(state)]; count > 0)
            text += fmt::format("{}{} {}", text.empty() ? "" : "   ", name(state), count);
    text_wrapped(view, text.empty() ? std::string(view.text(Phrase::connections_none)) : text, view.fonts.regular,
                 text.empty() ? view.theme.faint : view.theme.text);
}

void draw_line(const View& view, const Host& host, const NetstatLine& line, Commands& commands)
{
    const Future& future = view.session.current();
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    std::string who(host.name());
    if (line.connection > 0) who += '#' + std::to_string(line.connection);
    const ConnectionName name_of{host.id(), line.connection};
    const bool on = view.look().only == name_of;
    ImGui::PushStyleColor(ImGuiCol_Text, view.host_colour(host.id()));
    const std::string widget = "connection." + who;
    if (ImGui::Selectable((who + "##" + widget).c_str(), on, ImGuiSelectableFlags_SpanAllColumns))
        commands.push_back(changed(view, [&](Look& l) { l.only = on ? std::nullopt : std::optional(name_of); }));
    ImGui::PopStyleColor();
    if (on && is_new("only", who)) scroll_to_item();
    view.widgets.add(widget, {ImGui::GetItemRectMin().x, ImGui::GetItemRectMin().y, ImGui::GetItemRectMax().x,
                              ImGui::GetItemRectMax().y});
    ImGui::TableNextColumn();
    text_line(view, name(line.state), view.fonts.regular, view.theme.text, Origin::users);
    ImGui::TableNextColumn();
    text_line(view, to_text(line.local), view.fonts.small, view.theme.text, Origin::users);
    ImGui::TableNextColumn();
    text_line(view, to_text(line.remote), view.fonts.small, view.theme.text, Origin::users);
    ImGui::TableNextColumn();
    text_line(view, fmt::format("{} / {}", line.receive_queue, line.send_queue), view.fonts.small, view.theme.text,
              Origin::users);
    ImGui::TableNextColumn();
    if (line.deadline != never)
        text_line(
            view,
            fmt::format("{} {}", name(line.timer), to_string(std::max(line.deadline - future.shown(), Duration{0}))),
            view.fonts.small, view.theme.text, Origin::users);
}

} // namespace

void draw_connections(const View& view, Commands& commands)
{
    Network& world = view.session.current().network();
    std::vector<std::vector<NetstatLine>> hosts;
    for (const Host& host : world.hosts()) hosts.push_back(host.netstat());
    draw_counts(view);
    draw_states_now(view, hosts);
    if (!ImGui::BeginTable("connections", 6, ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_ScrollX)) return;
    for (const Phrase heading : {Phrase::connections_host, Phrase::connections_state, Phrase::connections_local,
                                 Phrase::connections_remote, Phrase::connections_queues, Phrase::connections_timer}) {
        ImGui::TableNextColumn();
        text_line(view, view.text(heading), view.fonts.small, view.theme.faint, Origin::users);
    }
    std::size_t drawn = 0;
    for (std::size_t i = 0; i < hosts.size(); ++i)
        for (const NetstatLine& line : hosts[i])
            if (drawn++ < most_lines) draw_line(view, world.hosts()[i], line, commands);
    ImGui::EndTable();
    if (drawn > most_lines)
        text_line(view, view.text(Phrase::connections_more, drawn - most_lines), view.fonts.small, view.theme.faint);
}

} // namespace tcpsm::viz
