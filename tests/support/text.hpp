#pragma once
// Expected text, written indented in a raw string beside the test that expects it.

#include <algorithm>
#include <string>
#include <string_view>

namespace tcpsm::test {

/// Whether a text has that part.
inline bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/// Drops the line break after R"( , the indentation that all lines share, and what stands before the closing )".
inline std::string lines(std::string_view raw)
{
    std::string result;
    std::size_t indentation = std::string_view::npos;
    const auto each_line = [&](auto&& use) {
        for (std::size_t begin = raw.find('\n') + 1; begin < raw.size();) {
            const std::size_t end = std::min(raw.find('\n', begin), raw.size());
            const std::string_view line = raw.substr(begin, end - begin);
            if (line.find_first_not_of(' ') != std::string_view::npos) use(line);
            begin = end + 1;
        }
    };
    each_line([&](std::string_view line) { indentation = std::min(indentation, line.find_first_not_of(' ')); });
    each_line([&](std::string_view line) { result += std::string(line.substr(indentation)) + "\n"; });
    return result;
}

} // namespace tcpsm::test
