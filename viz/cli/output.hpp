#pragma once
// Where a command's text goes.

#include <string>
#include <string_view>

namespace tcpsm::cli {

/// Writes to standard output, at once. Throws a CommandError where that is not possible: the disk is full, the pipe is
/// closed (which nobody needs to be told).
void print(std::string_view text);
/// Writes a file, or standard output for "" and "-". An existing file is replaced as a whole or not at all: the text is
/// written beside it first. What is no regular file (a pipe, /dev/null) is written directly.
void write_output(std::string_view text, const std::string& path);
/// Makes a file. Throws a CommandError where it is there already.
void write_new_file(std::string_view text, const std::string& path);

} // namespace tcpsm::cli
