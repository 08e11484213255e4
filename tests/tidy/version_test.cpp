// The version is said in one header, as text and in numbers; CMake reads the text.

#include <doctest/doctest.h>

#include <string>

#include "tcpsm/version.hpp"

TEST_CASE("the version: is the same as text and in numbers")
{
    const std::string numbers = std::to_string(TCPSM_VERSION_MAJOR) + "." + std::to_string(TCPSM_VERSION_MINOR) + "." +
                                std::to_string(TCPSM_VERSION_PATCH);
    CHECK(numbers == TCPSM_VERSION);
}
