#pragma once
// What is wrong with a scenario, and where.

#include <cstddef>
#include <string>

#pragma GCC visibility push(default)
namespace tcpsm {

/// Where something stands in a file, counted from 1 in lines and characters; 0 where it stands in no file.
struct Place {
    std::size_t line = 0;
    std::size_t column = 0;
    friend bool operator==(const Place&, const Place&) = default;
    friend bool operator<(const Place& a, const Place& b)
    {
        return a.line != b.line ? a.line < b.line : a.column < b.column;
    }
};

/// One error: what was found, what was expected there, and the nearest known word where there is one.
struct ScenarioError {
    std::string file; ///< as it was given; "--set" for an option of the command line
    Place place;
    std::string found;
    std::string expected;
    std::string suggestion;

    /// "teardown.yaml:8:13: found 'ISS', expected one of ...; did you mean 'iss'?", without line and column where the
    /// place is none.
    [[nodiscard]] std::string message() const;
};

} // namespace tcpsm
#pragma GCC visibility pop
