#include "ui/moments.hpp"

#include <vector>

namespace tcpsm::viz {
namespace {

Look look(ThemeName theme, Language language, float scale = 1)
{
    Look result;
    result.theme = theme;
    result.language = language;
    result.scale = scale;
    return result;
}

constexpr auto en = Language::english;
constexpr auto zh = Language::chinese;
constexpr auto light = ThemeName::light;
constexpr auto in_dark = ThemeName::dark;
constexpr auto in_projector = ThemeName::projector;

/// A run of many connections has come to its end, and one stands where one stood.
void whole(Ui& ui)
{
    const Time now = ui.future().now();
    ui.session().apply(command::GoToEnd{});
    ui.session().apply(command::GoTo{now});
}

std::vector<MomentOfWindow> make()
{
    return {
        {"welcome", "", {}, 1280, 800, look(light, en)},
        {"lost-final-ack", "lost-final-ack", Time{2210ms}, 1600, 900, look(light, en)},
        {"lost-final-ack-zh", "lost-final-ack", Time{2210ms}, 1280, 800, look(in_dark, zh)},
        {"another-loss", "lost-final-ack", Time{2210ms}, 1600, 900, look(light, en), [](Ui& ui) { ui.tap(Key::l); }},
        {"without-time-wait", "lost-final-ack", Time{2210ms}, 1600, 900, look(in_projector, zh),
         [](Ui& ui) { ui.tap(Key::w); }},
        {"question", "simultaneous-close", Time{1500ms}, 1280, 800, look(in_projector, en),
         [](Ui& ui) {
             ui.tap(Key::p);
             ui.tap(Key::right);
         }},
        {"answer-zh", "four-way-teardown", Time{1500ms}, 1280, 800, look(light, zh),
         [](Ui& ui) {
             ui.tap(Key::p);
             ui.tap(Key::right);
             ui.tap(Key::digit_1);
         }},
        {"segment", "reordered-fin", Time{1300ms}, 1280, 800, look(in_dark, en), [](Ui& ui) { ui.tap(Key::n); }},
        {"host-menu", "half-close", Time{1300ms}, 1280, 800, look(light, en), [](Ui& ui) { ui.tap(Key::digit_2); }},
        {"keys-zh", "lost-syn", Time{4s}, 1280, 800, look(in_dark, zh), [](Ui& ui) { ui.tap(Key::question); }},
        {"text-with-error", "simultaneous-open", Time{1100ms}, 1280, 800, look(light, en),
         [](Ui& ui) {
             std::string text = ui.session().text();
             text.replace(text.find(": connect"), 9, ": conect");
             ui.session().apply(command::EditText{text});
             Look changed = ui.session().look();
             changed.tab = Tab::text;
             ui.session().apply(command::SetLook{changed});
         }},
        {"port-exhaustion", "port-exhaustion", Time{100s}, 1280, 800, look(light, en), whole},
        {"narrow", "duplicated-segments-assassinated", Time{2100ms}, 640, 960, look(in_projector, zh)},
    };
}

} // namespace

std::span<const MomentOfWindow> moments_of_window()
{
    static const std::vector<MomentOfWindow> moments = make();
    return moments;
}

Image picture_of(const MomentOfWindow& moment)
{
    Ui ui(moment.width, moment.height, moment.look);
    if (!moment.scenario.empty()) ui.open(moment.scenario, moment.time);
    if (moment.act != nullptr) moment.act(ui);
    ui.screen.settle();
    return ui.screen.picture();
}

} // namespace tcpsm::viz
