#pragma once
// How the lines of a ladder are laid out.

#include <string>

#include "trace/ladder_lines.hpp"

namespace tcpsm {

std::string lay_out(const LadderText& text, const LadderOptions& options);

} // namespace tcpsm
