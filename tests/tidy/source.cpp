#include "tidy/source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

#include "support/places.hpp"

namespace tidy {
namespace {

namespace fs = std::filesystem;

const fs::path root = tcpsm::test::in_source();

bool is_text(const fs::path& path)
{
    static const std::array<std::string, 10> endings{".cpp",  ".hpp",  ".txt", ".cmake", ".md",
                                                     ".yaml", ".json", ".in",  ".sh",    ""};
    return std::find(endings.begin(), endings.end(), path.extension().string()) != endings.end();
}

Source read(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {path.lexically_relative(root).generic_string(), {std::istreambuf_iterator<char>(file), {}}};
}

std::vector<Source> sorted(std::vector<Source> sources)
{
    std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
    return sources;
}

bool is_word(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Walks over C++ text and blanks what is not code.
class Blanker {
public:
    Blanker(std::string text, bool quotes) : text_(std::move(text)), quotes_(quotes) {}

    std::string run()
    {
        while (at_ < text_.size()) {
            if (here("//"))
                blank_to(text_.find('\n', at_), true);
            else if (here("/*"))
                blank_to(after("*/", at_ + 2), true);
            else if (here("R\"") && (at_ == 0 || !is_word(text_[at_ - 1])))
                blank_to(end_of_raw_string(), quotes_);
            else if (text_[at_] == '"')
                blank_to(end_of_quoted('"'), quotes_);
            else if (text_[at_] == '\'' && (at_ == 0 || !is_word(text_[at_ - 1]))) // not the one of 100'000
                blank_to(end_of_quoted('\''), quotes_);
            else
                ++at_;
        }
        return text_;
    }

private:
    [[nodiscard]] bool here(std::string_view what) const { return text_.compare(at_, what.size(), what) == 0; }
    [[nodiscard]] std::size_t after(const std::string& what, std::size_t from) const
    {
        const std::size_t found = text_.find(what, from);
        return found == std::string::npos ? text_.size() : found + what.size();
    }
    [[nodiscard]] std::size_t end_of_raw_string() const
    {
        const std::size_t open = text_.find('(', at_);
        if (open == std::string::npos) return text_.size();
        return after(")" + text_.substr(at_ + 2, open - at_ - 2) + "\"", open);
    }
    [[nodiscard]] std::size_t end_of_quoted(char quote) const
    {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
        return end + 1;
    }
    void blank_to(std::size_t end, bool blank)
    {
        for (end = std::min(end, text_.size()); at_ < end; ++at_)
            if (blank && text_[at_] != '\n') text_[at_] = ' ';
    }

    std::string text_;
    bool quotes_;
    std::size_t at_ = 0;
};

} // namespace

std::string Source::code() const
{
    return Blanker(text, true).run();
}

std::string Source::without_comments() const
{
    return Blanker(text, false).run();
}

std::vector<Source> files_in(const std::string& folder)
{
    std::vector<Source> sources;
    if (!fs::exists(root / folder)) return sources; // a tree may be cut back
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder))
        if (entry.is_regular_file() && is_text(entry.path())) sources.push_back(read(entry.path()));
    return sorted(std::move(sources));
}

std::vector<Source> cpp_files_in(const std::string& folder)
{
    std::vector<Source> sources = files_in(folder);
    std::erase_if(sources, [](const Source& source) { return !source.is_cpp(); });
    return sources;
}

std::vector<Source> files_at_top()
{
    std::vector<Source> sources;
    for (const fs::directory_entry& entry : fs::directory_iterator(root))
        if (entry.is_regular_file() && is_text(entry.path())) sources.push_back(read(entry.path()));
    return sorted(std::move(sources));
}

std::vector<std::string> lines(const std::string& text)
{
    std::vector<std::string> result;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) result.push_back(line);
    return result;
}

std::vector<Include> includes(const Source& source)
{
    static const std::regex pattern(R"(^\s*#\s*include\s*["<]([^">]+)[">])");
    std::vector<Include> result;
    std::size_t number = 0;
    for (const std::string& line : lines(source.without_comments())) {
        ++number;
        std::smatch match;
        if (std::regex_search(line, match, pattern)) result.push_back({number, match[1]});
    }
    return result;
}

void complain(const Source& source, std::size_t line, std::string_view what)
{
    FAIL_CHECK(source.path << ":" << line << ": " << std::string(what));
}

void complain_of(const Source& source, const std::string& pattern, std::string_view what)
{
    const std::regex regex(pattern);
    std::size_t number = 0;
    for (const std::string& line : lines(source.code())) {
        ++number;
        if (std::regex_search(line, regex)) complain(source, number, what);
    }
}

} // namespace tidy
