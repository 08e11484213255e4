#pragma once
// docs/rfc9293.md: each requirement with the test that shows it, and each section with the code that carries it out.

#include <string>
#include <vector>

#include "conformance/claims.hpp"
#include "conformance/places.hpp"
#include "conformance/table.hpp"

namespace conformance {

/// All that the page is made of.
struct Conformance {
    std::vector<Requirement> requirements;
    std::vector<Section> sections;
    std::vector<TestCase> tests;

    /// The tests that claim a requirement.
    [[nodiscard]] std::vector<TestCase> tests_of(const Requirement& requirement) const;
    /// Where its code is: what its row says; or where comments of the library name it; or where its section is.
    /// Throws std::runtime_error where the row names a place that is not there.
    [[nodiscard]] std::vector<Place> places_of(const Requirement& requirement) const;
    /// It has neither a test nor a reason.
    [[nodiscard]] bool is_open(const Requirement& requirement) const;
};

/// As the tree has it now. Throws std::runtime_error where a table cannot be read.
[[nodiscard]] Conformance read_conformance();

/// The page. Throws std::runtime_error where a place in the code is not found.
[[nodiscard]] std::string page(const Conformance& conformance);

} // namespace conformance
