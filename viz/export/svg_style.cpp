#include "export/svg_style.hpp"

#include <fmt/format.h>

#include "diagram/palette.hpp"

namespace tcpsm::viz {
namespace {

// Shapes and sizes; colours follow.
constexpr std::string_view shapes = R"(
text{font-family:"DejaVu Sans",Verdana,"Noto Sans CJK SC",sans-serif;white-space:pre}
.bold{font-weight:bold}
.ink,.name,.tick,.call,.timer,.fired,.told{stroke:none}
.guide{stroke-width:1}
.life{stroke-width:1.5}
.band{stroke-width:1}
.arrow{fill:none;stroke-width:1.6}
.again{stroke-dasharray:6 4}
.copy{stroke-width:1.6}
.head{stroke-width:1.6;stroke-linejoin:round}
.cross{fill:none;stroke-width:2.4;stroke-linecap:round}
.bracket{fill:none;stroke-width:1.4}
.mark{fill:none;stroke-width:1.2;stroke-linejoin:round}
.break{stroke-width:1}
.hit{fill:none;stroke:#000;stroke-opacity:0;stroke-width:12;pointer-events:stroke}
.edge{fill:none;stroke-width:1;stroke-opacity:.55}
.rare{stroke-opacity:.25}
.way{fill:none;stroke-width:2.2}
.box{stroke-width:1}
.been{stroke-width:2.2}
.segment:hover .arrow{stroke-width:3}
)";

struct Colours {
    std::string_view paper, ink, faint, line, lost, warning;
    bool dark = false;
};
constexpr Colours light{"#ffffff", "#1b2330", "#667085", "#dfe3ea", "#c8102e", "#c8102e"};
constexpr Colours dark{"#14181f", "#e8ebf0", "#98a2b3", "#2b323d", "#ff6b7a", "#ff8b96", true};
constexpr Colours print{"#ffffff", "#000000", "#444444", "#cccccc", "#000000", "#000000"};

std::string colours(const Colours& c, bool in_colour)
{
    std::string css =
        fmt::format(".paper{{fill:{}}}.ink,.fired{{fill:{}}}.name,.tick,.timer{{fill:{}}}.told{{fill:{}}}\n", c.paper,
                    c.ink, c.faint, c.warning);
    css += fmt::format(
        ".guide,.life{{stroke:{}}}.band{{stroke:{}}}.bracket,.mark,.break{{stroke:{}}}.cross{{stroke:{}}}\n", c.line,
        c.faint, c.faint, c.lost);
    css += fmt::format(".break{{fill:{}}}.edge,.box{{stroke:{}}}.copy{{fill:{}}}.refused{{fill:{}}}\n", c.paper,
                       c.faint, c.paper, c.paper);
    for (const State state : all_states())
        css += fmt::format(".{}{{fill:#{:06x}}}", state_class(state), state_colour(state, c.dark));
    for (std::size_t host = 0; host < host_colours; ++host) {
        const std::string colour = in_colour ? fmt::format("#{:06x}", host_colour(host, c.dark)) : std::string(c.ink);
        css += fmt::format("\n.{0} .arrow,.{0} .copy,.{0} .head,.{0} .way,.{0} .been{{stroke:{1}}}.{0} "
                           ".filled,.{0}.call,.{0}.host{{fill:{1}}}",
                           host_class(host), colour);
    }
    return css + "\n";
}

} // namespace

std::string style_sheet(SvgTheme theme)
{
    std::string css(shapes.substr(1));
    switch (theme) {
    case SvgTheme::automatic:
        css += colours(light, true) + "@media (prefers-color-scheme:dark){\n" + colours(dark, true) + "}\n" +
               "@media print{\n" + colours(light, true) + "}\n";
        break;
    case SvgTheme::light: css += colours(light, true); break;
    case SvgTheme::dark: css += colours(dark, true); break;
    case SvgTheme::print: css += colours(print, false); break;
    }
    return css;
}

std::string state_class(State state)
{
    return fmt::format("s{}", static_cast<int>(state));
}

std::string host_class(std::size_t host)
{
    return fmt::format("h{}", host % host_colours);
}

} // namespace tcpsm::viz
