// How files are laid out, as far as clang-format does not see to it.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tidy/source.hpp"

using namespace tidy;

namespace {

constexpr std::size_t columns = 120;

std::vector<Source> all_files()
{
    std::vector<Source> all = files_at_top();
    for (const std::string_view folder : {"libtcpsm", "viz", "examples", "tests", "docs", ".ci"}) {
        std::vector<Source> files = files_in(std::string(folder));
        std::move(files.begin(), files.end(), std::back_inserter(all));
    }
    return all;
}

// Characters, not octets, of UTF-8.
std::size_t width(const std::string& line)
{
    return static_cast<std::size_t>(
        std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// A table or a sentence may be longer where nobody reads it as code.
bool may_be_wide(const Source& source)
{
    return source.path == "libtcpsm/src/machine/table.hpp" || source.path.ends_with(".md") ||
           source.path.ends_with(".json") || source.path == "LICENSE";
}

} // namespace

TEST_CASE("a text file: ends with a newline, and in code with one only")
{
    const std::vector<Source> files = all_files();
    CHECK(files.size() > 50);
    for (const Source& source : files) {
        if (source.text.empty()) continue;
        const std::size_t last = lines(source.text).size();
        if (!source.text.ends_with('\n')) complain(source, last, "has no newline at its end");
        if (source.is_cpp() && source.text.ends_with("\n\n")) complain(source, last, "ends with an empty line");
    }
}

TEST_CASE("a line: has no tab, no carriage return and no blank at its end")
{
    for (const Source& source : all_files()) {
        std::size_t number = 0;
        for (const std::string& line : lines(source.text)) {
            ++number;
            if (line.find_first_of("\t\r") != std::string::npos) complain(source, number, "has a tab or a return");
            if (line.ends_with(' ')) complain(source, number, "ends with a blank");
        }
    }
}

TEST_CASE("a line: has at most 120 columns, but in the table")
{
    for (const Source& source : all_files()) {
        if (may_be_wide(source)) continue;
        std::size_t number = 0;
        for (const std::string& line : lines(source.text)) {
            ++number;
            if (width(line) > columns) complain(source, number, "is " + std::to_string(width(line)) + " columns wide");
        }
    }
}
