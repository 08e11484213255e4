// tcpsm new.

#include <doctest/doctest.h>

#include "cli/process.hpp"

TEST_CASE("new: a commented scenario that can be run and checked as it is")
{
    const Finished made = command({"new"});
    CHECK(made.status == 0);
    CHECK(made.err == "");
    CHECK(made.out.find('#') != std::string::npos);
    CHECK(command({"run", "-"}, {.input = made.out}).status == 0);
    CHECK(command({"check", "-"}, {.input = made.out}).status == 0);
    CHECK(command({"new", "-"}).out == made.out);
}

TEST_CASE("new FILE: makes the file, and says how to run it")
{
    const Folder folder;
    const std::string mine = folder.file("mine.yaml");
    const Finished made = command({"new", mine});
    CHECK(made.status == 0);
    CHECK(contents(mine) == command({"new"}).out);
    CHECK(made.out.find("tcpsm run " + mine) != std::string::npos);
}

TEST_CASE("new FILE where there is one, or no folder for it: 2, and nothing is changed")
{
    const Folder folder;
    const std::string mine = folder.file("mine.yaml", "mine");
    const Finished again = command({"new", mine});
    CHECK(again.status == 2);
    CHECK(again.out == "");
    CHECK(again.err == "tcpsm: " + mine + " is there already, and stays as it is\n");
    CHECK(contents(mine) == "mine");

    const Finished nowhere = command({"new", folder.file("no-folder/mine.yaml")});
    CHECK(nowhere.status == 2);
    CHECK(nowhere.out == "");
}
