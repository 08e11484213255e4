// The futures of the scenario, by what was changed in each.

#include "app/panels/panels.hpp"
#include "app/widgets.hpp"

namespace tcpsm::viz {
namespace {

std::string name_of(const View& view, const Future& future)
{
    return future.label().empty() ? std::string(view.text(Phrase::future_original)) : future.label();
}

} // namespace

void draw_futures(const View& view, const Future& future, Commands& commands)
{
    if (view.session.compared() != nullptr && &future != &view.session.current()) {
        ImGui::AlignTextToFramePadding(); // as high as the buttons of the other one
        text_line(view, name_of(view, future), view.fonts.bold, view.theme.faint, Origin::users);
        return;
    }
    for (std::size_t i = 0; i < view.session.future_count(); ++i) {
        const std::string label = name_of(view, view.session.future(i));
        if (i > 0) flow(view, button_width(view, label));
        if (button(view, "future." + std::to_string(i), label, {.on = i == view.session.shown()}))
            commands.push_back(command::ShowFuture{i});
        if (i > 0 && i == view.session.shown()) {
            flow(view, button_width(view, "×"));
            if (button(view, "future.close", "×", {.hint = view.text(Phrase::future_close)}))
                commands.push_back(command::CloseFuture{i});
        }
    }
}

} // namespace tcpsm::viz
