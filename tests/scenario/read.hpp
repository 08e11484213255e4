#pragma once
// Scenarios that are given as text and must be valid.

#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "tcpsm/scenario/scenario.hpp"

namespace tcpsm::test {

inline Scenario read(const std::string& text)
{
    CAPTURE(text);
    auto result = read_scenario(text, "t.yaml");
    if (const auto* const error = std::get_if<ScenarioError>(&result)) FAIL(error->message());
    return std::get<Scenario>(result);
}

} // namespace tcpsm::test
