#include "conformance/table.hpp"

#include <fstream>
#include <stdexcept>

#include "support/places.hpp"

namespace conformance {
namespace {

struct Row {
    int line;
    std::vector<std::string> cells;
};

std::vector<std::string> cells_of(const std::string& line)
{
    std::vector<std::string> cells(1);
    for (const char c : line) {
        if (c == '\t')
            cells.emplace_back();
        else
            cells.back() += c;
    }
    return cells;
}

/// The rows below the heading, which must be this one.
std::vector<Row> read(const std::string& name, const std::string& heading)
{
    const std::string path = "tests/conformance/" + name;
    std::ifstream file(tcpsm::test::in_source(path));
    std::string line;
    if (!std::getline(file, line) || line != heading) throw std::runtime_error(path + ":1: has another heading");
    const std::size_t columns = cells_of(heading).size();
    std::vector<Row> rows;
    for (int number = 2; std::getline(file, line); ++number) {
        rows.push_back({number, cells_of(line)});
        if (rows.back().cells.size() != columns)
            throw std::runtime_error(path + ":" + std::to_string(number) + ": has not " + std::to_string(columns) +
                                     " cells");
    }
    return rows;
}

} // namespace

std::vector<Requirement> read_requirements()
{
    std::vector<Requirement> all;
    for (Row& row : read("requirements.tsv", "rfc\tid\tlevel\tsection\tscope\tsays\tcode\twhy\tremark")) {
        auto& cells = row.cells;
        all.push_back(
            {row.line, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8]});
    }
    return all;
}

std::vector<Section> read_sections()
{
    std::vector<Section> all;
    for (Row& row : read("sections.tsv", "section\ttitle\tcode\twhy")) {
        auto& cells = row.cells;
        all.push_back({row.line, cells[0], cells[1], cells[2], cells[3]});
    }
    return all;
}

} // namespace conformance
