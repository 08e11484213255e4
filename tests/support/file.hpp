#pragma once
// Files that tests read whole.

#include <fstream>
#include <iterator>
#include <string>

namespace tcpsm::test {

/// A whole file; empty where there is none.
inline std::string octets_of(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace tcpsm::test
