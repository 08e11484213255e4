#include "app/keys.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace tcpsm::viz {
namespace {

template <class Change>
void look(const View& view, Commands& commands, Change&& change)
{
    commands.push_back(changed(view, std::forward<Change>(change)));
}

void open(const View& view, Commands& commands, Overlay overlay)
{
    look(view, commands, [&](Look& l) { l.overlay = l.overlay == overlay ? Overlay::nothing : overlay; });
}

void step(Commands& commands, Unit unit, bool back)
{
    commands.push_back(command::StepBy{unit, back});
}

void touch(const View& view, Commands& commands, Touch what)
{
    if (const std::uint32_t segment = view.session.segment(); segment != none)
        commands.push_back(command::TouchSegment{segment, what, {}});
}

void host_menu(const View& view, Commands& commands, std::uint32_t host)
{
    if (view.session.empty() || view.session.current().in_numbers()) return;
    if (host >= view.session.current().history().hosts().size()) return;
    look(view, commands, [&](Look& l) {
        l.overlay = Overlay::host;
        l.menu_host = host;
    });
}

Key digit(std::size_t number)
{
    return static_cast<Key>(static_cast<std::size_t>(Key::digit_0) + number);
}

void host_of_digit(const View& view, Commands& commands)
{
    for (std::uint32_t host = 0; host < 9; ++host)
        if (key_pressed(digit(host + 1))) host_menu(view, commands, host);
}

/// After the one whose menu is open; the one that was open last where none is.
void next_host(const View& view, Commands& commands)
{
    if (view.session.empty()) return;
    const auto count = static_cast<std::uint32_t>(view.session.current().history().hosts().size());
    const bool open = view.look().overlay == Overlay::host;
    if (count > 0) host_menu(view, commands, (view.look().menu_host + (open ? 1 : 0)) % count);
}

/// Of those that the filter shows.
void next_scenario(const View& view, Commands& commands, bool back)
{
    std::vector<const GalleryEntry*> shown;
    for (const GalleryEntry& entry : view.session.gallery())
        if (fits(entry, view.look().filter, view.language())) shown.push_back(&entry);
    if (back) std::reverse(shown.begin(), shown.end());
    const auto open = std::find_if(shown.begin(), shown.end(),
                                   [&](const GalleryEntry* entry) { return entry->path == view.session.path(); });
    const auto next = open == shown.end() ? shown.begin() : open + 1;
    if (next != shown.end()) commands.push_back(command::OpenFile{(*next)->path});
}

/// Each alone on the ladder, in the order of the list of connections; then all of them.
void next_connection(const View& view, Commands& commands, bool back)
{
    if (view.session.empty() || view.session.current().in_numbers()) return;
    std::vector<std::optional<ConnectionName>> all{std::nullopt};
    for (const Host& host : view.session.current().network().hosts())
        for (const NetstatLine& line : host.netstat())
            if (const ConnectionName name{host.id(), line.connection}; all.back() != name) all.emplace_back(name);
    if (back) std::reverse(all.begin() + 1, all.end());
    const auto at = std::find(all.begin(), all.end(), view.look().only);
    const auto next = at == all.end() || at + 1 == all.end() ? all.begin() : at + 1;
    look(view, commands, [&](Look& l) { l.only = *next; });
}

void next_segment(const View& view, Commands& commands, bool back)
{
    if (view.session.empty()) return;
    const auto count = static_cast<std::uint32_t>(view.session.current().history().segments().size());
    const std::uint32_t at = view.session.segment();
    if (count == 0) return;
    const std::uint32_t next = at == none ? 0 : back ? (at == 0 ? 0 : at - 1) : std::min(at + 1, count - 1);
    if (next != view.session.selected()) commands.push_back(command::Select{next});
}

void next_future(const View& view, Commands& commands)
{
    const std::size_t count = view.session.future_count();
    if (count > 1) commands.push_back(command::ShowFuture{(view.session.shown() + 1) % count});
}

/// Side by side with the file's own future; where that is shown, with the newest.
void compare(const View& view, Commands& commands)
{
    const std::size_t other = view.session.shown() == 0 ? view.session.future_count() - 1 : 0;
    commands.push_back(command::Compare{view.session.compared() == nullptr, other});
}

void next_mode(const View& view, Commands& commands)
{
    look(view, commands, [](Look& l) {
        l.mode = l.mode == TimeMode::compressed ? TimeMode::exact : TimeMode::compressed;
        l.zoom = 1;
        l.follow = true;
    });
}

void follow(const View& view, Commands& commands)
{
    look(view, commands, [](Look& l) {
        l.follow = true;
        l.zoom = 1;
    });
}

/// Of the two tabs of a run in numbers.
void other_tab(const View& view, Commands& commands)
{
    look(view, commands, [](Look& l) {
        l.tab = l.tab == Tab::text ? Tab::tcb : Tab::text;
        l.narrow = l.narrow == NarrowTab::details   ? NarrowTab::gallery
                   : l.narrow == NarrowTab::gallery ? NarrowTab::why
                                                    : NarrowTab::details;
    });
}

void next_tab(const View& view, Commands& commands)
{
    if (!view.session.empty() && view.session.current().in_numbers()) return other_tab(view, commands);
    look(view, commands, [](Look& l) {
        l.tab = static_cast<Tab>((static_cast<int>(l.tab) + 1) % tab_count);
        l.narrow = static_cast<NarrowTab>((static_cast<int>(l.narrow) + 1) % narrow_tab_count);
    });
}

void next_theme(const View& view, Commands& commands)
{
    look(view, commands,
         [](Look& l) { l.theme = static_cast<ThemeName>((static_cast<int>(l.theme) + 1) % theme_count); });
}

void next_language(const View& view, Commands& commands)
{
    look(view, commands,
         [](Look& l) { l.language = static_cast<Language>((static_cast<int>(l.language) + 1) % language_count); });
}

void delay_menu(const View& view, Commands& commands)
{
    if (view.session.segment() != none) open(view, commands, Overlay::touch_delay);
}

void faster(const View& view, Commands& commands, double times)
{
    commands.push_back(command::Speed{view.session.speed() * times});
}

void toggle_future(const View& view, Commands& commands)
{
    look(view, commands, [](Look& l) { l.future = !l.future; });
}

/// Where the text has been edited, only this reads the file again: nothing that was written is lost unasked.
void reload(const View& view, Commands& commands)
{
    if (view.session.changed_on_disk()) commands.push_back(command::Reload{});
}

void toggle_gallery(const View& view, Commands& commands)
{
    look(view, commands, [](Look& l) { l.gallery = !l.gallery; });
}

void resize(const View& view, Commands& commands, float times)
{
    look(view, commands, [times](Look& l) { l.scale *= times; });
}

/// One thing after the other: what is open, what is selected, what is said.
void let_go(const View& view, Commands& commands)
{
    commands.push_back(command::Dismiss{});
    if (view.session.selected() != none) commands.push_back(command::Select{view.session.selected()});
    look(view, commands, [](Look& l) { l.overlay = Overlay::nothing; });
}

using V = const View&;
using C = Commands&;
using P = Phrase;

// One line a key: it, with Shift, with Ctrl, what it does, how it is asked for, and whether it repeats while held.
// clang-format off
constexpr std::array<KeyBinding, 54> bindings{{
    {Key::space,     false, false, P::key_play,    [](V v, C c) { c.push_back(command::Play{!v.session.playing()}); }},
    {Key::right,     false, false, P::key_step,          [](V, C c) { step(c, Unit::event, false); }, true},
    {Key::left,      false, false, P::key_back,          [](V, C c) { step(c, Unit::event, true); }, true},
    {Key::page_down, false, false, P::key_step,          [](V, C c) { step(c, Unit::event, false); }, true},
    {Key::page_up,   false, false, P::key_back,          [](V, C c) { step(c, Unit::event, true); }, true},
    {Key::down,      false, false, P::key_segment,       [](V, C c) { step(c, Unit::segment, false); }, true},
    {Key::up,        false, false, P::key_segment_back,  [](V, C c) { step(c, Unit::segment, true); }, true},
    {Key::s,         false, false, P::key_state,         [](V, C c) { step(c, Unit::state, false); }, true},
    {Key::s,         true,  false, P::key_state_back,    [](V, C c) { step(c, Unit::state, true); }, true},
    {Key::t,         false, false, P::key_timer,         [](V, C c) { step(c, Unit::timer, false); }, true},
    {Key::t,         true,  false, P::key_timer_back,    [](V, C c) { step(c, Unit::timer, true); }, true},
    {Key::home,      false, false, P::key_start,         [](V, C c) { c.push_back(command::GoToStart{}); }},
    {Key::end,       false, false, P::key_end,           [](V, C c) { c.push_back(command::GoToEnd{}); }},
    {Key::plus,      false, false, P::key_faster,        [](V v, C c) { faster(v, c, 2); }},
    {Key::minus,     false, false, P::key_slower,        [](V v, C c) { faster(v, c, 0.5); }},
    {Key::n,         false, false, P::key_select,        [](V v, C c) { next_segment(v, c, false); }, true},
    {Key::n,         true,  false, P::key_select_back,   [](V v, C c) { next_segment(v, c, true); }, true},
    {Key::l,         false, false, P::key_lose,          [](V v, C c) { touch(v, c, Touch::lose); }},
    {Key::d,         false, false, P::key_delay,         delay_menu},
    {Key::u,         false, false, P::key_duplicate,     [](V v, C c) { touch(v, c, Touch::duplicate); }},
    {Key::w,         false, false, P::key_without_time_wait, [](V, C c) { c.push_back(command::WithoutTimeWait{}); }},
    {Key::r,         false, false, P::key_rare,          [](V v, C c) { open(v, c, Overlay::rare); }},
    {Key::digit_1,   false, false, P::key_host,          host_of_digit, false, 9},
    {Key::k,         false, false, P::key_next_host,     next_host, true},
    {Key::m,         false, false, P::key_msl,           [](V v, C c) { open(v, c, Overlay::msl); }},
    {Key::m,         true,  false, P::key_network_delay, [](V v, C c) { open(v, c, Overlay::delay); }},
    {Key::l,         true,  false, P::key_loss,          [](V v, C c) { open(v, c, Overlay::loss); }},
    {Key::r,         true,  false, P::key_profile,       [](V v, C c) { open(v, c, Overlay::profile); }},
    {Key::f,         false, false, P::key_next_future,   next_future},
    {Key::c,         false, false, P::key_compare,       compare},
    {Key::x,         false, false, P::key_close_future,
     [](V v, C c) { c.push_back(command::CloseFuture{v.session.shown()}); }},
    {Key::p,         false, false, P::key_predict,
     [](V v, C c) { c.push_back(command::Predict{!v.session.predicting()}); }},
    {Key::enter,     false, false, P::key_continue,      [](V, C c) { c.push_back(command::Continue{}); }},
    {Key::v,         false, false, P::key_mode,          next_mode},
    {Key::z,         false, false, P::key_zoom_in,       [](V, C c) { c.push_back(command::Zoom{1.25F, 0}); }, true},
    {Key::z,         true,  false, P::key_zoom_out,      [](V, C c) { c.push_back(command::Zoom{0.8F, 0}); }, true},
    {Key::a,         false, false, P::key_follow,        follow},
    {Key::b,         false, false, P::key_future,        toggle_future},
    {Key::tab,       false, false, P::key_tab,           next_tab},
    {Key::g,         false, false, P::key_gallery,       toggle_gallery},
    {Key::down,      false, true,  P::key_scenario,      [](V v, C c) { next_scenario(v, c, false); }, true},
    {Key::up,        false, true,  P::key_scenario_back, [](V v, C c) { next_scenario(v, c, true); }, true},
    {Key::down,      true,  false, P::key_connection,    [](V v, C c) { next_connection(v, c, false); }, true},
    {Key::up,        true,  false, P::key_connection_back, [](V v, C c) { next_connection(v, c, true); }, true},
    {Key::h,         false, false, P::key_theme,         next_theme},
    {Key::i,         false, false, P::key_language,      next_language},
    {Key::plus,      false, true,  P::key_larger,        [](V v, C c) { resize(v, c, 1.1F); }},
    {Key::minus,     false, true,  P::key_smaller,       [](V v, C c) { resize(v, c, 1 / 1.1F); }},
    {Key::o,         false, false, P::key_open,          [](V v, C c) { open(v, c, Overlay::open_file); }},
    {Key::r,         false, true,  P::key_reload,        reload},
    {Key::e,         false, false, P::key_files,         [](V v, C c) { open(v, c, Overlay::files); }},
    {Key::question,  false, false, P::key_keys,          [](V v, C c) { open(v, c, Overlay::keys); }},
    {Key::escape,    false, false, P::key_escape,        let_go},
    {Key::q,         false, true,  P::key_quit,          [](V, C c) { c.push_back(command::Quit{}); }},
}};
// clang-format on

std::string plain_name(Key key)
{
    switch (key) {
    case Key::space: return "Space";
    case Key::left: return "←";
    case Key::right: return "→";
    case Key::up: return "↑";
    case Key::down: return "↓";
    case Key::page_up: return "PageUp";
    case Key::page_down: return "PageDown";
    case Key::home: return "Home";
    case Key::end: return "End";
    case Key::escape: return "Esc";
    case Key::enter: return "Enter";
    case Key::tab: return "Tab";
    case Key::backspace: return "Backspace";
    case Key::del: return "Delete";
    default: break;
    }
    if (key >= Key::f1) return "F" + std::to_string(static_cast<int>(key) - static_cast<int>(Key::f1) + 1);
    const char c = compat::character(key);
    return std::string(1, 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
}

/// A character's key has been shifted already where the keyboard wants it so.
bool is_character(Key key)
{
    return key == Key::question || key == Key::plus || key == Key::minus;
}

bool went_down(const KeyBinding& binding)
{
    for (std::uint8_t i = 0; i < binding.count; ++i)
        if (key_pressed(static_cast<Key>(static_cast<std::uint8_t>(binding.key) + i), binding.repeats)) return true;
    return false;
}

/// While a question waits for its answer, digits choose it; in a menu, its entries.
bool handle_answer(const View& view, Commands& commands)
{
    const auto& question = view.session.question();
    if (!question || question->answered || view.look().overlay != Overlay::nothing) return false;
    for (std::size_t i = 0; i < question->choices.size() && i < 9; ++i)
        if (key_pressed(digit(i + 1))) {
            commands.push_back(command::Answer{i});
            return true;
        }
    return false;
}

} // namespace

std::span<const KeyBinding> key_bindings()
{
    return bindings;
}

std::string key_name(const KeyBinding& binding)
{
    std::string name;
    if (binding.ctrl) name += "Ctrl ";
    if (binding.shift) name += "Shift ";
    name += plain_name(binding.key);
    if (binding.count > 1)
        name += "–" + plain_name(static_cast<Key>(static_cast<std::uint8_t>(binding.key) + binding.count - 1));
    return name;
}

void handle_keys(const View& view, Commands& commands)
{
    if (typing()) return;
    if (handle_answer(view, commands)) return;
    const ImGuiIO& io = ImGui::GetIO();
    const bool in_menu = view.look().overlay != Overlay::nothing;
    for (const KeyBinding& binding : bindings) {
        if (binding.ctrl != io.KeyCtrl) continue;
        if (!is_character(binding.key) && binding.shift != io.KeyShift) continue;
        // A menu takes the digits.
        if (in_menu && binding.key >= Key::digit_0 && binding.key <= Key::digit_9) continue;
        if (went_down(binding)) binding.act(view, commands);
    }
}

} // namespace tcpsm::viz
