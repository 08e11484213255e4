#include "conformance/places.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <utility>

#include "tidy/source.hpp"

namespace conformance {
namespace {

struct File {
    std::string path;
    std::vector<std::string> lines;
};

/// The library's files, its sources first.
const std::vector<File>& library()
{
    static const std::vector<File> all = [] {
        std::vector<File> files;
        for (const char* const folder : {"libtcpsm/src", "libtcpsm/include"})
            for (const tidy::Source& source : tidy::cpp_files_in(folder))
                files.push_back({source.path, tidy::lines(source.text)});
        return files;
    }();
    return all;
}

std::vector<std::string> split(const std::string& text, const std::string& separator)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + separator.size()) {
        end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
    }
    return parts;
}

/// The first line of a file that has the parts one behind the other; 0 where there is none.
std::size_t line_with(const std::vector<std::string>& parts, const File& file)
{
    std::size_t line = 0;
    for (const std::string& part : parts) {
        while (line < file.lines.size() && file.lines[line].find(part) == std::string::npos) ++line;
        if (line == file.lines.size()) return 0;
    }
    return line + 1;
}

Place place(const std::string& text)
{
    const std::size_t colon = std::min(text.find(": "), text.size());
    const std::string path = text.substr(0, colon);
    const std::string what = text.substr(std::min(colon + 2, text.size()));
    bool known = false;
    for (const File& file : library()) {
        if (file.path != path && !file.path.starts_with(path + "/")) continue;
        known = true;
        const std::size_t line = line_with(split(what, " > "), file);
        if (line > 0) return {file.path, line};
    }
    throw std::runtime_error(known ? path + " does not say \"" + what + "\"" : "nothing in the library is " + path);
}

/// Whether a line has a word, or several, and no letter, digit or more of a section's number touches them.
bool names(const std::string& line, const std::string& words)
{
    const auto joins = [&](std::size_t at) {
        return at < line.size() && (std::isalnum(static_cast<unsigned char>(line[at])) != 0);
    };
    for (std::size_t at = line.find(words); at != std::string::npos; at = line.find(words, at + 1)) {
        const std::size_t end = at + words.size();
        const bool goes_on = joins(end) || (end < line.size() && line[end] == '.' && joins(end + 1));
        if (!goes_on && (at == 0 || !joins(at - 1))) return true;
    }
    return false;
}

/// The first lines that name one of these, two at most.
std::vector<Place> lines_that_name(const std::vector<std::string>& alternatives)
{
    std::vector<Place> result;
    for (const File& file : library())
        for (std::size_t i = 0; i < file.lines.size() && result.size() < 2; ++i) {
            const std::string& line = file.lines[i];
            if (std::any_of(alternatives.begin(), alternatives.end(),
                            [&](const std::string& words) { return names(line, words); }))
                result.push_back({file.path, i + 1});
        }
    return result;
}

} // namespace

std::vector<Place> places(const std::string& code)
{
    std::vector<Place> result;
    if (code.empty()) return result;
    for (const std::string& part : split(code, " | ")) result.push_back(place(part));
    return result;
}

std::vector<Place> mentions(const Requirement& requirement)
{
    if (requirement.rfc == "9293") return lines_that_name({requirement.id.substr(0, requirement.id.find(' '))});
    const std::string rfc = "RFC " + requirement.rfc;
    const std::string section = requirement.section.substr(0, requirement.section.find('-')); // the first of several
    std::vector<Place> exact = lines_that_name({rfc + ", " + section, rfc + ", section " + section});
    return exact.empty() ? lines_that_name({rfc}) : exact;
}

} // namespace conformance
