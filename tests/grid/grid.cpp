#include "grid/grid.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "support/places.hpp"

namespace tcpsm::grid {
namespace {

constexpr std::size_t event_width = 22, cause_width = 31, next_width = 12;

[[noreturn]] void fail(int number, const std::string& why)
{
    throw std::runtime_error("tests/grid/grid.txt:" + std::to_string(number) + ": " + why);
}

std::string trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return "";
    return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        parts.push_back(trimmed(text.substr(at, end - at)));
        at = end + 1;
    }
    return parts;
}

void read_line(Section& section, const std::string& text, int number)
{
    const std::vector<std::string> columns = split(text, '|');
    if (columns.size() != 4) fail(number, "a line has four columns");
    if (!columns[0].empty())
        section.lines.push_back({number, parse_event(columns[0]), columns[1], columns[2], {}});
    else if (section.lines.empty() || !columns[1].empty() || !columns[2].empty())
        fail(number, "nothing to continue");
    for (const std::string& item : split(columns[3], ';'))
        if (!item.empty()) section.lines.back().happens.push_back(item);
}

Section begin_section(const std::string& text, int number)
{
    const auto state = parse_state(split(text, ',').front());
    if (!state) fail(number, "no state is called so");
    return {number, text, *state, {}, {}};
}

} // namespace

Event parse_event(std::string_view text)
{
    for (const Event event : all_events())
        if (name(event) == text) return event;
    throw std::runtime_error("tests/grid/grid.txt: no event is called \"" + std::string(text) + "\"");
}

std::vector<Section> read_grid()
{
    std::ifstream file(tcpsm::test::in_source("tests/grid/grid.txt"));
    if (!file) throw std::runtime_error("tests/grid/grid.txt cannot be read");
    std::vector<Section> sections;
    std::string text;
    for (int number = 1; std::getline(file, text); ++number) {
        if (trimmed(text).empty() || text.front() == '#') continue;
        const bool is_line = text.find('|') != std::string::npos;
        if (!is_line && text.front() != ' ')
            sections.push_back(begin_section(text, number));
        else if (sections.empty())
            fail(number, "no section has begun");
        else if (is_line)
            read_line(sections.back(), text, number);
        else
            sections.back().path.push_back(trimmed(text));
    }
    return sections;
}

std::string to_text(Event event, const std::string& cause, const std::string& next,
                    const std::vector<std::string>& happens)
{
    const auto column = [](std::string text, std::size_t width) {
        text.resize(std::max(width, text.size()), ' ');
        return text + " | ";
    };
    const std::string blank = column("", event_width) + column("", cause_width) + column("", next_width);
    std::string result =
        column(std::string(name(event)), event_width) + column(cause, cause_width) + column(next, next_width);
    std::size_t begin = 0; // of the line that is being written
    for (std::size_t i = 0; i < happens.size(); ++i) {
        const std::string separator = i > 0 ? "; " : "";
        if (result.size() - begin + separator.size() + happens[i].size() > 120) {
            result.erase(result.find_last_not_of(' ') + 1);
            begin = result.size() + 1;
            result += "\n" + blank + happens[i];
        } else {
            result += separator + happens[i];
        }
    }
    return result.substr(0, result.find_last_not_of(' ') + 1);
}

} // namespace tcpsm::grid
