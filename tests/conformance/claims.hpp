#pragma once
// Which test says that it shows which requirement. A title claims requirements in parentheses at its end, in the words
// of the table: "... (MUST-14, SHLD-5)", "... (RFC 6298, 5.7)", "... (RFC 5961, 3.2 rst-1, 3.2 rst-2, MUST-12)".
// Other parentheses there claim nothing: "(figure 12)", "(RFC 9293, 3.10.8)", "(RFC 2018, 4)".

#include <string>
#include <string_view>
#include <vector>

#include "tidy/source.hpp"

namespace conformance {

/// What a title claims.
struct Claims {
    std::vector<std::string> keys; ///< as Requirement::key()
    std::string error;             ///< what is wrong with them; empty where nothing is
};
[[nodiscard]] Claims claims_in(std::string_view title);

/// The title without the parentheses that claim something.
[[nodiscard]] std::string_view without_claims(std::string_view title);

/// A test case of the tree.
struct TestCase {
    std::string path; ///< "tests/wire/octets_test.cpp"
    std::size_t line = 0;
    std::string title;
    std::vector<std::string> keys;
    std::string error;        ///< of its claims
    bool conditional = false; ///< it stands inside of an #if
    bool decorated = false;   ///< something follows the title, which may keep it from running or from failing
};

/// The test cases of a file, in its order.
[[nodiscard]] std::vector<TestCase> test_cases_in(const tidy::Source& source);
/// Those of all files below tests/.
[[nodiscard]] std::vector<TestCase> test_cases();

} // namespace conformance
