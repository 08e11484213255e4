#include "app/keys.hpp"

#include <array>

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
    if (view.session.empty() || host >= view.session.current().history().hosts().size()) return;
    look(view, commands, [&](Look& l) {
        l.overlay = Overlay::host;
        l.menu_host = host;
    });
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

using V = const View&;
using C = Commands&;

constexpr std::array<KeyBinding, 49> bindings{{
    {Key::space, false, false, Phrase::key_play, [](V v, C c) { c.push_back(command::Play{!v.session.playing()}); }},
    {Key::right, false, false, Phrase::key_step, [](V, C c) { step(c, Unit::event, false); }, true},
    {Key::left, false, false, Phrase::key_back, [](V, C c) { step(c, Unit::event, true); }, true},
    {Key::page_down, false, false, Phrase::key_step, [](V, C c) { step(c, Unit::event, false); }, true},
    {Key::page_up, false, false, Phrase::key_back, [](V, C c) { step(c, Unit::event, true); }, true},
    {Key::down, false, false, Phrase::key_segment, [](V, C c) { step(c, Unit::segment, false); }, true},
    {Key::up, false, false, Phrase::key_segment_back, [](V, C c) { step(c, Unit::segment, true); }, true},
    {Key::s, false, false, Phrase::key_state, [](V, C c) { step(c, Unit::state, false); }, true},
    {Key::s, true, false, Phrase::key_state_back, [](V, C c) { step(c, Unit::state, true); }, true},
    {Key::t, false, false, Phrase::key_timer, [](V, C c) { step(c, Unit::timer, false); }, true},
    {Key::t, true, false, Phrase::key_timer_back, [](V, C c) { step(c, Unit::timer, true); }, true},
    {Key::home, false, false, Phrase::key_start, [](V, C c) { c.push_back(command::GoToStart{}); }},
    {Key::end, false, false, Phrase::key_end, [](V, C c) { c.push_back(command::GoToEnd{}); }},
    {Key::plus, false, false, Phrase::key_faster, [](V v, C c) { c.push_back(command::Speed{v.session.speed() * 2}); }},
    {Key::minus, false, false, Phrase::key_slower, [](V v, C c) { c.push_back(command::Speed{v.session.speed() / 2}); }},
    {Key::n, false, false, Phrase::key_select, [](V v, C c) { next_segment(v, c, false); }, true},
    {Key::n, true, false, Phrase::key_select_back, [](V v, C c) { next_segment(v, c, true); }, true},
    {Key::l, false, false, Phrase::key_lose, [](V v, C c) { touch(v, c, Touch::lose); }},
    {Key::d, false, false, Phrase::key_delay, [](V v, C c) { if (v.session.segment() != none) open(v, c, Overlay::touch_delay); }},
    {Key::u, false, false, Phrase::key_duplicate, [](V v, C c) { touch(v, c, Touch::duplicate); }},
    {Key::w, false, false, Phrase::key_without_time_wait, [](V, C c) { c.push_back(command::WithoutTimeWait{}); }},
    {Key::r, false, false, Phrase::key_rare, [](V v, C c) { open(v, c, Overlay::rare); }},
    {Key::digit_1, false, false, Phrase::key_host, [](V v, C c) { host_menu(v, c, 0); }},
    {Key::digit_2, false, false, Phrase::key_host_2, [](V v, C c) { host_menu(v, c, 1); }},
    {Key::m, false, false, Phrase::key_msl, [](V v, C c) { open(v, c, Overlay::msl); }},
    {Key::m, true, false, Phrase::key_network_delay, [](V v, C c) { open(v, c, Overlay::delay); }},
    {Key::l, true, false, Phrase::key_loss, [](V v, C c) { open(v, c, Overlay::loss); }},
    {Key::r, true, false, Phrase::key_profile, [](V v, C c) { open(v, c, Overlay::profile); }},
    {Key::f, false, false, Phrase::key_next_future, [](V v, C c) { if (v.session.future_count() > 1) c.push_back(command::ShowFuture{(v.session.shown() + 1) % v.session.future_count()}); }},
    {Key::c, false, false, Phrase::key_compare, [](V v, C c) { c.push_back(command::Compare{v.session.compared() == nullptr, v.session.shown() == 0 ? v.session.future_count() - 1 : 0}); }},
    {Key::x, false, false, Phrase::key_close_future, [](V v, C c) { c.push_back(command::CloseFuture{v.session.shown()}); }},
    {Key::p, false, false, Phrase::key_predict, [](V v, C c) { c.push_back(command::Predict{!v.session.predicting()}); }},
    {Key::enter, false, false, Phrase::key_continue, [](V, C c) { c.push_back(command::Continue{}); }},
    {Key::v, false, false, Phrase::key_mode, [](V v, C c) { look(v, c, [](Look& l) { l.mode = l.mode == TimeMode::compressed ? TimeMode::exact : TimeMode::compressed; l.zoom = 1; l.follow = true; }); }},
    {Key::z, false, false, Phrase::key_zoom_in, [](V, C c) { c.push_back(command::Zoom{1.25F, 0}); }, true},
    {Key::z, true, false, Phrase::key_zoom_out, [](V, C c) { c.push_back(command::Zoom{0.8F, 0}); }, true},
    {Key::a, false, false, Phrase::key_follow, [](V v, C c) { look(v, c, [](Look& l) { l.follow = true; l.zoom = 1; }); }},
    {Key::b, false, false, Phrase::key_future, [](V v, C c) { look(v, c, [](Look& l) { l.future = !l.future; }); }},
    {Key::tab, false, false, Phrase::key_tab, [](V v, C c) { look(v, c, [](Look& l) {
        l.tab = static_cast<Tab>((static_cast<int>(l.tab) + 1) % tab_count);
        l.narrow = static_cast<NarrowTab>((static_cast<int>(l.narrow) + 1) % narrow_tab_count); }); }},
    {Key::g, false, false, Phrase::key_gallery, [](V v, C c) { look(v, c, [](Look& l) { l.gallery = !l.gallery; }); }},
    {Key::h, false, false, Phrase::key_theme, [](V v, C c) { look(v, c, [](Look& l) { l.theme = static_cast<ThemeName>((static_cast<int>(l.theme) + 1) % theme_count); }); }},
    {Key::i, false, false, Phrase::key_language, [](V v, C c) { look(v, c, [](Look& l) { l.language = static_cast<Language>((static_cast<int>(l.language) + 1) % language_count); }); }},
    {Key::plus, false, true, Phrase::key_larger, [](V v, C c) { look(v, c, [](Look& l) { l.scale *= 1.1F; }); }},
    {Key::minus, false, true, Phrase::key_smaller, [](V v, C c) { look(v, c, [](Look& l) { l.scale /= 1.1F; }); }},
    {Key::o, false, false, Phrase::key_open, [](V v, C c) { open(v, c, Overlay::open_file); }},
    {Key::e, false, false, Phrase::key_files, [](V v, C c) { open(v, c, Overlay::files); }},
    {Key::question, false, false, Phrase::key_keys, [](V v, C c) { open(v, c, Overlay::keys); }},
    {Key::escape, false, false, Phrase::key_escape, [](V v, C c) {
        c.push_back(command::Dismiss{});
        if (v.session.selected() != none) c.push_back(command::Select{v.session.selected()});
        look(v, c, [](Look& l) { l.overlay = Overlay::nothing; }); }},
    {Key::q, false, true, Phrase::key_quit, [](V, C c) { c.push_back(command::Quit{}); }},
}};

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

/// While a question waits for its answer, digits choose it; in a menu, its entries.
bool handle_answer(const View& view, Commands& commands)
{
    const auto& question = view.session.question();
    if (!question || question->answered || view.look().overlay != Overlay::nothing) return false;
    for (std::size_t i = 0; i < question->choices.size() && i < 9; ++i)
        if (key_pressed(static_cast<Key>(static_cast<std::size_t>(Key::digit_1) + i))) {
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
    return name += plain_name(binding.key);
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
        if (key_pressed(binding.key, binding.repeats)) binding.act(view, commands);
    }
}

} // namespace tcpsm::viz
