// Title and question; what holds for the whole run, and how it is shown, as chips.

#include <array>
#include <vector>

#include "app/panels/menus.hpp"
#include "app/panels/panels.hpp"
#include "app/platform/imgui_compat.hpp"
#include "app/widgets.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

struct Chip {
    const char* name = "";
    std::string label;
    Command command;
    Phrase hint{};
    bool on = false;
};

/// The last change of a kind that holds now; null where the scenario's own value does.
const Change* last_change(const Future& future, Change::Kind kind)
{
    const Change* last = nullptr;
    for (const Change& change : future.scenario().changes)
        if (change.kind == kind && change.at <= future.now()) last = &change;
    return last;
}

Chip menu(const View& view, const char* name, std::string label, Overlay overlay, Phrase hint)
{
    const bool open = view.look().overlay == overlay;
    return {name, std::move(label), changed(view, [&](Look& l) { l.overlay = open ? Overlay::nothing : overlay; }),
            hint};
}

std::vector<Chip> world_chips(const View& view)
{
    std::vector<Chip> chips;
    if (view.session.empty()) return chips;
    const Future& future = view.session.current();
    const Scenario& scenario = future.scenario();
    const Change* const profile = last_change(future, Change::Kind::profile);
    const std::string profile_name = profile != nullptr ? profile->profile : scenario.profile;
    const Change* const msl = last_change(future, Change::Kind::msl);
    const Duration msl_now = msl != nullptr ? msl->duration : scenario.msl.value_or(Duration{120s});
    const bool fixed = profile_name == "linux"; // MSL has no effect there
    chips.push_back(menu(view, "chip.msl", fixed ? "TIME-WAIT 60 s" : "MSL " + to_string(msl_now), Overlay::msl,
                         Phrase::chip_msl_hint));
    const Change* const delay = last_change(future, Change::Kind::delay);
    chips.push_back(menu(view, "chip.delay",
                         view.text(Phrase::chip_delay, in_unit(delay != nullptr ? delay->duration : scenario.delay)),
                         Overlay::delay, Phrase::chip_delay_hint));
    const Change* const loss = last_change(future, Change::Kind::loss);
    chips.push_back(menu(view, "chip.loss",
                         view.text(Phrase::chip_loss, fmt::format("{:g}", loss != nullptr ? loss->chance / 1e4 : 0)),
                         Overlay::loss, Phrase::chip_loss_hint));
    chips.push_back(menu(view, "chip.profile", profile_name, Overlay::profile, Phrase::chip_profile_hint));
    if (future.in_numbers()) return chips; // what remains is about single connections
    chips.push_back(
        menu(view, "chip.rare", std::string(view.text(Phrase::chip_rare)), Overlay::rare, Phrase::chip_rare_hint));
    chips.push_back({"chip.predict", std::string(view.text(Phrase::predict)),
                     command::Predict{!view.session.predicting()}, Phrase::chip_predict_hint,
                     view.session.predicting()});
    return chips;
}

std::vector<Chip> look_chips(const View& view)
{
    const Language other = view.language() == Language::english ? Language::chinese : Language::english;
    constexpr std::array<Phrase, theme_count> themes{Phrase::theme_light, Phrase::theme_dark, Phrase::theme_projector};
    const auto theme_index = static_cast<std::size_t>(view.look().theme);
    return {
        menu(view, "chip.files", std::string(view.text(Phrase::chip_files)), Overlay::files, Phrase::chip_files_hint),
        {"chip.theme", std::string(view.text(themes[theme_index])),
         changed(view,
                 [](Look& l) { l.theme = static_cast<ThemeName>((static_cast<int>(l.theme) + 1) % theme_count); }),
         Phrase::chip_theme_hint},
        {"chip.language", std::string(phrase(other, Phrase::language_name)),
         changed(view, [&](Look& l) { l.language = other; }), Phrase::chip_language_hint},
        menu(view, "chip.keys", "?", Overlay::keys, Phrase::chip_keys_hint)};
}

float width_of(const View& view, const std::vector<Chip>& chips)
{
    float width = 0;
    for (const Chip& chip : chips) width += button_width(view, chip.label) + ImGui::GetStyle().ItemSpacing.x;
    return width;
}

} // namespace

void draw_top_bar(const View& view, const Box& box, Commands& commands)
{
    const Panel panel(view, "top", box, {}, false);
    if (!panel) return;
    std::vector<Chip> chips = world_chips(view);
    const std::vector<Chip> looks = look_chips(view);
    // Where it is narrow, what concerns the world stands in its keys and menus only.
    const float room = ImGui::GetContentRegionAvail().x;
    constexpr float title_room = 220;
    while (!chips.empty() && width_of(view, chips) + width_of(view, looks) > room - view.px(title_room))
        chips.pop_back();
    chips.insert(chips.end(), looks.begin(), looks.end());

    const float left = ImGui::GetCursorPosX();
    const float chips_at = std::max(left, ImGui::GetContentRegionMax().x - width_of(view, chips));
    const float top = ImGui::GetCursorPosY();
    if (chips_at - left > view.px(60)) {
        const std::string title = view.session.empty() ? std::string("tcpsm") : view.session.current().scenario().title;
        const std::string asks = view.session.empty() ? std::string() : view.session.current().scenario().asks;
        ImGui::BeginChild("title", {chips_at - left - view.px(10), 0}, false,
                          ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
        text_line(view, title, view.fonts.title, view.theme.text, Origin::users);
        const float beside = text_width(view.fonts.title, title) + view.px(16);
        if (!asks.empty() && ImGui::GetContentRegionMax().x - beside > view.px(80)) {
            ImGui::SameLine(beside);
            ImGui::SetCursorPosY(ImGui::GetCursorPosY() + view.px(4));
            text_line(view, asks, view.fonts.regular, view.theme.faint, Origin::users);
        }
        ImGui::EndChild();
    }
    ImGui::SetCursorPos({chips_at, top});
    for (std::size_t i = 0; i < chips.size(); ++i) {
        if (i > 0) ImGui::SameLine();
        const Chip& chip = chips[i];
        if (button(view, chip.name, chip.label, {.on = chip.on, .chip = true, .hint = view.text(chip.hint)}))
            commands.push_back(chip.command);
    }
}

} // namespace tcpsm::viz
