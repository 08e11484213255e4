#pragma once
// Where the files of the tree and its programs are. Only places.cpp is compiled with the paths, so that what the
// compiler made of all other tests can be used again for a clone that lies elsewhere.

#include <string>
#include <string_view>

namespace tcpsm::test {

/// A file of the tree, by its path from the top: in_source("docs/errors.md"). The top itself for an empty one.
[[nodiscard]] std::string in_source(std::string_view path = {});
/// A file beside the programs that were built: in_build("tcpsm"). Their folder for an empty one.
[[nodiscard]] std::string in_build(std::string_view path = {});

} // namespace tcpsm::test
