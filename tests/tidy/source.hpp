#pragma once
// The source tree, read as text.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tidy {

/// One file of the tree.
struct Source {
    std::string path; ///< from the top of the tree: "libtcpsm/src/wire/octets.cpp"
    std::string text;

    [[nodiscard]] bool is_header() const { return path.ends_with(".hpp"); }
    [[nodiscard]] bool is_cpp() const { return is_header() || path.ends_with(".cpp"); }
    /// The text with comments, and what stands in quotes, as blanks: the lines stay where they are.
    [[nodiscard]] std::string code() const;
    /// The text with only the comments as blanks.
    [[nodiscard]] std::string without_comments() const;
};

/// All text files below a folder of the tree, in alphabetic order.
[[nodiscard]] std::vector<Source> files_in(const std::string& folder);
/// Of these the C++ ones.
[[nodiscard]] std::vector<Source> cpp_files_in(const std::string& folder);
/// The text files that lie at the top of the tree.
[[nodiscard]] std::vector<Source> files_at_top();

/// The lines of a text, without their ends.
[[nodiscard]] std::vector<std::string> lines(const std::string& text);

/// What stands between the quotes or angle brackets of an include, and its line.
struct Include {
    std::size_t line; ///< from 1
    std::string what;
};
[[nodiscard]] std::vector<Include> includes(const Source& source);

/// Makes the test case fail, naming file and line.
void complain(const Source& source, std::size_t line, std::string_view what);

/// Complains of every line of the code in which the pattern, a std::regex, is found.
void complain_of(const Source& source, const std::string& pattern, std::string_view what);

} // namespace tidy
