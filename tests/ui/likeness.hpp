#pragma once
// How alike two pictures are. Frames are not the same to the last bit everywhere. ImGui takes 1/sqrt(x) from the
// processor's estimate (rsqrtss), which AMD's and Intel's round differently, so the rims of lines differ by a shade.
// And its versions round differently where a panel was scrolled to, and how wide a scrollbar is: by one pixel.

#include <string>
#include <vector>

#include "app/platform/image.hpp"

namespace tcpsm::viz {

/// The part of all pixels in which two pictures of one size differ by more than the eye sees, and by more than a shift
/// of one pixel, from 0 to 1.
[[nodiscard]] double difference(const Image& a, const Image& b);
constexpr double looks_different = 0.0002;

/// What a picture looks like from afar: how light each of 48 by 30 fields is, two hexadecimal digits a field.
[[nodiscard]] std::vector<std::string> fingerprint(const Image& image);

/// By how much, of 255, the fields differ that differ most; 255 where there are not as many.
[[nodiscard]] int difference_of_rows(const std::vector<std::string>& a, const std::vector<std::string>& b);
constexpr int rows_look_different = 5;

} // namespace tcpsm::viz
