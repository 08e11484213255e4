// Every recording is in the list, and the list names no other.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "support/places.hpp"

namespace {

const std::string kernel_folder = tcpsm::test::in_source("tests/kernel/");

std::set<std::string> listed()
{
    std::set<std::string> names;
    std::ifstream file(kernel_folder + "expected.txt");
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        const std::string name = line.substr(0, line.find(':'));
        CHECK_MESSAGE(names.insert(name).second, name, " is listed twice");
    }
    return names;
}

std::set<std::string> recorded()
{
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kernel_folder + "recordings"))
        names.insert(entry.path().stem().string());
    return names;
}

} // namespace

TEST_CASE("the list of recordings: names those that are there, each once")
{
    CHECK(recorded().size() >= 76);
    CHECK(listed() == recorded());
}
