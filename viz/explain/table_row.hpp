#pragma once
// Which row of the table a moment's event fired.

#include <string>

#include "explain/scene.hpp"

namespace tcpsm::viz {

/// The row behind what began with a record, and the check that a segment failed.
[[nodiscard]] Why why_of(const Scene& scene, std::uint32_t index);
/// "ESTABLISHED, rcv FIN -> CLOSE-WAIT: snd ACK"; empty where no row was looked up.
[[nodiscard]] std::string row_in_words(std::int16_t row);

} // namespace tcpsm::viz
