#pragma once
// The widgets that panels are made of. Each has a name, in no language, by which tests and menus find it.

#include <optional>
#include <string>
#include <string_view>

#include "app/view.hpp"

namespace tcpsm::viz {

/// Text in one line of a font, from the left; cut short with "…" where it is wider than what is left of the line, and
/// then shown whole when hovered. Text of ours must fit: a test looks for what is cramped.
enum class Origin : std::uint8_t { ours, users };
void text_line(const View& view, std::string_view text, ImFont* font, ImU32 colour, Origin origin = Origin::ours);
/// Text in as many lines as it takes.
void text_wrapped(const View& view, std::string_view text, ImFont* font, ImU32 colour);
[[nodiscard]] float text_width(ImFont* font, std::string_view text);

struct ButtonStyle {
    bool on = false; ///< a switch that is on, a row that is chosen
    bool danger = false;
    bool primary = false;
    bool enabled = true;
    bool chip = false;       ///< rounded, for the top bar
    std::string_view hint{}; ///< shown when hovered
    float width = 0;         ///< 0: as wide as the text needs
};
/// True when it is pressed.
bool button(const View& view, std::string_view name, std::string_view label, const ButtonStyle& style = {});
/// How wide a button with that label is.
[[nodiscard]] float button_width(const View& view, std::string_view label);
/// The next item stands beside the last one where `width` fits into the line, else below it.
void flow(const View& view, float width);

/// A panel: a child window with a border and a heading.
class Panel {
public:
    Panel(const View& view, std::string_view name, const Box& box, std::string_view heading, bool scrolls = true);
    ~Panel();
    Panel(const Panel&) = delete;
    Panel& operator=(const Panel&) = delete;
    /// False where it is too small to hold anything.
    explicit operator bool() const { return visible_; }

private:
    bool visible_;
};

/// A table whose rows stand closer than usual. Its padding, in pixels, holds to its end: since ImGui 1.90 each row asks
/// for it.
class TightTable {
public:
    TightTable(const char* name, int columns, ImVec2 padding, ImGuiTableFlags flags = 0);
    ~TightTable();
    TightTable(const TightTable&) = delete;
    TightTable& operator=(const TightTable&) = delete;
    /// False where nothing of it can be seen.
    explicit operator bool() const { return visible_; }

private:
    bool visible_;
};

/// A text field. The new text where it was changed.
std::optional<std::string> text_field(const View& view, std::string_view name, const std::string& value,
                                      std::string_view hint, float width);

/// A row of alternatives, of which one is on; the index of one that was pressed.
std::optional<int> tabs(const View& view, std::string_view name, const std::vector<std::string_view>& labels, int on);

/// Whether something that a panel shows is another thing than in the frame before, or was not shown in it: what is
/// new is scrolled to.
[[nodiscard]] bool is_new(std::string_view name, std::string_view what);
/// Scrolls to the last item where not all of it can be seen.
void scroll_to_item();

void hint_when_hovered(const View& view, std::string_view text);

} // namespace tcpsm::viz
