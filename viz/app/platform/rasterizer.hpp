#pragma once
// Draws what Dear ImGui wants drawn on the CPU: no display, no GL, the same octets on every run, compiler and build type.

#include "app/platform/image.hpp"

struct ImDrawData;

namespace tcpsm::viz {

/// Draws over what the image holds; its size must be that of the frame buffer. The one texture is the font atlas of
/// the current ImGui context. User callbacks are skipped: there is no GL for them to call.
void rasterize(const ImDrawData& draw, Image& image);

} // namespace tcpsm::viz
