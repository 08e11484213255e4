#pragma once
// Draws on the CPU what Dear ImGui wants drawn: no display, no GL, and the same octets on every run, whatever compiler
// and build type made it.

#include "app/platform/image.hpp"

struct ImDrawData;

namespace tcpsm::viz {

/// Draws over what the image holds; its size must be that of the frame buffer. The one texture is the font atlas of
/// the current ImGui context. User callbacks are skipped: there is no GL for them to call.
void rasterize(const ImDrawData& data, Image& image);

} // namespace tcpsm::viz
