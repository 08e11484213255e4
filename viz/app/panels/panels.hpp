#pragma once
// The panels: each is one function in one file, reads the view and asks for changes by commands.

#include "app/session/commands.hpp"
#include "app/view.hpp"
#include "diagram/geometry.hpp"

namespace tcpsm::viz {

void draw_top_bar(const View& view, const Box& box, Commands& commands);
void draw_gallery(const View& view, const Box& box, Commands& commands);
void draw_ladder(const View& view, const Box& box, const Future& future, Commands& commands);
/// In the ladder's place, of a run in numbers: how many connections stand in each state, a plot a host.
void draw_plots(const View& view, const Box& box, const Future& future, Commands& commands);
/// What its hosts have counted at the moment shown.
void draw_numbers(const View& view, const Box& box);
/// The names of all futures, with their crosses, or of one that stands beside the one that is shown.
void draw_futures(const View& view, const Future& future, Commands& commands);
void draw_controls(const View& view, const Box& box, Commands& commands);
/// The width that its buttons take in one row.
[[nodiscard]] float controls_width(const View& view);
void draw_why(const View& view, const Box& box, Commands& commands);
void draw_states(const View& view, const Box& box, Commands& commands);
/// TCB, segment, connections and text: one at a time.
void draw_details(const View& view, const Box& box, Commands& commands);
void draw_footer(const View& view, const Box& box, Commands& commands);
/// What stands over the window: keys, files, menus.
void draw_overlay(const View& view, const Box& window, Commands& commands);
/// Where no scenario is open.
void draw_welcome(const View& view, const Box& box, Commands& commands);

// ---- inside the details
void draw_tcb(const View& view, Commands& commands);
void draw_segment(const View& view, Commands& commands);
void draw_connections(const View& view, Commands& commands);
/// Over its list, where there are more than a few.
void draw_counts(const View& view);
/// What the workloads of a run in numbers came to.
void draw_report(const View& view);
void draw_text(const View& view, Commands& commands);
/// In the place of Why while the class is to say what comes next.
void draw_question(const View& view, Commands& commands);

} // namespace tcpsm::viz
