// Where no scenario is open: what this is, and how to begin.

#include "app/panels/panels.hpp"
#include "app/widgets.hpp"

namespace tcpsm::viz {

void draw_welcome(const View& view, const Box& box, Commands& commands)
{
    const Panel panel(view, "welcome", box, {});
    if (!panel) return;
    text_line(view, "tcpsm", view.fonts.title, view.theme.text);
    text_wrapped(view, view.text(Phrase::welcome), view.fonts.regular, view.theme.text);
    ImGui::Spacing();
    for (const GalleryEntry& entry : view.session.gallery()) {
        if (entry.name != "lost-final-ack" && entry.name != "three-way-handshake") continue;
        if (button(view, "welcome." + entry.name, short_name(entry, view.language()), {.primary = true}))
            commands.push_back(command::OpenFile{entry.path});
    }
    if (button(view, "welcome.open", view.text(Phrase::gallery_open)))
        commands.push_back(changed(view, [](Look& l) { l.overlay = Overlay::open_file; }));
}

} // namespace tcpsm::viz
