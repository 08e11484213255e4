#pragma once
// Reads a recording: one JSON object a line.

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

#include "replay/recording.hpp"

namespace tcpsm::kernel {

/// What is wrong with a recording, and where: "file:line:column: found ..., expected ...".
class ReadError : public std::runtime_error {
public:
    ReadError(const std::string& path, std::size_t line, std::size_t column, const std::string& what);
};

/// Reads a recording out of text. What is well formed but not known (a kind of line, a key, a call, an option) is named
/// in Recording::unsupported; what is not well formed throws.
/// @param path  for the messages; the recording has its name
/// @throws ReadError
[[nodiscard]] Recording parse_recording(const std::string& path, std::string_view text);

/// The same out of a file.
/// @throws ReadError
[[nodiscard]] Recording read_recording(const std::string& path);

} // namespace tcpsm::kernel
