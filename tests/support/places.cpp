#include "support/places.hpp"

namespace tcpsm::test {
namespace {

std::string within(std::string folder, std::string_view path)
{
    if (!path.empty()) folder.append("/").append(path);
    return folder;
}

} // namespace

std::string in_source(std::string_view path)
{
    return within(TCPSM_SOURCE_DIR, path);
}

std::string in_build(std::string_view path)
{
    return within(TCPSM_BINARY_DIR, path);
}

} // namespace tcpsm::test
