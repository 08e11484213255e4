#pragma once
// "Did you mean ...?"

#include <string>
#include <string_view>
#include <vector>

namespace tcpsm::viz {

/// "; did you mean 'check'?" for the known word that is nearest, or nothing where none is near.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

} // namespace tcpsm::viz
