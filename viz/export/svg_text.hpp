#pragma once
// Text in SVG: how wide it is without a font to ask, and how it is written down.

#include <string>
#include <string_view>

#include "diagram/geometry.hpp"

namespace tcpsm::viz {

/// Widths of DejaVu Sans; Chinese and Japanese letters are as wide as high.
class SvgTextMeasure : public TextMeasure {
public:
    [[nodiscard]] float width(std::string_view text, float size, Weight weight = Weight::regular) const override;
};

/// Good in an element and in an attribute: with &lt; for <, and a mark for what XML cannot have.
[[nodiscard]] std::string escaped(std::string_view text);

/// A length in pixels with one decimal: "12", "12.5".
[[nodiscard]] std::string number(float value);

} // namespace tcpsm::viz
